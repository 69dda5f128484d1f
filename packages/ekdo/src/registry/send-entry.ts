import {
  type Clock,
  type MessageJournal,
  PortalError,
  type RecordedMessage,
  ValidateError,
  type ValidationIssue,
} from '@egov-gateway/core';

import { contentHash } from '../client/content-hash.ts';
import type { SignedDocument, UploadedDocument } from '../client/document-steps.ts';
import type { EkdoClient } from '../client/ekdo-client.ts';
import type { EkdoDocument } from '../client/portal-codec.ts';
import { isIdTaken, messagesOf } from './document-messages.ts';
import { type EkdoDocumentStatus, projectDocument } from './document-status.ts';
import { documentOf, type EkdoEntry } from './ready-documents.ts';
import type { EkdoRegistrySendOptions } from './registry-options.ts';
import { type EkdoOutcome, knownOutcome } from './send-outcome.ts';
import { readRecord, type SentRecord, writeRecord } from './sent-record.ts';
import { stepKey } from './step-key.ts';
import { isTaken, type RecordedFailure, StepRecorder } from './step-recorder.ts';

/** @internal */
export interface SendPlace {
  readonly client: EkdoClient;
  readonly journal: MessageJournal;
  readonly serviceId: string;
  readonly clock: Clock;
}

/** One step of one document. */
interface StepWork<Value> {
  readonly step: 'document' | 'signature';
  readonly attempt: number;
  readonly id: string | undefined;
  readonly bytes: Uint8Array;
  readonly warnings: readonly ValidationIssue[];
  readonly signal: AbortSignal | undefined;
  take(beforeSend: () => Promise<void>): Promise<Value>;
}

/**
 * Does what is left to do of a document.
 *
 * @internal
 */
export async function sendEntry(
  place: SendPlace,
  entry: EkdoEntry,
  { again = false, signal }: EkdoRegistrySendOptions,
): Promise<EkdoOutcome> {
  const { client, journal, serviceId } = place;
  const { key } = entry;
  for (;;) {
    const messages = await messagesOf(journal, serviceId, key);
    const status = projectDocument(key, messages);
    const known = status && knownOutcome(status, { again });
    if (known?.state === 'sent')
      return { ...known, warnings: await doubtsOf(place, entry, status, messages) };
    if (known !== undefined) return known;

    const document = await documentOf(entry);
    const prepared = await prepareAgain(place, { document, status, messages, signal });
    if ('issues' in prepared) return { key, repeated: false, state: 'invalid', ...prepared };
    const { warnings } = prepared;

    let uploaded: UploadedDocument;
    if (status?.id === undefined) {
      const work: StepWork<UploadedDocument> = {
        step: 'document',
        attempt: nextAttempt(status, 'document'),
        id: undefined,
        bytes: writeRecord(prepared),
        warnings,
        signal,
        take: async (beforeSend) => {
          const done = await client.upload(prepared, { signal, beforeSend });
          if (await isIdTaken(journal, serviceId, { id: done.id, key })) throw taken(done.id);
          return done;
        },
      };
      const step = await takeStep(place, key, work);
      if (step === 'taken') continue;
      if ('outcome' in step) return step.outcome;
      uploaded = step.value;
      await step.recorder.done(uploaded.id, undefined);
    } else {
      uploaded = client.resume(prepared, status.id);
    }

    const { id } = uploaded;
    const step = await takeStep(place, key, {
      step: 'signature',
      attempt: nextAttempt(status, 'signature'),
      id,
      bytes: prepared.signature.cms,
      warnings,
      signal,
      take: (beforeSend) => client.attachSignature(uploaded, { signal, beforeSend }),
    });
    // Another process took this attempt in the meantime: what became of it is known to the journal.
    if (step === 'taken') continue;
    if ('outcome' in step) return step.outcome;
    const portalStatus = step.value.status?.word;
    await step.recorder.done(id, portalStatus);
    return { key, repeated: false, warnings, state: 'sent', id, portalStatus };
  }
}

/** The document with its signature: that of before when the portal has the document already. */
async function prepareAgain(
  { client, journal }: SendPlace,
  {
    document,
    status,
    messages,
    signal,
  }: {
    readonly document: EkdoDocument;
    readonly status: EkdoDocumentStatus | undefined;
    readonly messages: readonly RecordedMessage[];
    readonly signal: AbortSignal | undefined;
  },
): Promise<
  | SignedDocument
  | { readonly issues: readonly ValidationIssue[]; readonly warnings: readonly ValidationIssue[] }
> {
  let record: SentRecord | undefined;
  if (status?.id !== undefined) {
    record = await uploadedRecord(journal, status, messages);
    // The portal does not compare a signature with the document: here is the only place where that is done.
    if (record?.sha256 !== contentHash(document.bytes)) return { issues: [changed(record)], warnings: [] };
  }
  const isRefused = status?.state === 'refused';
  try {
    return await client.prepare(document, { signal, signature: isRefused ? undefined : record?.signature });
  } catch (error) {
    if (error instanceof ValidateError) return { issues: error.issues, warnings: [] };
    throw error;
  }
}

/** What the portal has, as the journal tells. */
async function uploadedRecord(
  journal: MessageJournal,
  status: EkdoDocumentStatus,
  messages: readonly RecordedMessage[],
): Promise<SentRecord | undefined> {
  const done = status.steps.findLast(({ step, state }) => step === 'document' && state === 'done');
  const message = messages.find(({ localKey }) => localKey === done?.localKey);
  return message && readRecord(journal, message);
}

/** Whether other bytes are given under the key of a document that was sent: they are not going to be. */
async function doubtsOf(
  { journal }: SendPlace,
  entry: EkdoEntry,
  status: EkdoDocumentStatus | undefined,
  messages: readonly RecordedMessage[],
): Promise<readonly ValidationIssue[]> {
  const record = status && (await uploadedRecord(journal, status, messages));
  // A document that is not at hand any more is no other one.
  const document = record && (await documentOf(entry).catch(() => undefined));
  if (record === undefined || document === undefined) return [];
  if (contentHash(document.bytes) === record.sha256) return [];
  return [
    {
      path: '/document',
      rule: 'changed-content',
      message:
        'another document was sent under this key, and this one is not; give it a key of its own if it has to be sent',
    },
  ];
}

async function takeStep<Value>(
  place: SendPlace,
  key: string,
  { step, attempt, id, bytes, warnings, signal, take }: StepWork<Value>,
): Promise<
  { readonly value: Value; readonly recorder: StepRecorder } | { readonly outcome: EkdoOutcome } | 'taken'
> {
  const { journal, serviceId, clock } = place;
  const localKey = stepKey(step, key, attempt, serviceId);
  const recorder = new StepRecorder({ journal, serviceId, clock, localKey, reference: key });
  let begun: Promise<void> | undefined;
  let mayHaveLeft = false;
  const beforeSend = async (): Promise<void> => {
    begun = recorder.begin(bytes);
    await begun;
    signal?.throwIfAborted();
    mayHaveLeft = true;
  };
  try {
    return { value: await take(beforeSend), recorder };
  } catch (error) {
    // Given up while the journal was still writing: nothing has left and nothing is going to.
    const hasLeft = mayHaveLeft;
    await begun?.catch(() => {});
    if (!recorder.isBegun && isTaken(error) && (await journal.message(localKey)) !== undefined) {
      return 'taken';
    }
    const failure = await recorder.failed(error, hasLeft);
    const answer = error instanceof PortalError ? error.answer?.text : undefined;
    return { outcome: outcomeOf(failure, { key, step, id, warnings, answer }) };
  }
}

function outcomeOf(
  { state, code }: RecordedFailure,
  {
    answer,
    ...place
  }: {
    readonly key: string;
    readonly step: 'document' | 'signature';
    readonly id: string | undefined;
    readonly warnings: readonly ValidationIssue[];
    readonly answer: string | undefined;
  },
): EkdoOutcome {
  const common = { ...place, repeated: false, code } as const;
  return state === 'refused' ? { ...common, state, answer } : { ...common, state };
}

function nextAttempt(status: EkdoDocumentStatus | undefined, step: 'document' | 'signature'): number {
  const attempts = status?.steps.filter((one) => one.step === step).map(({ attempt }) => attempt) ?? [];
  return Math.max(0, ...attempts) + 1;
}

function taken(id: string): PortalError {
  return new PortalError(
    'the portal answers with an id that another document has; look there which of them it is, and report it to the support of the portal',
    { code: 'ERR_PORTAL_ID_TAKEN', delivery: 'unknown', messageId: id },
  );
}

function changed(record: SentRecord | undefined): ValidationIssue {
  return record === undefined
    ? {
        path: '/document',
        rule: 'unknown-content',
        message:
          'the portal has a document under this key, and the journal does not know any more which; sign it in the portal',
      }
    : {
        path: '/document',
        rule: 'changed-content',
        message:
          'the portal has another document under this key: a signature of this one would not belong to it; give the document that was uploaded',
      };
}
