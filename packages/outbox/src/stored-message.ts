import { JournalError, type MessageJournal, type RecordedMessage } from '@egov-gateway/core';

import { lastWithBytes } from './message-history.ts';

/**
 * Opens stored bytes: verifies them once more, as of the instant they were received, and reads the message. `part` is the
 * place of the message when the bytes carry several, as the answer to a poll does.
 */
export type Open<Message> = (bytes: Uint8Array, atMs: number, part?: number) => Promise<Message>;

/**
 * A received message, read from its stored bytes.
 *
 * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND` when the journal has no bytes of it
 * @internal
 */
export async function openStored<Message>(
  journal: MessageJournal,
  record: RecordedMessage,
  open: Open<Message>,
): Promise<Message> {
  const container = record.events.find((event) => event.kind === 'received')?.container;
  const carrier = container === undefined ? record : await journal.message(container.localKey);
  const event = carrier && lastWithBytes(carrier, 'received');
  const bytes = carrier && event && (await journal.bytes(carrier.localKey, event.version));
  if (event === undefined || bytes === undefined) {
    throw new JournalError(`the journal has no bytes of the received message ${record.localKey}`, {
      code: 'ERR_JOURNAL_NOT_FOUND',
    });
  }
  return open(bytes, event.atMs, container?.part);
}
