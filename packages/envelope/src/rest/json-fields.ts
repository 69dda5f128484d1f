import { ParseError } from '@egov-gateway/core';

import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';

/** A member, where `null` counts as absent. */
export function jsonMember(object: JsonObject, name: string): JsonValue | undefined {
  return object[name] ?? undefined;
}

/** @throws {ParseError} `ERR_PARSE_MISSING_ELEMENT` when absent, `ERR_PARSE_UNEXPECTED_ELEMENT` when it is no object */
export function requireObject(parent: JsonObject, name: string, path: string): JsonObject {
  const value = jsonMember(parent, name);
  if (value === undefined) throw missing(`${path}/${name}`);
  return asObject(value, `${path}/${name}`);
}

/** @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT` when a value is no object */
export function asObject(value: JsonValue, path: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw new ParseError('expected an object', { code: 'ERR_PARSE_UNEXPECTED_ELEMENT', path });
}

/** @throws {ParseError} `ERR_PARSE_NOT_TEXT` when it is no string */
export function optionalString(object: JsonObject, name: string, path: string): string | undefined {
  const value = jsonMember(object, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string') {
    throw new ParseError('expected a string', { code: 'ERR_PARSE_NOT_TEXT', path: `${path}/${name}` });
  }
  return value.trim() === '' ? undefined : value;
}

/** @throws {ParseError} `ERR_PARSE_MISSING_ELEMENT` when absent or empty, `ERR_PARSE_NOT_TEXT` when it is no string */
export function requireString(object: JsonObject, name: string, path: string): string {
  const text = optionalString(object, name, path);
  if (text === undefined) throw missing(`${path}/${name}`);
  return text;
}

function missing(path: string): ParseError {
  return new ParseError('expected this member with a value, found none', {
    code: 'ERR_PARSE_MISSING_ELEMENT',
    path,
  });
}
