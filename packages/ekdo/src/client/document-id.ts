import { PortalError } from '@egov-gateway/core';

/** Nothing is published on the form of an id. What cannot stand in a path by itself is no id here. */
const form = /^[\p{L}\p{N}_.~:@=+-]+$/u;
const maxLength = 200;

/** What is wrong with an id, in words; `undefined` when it may be used. @internal */
export function documentIdFault(id: unknown): string | undefined {
  if (typeof id !== 'string' || id === '') return 'it is empty or no text';
  if (id.length > maxLength) return `it is longer than ${maxLength} characters`;
  if (/^\.+$/.test(id)) return 'it would lead to another path';
  if (!form.test(id) || /\p{Surrogate}/u.test(id)) return 'it has characters that cannot stand in a path';
  return undefined;
}

/**
 * The id that an answer names, as text.
 *
 * @throws {PortalError} `ERR_PORTAL_ID_MISSING`, `ERR_PORTAL_ID_INVALID`; both `unknown`: the document may be there
 * @internal
 */
export function documentIdOf(value: unknown): string {
  if (value === undefined || value === null || value === '') {
    throw new PortalError(
      'the answer names no id; look in the portal whether the document is there, and check the codec',
      { code: 'ERR_PORTAL_ID_MISSING', delivery: 'unknown' },
    );
  }
  const isWhole = typeof value === 'bigint' || Number.isSafeInteger(value);
  const id = isWhole ? String(value) : value;
  const fault = documentIdFault(id);
  if (fault === undefined) return id as string;
  throw new PortalError(
    `the answer names an id that cannot be used: ${fault}; look in the portal whether the document is there`,
    { code: 'ERR_PORTAL_ID_INVALID', delivery: 'unknown' },
  );
}

/** The id as one segment of a path. @throws {TypeError} when it is none @internal */
export function encodeDocumentId(id: string): string {
  const fault = documentIdFault(id);
  if (fault !== undefined) throw new TypeError(`id of a document: ${fault}`);
  return encodeURIComponent(id);
}
