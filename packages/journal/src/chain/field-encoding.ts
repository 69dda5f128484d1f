/**
 * The one way this package turns a record into the bytes that are hashed.
 *
 * @module
 */
import { JournalError } from '@egov-gateway/core';

/** Value of a field: text, a whole number, or octets, which are written in lower-case hex. Absent fields are not written. */
export type FieldValue = string | number | Uint8Array | undefined;

/**
 * A title and named fields, as bytes: a line `title`, then for each field that is there, in the order given, its name, a
 * space, the length of the value in octets, a space, the value in UTF-8, and a line feed (U+000A).
 *
 * Because every value is preceded by its length, two different lists of fields never give the same bytes.
 *
 * @throws {JournalError} ERR_JOURNAL_EVENT when a text has no UTF-8 form or holds U+0000, or a number is not a whole one
 *   from 0 to 2^53-1
 */
export function encodeFields(title: string, fields: readonly (readonly [string, FieldValue])[]): Uint8Array {
  let text = `${title}\n`;
  for (const [name, value] of fields) {
    if (value === undefined) continue;
    const written = fieldText(name, value);
    text += `${name} ${Buffer.byteLength(written)} ${written}\n`;
  }
  return Buffer.from(text);
}

function fieldText(name: string, value: string | number | Uint8Array): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || value < 0 || Object.is(value, -0)) {
      throw refusal(name, 'must be a whole number from 0 to 2^53-1');
    }
    return String(value);
  }
  // Either would not come back from a database as it went in: lone surrogates become U+FFFD, text may end at U+0000.
  if (typeof value !== 'string' || /[\0\p{Surrogate}]/u.test(value)) {
    throw refusal(name, 'must be text without U+0000 and without halves of surrogate pairs');
  }
  return value;
}

function refusal(name: string, rule: string): JournalError {
  return new JournalError(`an event was not stored: ${name} ${rule}`, { code: 'ERR_JOURNAL_EVENT' });
}
