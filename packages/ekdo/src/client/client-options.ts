import type { Clock, Delivery, ErrorCode, Timers, Transport } from '@egov-gateway/core';

import type { PdfCheckOptions } from '../pdf/check-pdf.ts';
import type { SignDetached } from '../signature/detached-signature.ts';
import type { SignatureKind } from '../signature/signature-kind.ts';
import type { EkdoStep } from './check-reply.ts';
import type { EkdoCodecs, EkdoCredentials, EkdoRoutes } from './portal-codec.ts';

/** One request and its end, for logs and measurements. No payload, no name, no password, no token. */
export interface EkdoStepEvent {
  readonly step: EkdoStep;
  /** 2: once more with a new token. */
  readonly attempt: number;
  readonly requestBytes: number;
  /** Milliseconds. */
  readonly durationMs: number;
  /** When an answer came. */
  readonly httpStatus?: number | undefined;
  /** When it was no success: `ERR_…`, `ABORTED` when the caller cancelled, else `UNEXPECTED`. */
  readonly code?: ErrorCode | 'ABORTED' | 'UNEXPECTED' | undefined;
  readonly delivery?: Delivery | undefined;
}

/** What an `EkdoClient` works with. */
export interface EkdoClientOptions {
  /** The address of the API, `https:`. It is not published. */
  readonly baseUrl: string | URL;
  readonly credentials: EkdoCredentials;
  /** Paths of the steps. There is no default: only `/docs` is known. */
  readonly routes: EkdoRoutes;
  /** How the steps are written and read. There is no default: nothing of it is known. */
  readonly codecs: EkdoCodecs;
  /** `createTransport` of `@egov-gateway/client`, or that of the emulator. */
  readonly transport: Transport;
  /** Makes the signature, outside of this SDK. */
  readonly signDetached: SignDetached;
  /** Kinds of signature that may be sent. Default: all three. */
  readonly signatureKinds?: readonly SignatureKind[] | undefined;
  /** How the PDF is checked. */
  readonly pdf?: PdfCheckOptions | undefined;
  /** Allows `http:`, inside a VPN or against the emulator. The transport has to allow it too. Default: false. */
  readonly allowInsecureHttp?: boolean | undefined;
  /** The time of one step, that of a token included, signing apart; milliseconds. Default: 120 000. */
  readonly totalTimeoutMs?: number | undefined;
  /** Larger answers are refused, bytes. Default: 1 048 576. */
  readonly maxAnswerBytes?: number | undefined;
  /** Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Default: the timers of the machine. */
  readonly timers?: Timers | undefined;
  /** Told of every request when it has ended. What it throws is ignored. */
  readonly onStep?: ((event: EkdoStepEvent) => void) | undefined;
}

/** How one step is taken. */
export interface EkdoCallOptions {
  /** Cancels it; it then rejects with the signal's reason, untouched. */
  readonly signal?: AbortSignal | undefined;
}

/** How a step that leaves something in the portal is taken. */
export interface EkdoSendOptions extends EkdoCallOptions {
  /**
   * Runs once there is a token, right before the first byte of the document or the signature leaves: the place to record
   * that it does. When it rejects, nothing is sent.
   */
  readonly beforeSend?: (() => Promise<void>) | undefined;
}
