import type { FaultReason } from './fault-codes.ts';
import type { HttpRefusal } from './http-refusal.ts';

/** What became of a request. */
export type ServedOutcome =
  /** A message was stored. */
  | 'stored'
  /** The same message once more: nothing new is stored, the answer is that of the first time. */
  | 'repeated'
  /** Another message under an id that is taken: stored beside it, marked `CONFLICTING_ID`, and answered. */
  | 'conflicting'
  /** The state of a message of ours was stored. */
  | 'status'
  /** The state of a message that is not known here was stored. */
  | 'status-unmatched'
  /** A hosted service answered. */
  | 'served'
  /** A hosted service answered with a status that is no success. */
  | 'business-error'
  /** The WSDL was asked for. */
  | 'described'
  /** The request is at fault. */
  | 'refused'
  /** This side is. */
  | 'failed';

/** One request and what became of it, for logs. No payload, no password, no text of the sender's but identifiers. */
export interface ServedExchange {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly durationMs: number;
  readonly outcome: ServedOutcome;
  readonly httpStatus: number;
  readonly requestBytes: number;
  /** The element of the Body, once it was recognised. */
  readonly operation?: string | undefined;
  readonly messageId?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly serviceId?: string | undefined;
  /** Key in the journal. */
  readonly localKey?: string | undefined;
  /** The `sessionId` that stands in the answer: what both sides can name when they talk about it. */
  readonly sessionId?: string | undefined;
  /** Of `refused` and `failed`. */
  readonly reason?: FaultReason | HttpRefusal | undefined;
  /** What was underneath. Never on the wire. */
  readonly error?: unknown;
}
