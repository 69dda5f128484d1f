import { JournalError, type MessageJournal, type RecordedMessage } from '@egov-gateway/core';

import { lastWithBytes } from './message-history.ts';

/**
 * Opens stored bytes: verifies them once more, as of the instant they were received, and reads the message. `part` is the
 * place of the message when the bytes carry several, as the answer to a poll does.
 */
export type Open<Message> = (bytes: Uint8Array, atMs: number, part?: number) => Promise<Message>;

/** The bytes of a received message, as {@link Open} takes them. @internal */
export interface StoredMessage {
  readonly bytes: Uint8Array;
  /** When they were received. */
  readonly atMs: number;
  readonly part: number | undefined;
}

/**
 * The stored bytes of a received message.
 *
 * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND` when the journal has none; any other when it cannot give them
 * @internal
 */
export async function readStored(journal: MessageJournal, record: RecordedMessage): Promise<StoredMessage> {
  const container = record.events.find((event) => event.kind === 'received')?.container;
  const carrier = container === undefined ? record : await journal.message(container.localKey);
  const event = carrier && lastWithBytes(carrier, 'received');
  const bytes = carrier && event && (await journal.bytes(carrier.localKey, event.version));
  if (event === undefined || bytes === undefined) {
    throw new JournalError(`the journal has no bytes of the received message ${record.localKey}`, {
      code: 'ERR_JOURNAL_NOT_FOUND',
    });
  }
  return { bytes, atMs: event.atMs, part: container?.part };
}
