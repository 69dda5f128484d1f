/**
 * Answers in JSON, for codecs.
 *
 * @module
 */
import { PortalError } from '@egov-gateway/core';

import type { PortalReply } from './portal-codec.ts';
import { type JsonValue, readJson } from './read-json.ts';

/** An object of JSON. */
export type JsonObject = { readonly [name: string]: JsonValue };

/**
 * The object that an answer is.
 *
 * @throws {PortalError} `ERR_PORTAL_CONTENT_TYPE` when it is not labelled as JSON, `ERR_PORTAL_JSON`,
 *   `ERR_PORTAL_DUPLICATE_KEY`, `ERR_PORTAL_ANSWER` when it is JSON but no object
 */
export function readJsonReply({ headers, bytes }: PortalReply): JsonObject {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(type)) {
    throw new PortalError(
      'the answer is not labelled as JSON, expected application/json; is the route right, and the codec?',
      { code: 'ERR_PORTAL_CONTENT_TYPE', delivery: 'unknown' },
    );
  }
  const value = readJson(bytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unexpected('it is no object');
  }
  return value as JsonObject;
}

/** A text of an answer. @throws {PortalError} `ERR_PORTAL_ANSWER` when it is missing, empty, or something else */
export function textOf(object: JsonObject, name: string): string {
  const value = memberOf(object, name);
  if (typeof value === 'string' && value !== '') return value;
  throw unexpected(`expected the text ${JSON.stringify(name)}`);
}

/** An id of an answer. @throws {PortalError} `ERR_PORTAL_ID_MISSING` when there is none */
export function idOf(object: JsonObject, name: string): string | number | bigint {
  const value = memberOf(object, name);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  throw new PortalError(
    `the answer names no id, expected ${JSON.stringify(name)}; look in the portal whether the document is there, and check the codec`,
    { code: 'ERR_PORTAL_ID_MISSING', delivery: 'unknown' },
  );
}

function memberOf(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function unexpected(reason: string): PortalError {
  return new PortalError(`the answer is not what the codec reads: ${reason}; ask the support of the portal`, {
    code: 'ERR_PORTAL_ANSWER',
    delivery: 'unknown',
  });
}
