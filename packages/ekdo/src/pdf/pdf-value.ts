/**
 * Objects of a PDF file as values. Streams are a dictionary and where their octets lie.
 *
 * @see PDF Reference 1.4, section 3.2 "Objects"
 * @module
 */

/** `/Name`, with `#xx` resolved; octets are read as Latin-1. */
export interface PdfName {
  readonly kind: 'name';
  readonly name: string;
}

/** `(text)` or `<hex>`, without its escapes. */
export interface PdfString {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
}

/** `12 0 R`. */
export interface PdfReference {
  readonly kind: 'reference';
  readonly number: number;
}

/** `<< … >>`. Of a key that occurs twice the last value counts; one whose value is `null` is not there. */
export type PdfDictionary = ReadonlyMap<string, PdfValue>;

export type PdfValue =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfReference
  | readonly PdfValue[]
  | PdfDictionary;

/** An indirect object. */
export interface PdfObject {
  readonly value: PdfValue;
  /** The octets of a stream, as they are written: not decoded. */
  readonly stream: Uint8Array | undefined;
}

/** Why reading stopped: the code of the finding that it becomes. Never leaves this folder. */
export class PdfDamage extends Error {
  readonly code: 'xref-damaged' | 'xref-stream' | 'object-damaged' | 'too-complex' | 'truncated';

  constructor(code: PdfDamage['code']) {
    super(code);
    this.code = code;
  }
}

export function isName(value: PdfValue | undefined, name: string): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'name'
    ? value.name === name
    : false;
}

export function isReference(value: PdfValue | undefined): value is PdfReference {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'reference';
}

export function isString(value: PdfValue | undefined): value is PdfString {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'string';
}

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return value instanceof Map;
}

export function isArray(value: PdfValue | undefined): value is readonly PdfValue[] {
  return Array.isArray(value);
}
