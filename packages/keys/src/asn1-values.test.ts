import { codeOf, derElement } from '@egov-gateway/testing';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readAsn1 } from './asn1.ts';
import {
  Asn1Reader,
  readBitString,
  readBoolean,
  readCount,
  readInteger,
  readNamedBits,
  readOctets,
  readOid,
  readText,
  readTime,
  tags,
} from './asn1-values.ts';

const hex = (text: string) =>
  readAsn1(new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex')), { rules: 'ber' });
const time = (tag: number, text: string) => readAsn1(derElement(tag, Buffer.from(text, 'latin1')));

describe('readOid', () => {
  test.each([
    ['06 03 550403', '2.5.4.3'],
    ['06 09 2a864886f70d010101', '1.2.840.113549.1.1.1'],
    ['06 08 2a830e030a010101', '1.2.398.3.10.1.1.1'],
    ['06 03 883703', '2.999.3'],
    ['06 01 00', '0.0'],
    ['06 01 4f', '1.39'],
    ['06 01 50', '2.0'],
  ])('reads %s', (encoded, dotted) => {
    expect(readOid(hex(encoded))).toBe(dotted);
  });

  test.each([
    ['an empty one', '06 00'],
    ['a padded arc', '06 03 558003'],
    ['a cut off arc', '06 02 5584'],
    ['an arc beyond 2^53', '06 0a 2affffffffffffffff7f'],
    ['another type', '04 03 550403'],
  ])('refuses %s', async (_rule, encoded) => {
    expect(await codeOf(() => readOid(hex(encoded)))).toBe('ERR_KEY_FORMAT');
  });
});

describe('readInteger and readCount', () => {
  test.each([
    ['02 01 00', 0],
    ['02 02 0400', 1024],
    ['02 04 7fffffff', 2147483647],
    ['02 05 0080000000', undefined],
    ['02 01 ff', undefined],
    ['02 09 00ffffffffffffffff', undefined],
  ])('reads %s as a count', (encoded, count) => {
    expect(readCount(hex(encoded))).toBe(count);
  });

  test.each([
    ['an empty one', '02 00'],
    ['a padded positive one', '02 02 0001'],
    ['a padded negative one', '02 02 ff80'],
    ['another type', '0a 01 00'],
  ])('refuse %s', async (_rule, encoded) => {
    expect(await codeOf(() => readInteger(hex(encoded)))).toBe('ERR_KEY_FORMAT');
  });
});

describe('readBoolean', () => {
  test('reads 00 and FF', () => {
    expect(readBoolean(hex('01 01 00'))).toBe(false);
    expect(readBoolean(hex('01 01 ff'))).toBe(true);
  });

  test.each(['01 01 01', '01 00', '01 02 ffff'])('refuses %s', async (encoded) => {
    expect(await codeOf(() => readBoolean(hex(encoded)))).toBe('ERR_KEY_FORMAT');
  });
});

describe('bit strings', () => {
  test('whole octets and named bits are read', () => {
    expect([...readBitString(hex('03 03 00 a5 5a'))]).toEqual([0xa5, 0x5a]);
    expect(readNamedBits(hex('03 02 06 c0'))).toEqual([0, 1]);
    expect(readNamedBits(hex('03 03 07 00 80'))).toEqual([8]);
    expect(readNamedBits(hex('03 01 00'))).toEqual([]);
  });

  test.each(['03 00', '03 02 01 80', '04 02 00 80'])('%s is no string of whole octets', async (encoded) => {
    expect(await codeOf(() => readBitString(hex(encoded)))).toBe('ERR_KEY_FORMAT');
  });

  test.each(['03 00', '03 02 08 00', '03 01 01', '03 02 06 41'])('%s is no list of bits', async (encoded) => {
    expect(await codeOf(() => readNamedBits(hex(encoded)))).toBe('ERR_KEY_FORMAT');
  });
});

describe('readOctets', () => {
  test('joins the pieces of a string, also nested ones', () => {
    expect([...readOctets(hex('24 80 0401 01 24 80 0401 02 0401 03 0000 0400 0000'))]).toEqual([1, 2, 3]);
  });

  test.each(['24 03 020101', '30 03 040101', '02 01 01'])('refuses %s', async (encoded) => {
    expect(await codeOf(() => readOctets(hex(encoded)))).toBe('ERR_KEY_FORMAT');
  });
});

describe('readTime', () => {
  test.each([
    [tags.utcTime, '200101000000Z', '2020-01-01T00:00:00.000Z'],
    [tags.utcTime, '491231235959Z', '2049-12-31T23:59:59.000Z'],
    [tags.utcTime, '500101000000Z', '1950-01-01T00:00:00.000Z'],
    [tags.generalizedTime, '20991231235959Z', '2099-12-31T23:59:59.000Z'],
    [tags.generalizedTime, '20240229120000Z', '2024-02-29T12:00:00.000Z'],
  ])('type %i, %s', (tag, text, iso) => {
    expect(new Date(readTime(time(tag, text))).toISOString()).toBe(iso);
  });

  test.each([
    ['30 February', tags.utcTime, '200230000000Z'],
    ['29 February of a common year', tags.utcTime, '210229000000Z'],
    ['month 13', tags.utcTime, '201301000000Z'],
    ['hour 24', tags.utcTime, '200101240000Z'],
    ['a leap second', tags.utcTime, '161231235960Z'],
    ['no seconds', tags.utcTime, '2001010000Z'],
    ['an offset', tags.utcTime, '200101000000+0500'],
    ['no zone', tags.generalizedTime, '20200101000000'],
    ['fractions of a second', tags.generalizedTime, '20200101000000.5Z'],
    ['a year of two digits in the wrong type', tags.generalizedTime, '200101000000Z'],
    ['a line end behind it', tags.utcTime, '200101000000Z\n'],
    ['another type', tags.utf8String, '200101000000Z'],
  ])('refuses %s', async (_rule, tag, text) => {
    expect(await codeOf(() => readTime(time(tag, text)))).toBe('ERR_KEY_FORMAT');
  });
});

describe('readText', () => {
  test.each([
    ['UTF8String', tags.utf8String, 'd398 d292', 'ӘҒ'],
    ['BMPString', tags.bmpString, '04d8 0492', 'ӘҒ'],
    ['UniversalString', tags.universalString, '000004d8 0001f600', 'Ә😀'],
    ['TeletexString as Latin-1', tags.teletexString, 'e9', 'é'],
    ['PrintableString', tags.printableString, '4b5a', 'KZ'],
    ['IA5String', tags.ia5String, '6140', 'a@'],
  ])('reads %s', (_type, tag, content, text) => {
    const octets = Buffer.from(content.replaceAll(' ', ''), 'hex');
    expect(readText(readAsn1(derElement(tag, octets)))).toBe(text);
  });

  test('has no text for other types', () => {
    expect(readText(hex('02 01 00'))).toBeUndefined();
  });

  test.each([
    ['bad UTF-8', tags.utf8String, 'ff'],
    ['an overlong UTF-8 form', tags.utf8String, 'c080'],
    ['half a BMPString character', tags.bmpString, '04'],
    ['a lone surrogate', tags.bmpString, 'd800'],
    ['a UniversalString beyond Unicode', tags.universalString, '00110000'],
    ['a surrogate in a UniversalString', tags.universalString, '0000d800'],
    ['an octet above 7F in a PrintableString', tags.printableString, 'd0'],
  ])('refuses %s', async (_rule, tag, content) => {
    const octets = Buffer.from(content, 'hex');
    expect(await codeOf(() => readText(readAsn1(derElement(tag, octets))))).toBe('ERR_KEY_FORMAT');
  });

  test('reads back any text', async () => {
    await fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readText(readAsn1(derElement(tags.utf8String, Buffer.from(text, 'utf8'))))).toBe(text);
      }),
    );
  });
});

describe('Asn1Reader', () => {
  const pair = hex('30 06 020101 040101');

  test('hands out children in order and knows the end', () => {
    const reader = new Asn1Reader(pair, tags.sequence, 'a pair');
    expect(readCount(reader.take('number'))).toBe(1);
    expect(reader.takeIf(tags.sequence)).toBeUndefined();
    expect([...readOctets(reader.take('octets', tags.octetString))]).toEqual([1]);
    expect(reader.done).toBe(true);
    expect(() => reader.end()).not.toThrow();
  });

  test.each([
    ['another outer tag', () => new Asn1Reader(pair, tags.set, 'a set')],
    ['another inner tag', () => new Asn1Reader(pair, tags.sequence, 'a pair').take('text', tags.utf8String)],
    ['children that nobody took', () => new Asn1Reader(pair, tags.sequence, 'a pair').end()],
    ['a child that is missing', () => new Asn1Reader(hex('30 00'), tags.sequence, 'a pair').take('number')],
  ])('refuses %s', async (_rule, run) => {
    expect(await codeOf(run)).toBe('ERR_KEY_FORMAT');
  });
});
