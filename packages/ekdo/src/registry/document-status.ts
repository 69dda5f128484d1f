/**
 * Where a document stands: a projection of the journal.
 *
 * @module
 */
import type { JournalEventKind, RecordedMessage } from '@egov-gateway/core';

import { inForceStatus } from '../client/portal-codec.ts';
import { type RecordedStep, stepOfKey } from './step-key.ts';

/**
 * Where one attempt at one step stands. `done`: the portal has it; `refused`: it has not, and says so; `not-sent`: nothing
 * left; `in-doubt`: nobody knows; `closed`: a person took it over. An attempt without an outcome is `in-doubt` to every
 * process but the one that makes it.
 */
export type EkdoStepState = 'done' | 'refused' | 'not-sent' | 'in-doubt' | 'closed';

/** One attempt at one step. */
export interface EkdoStepRecord {
  readonly step: RecordedStep;
  readonly state: EkdoStepState;
  /** From 1. */
  readonly attempt: number;
  readonly localKey: string;
  /** The portal's id of the document, where this step has told it. */
  readonly id?: string | undefined;
  /** Why it is not done: `ERR_…`, or `ABORTED`. */
  readonly code?: string | undefined;
  /** The portal's word for the status of the document, where this step has told it. */
  readonly portalStatus?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly changedAtMs: number;
}

/**
 * Where a document stands.
 *
 * - `uploaded`: the portal has it, its signature has not left;
 * - `signed`: the portal has both;
 * - `in-force`: and has told that it is «Вступил в силу»;
 * - `refused`, `not-sent`, `in-doubt`, `closed`: what the step has come to that is not done, see {@link EkdoStepState}.
 *
 * All but «Вступил в силу» are words of this registry: no other status of the portal is known.
 */
export type EkdoDocumentState = 'uploaded' | 'signed' | 'in-force' | Exclude<EkdoStepState, 'done'>;

/** A document, as the journal tells. */
export interface EkdoDocumentStatus {
  readonly key: string;
  readonly state: EkdoDocumentState;
  /** The step that `state` is about. */
  readonly step: 'document' | 'signature';
  /** The portal's id, once it is known. */
  readonly id?: string | undefined;
  /** The portal's last word on it. */
  readonly portalStatus?: string | undefined;
  /** Why it is not done. */
  readonly code?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly changedAtMs: number;
  /** All attempts, oldest first. */
  readonly steps: readonly EkdoStepRecord[];
}

/** One event of a document. */
export interface EkdoHistoryEvent {
  readonly atMs: number;
  readonly step: RecordedStep;
  readonly attempt: number;
  /** `signed`: it is about to leave; then `answered`, `refused` or `failed`; `resolved` by a person. */
  readonly kind: JournalEventKind;
  readonly code?: string | undefined;
  readonly id?: string | undefined;
  readonly portalStatus?: string | undefined;
  readonly resolution?: string | undefined;
  /** What the person wrote. */
  readonly note?: string | undefined;
}

/**
 * A document out of its messages: a pure function of the journal.
 *
 * @param messages - in any order; those that are none of documents are left out
 * @returns `undefined` when there is none
 */
export function projectDocument(
  key: string,
  messages: readonly RecordedMessage[],
): EkdoDocumentStatus | undefined {
  const steps = oldestFirst(messages).flatMap((message) => recordOf(message) ?? []);
  const document = lastOf(steps, 'document');
  if (document === undefined) return undefined;
  const signature = lastOf(steps, 'signature');
  const { id } = document;
  const portalStatus = steps.findLast((step) => step.portalStatus !== undefined)?.portalStatus;
  const current = document.state === 'done' && signature !== undefined ? signature : document;
  const changedAtMs = Math.max(...steps.map((step) => step.changedAtMs));
  return {
    key,
    state: stateOf(current, portalStatus),
    step: current.step === 'document' ? 'document' : 'signature',
    id,
    portalStatus,
    code: current.code,
    changedAtMs,
    steps,
  };
}

/** Everything that happened to a document, oldest first. */
export function historyOf(messages: readonly RecordedMessage[]): readonly EkdoHistoryEvent[] {
  return messages
    .flatMap((message) => {
      const key = stepOfKey(message.localKey);
      return key === undefined ? [] : message.events.map((event) => ({ key, event }));
    })
    .toSorted((a, b) => a.event.position - b.event.position)
    .map(({ key: { step, attempt }, event: { atMs, kind, code, messageId, resolution, note } }) => {
      const told = kind === 'answered' ? { portalStatus: code } : { code };
      return { atMs, step, attempt, kind, id: messageId, resolution, note, ...told };
    });
}

/** The attempt that a message of the journal is; `undefined` when it is none of a document. */
export function recordOf(message: RecordedMessage): EkdoStepRecord | undefined {
  const key = stepOfKey(message.localKey);
  if (key === undefined || message.direction !== 'out') return undefined;
  const state = attemptState(message);
  const answer = message.events.findLast(({ kind }) => kind === 'answered');
  return {
    ...key,
    state,
    localKey: message.localKey,
    id: message.messageId,
    code: state === 'done' ? undefined : message.code,
    portalStatus: answer?.code,
    changedAtMs: message.changedAtMs,
  };
}

function attemptState({ state, events }: RecordedMessage): EkdoStepState {
  switch (state) {
    case 'answered':
    case 'sent':
      return 'done';
    case 'rejected':
      return 'refused';
    case 'dead': {
      const last = events.findLast(({ kind }) => kind === 'failed' || kind === 'resolved');
      if (last?.resolution === 'abandoned') return 'closed';
      return last?.resolution === 'not-sent' || last?.delivery === 'not-sent' ? 'not-sent' : 'in-doubt';
    }
    default:
      return 'in-doubt';
  }
}

function stateOf({ step, state }: EkdoStepRecord, portalStatus: string | undefined): EkdoDocumentState {
  if (state !== 'done') return step === 'signature' && state === 'not-sent' ? 'uploaded' : state;
  if (step === 'document') return 'uploaded';
  return portalStatus?.normalize('NFC') === inForceStatus ? 'in-force' : 'signed';
}

function lastOf(steps: readonly EkdoStepRecord[], step: RecordedStep): EkdoStepRecord | undefined {
  return steps.filter((one) => one.step === step).toSorted((a, b) => b.attempt - a.attempt)[0];
}

function oldestFirst(messages: readonly RecordedMessage[]): RecordedMessage[] {
  const positionOf = ({ events }: RecordedMessage): number => events[0]?.position ?? 0;
  return messages.toSorted((a, b) => positionOf(a) - positionOf(b));
}
