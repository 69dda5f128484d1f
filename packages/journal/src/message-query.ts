/**
 * Which messages a page holds, the same in every store: newest first by the instant of the first event, then by its
 * place in the journal.
 *
 * @module
 */
import { assertOptions, JournalError, type MessageQuery, type MessageState } from '@egov-gateway/core';

/** Where a page ends. */
export interface PageCursor {
  readonly createdAtMs: number;
  /** Position of the first event of the message. */
  readonly id: number;
}

/** States that a message can be in, by its direction. */
export const statesOf: Readonly<Record<'out' | 'in', readonly MessageState[]>> = {
  out: [
    'draft',
    'queued',
    'sending',
    'sent',
    'delivered',
    'answered',
    'rejected',
    'expired',
    'dead',
    'in-doubt',
  ],
  in: ['received', 'unmatched', 'handled', 'dead'],
};

const defaultLimit = 50;
const maxLimit = 1000;

const queryNames: readonly (keyof MessageQuery)[] = [
  'serviceId',
  'messageId',
  'correlationId',
  'reference',
  'contentHash',
  'subject',
  'direction',
  'channel',
  'states',
  'fromMs',
  'toMs',
  'limit',
  'after',
];
const textNames = ['serviceId', 'messageId', 'correlationId', 'reference', 'contentHash', 'subject'] as const;
const states: readonly string[] = [...new Set([...statesOf.out, ...statesOf.in])];

/**
 * Refuses what would find something else than was meant: a name that is not known, a state that no message has.
 *
 * @throws {TypeError} which names it
 */
export function assertQuery(query: MessageQuery): void {
  assertOptions('the query', query, queryNames);
  for (const name of textNames) {
    if (query[name] !== undefined && typeof query[name] !== 'string')
      throw new TypeError(`${name} must be text`);
  }
  assertOneOf('direction', query.direction, ['out', 'in']);
  assertOneOf('channel', query.channel, ['sync', 'async']);
  if (query.states !== undefined && !Array.isArray(query.states))
    throw new TypeError('states must be a list');
  for (const state of query.states ?? []) assertOneOf('each of states', state, states);
  for (const name of ['fromMs', 'toMs'] as const) {
    if (query[name] !== undefined && !Number.isSafeInteger(query[name])) {
      throw new TypeError(`${name} must be a whole number of milliseconds since the epoch`);
    }
  }
}

function assertOneOf(name: string, value: unknown, known: readonly string[]): void {
  if (value === undefined) return;
  if (typeof value !== 'string' || !known.includes(value)) {
    throw new TypeError(`${name} must be one of ${known.join(', ')}`);
  }
}

/** How many messages a page has at most. @throws {TypeError} when it is no whole number from 1 to 1000 */
export function pageLimit(query: MessageQuery): number {
  const limit = query.limit ?? defaultLimit;
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > maxLimit) {
    throw new TypeError(`limit must be a whole number from 1 to ${maxLimit}`);
  }
  return limit;
}

/** How many events `feed` gives. @throws {TypeError} when it is no whole number from 1 to 10000 */
export function feedLimit(limit = 1000): number {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 10_000) {
    throw new TypeError('limit must be a whole number from 1 to 10000');
  }
  return limit;
}

export function writeCursor(cursor: PageCursor): string {
  return `${cursor.createdAtMs}.${cursor.id}`;
}

/** @throws {JournalError} ERR_JOURNAL_NOT_FOUND when it is not the `next` of a page */
export function readCursor(after: string | undefined): PageCursor | undefined {
  if (after === undefined) return undefined;
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(after);
  if (match === null) {
    throw new JournalError('the place to continue from must be the `next` of the page before', {
      code: 'ERR_JOURNAL_NOT_FOUND',
    });
  }
  return { createdAtMs: Number(match[1]), id: Number(match[2]) };
}
