import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { NameAttribute } from './certificate.ts';
import { formatName, parseName, sameName } from './distinguished-name.ts';

const cn = (value: string): NameAttribute => ({ type: '2.5.4.3', value });
const c = (value: string): NameAttribute => ({ type: '2.5.4.6', value });
const ou = (value: string): NameAttribute => ({ type: '2.5.4.11', value });
const authority = 'ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST)';

const types = ['2.5.4.3', '2.5.4.5', '2.5.4.11', '2.5.4.42', '1.2.840.113549.1.9.1', '1.2.398.3.3.9'];
const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...' ,+"\\<>;=#\u0000\nәғқңөұүһі'), maxLength: 4 }),
);
const name = fc.array(fc.record({ type: fc.constantFrom(...types), value }), { minLength: 1, maxLength: 6 });

describe('formatName', () => {
  test.each([
    ['the last attribute stands first', [c('KZ'), cn(authority)], `CN=${authority},C=KZ`],
    [
      'types of the national authority have their short names',
      [
        { type: '2.5.4.4', value: 'ТЕСТОВ' },
        { type: '2.5.4.5', value: 'IIN001300900011' },
        { type: '2.5.4.42', value: 'ҒАЛЫМҰЛЫ' },
      ],
      'GN=ҒАЛЫМҰЛЫ,serialNumber=IIN001300900011,SN=ТЕСТОВ',
    ],
    [
      'separators, quotes and backslashes are escaped',
      [cn('a,b+c"d\\e<f>g;h')],
      'CN=a\\,b\\+c\\"d\\\\e\\<f\\>g\\;h',
    ],
    ['a leading number sign and outer spaces are escaped', [cn('# a '), ou(' ')], 'OU=\\ ,CN=\\# a\\ '],
    ['control characters are written in hex', [cn('a\u0000b\nc')], 'CN=a\\00b\\0ac'],
    ['an unknown type is dotted, its value in hex', [{ type: '1.2.3.4', value: 'Ә' }], '1.2.3.4=#0c02d398'],
    ['no attributes are no text', [], ''],
  ])('%s', (_rule, attributes, text) => {
    expect(formatName(attributes)).toBe(text);
  });
});

describe('parseName', () => {
  test.each([
    ['RFC 4514', `CN=${authority},C=KZ`, [c('KZ'), cn(authority)]],
    ['spaces around separators', ` CN = ${authority} , C = KZ `, [c('KZ'), cn(authority)]],
    ['semicolons', 'CN=a;C=KZ', [c('KZ'), cn('a')]],
    ['several attributes in one RDN', 'CN=a+OU=b,C=KZ', [c('KZ'), ou('b'), cn('a')]],
    ['quoted values', 'CN="a, b" ,C=KZ', [c('KZ'), cn('a, b')]],
    ['escaped quotes inside quotes', 'CN="a \\"b\\""', [cn('a "b"')]],
    ['OID. before a dotted type', 'OID.2.5.4.3=a', [cn('a')]],
    ['short names in any case', 'cn=a,SERIALNUMBER=b', [{ type: '2.5.4.5', value: 'b' }, cn('a')]],
    [
      'other spellings of one type',
      'SURNAME=a,GIVENNAME=b,EMAILADDRESS=c',
      [
        { type: '1.2.840.113549.1.9.1', value: 'c' },
        { type: '2.5.4.42', value: 'b' },
        { type: '2.5.4.4', value: 'a' },
      ],
    ],
    ['hex pairs of UTF-8', 'CN=\\d3\\98\\2c', [cn('Ә,')]],
    ['hex of a UTF8String', '2.5.4.3=#0c02d398', [cn('Ә')]],
    ['hex of a PrintableString', '2.5.4.3=#130161', [cn('a')]],
    ['hex of a BMPString', '2.5.4.3=#1e0204d8', [cn('Ә')]],
    ['escaped spaces at the end', 'CN=a\\ \\ ,C=KZ', [c('KZ'), cn('a  ')]],
    ['an empty value', 'CN=,C=KZ', [c('KZ'), cn('')]],
    ['no text', '', []],
  ])('reads %s', (_rule, text, attributes) => {
    expect(parseName(text)).toEqual(attributes);
  });

  test.each([
    ['no equals sign', 'CN'],
    ['an unknown short name', 'NOSUCHTYPE=a'],
    ['an empty type', '=a'],
    ['a padded arc', '2.05.4=a'],
    ['a separator at the end', 'CN=a,'],
    ['two separators', 'CN=a,,C=KZ'],
    ['an escape at the end', 'CN=a\\'],
    ['an escape of nothing special', 'CN=\\z'],
    ['a quote inside a value', 'CN=a"b'],
    ['an open quote', 'CN="a'],
    ['text behind a quote', 'CN="a"b'],
    ['hex of half an octet', 'CN=#0c1'],
    ['hex that is no text', 'CN=#020101'],
    ['hex of a wrong length', 'CN=#0c0361'],
    ['hex that is not UTF-8', 'CN=#0c01ff'],
    ['hex pairs that are not UTF-8', 'CN=\\ff'],
    ['angle brackets', 'CN=<a>'],
    ['the slashes of OpenSSL', '/CN=a/C=KZ'],
    ['more than 8192 characters', `CN=${'a'.repeat(8190)}`],
  ])('refuses %s', (_rule, text) => {
    expect(parseName(text)).toBeUndefined();
  });

  test('reads back what formatName writes', async () => {
    await fc.assert(
      fc.property(name, (attributes) => {
        expect(parseName(formatName(attributes))).toEqual(attributes);
      }),
    );
  });

  test('never throws, whatever the text', async () => {
    await fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'CN=,+;"\\#0fд ') }), (text) => {
        const parsed = parseName(text);
        expect(parsed === undefined || Array.isArray(parsed)).toBe(true);
      }),
    );
  });
});

describe('sameName', () => {
  test.each([
    ['another order', [cn(authority), c('KZ')], [c('KZ'), cn(authority)]],
    ['another case of Kazakh letters', [cn('ӘҒҚҢӨҰҮҺІ')], [cn('әғқңөұүһі')]],
    ['runs of spaces', [cn(' a  b ')], [cn('a b')]],
    ['composed and decomposed letters', [cn('й')], [cn('и\u0306')]],
    ['nothing and nothing', [], []],
  ])('%s is the same', (_rule, a, b) => {
    expect(sameName(a, b)).toBe(true);
  });

  test.each([
    ['a missing attribute', [cn('a'), c('KZ')], [cn('a')]],
    ['an attribute twice', [cn('a'), cn('a')], [cn('a'), c('KZ')]],
    ['another value', [cn('a')], [cn('b')]],
    ['the same value of another type', [cn('a')], [ou('a')]],
    ['letters that only look alike', [cn('К')], [cn('K')]],
    ['letters of Kazakh and Russian', [cn('Ұ')], [cn('У')]],
    ['a value that imitates two attributes', [cn('a,C=KZ')], [cn('a'), c('KZ')]],
    ['spaces removed from inside', [cn('a b')], [cn('ab')]],
  ])('%s is not the same', (_rule, a, b) => {
    expect(sameName(a, b)).toBe(false);
    expect(sameName(b, a)).toBe(false);
  });

  test('the order of attributes never matters', async () => {
    await fc.assert(
      fc.property(name, fc.infiniteStream(fc.nat()), (attributes, weights) => {
        const shuffled = attributes
          .map((attribute) => ({ attribute, weight: weights.next().value ?? 0 }))
          .sort((a, b) => a.weight - b.weight)
          .map(({ attribute }) => attribute);
        expect(sameName(attributes, shuffled)).toBe(true);
      }),
    );
  });
});
