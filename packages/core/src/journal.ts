import type { Delivery } from './errors.ts';

/**
 * What happened to a message.
 *
 * Outgoing, both channels: `signed` before its first byte leaves; then `answered` by a success, `refused` by a fault or
 * a status that is none, or `failed`.
 *
 * Outgoing, asynchronous: `built` (known, not signed yet), `signed` (accepted: from here on it is not lost), `sending`
 * (an attempt begins; recorded before the first byte of it), `doubted` (nobody knows whether it was taken, and it is
 * not sent again), `resolved` (somebody or something knows it now), `status` (the gateway told the state of its delivery),
 * `replied` (a message of the same chain came in), `expired`, `dead` (given up, with the reason).
 *
 * Incoming: `received` before it is acknowledged, `repeated` (the same message once more), `confirmed` (the gateway was
 * told), `linked` (its chain became known), `handled`, `unhandled` (an attempt of the handler failed), `dead`.
 */
export type JournalEventKind =
  | 'built'
  | 'signed'
  | 'sending'
  | 'answered'
  | 'refused'
  | 'failed'
  | 'doubted'
  | 'resolved'
  | 'status'
  | 'replied'
  | 'expired'
  | 'dead'
  | 'received'
  | 'repeated'
  | 'confirmed'
  | 'linked'
  | 'handled'
  | 'unhandled';

/** Type of an asynchronous message. @see AsyncChannel v10, enumeration MessageType */
export type AsyncMessageType = 'REQUEST' | 'NOTIFICATION' | 'UPDATE' | 'RESPONSE';

/** State of a delivery, as the gateway tells it. @see AsyncChannel v10, enumeration MessageState */
export type DeliveryState = 'ON_DELIVERY' | 'DELIVERED' | 'NOT_DELIVERED' | 'DELIVERY_STOPPED';

/** What a doubt was resolved to: the gateway has the message, it does not and the message goes out again, or neither counts any more. */
export type Resolution = 'sent' | 'not-sent' | 'abandoned';

/** One event in the life of a message, appended and never changed. */
export interface JournalEvent {
  /** Key of the message on this side, UUID v7: sorts by time. See {@link newLocalKey}. */
  readonly localKey: string;
  /** Default: `out`. */
  readonly direction?: 'out' | 'in' | undefined;
  /** Of the wire, an opaque string. An asynchronous request has none until the gateway gives it one. */
  readonly messageId?: string | undefined;
  /** The chain, given by the gateway. Asynchronous channel only. */
  readonly correlationId?: string | undefined;
  readonly serviceId: string;
  readonly channel: 'sync' | 'async';
  readonly messageType?: AsyncMessageType | undefined;
  readonly kind: JournalEventKind;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /**
   * The exact bytes out (`signed`) or in (`received`, `status`, and the outcomes, when an answer had come); of `resolved`
   * what was found in place of an answer, in a form of the one who records it. Personal data: store accordingly.
   */
  readonly bytes?: Uint8Array | undefined;
  /** Error or status code: of `refused`, `failed`, `doubted`, `expired`, `dead`, `unhandled`, `status`. */
  readonly code?: string | undefined;
  /**
   * Of `answered`, `refused` and `failed`: what the gateway may have done with the message, which decides whether to
   * send it again. A message with `signed` alone counts as `unknown` on the synchronous channel: its process ended, or
   * the record was lost. On the asynchronous one that is `sending` without an outcome; `signed` alone has not left.
   */
  readonly delivery?: Delivery | undefined;
  /** Of `sending`, `failed` and `unhandled`: 1 for the first try. */
  readonly attempt?: number | undefined;
  /** Of `sending`: until when the outcome of the attempt may still be recorded; after that, it counts as unknown. Milliseconds since the epoch. */
  readonly untilMs?: number | undefined;
  /** Of `built` and `signed`: not to be sent later than this. Milliseconds since the epoch. */
  readonly expiresAtMs?: number | undefined;
  /** Of `status`: what the gateway told. */
  readonly deliveryState?: DeliveryState | undefined;
  /** Of `resolved`. */
  readonly resolution?: Resolution | undefined;
  /** Of `resolved` and `dead`: an operator's words. They are printed: no personal data. */
  readonly note?: string | undefined;
  /** Of `replied`, `linked` and `resolved`: key of the other message of the chain. A journal sets that of `received` itself. */
  readonly relatedKey?: string | undefined;
  /** The application's own name of the matter, such as a contract number. Kept and searched as it is: no personal data. */
  readonly reference?: string | undefined;
  /** IIN and BIN to find the message by. A journal keeps them as a keyed hash only, or refuses them. */
  readonly subjects?: readonly string[] | undefined;
  /**
   * Of `received`: what the message says, in a form that is the same when it is sent once more with another signature or
   * in another container, such as a hash of its canonical data. Two messages of one id are the same one when this is
   * equal, or when their bytes are. What is easily guessed shows through a hash: a journal that has a key keeps it keyed, so
   * that another one is read than was given; see `contentHash` of `MessageQuery`.
   */
  readonly contentHash?: string | undefined;
  /** Of `received`: the message that carried the bytes (an answer to `getMessages` carries several), and the place in it, from 0. */
  readonly container?: { readonly localKey: string; readonly part: number } | undefined;
}

/**
 * Keeps events. An event is durable when the promise resolves. When that of `signed` is rejected or late, the call ends
 * before anything is sent, and `failed` with delivery `not-sent` follows as soon as it settles: it may have been stored.
 */
export interface Journal {
  append(event: JournalEvent): Promise<void>;
}
