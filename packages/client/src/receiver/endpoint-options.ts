import type {
  Certificate,
  Clock,
  EnvelopeSigner,
  EnvelopeVerifier,
  Timers,
  UnverifiedBody,
} from '@egov-gateway/core';

import type { FaultReason, FaultText } from './fault-codes.ts';
import type { ServedExchange } from './served-exchange.ts';

/** Who says to have sent a message, and who signed it. */
export interface IncomingSender {
  readonly senderId: string;
  /** As sent, for the comparison with an agreed one. Never print it. */
  readonly password: string | undefined;
  readonly serviceId: string;
  /** Certificate of the transport signature; `undefined` with `verification: 'off'`. */
  readonly signer: Certificate | undefined;
}

/** What one request may cost, and all of them together. */
export interface EndpointLimits {
  /** Size of a request. Default: 16 777 216 (16 MiB); the verifier has a limit of its own. */
  readonly maxBodyBytes?: number | undefined;
  /** From the end of the headers to the last byte of the body, milliseconds. Default: 60 000. */
  readonly bodyTimeoutMs?: number | undefined;
  /** Average pace that a sender has to keep after `bodyGraceMs`. 0: none. Default: 1024. */
  readonly minBytesPerSecond?: number | undefined;
  /** How long the pace of a sender is not judged, milliseconds. Default: 5000. */
  readonly bodyGraceMs?: number | undefined;
  /**
   * Requests that are being read at a time; further ones are answered with 503. A sender that does not get on keeps only
   * such a place, and no longer than `bodyGraceMs`. Default: 1024.
   */
  readonly maxReading?: number | undefined;
  /**
   * Requests that are worked on at a time, once they are read; further ones are answered with 503. A request whose work goes on after its answer, because it took too long, keeps its place until the work ends. Default: 64.
   */
  readonly maxConcurrent?: number | undefined;
  /** Bytes of all requests under way together; a request that does not fit is answered with 503. Default: 268 435 456 (256 MiB). */
  readonly maxBufferedBytes?: number | undefined;
}

/** What the two kinds of endpoints have in common. */
export interface EndpointOptions extends EndpointLimits {
  /** Checks each request. Left out only together with `verification: 'off'`. */
  readonly verifier?: EnvelopeVerifier | undefined;
  /**
   * `off` takes requests that nobody vouches for. Anybody who reaches the address can then make them up: only where the
   * network itself lets nobody else in. Default: `required`.
   */
  readonly verification?: 'required' | 'off' | undefined;
  /** In the place of the verifier with `verification: 'off'`: the function of this name from `@egov-gateway/wsse`. */
  readonly acceptUnverified?: ((envelope: Uint8Array) => UnverifiedBody) | undefined;
  /** Signs answers and faults. Default: they go unsigned. */
  readonly signer?: EnvelopeSigner | undefined;
  /** The only path that is served, such as `/push/`; others get 404. Default: every path that the server hands in. */
  readonly path?: string | undefined;
  /** The address that the WSDL names. Default: what the caller called it. */
  readonly address?: string | URL | undefined;
  /** `senderId` values that are let in, or a function that decides. Default: everybody who is verified. */
  readonly allowedSenders?: readonly string[] | ((sender: IncomingSender) => boolean) | undefined;
  /** Codes and words of faults, in the place of single {@link defaultFaults}. */
  readonly faults?: Partial<Readonly<Record<FaultReason, FaultText>>> | undefined;
  /** Told of every request when it is answered. What it throws is ignored. Default: nobody is told. */
  readonly onExchange?: ((exchange: ServedExchange) => void) | undefined;
  /** Source of dates in answers and in the journal. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Offset of dates in answers, `±hh:mm`. Default: `+05:00`. */
  readonly utcOffset?: string | undefined;
  /** Default: the timers of Node.js. */
  readonly timers?: Timers | undefined;
}

/** Their names. @internal */
export const endpointOptionNames: readonly string[] = Object.keys({
  maxBodyBytes: true,
  bodyTimeoutMs: true,
  minBytesPerSecond: true,
  bodyGraceMs: true,
  maxReading: true,
  maxConcurrent: true,
  maxBufferedBytes: true,
  verifier: true,
  verification: true,
  acceptUnverified: true,
  signer: true,
  path: true,
  address: true,
  allowedSenders: true,
  faults: true,
  onExchange: true,
  clock: true,
  utcOffset: true,
  timers: true,
} satisfies Record<keyof EndpointOptions, true>);
