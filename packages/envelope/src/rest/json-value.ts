import type { ValidationIssue } from '@egov-gateway/core';

/** What JSON can say. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** An object of JSON. One that was read has no prototype: no name in it means anything but itself. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/**
 * How one type of business data lies in `data` of a REST message.
 *
 * @experimental
 */
export interface JsonCodec<T> {
  /** Every rule that `value` breaks, paths relative to `data` (`/number`). Empty when it may be sent. */
  validate(value: T): readonly ValidationIssue[];
  toJson(value: T): JsonValue;
  /** @throws {ParseError} when it is not what the contract says */
  fromJson(json: JsonValue): T;
}

/**
 * A value with the codec that knows how it lies in `data`.
 *
 * @experimental
 */
export interface JsonPart<T> {
  readonly codec: JsonCodec<T>;
  readonly value: T;
}

/** How deep values may nest, in both directions. */
export const maxJsonDepth = 64;

/** Whether a value is an object of JSON. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Appends what keeps a value from being written as JSON without a change of its meaning. Says paths of names only. */
export function checkJson(issues: ValidationIssue[], path: string, value: unknown, depth: number = 1): void {
  const clause = 'RFC 8259';
  if (depth > maxJsonDepth) {
    issues.push({ path, rule: 'depth', message: `must nest at most ${maxJsonDepth} deep`, clause });
  } else if (typeof value === 'string') {
    if (!isWellFormed(value)) {
      issues.push({ path, rule: 'characters', message: 'has half of a surrogate pair', clause });
    }
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      issues.push({ path, rule: 'number', message: 'must be a finite number', clause });
    }
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkJson(issues, `${path}[${index + 1}]`, item, depth + 1);
  } else if (isPlainObject(value)) {
    for (const [name, item] of Object.entries(value)) checkJson(issues, `${path}/${name}`, item, depth + 1);
  } else if (typeof value !== 'boolean' && value !== null) {
    const message = 'must be a string, a number, a boolean, null, an array or a plain object';
    issues.push({ path, rule: 'json', message, clause });
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (!isJsonObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // What has toJSON writes itself as something else than it was checked for.
  return (prototype === Object.prototype || prototype === null) && !('toJSON' in value);
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
