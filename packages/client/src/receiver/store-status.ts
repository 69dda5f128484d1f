import {
  type DeliveryState,
  JournalError,
  type JournalEvent,
  type MessageJournal,
  newLocalKey,
  type RecordedMessage,
  type Timers,
} from '@egov-gateway/core';

import { keeping } from './keeping.ts';
import { publishStates, type StateListener } from './receiver-telemetry.ts';
import type { ServedExchange } from './served-exchange.ts';

/** What the gateway tells of a message of ours. @internal */
export interface StatusNews {
  readonly notificationId: string;
  readonly messageId: string;
  readonly deliveryState: DeliveryState;
  readonly code: string;
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

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
  let message = await findSent(journal, news.messageId);
  if (message === undefined && options.waitMs > 0) {
    await pause(options);
    message = await findSent(journal, news.messageId);
  }
  const stored = message && (await appendTo(journal, message, news, options));
  return stored ?? storeUnmatched(journal, news);
}

/** The one message of ours that has the id. The gateway gives it, so two of them are nobody's. */
async function findSent(journal: MessageJournal, messageId: string): Promise<RecordedMessage | undefined> {
  const { messages } = await journal.find({ messageId, direction: 'out', channel: 'async', limit: 2 });
  return messages.length === 1 ? messages[0] : undefined;
}

async function appendTo(
  journal: MessageJournal,
  message: RecordedMessage,
  news: StatusNews,
  { onStateChange }: StatusOptions,
): Promise<StoredStatus | undefined> {
  const { localKey, serviceId, correlationId, events } = message;
  const { messageId, deliveryState, code, atMs, bytes } = news;
  const known = { localKey, serviceId, correlationId };
  const last = events.findLast(({ kind }) => kind === 'status');
  if (last?.deliveryState === deliveryState && last.code === code) return { outcome: 'repeated', known };
  const event: JournalEvent = {
    localKey,
    direction: 'out',
    channel: 'async',
    kind: 'status',
    serviceId,
    messageId,
    deliveryState,
    code,
    atMs,
    bytes,
  };
  try {
    const { changed } = await keeping(() => journal.commit({ events: [event] }));
    publishStates(changed, serviceId, onStateChange);
    return { outcome: 'status', known };
  } catch (error) {
    // A message that has not left, by the journal, has no state to tell of: kept apart, for somebody to look at.
    if (error instanceof JournalError && error.code === 'ERR_JOURNAL_STATE') return undefined;
    throw error;
  }
}

/** A record like that of an answer to a poll: kept for its bytes, and nothing to handle. */
async function storeUnmatched(journal: MessageJournal, news: StatusNews): Promise<StoredStatus> {
  const { messageId, deliveryState, code, atMs, bytes } = news;
  const localKey = newLocalKey();
  const event: JournalEvent = {
    localKey,
    direction: 'in',
    channel: 'async',
    kind: 'received',
    serviceId: NO_SERVICE,
    messageId,
    deliveryState,
    code,
    atMs,
    bytes,
  };
  await keeping(() => journal.commit({ events: [event] }));
  return { outcome: 'status-unmatched', known: { localKey } };
}

function pause({ timers, waitMs, signal }: StatusOptions): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const finish = (): void => {
      cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = timers.schedule(finish, waitMs);
    signal.addEventListener('abort', finish, { once: true });
  });
}
