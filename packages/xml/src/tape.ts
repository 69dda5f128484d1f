import type { NameTable } from './name-table.ts';
import type { NamespaceScope } from './namespace-scope.ts';

/**
 * A document as flat tables of integers over its text. Elements lie in document order, so that the first child of
 * an element is the entry behind it.
 *
 * @module
 */

/** Integers an element takes. The offsets of {@link Tape.elements} below count from its first one. */
export const ELEMENT_STRIDE = 9;
/** Offset of `<`. */
export const START = 0;
/** Offset behind `>` of the start tag. */
export const START_TAG_END = 1;
/** Offset behind the whole element. */
export const END = 2;
/** Qualified name, an index of the {@link NameTable}. */
export const NAME = 3;
/** Namespace, an index of {@link NamespaceScope.uris}. */
export const NAMESPACE = 4;
/** Parent element, or -1. */
export const PARENT = 5;
/** Next sibling element, or -1. */
export const NEXT = 6;
/** First row of its details, or -1. The rows of one element are contiguous. */
export const DETAIL = 7;
/** The bits below. */
export const FLAGS = 8;

/** It has element children. */
export const HAS_CHILD = 1;
/** It has attributes that are not namespace declarations. */
export const HAS_ATTRIBUTE = 2;
/** Its start tag is not exactly `<name>`. */
export const START_ODD = 4;
/** Its end tag is not exactly `</name>`. */
export const END_ODD = 8;
/** Its own character data is not canonical as written, or it has comments. */
export const TEXT_ODD = 16;
/** Its own character data has references or CDATA sections. */
export const TEXT_ESCAPED = 32;
/** It has comments as direct children. */
export const HAS_COMMENT = 64;
/** It, or something in it, is odd, or has a name with a prefix: it cannot be copied as a whole. */
export const SUBTREE_ODD = 128;

/** Integers a detail (attribute or namespace declaration) takes. */
export const DETAIL_STRIDE = 6;
/** The element it belongs to. */
export const OWNER = 0;
/** {@link ATTRIBUTE}, {@link ATTRIBUTE_PLAIN} or {@link DECLARATION}. */
export const KIND = 1;
/** Attribute: its qualified name. Declaration: its prefix. */
export const DETAIL_NAME = 2;
/** Attribute: its namespace. Declaration: the namespace it binds. */
export const DETAIL_NAMESPACE = 3;
/** Offset of the value. */
export const VALUE_START = 4;
/** Offset behind the value. */
export const VALUE_END = 5;

/** An attribute whose value has references or white space that is normalised. */
export const ATTRIBUTE = 0;
/** An attribute whose value is what is written. */
export const ATTRIBUTE_PLAIN = 1;
/** A namespace declaration. */
export const DECLARATION = 2;

/** A document that was read. */
export interface Tape {
  readonly source: string;
  readonly elements: Int32Array;
  /** Integers of {@link elements} in use. */
  readonly elementEnd: number;
  readonly details: Int32Array;
  /** Integers of {@link details} in use. */
  readonly detailEnd: number;
  readonly names: NameTable;
  readonly uris: readonly string[];
  /** Offsets of the comments, ascending. */
  readonly comments: readonly number[];
}
