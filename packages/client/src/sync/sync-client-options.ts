import type { HeaderBlock, InfoExtension, Property } from '@egov-gateway/envelope';

import type { ClientOptions } from '../exchange/client-options.ts';
import type { RetryOptions } from '../exchange/retry.ts';

/** Names the call for header blocks that depend on it. */
export interface CallIdentity {
  /** The id that the request will carry. */
  readonly messageId: string;
  /** The service that is called. */
  readonly serviceId: string;
}

/** What a request carries beside its data. Given to a client it holds for every call; given to a call, for that one. */
export interface MessageOptions {
  /** Additional routing, by the gateway's registry. */
  readonly routeId?: string | undefined;
  /** Key at most 30 characters, value at most 500. */
  readonly properties?: readonly Property[] | undefined;
  /** Elements that a service's own WSDL adds to `requestInfo`. */
  readonly extensions?: readonly InfoExtension[] | undefined;
  /** SOAP header blocks beside the signature, such as `wsAddressingHeaders()` makes. They are not signed. */
  readonly headerBlocks?:
    | readonly HeaderBlock[]
    | ((call: CallIdentity) => readonly HeaderBlock[])
    | undefined;
}

/** How a client of the synchronous channel reaches the gateway, and what each of its requests carries. */
export interface SyncClientOptions extends ClientOptions, MessageOptions, RetryOptions {}

/** Options of a single call. */
export interface CallOptions extends MessageOptions {
  /** Cancels the call, which then rejects with `signal.reason`, untouched. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The id of an earlier attempt whose delivery is `unknown`, for a service that recognises it: the same messageId in new
   * bytes, with a date and a signature of its own. Default: a new UUID v4.
   */
  readonly messageId?: string | undefined;
  /**
   * Key of the call in the journal. A second call under a key is refused with `ERR_JOURNAL_STATE`, nothing sent and nothing
   * recorded, so that of callers who are not sure only one sends. Default: a new one.
   */
  readonly key?: string | undefined;
  /** The application's own name of the matter, such as a contract number, kept in the journal as it is: no personal data. */
  readonly reference?: string | undefined;
  /** IIN and BIN to find the call by in the journal, which keeps a keyed hash of them. */
  readonly subjects?: readonly string[] | undefined;
  /** The sender's own id of a chain of messages. Default: none. */
  readonly correlationId?: string | undefined;
  /** Instead of the client's. */
  readonly totalTimeoutMs?: number | undefined;
  /** Instead of the client's. */
  readonly retryUnknown?: 'never' | 'same-message' | undefined;
}
