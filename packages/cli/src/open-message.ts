/** Opens a message that the journal has received. */
import {
  type EnvelopeVerifier,
  JournalError,
  type MessageJournal,
  type RecordedEvent,
  type RecordedMessage,
  VerifyError,
  type XmlElement,
} from '@egov-gateway/core';
import { readAsyncMessage, readMessages } from '@egov-gateway/envelope';
import { acceptUnverified } from '@egov-gateway/wsse';

/** Where the bytes of a message lie. */
export interface StoredPlace {
  readonly localKey: string;
  readonly event: RecordedEvent;
  /** Its place among the messages that came in one answer, from 0. */
  readonly part: number | undefined;
}

/** Where the bytes of a message lie that came in or went out: in itself, or in the answer that carried it. */
export async function placeOfBytes(
  journal: MessageJournal,
  message: RecordedMessage,
): Promise<StoredPlace | undefined> {
  const { events, localKey } = message;
  const container = events.find(({ kind }) => kind === 'received')?.container;
  const carrier = container === undefined ? message : await journal.message(container.localKey);
  const event = carrier?.events.find(({ byteLength }) => byteLength > 0);
  return event && { localKey: container?.localKey ?? localKey, event, part: container?.part };
}

/**
 * The element `data` of a received message. Its bytes are verified once more, as of the instant they came.
 *
 * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND` when there are no bytes
 * @throws {VerifyError} when they do not hold
 */
export async function openData(
  journal: MessageJournal,
  message: RecordedMessage,
  verifier: EnvelopeVerifier | undefined,
): Promise<{ readonly data: XmlElement | undefined; readonly verified: boolean }> {
  const place = await placeOfBytes(journal, message);
  const bytes = place && (await journal.bytes(place.localKey, place.event.version));
  if (place === undefined || bytes === undefined) {
    throw new JournalError('the journal has no bytes of this message', { code: 'ERR_JOURNAL_NOT_FOUND' });
  }
  const body =
    verifier === undefined
      ? acceptUnverified(bytes)
      : await verifier.verify(bytes, { atMs: place.event.atMs });
  if (verifier !== undefined && !body.verified) {
    throw new VerifyError('expected a signed message', { code: 'ERR_VERIFY_UNSIGNED' });
  }
  if (place.part === undefined) return readAsyncMessage(body);
  const pulled = readMessages(body).messages.find(({ part }) => part === place.part);
  if (pulled !== undefined) return pulled;
  throw new JournalError('the answer that carried this message cannot be read at its place', {
    code: 'ERR_JOURNAL_NOT_FOUND',
  });
}
