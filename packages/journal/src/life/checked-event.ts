import type { JournalEvent, JournalEventKind } from '@egov-gateway/core';
import { JournalError } from '@egov-gateway/core';

/** Longest key, identifier or code that is kept, in UTF-16 units. */
const maxTextLength = 1024;
const maxNoteLength = 4096;
const maxSubjects = 100;

const kinds: ReadonlySet<string> = new Set([
  'built',
  'signed',
  'sending',
  'answered',
  'refused',
  'failed',
  'doubted',
  'resolved',
  'status',
  'replied',
  'expired',
  'dead',
  'received',
  'repeated',
  'confirmed',
  'linked',
  'handled',
  'unhandled',
] satisfies JournalEventKind[]);

type Check = (value: unknown, event: JournalEvent) => boolean;

const text: Check = (value) => isText(value, maxTextLength);
const wholeNumber: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) >= 0 && !Object.is(value, -0);
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value);

/** What every field must be when it is there. A field that is not listed is refused. */
const fields: Readonly<Record<keyof JournalEvent, Check>> = {
  localKey: (value) => typeof value === 'string' && /^[\w.:-]{1,64}$/.test(value),
  direction: oneOf('out', 'in'),
  messageId: text,
  correlationId: text,
  serviceId: text,
  channel: oneOf('sync', 'async'),
  messageType: oneOf('REQUEST', 'NOTIFICATION', 'UPDATE', 'RESPONSE'),
  kind: (value) => typeof value === 'string' && kinds.has(value),
  atMs: (value) => wholeNumber(value, undefined as never) && Number(value) < 253_402_300_800_000,
  bytes: (value) => value instanceof Uint8Array,
  code: text,
  delivery: oneOf('not-sent', 'unknown', 'answered'),
  attempt: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
  untilMs: wholeNumber,
  expiresAtMs: wholeNumber,
  deliveryState: oneOf('ON_DELIVERY', 'DELIVERED', 'NOT_DELIVERED', 'DELIVERY_STOPPED'),
  resolution: oneOf('sent', 'not-sent', 'abandoned'),
  note: (value) => isText(value, maxNoteLength),
  relatedKey: (value, event) => text(value, event) && event.kind !== 'received',
  reference: text,
  subjects: (value) => Array.isArray(value) && value.length <= maxSubjects,
  contentHash: text,
  container: (value, event) => {
    if (typeof value !== 'object' || value === null) return false;
    const { localKey, part, ...rest } = value as Record<string, unknown>;
    return fields.localKey(localKey, event) && wholeNumber(part, event) && Object.keys(rest).length === 0;
  },
};

/** What is given by applications, in their words. */
const wrong: Readonly<Record<string, string>> = {
  localKey:
    'the key of a message (`key` of a send, `localKey` of an event) must be 1 to 64 of A-Z, a-z, 0-9, and _ . : -, without personal data',
  reference: `reference must be text of 1 to ${maxTextLength} characters`,
  note: `note must be text of 1 to ${maxNoteLength} characters`,
  subjects: `subjects must be a list of at most ${maxSubjects} IIN and BIN`,
  serviceId: `serviceId must be text of 1 to ${maxTextLength} characters`,
};

const always = ['localKey', 'serviceId', 'channel', 'kind', 'atMs'] as const;

/** What a kind of event cannot do without. */
const required: Partial<Record<JournalEventKind, readonly (keyof JournalEvent)[]>> = {
  failed: ['delivery'],
  sending: ['attempt', 'untilMs'],
  status: ['deliveryState'],
  resolved: ['resolution'],
  replied: ['relatedKey', 'messageType'],
};

/**
 * The event as it may be kept: every field is there that its kind needs, and none is out of bounds or unknown.
 *
 * @throws {JournalError} ERR_JOURNAL_EVENT otherwise; the message names the field, never the value
 */
export function checkedEvent(event: JournalEvent): JournalEvent {
  if (typeof event !== 'object' || event === null) throw refusal('it must be an object');
  const checked: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(event)) {
    if (value === undefined) continue;
    const check = Object.hasOwn(fields, name) ? fields[name as keyof JournalEvent] : undefined;
    if (check === undefined) throw refusal('it has a field that no event has');
    if (!check(value, event)) throw refusal(wrong[name] ?? `${name} is not what it must be there`);
    checked[name] = value;
  }
  for (const name of [...always, ...(required[event.kind] ?? [])]) {
    if (checked[name] === undefined) throw refusal(`an event '${printableKind(event)}' needs ${name}`);
  }
  return checked as unknown as JournalEvent;
}

/** Not empty, and comes back from every store as it went in: no U+0000, no halves of surrogate pairs. */
function isText(value: unknown, maxLength: number): boolean {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= maxLength &&
    !/[\0\p{Surrogate}]/u.test(value)
  );
}

function printableKind(event: JournalEvent): string {
  return kinds.has(event.kind) ? event.kind : 'of no known kind';
}

function refusal(reason: string): JournalError {
  return new JournalError(`an event was not stored: ${reason}`, { code: 'ERR_JOURNAL_EVENT' });
}
