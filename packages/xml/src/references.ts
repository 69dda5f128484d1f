import { isXmlCharacter } from './characters.ts';
import { xmlError } from './position.ts';

/** @see Extensible Markup Language 1.0 (Fifth Edition), 4.6 "Predefined Entities" */
const predefined: readonly (readonly [string, number])[] = [
  ['&amp;', 0x26],
  ['&lt;', 0x3c],
  ['&gt;', 0x3e],
  ['&quot;', 0x22],
  ['&apos;', 0x27],
];
const entity = /&[^\s&;<>'"#]{1,1024};/y;

const HASH = 0x23;
const AMPERSAND = 0x26;
const HYPHEN = 0x2d;
const SEMICOLON = 0x3b;
const LESS = 0x3c;
const LOWER_X = 0x78;
/** Stands for every code point that is too large. */
const BEYOND = 0x110000;

interface Reference {
  readonly codePoint: number;
  /** Offset behind the `;`. */
  readonly end: number;
}

/**
 * The offset behind the reference at `at`.
 *
 * @see Extensible Markup Language 1.0 (Fifth Edition), 4.1 "Character and Entity References"
 * @throws {XmlError} `ERR_XML_ENTITY` when it names an entity other than the five predefined ones
 * @throws {XmlError} `ERR_XML_CHARACTER` when it refers to a character that is not allowed
 * @throws {XmlError} `ERR_XML_SYNTAX` when it is no reference at all
 */
export function referenceEnd(source: string, at: number): number {
  const reference = readReference(source, at);
  if (reference === undefined) {
    entity.lastIndex = at;
    throw entity.test(source)
      ? xmlError('ERR_XML_ENTITY', 'reference to an entity that is not defined', source, at)
      : xmlError('ERR_XML_SYNTAX', '& must begin a reference, expected &amp;', source, at);
  }
  if (!isXmlCharacter(reference.codePoint)) {
    throw xmlError('ERR_XML_CHARACTER', 'reference to a character that is not allowed in XML', source, at);
  }
  return reference.end;
}

/**
 * What character data of a sound document means: references resolved, CDATA opened, comments dropped.
 *
 * A loop, because `String.replace` with a pattern aborts the whole process when there are tens of millions of matches.
 */
export function resolveText(raw: string): string {
  if (!raw.includes('&') && !raw.includes('<')) return raw;
  // What is meant is never longer than what is written.
  const units = new Uint16Array(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; ) {
    const unit = raw.charCodeAt(at);
    if (unit === AMPERSAND) {
      const { codePoint, end } = readReference(raw, at) ?? { codePoint: AMPERSAND, end: at + 1 };
      if (codePoint < 0x10000) {
        units[length++] = codePoint;
      } else {
        units[length++] = 0xd7c0 + (codePoint >> 10);
        units[length++] = 0xdc00 | (codePoint & 0x3ff);
      }
      at = end;
    } else if (unit !== LESS) {
      units[length++] = unit;
      at++;
    } else if (raw.charCodeAt(at + 2) === HYPHEN) {
      at = raw.indexOf('-->', at + 4) + 3;
    } else {
      const end = raw.indexOf(']]>', at + 9);
      for (at += 9; at < end; at++) units[length++] = raw.charCodeAt(at);
      at = end + 3;
    }
  }
  return Buffer.from(units.buffer, 0, length * 2).toString('utf16le');
}

/**
 * What the value of an attribute of a sound document means: references resolved, other white space made spaces.
 *
 * @see Extensible Markup Language 1.0 (Fifth Edition), 3.3.3 "Attribute-Value Normalization"
 */
export function resolveAttributeValue(raw: string): string {
  return resolveText(raw.replace(/[\t\n]/g, ' '));
}

/** The reference at `at`, `undefined` when there is none that is defined. The character may be one that is not allowed. */
function readReference(source: string, at: number): Reference | undefined {
  if (source.charCodeAt(at + 1) !== HASH) {
    for (const [text, codePoint] of predefined) {
      if (source.startsWith(text, at)) return { codePoint, end: at + text.length };
    }
    return undefined;
  }
  const isHexadecimal = source.charCodeAt(at + 2) === LOWER_X;
  const start = at + (isHexadecimal ? 3 : 2);
  let codePoint = 0;
  let end = start;
  for (; ; end++) {
    const unit = source.charCodeAt(end);
    const digit = isHexadecimal ? hexadecimalDigit(unit) : unit - 0x30;
    // NaN, the end of the document, is no digit either.
    if (!(digit >= 0 && digit < (isHexadecimal ? 16 : 10))) break;
    codePoint = Math.min(BEYOND, codePoint * (isHexadecimal ? 16 : 10) + digit);
  }
  return end > start && source.charCodeAt(end) === SEMICOLON ? { codePoint, end: end + 1 } : undefined;
}

function hexadecimalDigit(unit: number): number {
  if (unit < 0x41) return unit - 0x30 < 10 ? unit - 0x30 : -1;
  // 0x20 makes letters lower-case.
  const digit = (unit | 0x20) - 0x61 + 10;
  return digit < 16 && digit >= 10 ? digit : -1;
}
