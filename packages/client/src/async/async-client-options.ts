import type { AsyncMessageType } from '@egov-gateway/core';
import type {
  AsyncInfoField,
  ErrorInfoContent,
  HeaderBlock,
  InfoExtension,
  NotAcceptedSpelling,
  Property,
} from '@egov-gateway/envelope';

import type { ClientOptions } from '../exchange/client-options.ts';

/** What a message carries beside its data. Given to a client it holds for every message; given to one, for that one. */
export interface AsyncMessageOptions {
  /** Additional routing, by the gateway's registry. */
  readonly routeId?: string | undefined;
  /** Key at most 30 characters, value at most 500. */
  readonly properties?: readonly Property[] | undefined;
  /** Elements that a service's own WSDL adds to `messageInfo`. */
  readonly extensions?: readonly InfoExtension<AsyncInfoField>[] | undefined;
  /** SOAP header blocks beside the signature. They are not signed. */
  readonly headerBlocks?: readonly HeaderBlock[] | undefined;
}

/** How a client of the asynchronous channel reaches the gateway, and what each of its messages carries. */
export interface AsyncClientOptions extends ClientOptions, AsyncMessageOptions {
  /** How a confirmation spells that a message was not accepted. Default: `MESSAGE_NOT_ACCTEPTED`, as the XSD does. */
  readonly notAcceptedSpelling?: NotAcceptedSpelling | undefined;
}

/** The first message of a chain: the gateway makes both ids. */
export interface RequestPlace {
  /** Default: `REQUEST`. */
  readonly type?: 'REQUEST' | undefined;
  readonly correlationId?: undefined;
}

/** A further message of a chain. */
export interface ReplyPlace<Type extends Exclude<AsyncMessageType, 'REQUEST'>> {
  readonly type: Type;
  /** The chain, as the gateway named it. */
  readonly correlationId: string;
}

/** Where a message of a type stands in its chain: a REQUEST begins one, every other type belongs to one. */
export type ChainPlace<Type extends AsyncMessageType = AsyncMessageType> = {
  // Beside the place itself, so that the type of a call is inferred from its options.
  readonly type?: Type | undefined;
} & (Type extends 'REQUEST'
  ? RequestPlace
  : Type extends Exclude<AsyncMessageType, 'REQUEST'>
    ? ReplyPlace<Type>
    : never);

/** What may interrupt a call. */
export interface InterruptOptions {
  /** Cancels it; it then rejects with `signal.reason`, untouched. */
  readonly signal?: AbortSignal | undefined;
  /** Time for all of it, retries included, milliseconds. Default: `totalTimeoutMs` of the client. */
  readonly timeoutMs?: number | undefined;
}

/** Options of one message, beside its place in the chain. */
export interface PrepareOptions extends AsyncMessageOptions, InterruptOptions {
  /**
   * The gateway makes it: leave it out, unless the owner of the service promised to recognise a repetition by it.
   * `createAsyncGateway` makes one where the policy of the service is `onUnknown: 'resend'`.
   */
  readonly messageId?: string | undefined;
}

/** Options of {@link AsyncClient.send}. */
export interface SendOptions extends PrepareOptions {
  /** The application's own name of the matter, kept in the journal as it is: no personal data. */
  readonly reference?: string | undefined;
  /** IIN and BIN to find the message by in the journal, which keeps a keyed hash of them. */
  readonly subjects?: readonly string[] | undefined;
}

/** Options of {@link AsyncClient.poll}. */
export interface PollOptions extends InterruptOptions {
  /** At most so many messages. Default: as many as the gateway is set up for. */
  readonly amount?: number | undefined;
  /** This message only. */
  readonly messageId?: string | undefined;
  /** Messages of this chain only. */
  readonly correlationId?: string | undefined;
}

/** What became of a message that was pulled. */
export type DeliveryOutcome =
  | 'accepted'
  | {
      readonly receiveStatus: 'notAccepted';
      /** Whether the gateway is to deliver it once more. Default: false. */
      readonly resend?: boolean | undefined;
      /** Why not. */
      readonly error?: ErrorInfoContent | undefined;
    };
