import {
  JournalError,
  type JournalEvent,
  type MessageJournal,
  type RecordedMessage,
} from '@egov-gateway/core';

import { publishStates } from '../receiver/receiver-telemetry.ts';

/** What the gateway said of a message. */
export type StatusNews = Required<
  Pick<JournalEvent, 'messageId' | 'deliveryState' | 'code' | 'bytes' | 'atMs'>
>;

/**
 * Adds what the gateway said to the message that it spoke of, unless it said the same before. Resolves with the message
 * as it was, or with `undefined` when the journal has none of that id.
 *
 * @throws {JournalError} `ERR_JOURNAL_STATE` when the journal has several of that id
 * @internal
 */
export async function recordStatus(
  journal: MessageJournal,
  { messageId, deliveryState, code, bytes, atMs }: StatusNews,
): Promise<RecordedMessage | undefined> {
  if (messageId === undefined) return undefined;
  const { messages } = await journal.find({ messageId, direction: 'out', channel: 'async', limit: 2 });
  const [message] = messages;
  if (messages.length > 1) {
    throw new JournalError('a status was not kept: several messages have the id that it is about', {
      code: 'ERR_JOURNAL_STATE',
      delivery: 'answered',
    });
  }
  if (message === undefined) return undefined;
  const last = message.events.findLast(({ kind }) => kind === 'status');
  if (last?.deliveryState === deliveryState && last?.code === code) return message;
  const { localKey, serviceId, messageType } = message;
  const event: JournalEvent = {
    localKey,
    direction: 'out',
    channel: 'async',
    kind: 'status',
    serviceId,
    messageType,
    messageId,
    deliveryState,
    code,
    bytes,
    atMs,
  };
  const { changed } = await journal.commit({ events: [event] });
  publishStates(changed, serviceId);
  return message;
}
