import { createHash } from 'node:crypto';

/** What the registry keeps apart: the upload, the signature, and what the portal has told. */
export type RecordedStep = 'document' | 'signature' | 'status';

/** A key of the journal, taken apart. */
export interface StepKey {
  readonly step: RecordedStep;
  /** From 1. */
  readonly attempt: number;
}

const form = /^ekdo\.(document|signature|status)\.[0-9a-f]{32}\.([1-9][0-9]{0,5})$/;

/**
 * The key of one attempt at one step. The same document gives the same one in every process, so that the journal itself
 * refuses the second of two uploads.
 */
export function stepKey(step: RecordedStep, key: string, attempt: number, serviceId: string): string {
  const digest = createHash('sha256').update(JSON.stringify([serviceId, key]));
  return `ekdo.${step}.${digest.digest('hex').slice(0, 32)}.${attempt}`;
}

/** The step that a key of the journal names; `undefined` when it is none of a document. */
export function stepOfKey(localKey: string): StepKey | undefined {
  const [, step, attempt] = form.exec(localKey) ?? [];
  return step === undefined ? undefined : { step: step as RecordedStep, attempt: Number(attempt) };
}

/** @throws {TypeError} when the journal would refuse it: it keeps it as it is */
export function assertKey(key: unknown): asserts key is string {
  if (typeof key === 'string' && key !== '' && key.length <= 200 && !/[\p{Cc}\p{Surrogate}]/u.test(key))
    return;
  throw new TypeError('key must be text of 1 to 200 characters without control characters');
}
