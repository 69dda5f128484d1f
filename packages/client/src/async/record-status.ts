import type { JournalEvent, MessageJournal, RecordedMessage } from '@egov-gateway/core';

import { publishStates, type StateListener } from '../worker-telemetry.ts';

/** What the gateway said of a message of ours: asked for it, or by itself. @internal */
export type StatusNews = {
  readonly [Field in 'messageId' | 'deliveryState' | 'code' | 'bytes' | 'atMs']-?: NonNullable<
    JournalEvent[Field]
  >;
};

/** The message of ours that has the id. The gateway gives it: of two, neither can be meant, and no more than two are read. @internal */
export async function findSent(
  journal: MessageJournal,
  messageId: string,
): Promise<readonly RecordedMessage[]> {
  const { messages } = await journal.find({ messageId, direction: 'out', channel: 'async', limit: 2 });
  return messages;
}

/**
 * Adds what the gateway said to the message that it spoke of, unless it said the same before. An answer that was asked for
 * is compared with the last news alone; a notification, which anybody may play back who once saw it, with all of them.
 *
 * @throws {unknown} what the journal rejects with: `ERR_JOURNAL_STATE` when the message has not left
 * @internal
 */
export async function recordStatus(
  journal: MessageJournal,
  { localKey, serviceId, events }: RecordedMessage,
  news: StatusNews,
  { isAsked, listener }: { readonly isAsked: boolean; readonly listener?: StateListener | undefined },
): Promise<'status' | 'repeated'> {
  const told = events.filter(({ kind }) => kind === 'status').slice(isAsked ? -1 : 0);
  const isTold = told.some((one) => one.deliveryState === news.deliveryState && one.code === news.code);
  if (isTold) return 'repeated';
  const event = { localKey, serviceId, direction: 'out', channel: 'async', kind: 'status', ...news } as const;
  const { changed } = await journal.commit({ events: [event] });
  publishStates(changed, serviceId, listener);
  return 'status';
}
