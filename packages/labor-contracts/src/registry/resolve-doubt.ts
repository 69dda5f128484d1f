import { type Clock, JournalError, type MessageJournal, systemClock } from '@egov-gateway/core';

import { stepOf } from './contract-status.ts';
import { writeFoundId } from './recorded-answer.ts';

/** What a person found out. */
export interface DoubtFinding {
  readonly localKey: string;
  readonly resolution: 'sent' | 'not-sent';
  readonly note: string;
  /** Of `sent`: the id in ЕСУТД, when the person found it. Kept like an answer, in the bytes of the event. */
  readonly registeredId?: string | undefined;
}

/**
 * Records what became of a call of the synchronous channel that is in doubt.
 *
 * @throws {TypeError} when the resolution, the note or the id is none
 * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND`, `ERR_JOURNAL_STATE`, `ERR_JOURNAL_CONFLICT`
 */
export async function resolveContractDoubt(
  journal: MessageJournal,
  serviceId: string,
  { localKey, resolution, note, registeredId }: DoubtFinding,
  clock: Clock = systemClock,
): Promise<void> {
  if (resolution !== 'sent' && resolution !== 'not-sent') {
    throw new TypeError("resolution must be 'sent' or 'not-sent'");
  }
  if (typeof note !== 'string' || note.trim() === '' || note.length > 1000) {
    throw new TypeError('note must say in 1 to 1000 characters how that is known');
  }
  const id = registeredId === undefined ? undefined : checkedId(registeredId, resolution);
  const message = await journal.message(localKey);
  const step = message && stepOf(message);
  if (message === undefined || step === undefined || message.serviceId !== serviceId) {
    throw new JournalError('the journal has no call about a contract under this key', {
      code: 'ERR_JOURNAL_NOT_FOUND',
    });
  }
  if (message.channel === 'async') {
    throw new JournalError(
      'the message is of the asynchronous channel: its outbox resolves it (egw outbox resolve)',
      { code: 'ERR_JOURNAL_STATE' },
    );
  }
  if (step.state !== 'in-doubt') {
    throw new JournalError(`the message is ${step.state}, expected a synchronous call in doubt`, {
      code: 'ERR_JOURNAL_STATE',
    });
  }
  await journal.commit({
    events: [
      {
        localKey,
        serviceId,
        channel: 'sync',
        kind: 'resolved',
        atMs: Math.trunc(clock.now()),
        resolution,
        note,
        ...(id === undefined ? {} : { bytes: writeFoundId(id) }),
      },
    ],
    expect: [{ localKey, version: message.version }],
  });
}

function checkedId(registeredId: unknown, resolution: 'sent' | 'not-sent'): string {
  if (resolution !== 'sent') throw new TypeError("registeredId goes with the resolution 'sent'");
  const id = typeof registeredId === 'string' ? registeredId.trim() : '';
  if (id === '' || id.length > 200 || /[\p{Cc}\p{Surrogate}]/u.test(id)) {
    throw new TypeError('registeredId must be text of 1 to 200 characters without control characters');
  }
  return id;
}
