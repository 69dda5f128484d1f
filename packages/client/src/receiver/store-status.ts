import {
  JournalError,
  type JournalEvent,
  type MessageJournal,
  newLocalKey,
  pause,
  type RecordedMessage,
  type Timers,
} from '@egov-gateway/core';

import { findSent, recordStatus, type StatusNews } from '../async/record-status.ts';
import type { StateListener } from '../worker-telemetry.ts';
import { keeping } from './keeping.ts';
import type { ServedExchange } from './served-exchange.ts';

/** How long to wait for a message that is not there, and who is told. @internal */
export interface StatusOptions {
  readonly timers: Timers;
  readonly waitMs: number;
  readonly signal: AbortSignal;
  readonly onStateChange: StateListener | undefined;
}

/** News that came by itself. @internal */
export type NotifiedNews = StatusNews & {
  /** What tells the same notification from another one. */
  readonly contentHash: string;
};

/** Where news went. @internal */
export interface StoredStatus {
  readonly outcome: 'status' | 'status-unmatched' | 'repeated';
  readonly known: Pick<ServedExchange, 'localKey' | 'serviceId' | 'correlationId'>;
}

/** `serviceId` of a record that belongs to no service. */
const NO_SERVICE = '-';

/**
 * Commits the state of a message: to the message itself, else as a record of its own that is found by the same
 * `messageId`. It is durable when this resolves.
 *
 * @throws {unknown} what the journal rejects with
 * @internal
 */
export async function storeStatus(
  journal: MessageJournal,
  notified: NotifiedNews,
  options: StatusOptions,
): Promise<StoredStatus> {
  const { contentHash: _, ...news } = notified;
  let sent = await findSent(journal, news.messageId);
  if (sent.length === 0 && options.waitMs > 0) {
    // One that is played back is not waited for.
    const known = await findUnmatched(journal, notified);
    if (known !== undefined) return known;
    await pause(options.timers, options.waitMs, options.signal);
    sent = await findSent(journal, news.messageId);
  }
  const [message, namesake] = sent;
  const isOurs = message !== undefined && namesake === undefined;
  const stored = isOurs ? await appendTo(journal, message, news, options) : undefined;
  return stored ?? (await findUnmatched(journal, notified)) ?? storeUnmatched(journal, notified);
}

async function appendTo(
  journal: MessageJournal,
  message: RecordedMessage,
  news: StatusNews,
  { onStateChange }: StatusOptions,
): Promise<StoredStatus | undefined> {
  const { localKey, serviceId, correlationId } = message;
  try {
    const outcome = await keeping(() =>
      recordStatus(journal, message, news, { isAsked: false, listener: onStateChange }),
    );
    return { outcome, known: { localKey, serviceId, correlationId } };
  } catch (error) {
    // A message that has not left, by the journal, has no state to tell of: kept apart, for somebody to look at.
    if (error instanceof JournalError && error.code === 'ERR_JOURNAL_STATE') return undefined;
    throw error;
  }
}

/** The record of the same notification that came before. */
async function findUnmatched(
  journal: MessageJournal,
  { messageId, contentHash }: NotifiedNews,
): Promise<StoredStatus | undefined> {
  const query = { messageId, contentHash, direction: 'in', channel: 'async', limit: 1 } as const;
  const [known] = (await journal.find(query)).messages;
  return known && { outcome: 'repeated', known: { localKey: known.localKey } };
}

/** A record like that of an answer to a poll: kept for its bytes, and nothing to handle. */
async function storeUnmatched(journal: MessageJournal, news: NotifiedNews): Promise<StoredStatus> {
  const localKey = newLocalKey();
  const received = { direction: 'in', channel: 'async', kind: 'received', serviceId: NO_SERVICE } as const;
  const event: JournalEvent = { localKey, ...received, ...news };
  await keeping(() => journal.commit({ events: [event] }));
  return { outcome: 'status-unmatched', known: { localKey } };
}
