/**
 * Telemetry as `node:diagnostics_channel` events: subscribe by name, pay nothing when nobody does.
 *
 * No event carries a payload, a password, a key, an IIN or a BIN.
 *
 * @module
 */
import type { Delivery } from './errors.ts';
import type { JournalEventKind } from './journal.ts';
import type { MessageState } from './message-journal.ts';

/** Names of the channels. */
export const channelNames: {
  readonly callStart: 'egov-gateway:call:start';
  readonly callSigned: 'egov-gateway:call:signed';
  readonly callAnswered: 'egov-gateway:call:answered';
  readonly callEnd: 'egov-gateway:call:end';
  readonly callError: 'egov-gateway:call:error';
  readonly journalError: 'egov-gateway:journal:error';
  readonly messageState: 'egov-gateway:message:state';
  readonly workerError: 'egov-gateway:worker:error';
} = {
  callStart: 'egov-gateway:call:start',
  callSigned: 'egov-gateway:call:signed',
  callAnswered: 'egov-gateway:call:answered',
  callEnd: 'egov-gateway:call:end',
  callError: 'egov-gateway:call:error',
  journalError: 'egov-gateway:journal:error',
  messageState: 'egov-gateway:message:state',
  workerError: 'egov-gateway:worker:error',
};

/** `egov-gateway:call:start`: a call was accepted, nothing is written yet. */
export interface CallStartEvent {
  /** The id of the message; on the asynchronous channel its local key, as long as the gateway has given it no id. */
  readonly messageId: string;
  readonly serviceId: string;
  /** Asynchronous channel only: `sendMessage`, `getMessageStatus`, `getMessages` or `sendDeliveryNotification`. */
  readonly operation?: string | undefined;
}

/** `egov-gateway:call:signed`: the bytes to send exist. */
export interface CallSignedEvent extends CallStartEvent {
  readonly requestBytes: number;
  /** Building, validating and signing, milliseconds. */
  readonly durationMs: number;
}

/** `egov-gateway:call:answered`: a whole HTTP answer was read; nothing about it is verified yet. */
export interface CallAnsweredEvent extends CallStartEvent {
  readonly httpStatus: number;
  readonly responseBytes: number;
  /** From the first byte out to the last byte in, milliseconds. */
  readonly durationMs: number;
  /** 1 for the first try. */
  readonly attempt: number;
}

/** `egov-gateway:call:end`: the call returned its value. */
export interface CallEndEvent extends CallStartEvent {
  readonly durationMs: number;
}

/** `egov-gateway:call:error`: the call failed. */
export interface CallErrorEvent extends CallStartEvent {
  readonly durationMs: number;
  /** `ERR_…`; `ABORTED` when the caller cancelled; `UNEXPECTED` for errors that are not the SDK's, such as a `TypeError`. */
  readonly code: string;
  readonly delivery: Delivery;
}

/**
 * `egov-gateway:journal:error`: the journal refused an event of a message that had already left. The outcome of the
 * call stands; what is lost is its record.
 */
export interface JournalErrorEvent extends CallStartEvent {
  readonly kind: JournalEventKind;
  /** What the journal rejected with, as it is. */
  readonly error: unknown;
}

/** `egov-gateway:message:state`: an asynchronous message entered another state. */
export interface MessageStateEvent {
  readonly localKey: string;
  readonly serviceId: string;
  readonly state: MessageState;
  readonly previous: MessageState | undefined;
}

/** `egov-gateway:worker:error`: a worker met an error that belongs to no message, such as a journal that is locked. It goes on. */
export interface WorkerErrorEvent {
  /** `journal`: what `onSeal` threw. */
  readonly worker: 'outbox' | 'inbox' | 'confirmations' | 'poller' | 'receiver' | 'journal' | 'gateway';
  /** `ERR_…`, `NO_HANDLER` (messages of a service wait because nobody handles it), or `UNEXPECTED`. */
  readonly code: string;
  readonly error: unknown;
}
