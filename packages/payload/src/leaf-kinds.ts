/**
 * The kinds of leaves that zod schemas have of themselves.
 *
 * @see XML Schema Part 2, 3 "Built-in datatypes"
 * @module
 */
import { type LeafCodec, lexicalLeaf, textLeaf } from './leaf-codec.ts';

/** `xs:string`: every character counts, and empty is a value. */
export const plainText: LeafCodec = textLeaf({ kind: 'text', whitespace: 'preserve', emptyIsAbsent: false });

/** `xs:boolean`. */
export const booleanLeaf: LeafCodec = lexicalLeaf<boolean>({
  kind: 'true or false',
  encode: String,
  decode: (text) =>
    text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined,
});

/** `xs:decimal` or `xs:double` as a number. Written without an exponent, which `xs:decimal` does not have. */
export const numberLeaf: LeafCodec = lexicalLeaf<number>({
  kind: 'a number',
  encode: withoutExponent,
  decode(text) {
    if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  },
});

/** `xs:integer` as a number, within what a number holds exactly. */
export const integerLeaf: LeafCodec = lexicalLeaf<number>({
  kind: 'a whole number',
  encode: withoutExponent,
  decode(text) {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(value) ? value : undefined;
  },
});

/** `xs:integer` of any size. */
export const bigintLeaf: LeafCodec = lexicalLeaf<bigint>({
  kind: 'a whole number',
  encode: String,
  decode: (text) => (/^[+-]?\d{1,1000}$/.test(text) ? BigInt(text.replace('+', '')) : undefined),
});

/** One of some values, found by their text. */
export function choiceLeaf(values: readonly (string | number | boolean | bigint)[]): LeafCodec {
  const byText = new Map(values.map((value) => [String(value), value]));
  const leaf = lexicalLeaf<string | number | boolean | bigint>({
    kind: `one of ${[...byText.keys()].join(', ')}`,
    encode: String,
    decode: (text) => byText.get(text),
  });
  return { ...leaf, isText: values.every((value) => typeof value === 'string') };
}

function withoutExponent(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('a number must be finite; validate before writing');
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = '', first = '', fraction = '', exponent] = match;
  const shift = Number(exponent);
  const digits = first + fraction;
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${digits}`;
  return shift >= fraction.length
    ? sign + digits.padEnd(shift + 1, '0')
    : `${sign}${digits.slice(0, shift + 1)}.${digits.slice(shift + 1)}`;
}
