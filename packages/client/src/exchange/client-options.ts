import type {
  Clock,
  EnvelopeSigner,
  EnvelopeVerifier,
  Journal,
  Transport,
  UnverifiedBody,
} from '@egov-gateway/core';

import type { RetryOptions } from './retry.ts';

/** Who sends, as registered with the gateway. */
export interface Sender {
  /** `senderId`. */
  readonly id: string;
  /** Required by the Rules; some endpoints go without, see {@link ClientOptions.isPasswordRequired}. */
  readonly password?: string | undefined;
}

/** How a client of either channel reaches the gateway. Given once, never changed. */
export interface ClientOptions extends Pick<RetryOptions, 'maxAttempts' | 'retryDelayMs'> {
  /** Address of the channel. */
  readonly endpoint: string | URL;
  /**
   * Allows an `http:` endpoint, whatever the transport allows. The message then travels readable, password included:
   * only inside a VPN that reaches to the gateway. Default: false.
   */
  readonly allowInsecureHttp?: boolean | undefined;
  /** Who sends. */
  readonly sender: Sender;
  /** Carries the bytes: `createTransport()`, the emulator's, or one of yours. It stays yours to close. */
  readonly transport: Transport;
  /** Signs each request. Left out only together with `signing: 'off'`. */
  readonly signer?: EnvelopeSigner | undefined;
  /** `off` sends unsigned, to endpoints without WS-Security. Default: `required`. */
  readonly signing?: 'required' | 'off' | undefined;
  /** Checks each answer. Left out only together with `verification: 'off'`. */
  readonly verifier?: EnvelopeVerifier | undefined;
  /**
   * `off` reads answers that nobody vouches for, from endpoints without WS-Security. Whatever they say proves nothing:
   * every error then has delivery `unknown`. Default: `required`.
   */
  readonly verification?: 'required' | 'off' | undefined;
  /**
   * How far `responseDate` of a verified answer, or `errorDate` of a verified fault, may lie from the clock, milliseconds.
   * An answer without such a date, or with one that has no offset, is refused too: an old signed answer that is
   * played back says nothing of this request. Default: dates are not judged.
   */
  readonly maxAnswerAgeMs?: number | undefined;
  /** In the place of the verifier with `verification: 'off'`: the function of this name from `@egov-gateway/wsse`. */
  readonly acceptUnverified?: ((envelope: Uint8Array) => UnverifiedBody) | undefined;
  /**
   * Gets the exact bytes before they leave, and the outcome with its delivery. The outcome holds up the call by a second
   * at most, never beyond its time, and not at all once it was cancelled. Default: none.
   */
  readonly journal?: Journal | undefined;
  /** Source of `messageDate`. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Offset of `messageDate`, `±hh:mm`. Default: `+05:00`. */
  readonly utcOffset?: string | undefined;
  /** Time for a whole call, retries included, milliseconds. Default: 60 000. */
  readonly totalTimeoutMs?: number | undefined;
  /** Whether a request without a password breaks the contract. Default: true, as the Rules have it. */
  readonly isPasswordRequired?: boolean | undefined;
  /** HTTP headers to add, or to put in the place of `content-type` and `soapaction`. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
