/**
 * JSON read strictly: `JSON.parse` lets the last one of two equal names win, rounds long numbers and knows no limits.
 *
 * @see RFC 8259
 * @module
 */
import { ParseError } from '@egov-gateway/core';

import { type JsonValue, maxJsonDepth } from './json-value.ts';

/** What a document may cost. */
export interface JsonLimits {
  /** Default: 16 MiB. */
  readonly maxBytes: number;
}

const defaults: JsonLimits = { maxBytes: 16 * 1024 * 1024 };

/**
 * The value of a JSON document in UTF-8.
 *
 * @throws {ParseError} `ERR_PARSE_VALUE` when it is no JSON, too large, or has a number that cannot be kept exactly;
 *   `ERR_PARSE_DUPLICATE_ELEMENT` when a name is there twice; `ERR_PARSE_DEPTH`
 */
export function parseJson(bytes: Uint8Array, limits: Partial<JsonLimits> = {}): JsonValue {
  const { maxBytes } = { ...defaults, ...limits };
  if (bytes.length > maxBytes) throw invalid('', `expected at most ${maxBytes} bytes`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw invalid('', 'expected UTF-8', cause);
  }
  return new JsonReader(text).document();
}

const literals: readonly (readonly [text: string, value: JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
const numberPattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonValue {
    const value = this.#value('', 1);
    this.#space();
    if (this.#at < this.#text.length) throw invalid('', 'expected the end of the document');
    return value;
  }

  #value(path: string, depth: number): JsonValue {
    if (depth > maxJsonDepth) {
      throw new ParseError(`expected at most ${maxJsonDepth} levels`, { code: 'ERR_PARSE_DEPTH', path });
    }
    this.#space();
    const next = this.#text[this.#at];
    if (next === '{') return this.#object(path, depth);
    if (next === '[') return this.#array(path, depth);
    if (next === '"') return this.#string(path);
    for (const [text, value] of literals) {
      if (this.#text.startsWith(text, this.#at)) {
        this.#at += text.length;
        return value;
      }
    }
    return this.#number(path);
  }

  #object(path: string, depth: number): JsonValue {
    const object = Object.create(null) as Record<string, JsonValue>;
    this.#at++;
    if (this.#takes('}')) return object;
    do {
      this.#space();
      if (this.#text[this.#at] !== '"') throw invalid(path, 'expected a name in quotes');
      const name = this.#string(path);
      const at = `${path}/${name}`;
      if (name in object) {
        throw new ParseError('expected once, found twice', { code: 'ERR_PARSE_DUPLICATE_ELEMENT', path: at });
      }
      if (!this.#takes(':')) throw invalid(at, 'expected a colon');
      object[name] = this.#value(at, depth + 1);
    } while (this.#takes(','));
    if (!this.#takes('}')) throw invalid(path, 'expected a comma or the end of the object');
    return object;
  }

  #array(path: string, depth: number): JsonValue {
    const items: JsonValue[] = [];
    this.#at++;
    if (this.#takes(']')) return items;
    do {
      items.push(this.#value(`${path}[${items.length + 1}]`, depth + 1));
    } while (this.#takes(','));
    if (!this.#takes(']')) throw invalid(path, 'expected a comma or the end of the array');
    return items;
  }

  /** Finds the end, and leaves escapes and control characters to `JSON.parse`. */
  #string(path: string): string {
    const start = this.#at;
    let end = this.#text.indexOf('"', start + 1);
    while (end !== -1 && this.#isEscaped(start, end)) end = this.#text.indexOf('"', end + 1);
    if (end === -1) throw invalid(path, 'expected the end of a string');
    this.#at = end + 1;
    try {
      return JSON.parse(this.#text.slice(start, this.#at)) as string;
    } catch {
      // Not as the cause: its text quotes the string.
      throw invalid(path, 'expected a string without control characters and unknown escapes');
    }
  }

  #isEscaped(start: number, quote: number): boolean {
    let first = quote;
    while (first - 1 > start && this.#text[first - 1] === '\\') first--;
    return (quote - first) % 2 === 1;
  }

  #number(path: string): number {
    numberPattern.lastIndex = this.#at;
    const [text, fraction, exponent] = numberPattern.exec(this.#text) ?? [''];
    if (text === '') throw invalid(path, 'expected a value');
    this.#at += text.length;
    const value = Number(text);
    const isWhole = fraction === undefined && exponent === undefined;
    if (!Number.isFinite(value) || (isWhole && !Number.isSafeInteger(value))) {
      throw invalid(path, 'expected a number that can be kept exactly; identifiers are strings');
    }
    return value;
  }

  #takes(token: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? '-')) this.#at++;
  }
}

function invalid(path: string, message: string, cause?: unknown): ParseError {
  return new ParseError(message, { code: 'ERR_PARSE_VALUE', path, cause });
}
