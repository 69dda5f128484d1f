/**
 * What the hash chain is computed over: one event as bytes. An auditor can build the same bytes in any language; the
 * README shows an example.
 *
 * @module
 */
import type { JournalEvent } from '@egov-gateway/core';

import { encodeFields, type FieldValue } from './field-encoding.ts';

/** The bytes of an event as they lie in the store, encrypted or not. */
export interface StoredDigest {
  /** SHA-256 of the stored bytes, 32 octets. */
  readonly sha256: Uint8Array;
  /** Length of the stored bytes. */
  readonly byteLength: number;
  /** Which key they are encrypted with; `undefined` when they are not. */
  readonly keyId?: string | undefined;
}

/** An event with everything that the chain protects. */
export interface ChainedEvent extends Omit<JournalEvent, 'bytes' | 'subjects' | 'direction'> {
  readonly direction: 'out' | 'in';
  /** Place in the journal, across all writers. */
  readonly position: number;
  /** Place among the events of the message, from 1. */
  readonly version: number;
  /** Keyed hashes of IIN and BIN, each 32 octets; in any order. */
  readonly subjects?: readonly Uint8Array[] | undefined;
  readonly stored?: StoredDigest | undefined;
}

/** First line of the encoding. Another set or order of fields gets another number. */
export const eventEncodingTitle = 'egw-journal-event/1';

/**
 * The canonical bytes of an event. Injective: two events that differ in anything have different bytes. Subjects are
 * sorted, and one that is named twice is written once.
 *
 * @throws {JournalError} ERR_JOURNAL_EVENT when a field cannot be written; the message names the field, not the value
 */
export function encodeEvent(event: ChainedEvent): Uint8Array {
  return encodeFields(eventEncodingTitle, eventFields(event));
}

/** Names and values in the order of the encoding; `subject` once for each, the absent ones with `undefined`. */
export function eventFields(event: ChainedEvent): readonly (readonly [string, FieldValue])[] {
  return [
    ['position', event.position],
    ['localKey', event.localKey],
    ['version', event.version],
    ['direction', event.direction],
    ['channel', event.channel],
    ['serviceId', event.serviceId],
    ['kind', event.kind],
    ['atMs', event.atMs],
    ['messageId', event.messageId],
    ['correlationId', event.correlationId],
    ['messageType', event.messageType],
    ['code', event.code],
    ['delivery', event.delivery],
    ['attempt', event.attempt],
    ['untilMs', event.untilMs],
    ['expiresAtMs', event.expiresAtMs],
    ['deliveryState', event.deliveryState],
    ['resolution', event.resolution],
    ['note', event.note],
    ['relatedKey', event.relatedKey],
    ['reference', event.reference],
    ['contentHash', event.contentHash],
    ['containerKey', event.container?.localKey],
    ['containerPart', event.container?.part],
    ...sortedSubjects(event.subjects).map((subject) => ['subject', subject] as const),
    ['storedSha256', event.stored?.sha256],
    ['storedLength', event.stored?.byteLength],
    ['keyId', event.stored?.keyId],
  ];
}

/** Hex of the subject hashes, sorted, without repetitions: the order in which they are encoded and archived. */
export function sortedSubjects(subjects: readonly Uint8Array[] | undefined): readonly string[] {
  if (subjects === undefined) return [];
  return [...new Set(subjects.map((subject) => Buffer.from(subject).toString('hex')))].sort();
}
