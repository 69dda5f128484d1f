/**
 * JSON with no second meaning: no name twice, no number that loses digits, no endless depth.
 *
 * @module
 */
import { PortalError } from '@egov-gateway/core';

/** A value of JSON. Whole numbers that a `number` would round are `bigint`. */
export type JsonValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

const maxDepth = 32;
const space = /[\t\n\r ]*/y;
const number = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const word = /true|false|null/y;

/**
 * Reads JSON strictly.
 *
 * @throws {PortalError} `ERR_PORTAL_JSON` when it is none, or deeper than 32; `ERR_PORTAL_DUPLICATE_KEY` when an object
 *   has a name twice: two readers would see two different answers
 */
export function readJson(bytes: Uint8Array): JsonValue {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notJson('it is not UTF-8');
  }
  const reader = new JsonReader(text);
  return reader.document();
}

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonValue {
    const value = this.#value(0);
    this.#take(space);
    if (this.#at !== this.#text.length) throw notJson('something follows the value');
    return value;
  }

  #value(depth: number): JsonValue {
    if (depth > maxDepth) throw notJson(`it is deeper than ${maxDepth} levels`);
    this.#take(space);
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      default:
        return this.#scalar();
    }
  }

  #object(depth: number): JsonValue {
    const members = new Map<string, JsonValue>();
    this.#at += 1;
    if (this.#next('}')) return {};
    do {
      this.#take(space);
      const name = this.#string();
      if (members.has(name)) {
        throw new PortalError(
          'the JSON of the answer has a name twice, so that it has two meanings; report it to the support of the portal',
          { code: 'ERR_PORTAL_DUPLICATE_KEY', delivery: 'unknown' },
        );
      }
      if (!this.#next(':')) throw notJson('a name without a value');
      members.set(name, this.#value(depth + 1));
    } while (this.#next(','));
    if (!this.#next('}')) throw notJson('an object does not end');
    return Object.fromEntries(members);
  }

  #array(depth: number): JsonValue {
    const items: JsonValue[] = [];
    this.#at += 1;
    if (this.#next(']')) return items;
    do items.push(this.#value(depth + 1));
    while (this.#next(','));
    if (!this.#next(']')) throw notJson('a list does not end');
    return items;
  }

  #string(): string {
    if (this.#text[this.#at] !== '"') throw notJson('a text was expected');
    let end = this.#at + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    const raw = this.#text.slice(this.#at, end + 1);
    this.#at = end + 1;
    try {
      return JSON.parse(raw) as string;
    } catch {
      throw notJson('a text is not written as JSON has it');
    }
  }

  #scalar(): JsonValue {
    const known = this.#take(word);
    if (known !== undefined) return JSON.parse(known) as boolean | null;
    const digits = this.#take(number);
    if (digits === undefined) throw notJson('a value was expected');
    const value = Number(digits);
    const isWhole = /^-?[0-9]+$/.test(digits);
    return isWhole && !Number.isSafeInteger(value) ? BigInt(digits) : value;
  }

  #next(character: string): boolean {
    this.#take(space);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.#text)?.[0];
    if (taken !== undefined) this.#at += taken.length;
    return taken;
  }
}

function notJson(reason: string): PortalError {
  return new PortalError(`the answer is no JSON (${reason}); ask the support of the portal for its format`, {
    code: 'ERR_PORTAL_JSON',
    delivery: 'unknown',
  });
}
