import { type Clock, JournalError, type MessageJournal, PortalError } from '@egov-gateway/core';

import { encodeDocumentId } from '../client/document-id.ts';
import { isIdTaken } from './document-messages.ts';
import type { EkdoDocumentStatus } from './document-status.ts';

/**
 * What a person found in the portal about a document in doubt.
 *
 * - `sent`: it is there; of a document the portal's id has to be given, for its signature goes there next;
 * - `not-sent`: it is not there, the next call sends it again;
 * - `closed`: it is there or is not wanted any more, and a person does the rest in the portal: nothing is sent again. Where
 *   the portal shows no id, that is what remains.
 */
export type EkdoFinding =
  | { readonly as: 'sent'; readonly id?: string | undefined; readonly note: string }
  | { readonly as: 'not-sent' | 'closed'; readonly note: string };

const resolutions = { sent: 'sent', 'not-sent': 'not-sent', closed: 'abandoned' } as const;

/**
 * Records what became of the step in doubt.
 *
 * @throws {TypeError} when the finding is none, lacks a note, or the id that is needed
 * @throws {PortalError} `ERR_PORTAL_ID_TAKEN` when another document has the id
 * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND`, `ERR_JOURNAL_STATE`, `ERR_JOURNAL_CONFLICT`
 * @internal
 */
export async function resolveDoubt(
  { journal, serviceId, clock }: { journal: MessageJournal; serviceId: string; clock: Clock },
  status: EkdoDocumentStatus | undefined,
  finding: EkdoFinding,
): Promise<void> {
  if (!Object.hasOwn(resolutions, finding?.as)) {
    throw new TypeError("a finding is { as: 'sent', 'not-sent' or 'closed', note }");
  }
  const { as, note } = finding;
  if (typeof note !== 'string' || note.trim() === '' || note.length > 1000) {
    throw new TypeError('note must say in 1 to 1000 characters how that is known');
  }
  if (status === undefined) {
    throw new JournalError('the journal has no document under this key', { code: 'ERR_JOURNAL_NOT_FOUND' });
  }
  const doubt = status.steps.findLast(({ step, state }) => step === status.step && state === 'in-doubt');
  if (status.state !== 'in-doubt' || doubt === undefined) {
    throw new JournalError(`the document is ${status.state}, expected one in doubt`, {
      code: 'ERR_JOURNAL_STATE',
    });
  }
  const id = finding.as === 'sent' ? finding.id : undefined;
  if (id !== undefined) encodeDocumentId(id);
  if (as === 'sent' && doubt.step === 'document' && id === undefined) {
    throw new TypeError(
      "the id of the document is missing, as the portal shows it; without one, use as: 'closed'",
    );
  }
  if (id !== undefined && (await isIdTaken(journal, serviceId, { id, key: status.key }))) {
    throw new PortalError(
      'another document of the journal has this id: the signature would go there; look in the portal once more',
      { code: 'ERR_PORTAL_ID_TAKEN', delivery: 'not-sent', messageId: id },
    );
  }
  const message = await journal.message(doubt.localKey);
  await journal.commit({
    events: [
      {
        localKey: doubt.localKey,
        serviceId,
        channel: 'sync',
        kind: 'resolved',
        resolution: resolutions[as],
        note,
        atMs: Math.trunc(clock.now()),
        ...(id === undefined || doubt.step !== 'document' ? {} : { messageId: id }),
      },
    ],
    expect: [{ localKey: doubt.localKey, version: message?.version ?? 0 }],
  });
}
