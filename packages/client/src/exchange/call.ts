/**
 * One running call and how it ends.
 *
 * @module
 */
import { BusinessError, type Delivery, GatewayError, GatewayFault } from '@egov-gateway/core';

import type { CallJournal } from './call-journal.ts';
import type { CallTelemetry } from './call-telemetry.ts';
import type { Deadline } from './deadline.ts';
import { identified } from './identified-error.ts';

/**
 * All that belongs to one running call.
 *
 * @internal
 */
export interface Call {
  /** The id of the message, for errors; an asynchronous request has none. */
  readonly messageId: string | undefined;
  /** The caller's own. */
  readonly signal: AbortSignal | undefined;
  readonly deadline: Deadline;
  readonly telemetry: CallTelemetry;
  readonly journal: CallJournal | undefined;
  /** The last answer, as it came. */
  answer: Uint8Array | undefined;
}

/**
 * Records how a call failed, and returns what it is to reject with.
 *
 * @internal
 */
export async function concludeFailure(call: Call, thrown: unknown): Promise<unknown> {
  const { deadline, telemetry, journal, signal, messageId, answer: bytes } = call;
  if (deadline.isCancelled || !(thrown instanceof GatewayError)) {
    const code = deadline.isCancelled ? 'ABORTED' : 'UNEXPECTED';
    await journal?.outcome('failed', { bytes, code, delivery: deadline.delivery });
    telemetry.failed(code, deadline.delivery);
    return deadline.isCancelled ? signal?.reason : thrown;
  }
  const delivery = deliveryOf(thrown, deadline.delivery);
  const error = identified(thrown, { messageId, delivery });
  const refusal = refusalCode(error);
  if (refusal === undefined) await journal?.outcome('failed', { bytes, code: error.code, delivery });
  else await journal?.outcome('refused', { bytes, code: refusal, delivery });
  telemetry.failed(error.code, delivery);
  return error;
}

/** What the gateway or the service refused with, in their own code. */
function refusalCode(error: GatewayError): string | undefined {
  if (error instanceof BusinessError) return error.statusCode;
  return error instanceof GatewayFault && error.verified ? error.faultCode : undefined;
}

/**
 * What the call knows beats what the part that failed could know: a key that is refused while an answer is checked
 * calls itself `not-sent`, although the message has left; XML that a signer refuses calls itself `unknown`.
 */
function deliveryOf(error: GatewayError, known: Delivery): Delivery {
  if (known === 'not-sent') return 'not-sent';
  return error.delivery === 'not-sent' ? 'unknown' : error.delivery;
}
