/** What happened to a message. */
export type JournalEventKind = 'signed' | 'sent' | 'answered' | 'refused' | 'failed';

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
}

/** Keeps events. An event is durable when the promise resolves; a rejected one stops the call before anything is sent. */
export interface Journal {
  append(event: JournalEvent): Promise<void>;
}
