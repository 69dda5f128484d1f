/**
 * How one value lies in one element.
 *
 * @module
 */
import type { XmlElement, XmlName, XmlWriter } from '@egov-gateway/core';
import * as z from 'zod';

/** What happens to the white space of a text on receive. */
export type Whitespace =
  /** Left as it is: `xs:string`. */
  | 'preserve'
  /** Cut off at both ends, runs inside become one space: `xs:token`. */
  | 'collapse'
  /** Taken out everywhere: tokens and keys that a sender has wrapped into lines. */
  | 'remove';

/** The element holds nothing, and its kind has no empty value. */
export const absent: unique symbol = Symbol('absent');
/** The content is not of this kind. */
export const invalid: unique symbol = Symbol('invalid');

/** Writes and reads one kind of leaf. `read` says {@link absent} or {@link invalid} instead of throwing. */
export interface LeafCodec {
  /** What messages call it, with an article: `a whole number`. */
  readonly kind: string;
  /** Whether values are text, whose characters have to be checked before they are written. */
  readonly isText: boolean;
  write(writer: XmlWriter, name: XmlName, value: unknown): void;
  /** @throws {ParseError} `ERR_PARSE_NOT_TEXT` when the element has child elements */
  read(element: XmlElement, whitespace?: Whitespace): unknown;
}

/** Codecs of schemas whose zod type alone does not say how they are written. */
export const leafCodecs: z.core.$ZodRegistry<LeafCodec> = z.registry<LeafCodec>();

const anySpace = /[\t\n\r ]/;
const runs = /[\t\n\r ]+/g;

function normalise(text: string, whitespace: Whitespace): string {
  if (whitespace === 'preserve' || !anySpace.test(text)) return text;
  if (whitespace === 'remove') return text.replace(runs, '');
  // Not trim(), which takes other white space too, and no pattern that ends in `$`: it rescans every run.
  const collapsed = text.replace(runs, ' ');
  return collapsed.slice(collapsed.startsWith(' ') ? 1 : 0, collapsed.endsWith(' ') ? -1 : undefined);
}

/** A codec of values that are text themselves. */
export function textLeaf(options: {
  readonly kind: string;
  readonly whitespace: Whitespace;
  readonly emptyIsAbsent: boolean;
}): LeafCodec {
  return {
    kind: options.kind,
    isText: true,
    write(writer, name, value) {
      if (typeof value !== 'string')
        throw new TypeError(`${name.localName} must be text; validate before writing`);
      writer.leaf(name, value);
    },
    read(element, whitespace = options.whitespace) {
      const text = normalise(element.text(), whitespace);
      return text === '' && options.emptyIsAbsent ? absent : text;
    },
  };
}

/** A codec of values that have a text form. White space around the form means nothing. */
export function lexicalLeaf<Value>(options: {
  readonly kind: string;
  readonly encode: (value: Value) => string;
  /** The value, or `undefined` when `text` is no form of one. */
  readonly decode: (text: string) => Value | undefined;
}): LeafCodec {
  return {
    kind: options.kind,
    isText: false,
    write: (writer, name, value) => writer.leaf(name, options.encode(value as Value)),
    read(element, whitespace = 'collapse') {
      const text = normalise(element.text(), whitespace);
      if (text === '') return absent;
      const value = options.decode(text);
      return value === undefined ? invalid : value;
    },
  };
}
