import type { Delivery } from './errors.ts';

/**
 * What happened to a message: `signed` before its first byte leaves; then `answered` by a success, `refused` by a
 * fault or a status that is none, or `failed`.
 */
export type JournalEventKind = 'signed' | 'answered' | 'refused' | 'failed';

/** One event in the life of a message, appended and never changed. */
export interface JournalEvent {
  /** Key of the message on this side, UUID v7: sorts by time. See {@link newLocalKey}. */
  readonly localKey: string;
  readonly messageId: string;
  readonly serviceId: string;
  readonly channel: 'sync' | 'async';
  readonly kind: JournalEventKind;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** The exact bytes out (`signed`) or in (the others, when an answer had come). Personal data: store accordingly. */
  readonly bytes?: Uint8Array | undefined;
  /** Error or status code, for `refused` and `failed`. */
  readonly code?: string | undefined;
  /**
   * Of `answered`, `refused` and `failed`: what the gateway may have done with the message, which decides whether to
   * send it again. A message with `signed` alone counts as `unknown`: its process ended, or the record was lost.
   */
  readonly delivery?: Delivery | undefined;
}

/**
 * Keeps events. An event is durable when the promise resolves. When that of `signed` is rejected or late, the call ends
 * before anything is sent, and `failed` with delivery `not-sent` follows as soon as it settles: it may have been stored.
 */
export interface Journal {
  append(event: JournalEvent): Promise<void>;
}
