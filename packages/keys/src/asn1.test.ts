import { codeOf, derElement } from '@egov-gateway/testing';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Asn1Element, readAsn1 } from './asn1.ts';

interface Tree {
  readonly tag: number;
  readonly content?: Uint8Array;
  readonly children?: readonly Tree[];
}

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const nested = (depth: number): Uint8Array => {
  let inner = derElement(0x05);
  for (let level = 0; level < depth; level += 1) inner = derElement(0x30, inner);
  return inner;
};

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.record({
      tag: fc.constantFrom(0x02, 0x04, 0x0c, 0x13, 0x80),
      content: fc.uint8Array({ maxLength: 300 }),
    }),
    fc.record({
      tag: fc.constantFrom(0x30, 0x31, 0xa0, 0x24),
      children: fc.array(tie('tree'), { maxLength: 4 }),
    }),
  ),
}));

function encode({ tag, content, children = [] }: Tree): Uint8Array {
  return content === undefined ? derElement(tag, ...children.map(encode)) : derElement(tag, content);
}

function encodeIndefinite({ tag, content, children = [] }: Tree): Uint8Array {
  if (content !== undefined) return derElement(tag, content);
  return Uint8Array.from([tag, 0x80, ...children.flatMap((child) => [...encodeIndefinite(child)]), 0, 0]);
}

function shape({ tag, content, children }: Asn1Element): Tree {
  return (tag & 0x20) === 0 ? { tag, content } : { tag, children: children.map(shape) };
}

describe('readAsn1', () => {
  test.each([
    ['nothing', ''],
    ['half a header', '30'],
    ['a cut off content', '0403 0102'],
    ['a cut off length', '0482 01'],
    ['bytes behind the element', '0500 00'],
    ['a second element', '0500 0500'],
    ['an indefinite length', '3080 0500 0000'],
    ['an indefinite length on a primitive', '0480 0000'],
    ['a length that is padded', '048101 00'],
    ['a length with a leading zero', '04820001 00'],
    ['a length of five octets', '048500000000 01'],
    ['a length of no form', '04ff'],
    ['a child longer than its parent', '3003 0402 00'],
    ['a tag of several octets', '1f8101 00'],
    ['an end-of-contents mark', '0000'],
    ['an end-of-contents mark inside', '3002 0000'],
  ])('refuses %s', async (_rule, hex) => {
    expect(await codeOf(() => readAsn1(bytes(hex)))).toBe('ERR_KEY_FORMAT');
  });

  test.each([
    ['an indefinite length without end', '3080 0500'],
    ['an indefinite length that ends outside of its parent', '3004 3080 0500 0000'],
    ['an indefinite length on a primitive', '0480 0000'],
    ['half an end mark', '3080 00'],
    ['an end mark that is not empty', '3080 0001 00'],
    ['a length of five octets', '048500000000 01'],
    ['bytes behind the element', '3080 0000 00'],
  ])('refuses %s in BER, too', async (_rule, hex) => {
    expect(await codeOf(() => readAsn1(bytes(hex), { rules: 'ber' }))).toBe('ERR_KEY_FORMAT');
  });

  test.each([
    ['an indefinite length', '3080 0500 0000'],
    ['an indefinite length inside a definite one', '3006 3080 0500 0000'],
    ['a padded length', '04820001 00'],
  ])('reads %s in BER', async (_rule, hex) => {
    expect(await codeOf(() => readAsn1(bytes(hex), { rules: 'ber' }))).toBeNull();
  });

  test('reads 32 levels and refuses the 33rd before it goes deeper', async () => {
    expect(await codeOf(() => readAsn1(nested(32)))).toBeNull();
    expect(await codeOf(() => readAsn1(nested(33)))).toBe('ERR_KEY_LIMIT');
  });

  test('refuses a depth bomb of indefinite lengths without running out of stack', async () => {
    const bomb = new Uint8Array(1_000_000);
    for (let at = 0; at < bomb.length; at += 2) bomb.set([0x30, 0x80], at);

    expect(await codeOf(() => readAsn1(bomb, { rules: 'ber' }))).toBe('ERR_KEY_LIMIT');
  });

  test('refuses more elements than its limit', async () => {
    const many = derElement(0x30, ...Array.from({ length: 100 }, () => [0x05, 0x00]));

    expect(await codeOf(() => readAsn1(many, { maxElements: 101 }))).toBeNull();
    expect(await codeOf(() => readAsn1(many, { maxElements: 100 }))).toBe('ERR_KEY_LIMIT');
  });

  test('a claimed length of 4 GiB costs nothing', async () => {
    expect(await codeOf(() => readAsn1(bytes('0484ffffffff 00')))).toBe('ERR_KEY_FORMAT');
  });

  test('reads back any tree', async () => {
    await fc.assert(
      fc.property(tree, (value) => {
        const encoded = encode(value);
        const read = readAsn1(encoded);
        expect(shape(read)).toEqual(value);
        expect(Buffer.compare(read.bytes, encoded)).toBe(0);
      }),
    );
  });

  test('reads the same tree from indefinite lengths', async () => {
    await fc.assert(
      fc.property(tree, (value) => {
        const read = readAsn1(encodeIndefinite(value), { rules: 'ber' });
        expect(shape(read)).toEqual(shape(readAsn1(encode(value))));
      }),
    );
  });

  test('no prefix of an element is an element', async () => {
    await fc.assert(
      fc.asyncProperty(
        tree,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        async (value, part) => {
          const encoded = encode(value);
          const cut = encoded.subarray(0, Math.floor(encoded.length * part));
          expect(await codeOf(() => readAsn1(cut))).toBe('ERR_KEY_FORMAT');
        },
      ),
    );
  });

  test('noise is read or refused, never anything else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 64 }),
        fc.constantFrom('der' as const, 'ber' as const),
        async (noise, rules) => {
          expect([null, 'ERR_KEY_FORMAT', 'ERR_KEY_LIMIT']).toContain(
            await codeOf(() => readAsn1(noise, { rules })),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
