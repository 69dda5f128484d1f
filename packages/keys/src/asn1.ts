/**
 * A strict reader of DER, and of the BER that PKCS#12 files are written in.
 *
 * Iterative, bounded in depth and in the number of elements. Every form that DER forbids is its own refusal.
 *
 * @see ITU-T X.690, section 8 "Basic encoding rules", section 10 "Distinguished encoding rules"
 * @module
 */
import { KeyError } from '@egov-gateway/core';

/** How much structure is accepted. */
export interface Asn1Options {
  /** `ber` also accepts indefinite lengths, padded lengths and strings in pieces. Default: `der`. */
  readonly rules?: 'der' | 'ber';
  /** Deepest nesting that is read. Default: 32. */
  readonly maxDepth?: number;
  /** Most elements that are read. Default: 20 000. */
  readonly maxElements?: number;
}

/** One element: its identifier octet, its content and, when it is constructed, its children. */
export interface Asn1Element {
  /** Identifier octet: class, constructed bit and number. */
  readonly tag: number;
  /** The whole element as it was read, with identifier and length. */
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
  readonly children: readonly Asn1Element[];
}

interface OpenElement {
  readonly tag: number;
  readonly start: number;
  readonly contentStart: number;
  /** `undefined` while the end is not known: an indefinite length. */
  readonly end: number | undefined;
  readonly children: Asn1Element[];
}

const constructedBit = 0x20;

/**
 * The one element that `bytes` hold.
 *
 * @throws {KeyError} `ERR_KEY_FORMAT` when they are anything else, `ERR_KEY_LIMIT` when they nest too deep or hold
 *   too many elements
 */
export function readAsn1(bytes: Uint8Array, options: Asn1Options = {}): Asn1Element {
  const { rules = 'der', maxDepth = 32, maxElements = 20_000 } = options;
  const open: OpenElement[] = [];
  let elements = 0;
  let at = 0;

  while (true) {
    const parent = open.at(-1);
    const limit = parent?.end ?? enclosingEnd(open, bytes.length);
    let finished: Asn1Element | undefined;

    if (parent !== undefined && at === parent.end) {
      finished = close(bytes, parent, at, at);
      open.pop();
    } else if (parent !== undefined && parent.end === undefined && bytes[at] === 0 && bytes[at + 1] === 0) {
      if (at + 2 > limit) throw malformed('an element of indefinite length is cut off');
      finished = close(bytes, parent, at, at + 2);
      open.pop();
      at += 2;
    } else {
      elements += 1;
      if (elements > maxElements) throw tooMuch(`more than ${maxElements} ASN.1 elements`);
      const header = readHeader(bytes, at, limit, rules);
      if ((header.tag & constructedBit) !== 0) {
        if (open.length >= maxDepth) throw tooMuch(`ASN.1 nested deeper than ${maxDepth}`);
        open.push({ ...header, start: at, children: [] });
        at = header.contentStart;
        continue;
      }
      // An indefinite length is only read on constructed elements, so the end is known here.
      const end = header.end as number;
      finished = {
        tag: header.tag,
        bytes: bytes.subarray(at, end),
        content: bytes.subarray(header.contentStart, end),
        children: [],
      };
      at = end;
    }

    const owner = open.at(-1);
    if (owner !== undefined) {
      owner.children.push(finished);
    } else {
      if (at !== bytes.length) throw malformed('there are bytes behind the outermost element');
      return finished;
    }
  }
}

function close(bytes: Uint8Array, element: OpenElement, contentEnd: number, end: number): Asn1Element {
  return {
    tag: element.tag,
    bytes: bytes.subarray(element.start, end),
    content: bytes.subarray(element.contentStart, contentEnd),
    children: element.children,
  };
}

/** Where the nearest enclosing element of known length ends. */
function enclosingEnd(open: readonly OpenElement[], fallback: number): number {
  for (let index = open.length - 1; index >= 0; index -= 1) {
    const end = open[index]?.end;
    if (end !== undefined) return end;
  }
  return fallback;
}

function readHeader(
  bytes: Uint8Array,
  at: number,
  limit: number,
  rules: 'der' | 'ber',
): { tag: number; contentStart: number; end: number | undefined } {
  if (at + 2 > limit) throw malformed('an ASN.1 element is cut off');
  const tag = bytes[at] as number;
  const first = bytes[at + 1] as number;
  if ((tag & 0x1f) === 0x1f) throw malformed('tag numbers above 30 do not occur in keys and certificates');
  if (tag === 0) throw malformed('an end-of-contents mark without a beginning');

  let contentStart = at + 2;
  let length = first;
  if (first === 0x80) {
    if (rules === 'der') throw malformed('an indefinite length is not DER');
    if ((tag & constructedBit) === 0) throw malformed('a primitive element has an indefinite length');
    return { tag, contentStart, end: undefined };
  }
  if (first > 0x80) {
    const octets = first & 0x7f;
    // Four octets of length are 4 GiB; more is an attack or noise.
    if (octets > 4) throw malformed('a length takes more than 4 octets');
    if (contentStart + octets > limit) throw malformed('an ASN.1 length is cut off');
    length = 0;
    for (let index = 0; index < octets; index += 1) {
      length = length * 256 + (bytes[contentStart + index] as number);
    }
    if (rules === 'der' && (length < 0x80 || bytes[contentStart] === 0)) {
      throw malformed('a length is not in its shortest form, which is not DER');
    }
    contentStart += octets;
  }
  if (length > limit - contentStart) throw malformed('an ASN.1 element is longer than what encloses it');
  return { tag, contentStart, end: contentStart + length };
}

/** @internal */
export function malformed(what: string, cause?: unknown): KeyError {
  return new KeyError(`malformed ASN.1: ${what}`, { code: 'ERR_KEY_FORMAT', cause });
}

/** @internal */
export function tooMuch(what: string): KeyError {
  return new KeyError(`refused before reading on: ${what}`, { code: 'ERR_KEY_LIMIT' });
}
