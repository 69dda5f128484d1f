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
  news: StatusNews,
  options: StatusOptions,
): Promise<StoredStatus> {
  let sent = await findSent(journal, news.messageId);
  if (sent.length === 0 && options.waitMs > 0) {
    await pause(options.timers, options.waitMs, options.signal);
    sent = await findSent(journal, news.messageId);
  }
  const [message, namesake] = sent;
  const isOurs = message !== undefined && namesake === undefined;
  const stored = isOurs ? await appendTo(journal, message, news, options) : undefined;
  return stored ?? storeUnmatched(journal, news);
}

async function appendTo(
  journal: MessageJournal,
  message: RecordedMessage,
  news: StatusNews,
  { onStateChange }: StatusOptions,
): Promise<StoredStatus | undefined> {
  const { localKey, serviceId, correlationId } = message;
  try {
    const outcome = await keeping(() => recordStatus(journal, message, news, onStateChange));
    return { outcome, known: { localKey, serviceId, correlationId } };
  } catch (error) {
    // A message that has not left, by the journal, has no state to tell of: kept apart, for somebody to look at.
    if (error instanceof JournalError && error.code === 'ERR_JOURNAL_STATE') return undefined;
    throw error;
  }
}

/** A record like that of an answer to a poll: kept for its bytes, and nothing to handle. */
async function storeUnmatched(journal: MessageJournal, news: StatusNews): Promise<StoredStatus> {
  const localKey = newLocalKey();
  const received = { direction: 'in', channel: 'async', kind: 'received', serviceId: NO_SERVICE } as const;
  const event: JournalEvent = { localKey, ...received, ...news };
  await keeping(() => journal.commit({ events: [event] }));
  return { outcome: 'status-unmatched', known: { localKey } };
}
