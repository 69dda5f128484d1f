/**
 * From what a service answered to the unsigned envelope: steps 9 to 12 of the process.
 *
 * @module
 */
import { type MessageWrapper, newMessageId, ValidateError, type XmlName } from '@egov-gateway/core';
import {
  type ErrorInfoContent,
  type WrittenEnvelope,
  writeFault,
  writeSyncResponse,
} from '@egov-gateway/envelope';

import { Refusal, type RefusalCode, refusalCodes } from '../codes.ts';
import type { FaultDescription } from '../outcome.ts';
import type { Served } from '../service.ts';

/** `faultcode` of a fault: the SOAP way, or the error code itself, as a provider was seen to do it. */
export type FaultCodeStyle = 'soap' | 'error-code';

/** An unsigned answer. @internal */
export interface Rendered {
  readonly written: WrittenEnvelope;
  readonly isFault: boolean;
}

/** What does not come from the service. @internal */
export interface RenderContext {
  readonly nowMs: number;
  readonly utcOffset: string | undefined;
  readonly faultCodeStyle: FaultCodeStyle;
  /** The element of a fault's detail. */
  readonly detailName: XmlName;
  /** Around an answer. Default: that of SyncChannel v10. */
  readonly wrapper?: MessageWrapper | undefined;
}

/** ШЭП fills in the session of every answer. @see SyncChannel v10, type SyncMessageInfoResponse */
function newSessionId(): string {
  return `{${newMessageId()}}`;
}

/** @throws {Refusal} EMU-ANSWER-INVALID when the service's own contract, or the channel's, refuses the answer @internal */
export function renderAnswer(
  served: Extract<Served, { kind: 'answer' }>,
  messageId: string,
  { nowMs, utcOffset, wrapper }: RenderContext,
): Rendered {
  const info = {
    messageId: served.messageId ?? messageId,
    correlationId: served.correlationId,
    responseDateMs: nowMs,
    utcOffset,
    status: served.status,
    sessionId: newSessionId(),
  };
  try {
    return { written: writeSyncResponse({ info, data: served.data }, { wrapper }), isFault: false };
  } catch (error) {
    if (!(error instanceof ValidateError)) throw error;
    const issues = error.issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
    throw new Refusal('EMU-ANSWER-INVALID', issues, error);
  }
}

/** A fault with the service's own words. @internal */
export function renderFault(
  info: FaultDescription,
  side: 'client' | 'server',
  context: RenderContext,
): Rendered {
  const { nowMs, utcOffset } = context;
  const withDate = (description: FaultDescription): ErrorInfoContent => ({
    errorCode: description.errorCode,
    errorMessage: description.errorMessage,
    errorData: description.errorData,
    errorDateMs: nowMs,
    utcOffset,
    subError: description.subError && withDate(description.subError),
  });
  const soapCode = side === 'client' ? 'soap:Client' : 'soap:Server';
  try {
    const written = writeFault({
      faultCode: context.faultCodeStyle === 'soap' ? soapCode : info.errorCode,
      faultString: info.errorMessage,
      errorInfo: { ...withDate(info), sessionId: newSessionId() },
      detailName: context.detailName,
    });
    return { written, isFault: true };
  } catch (error) {
    if (!(error instanceof ValidateError)) throw error;
    // Only a handler's own fault can be unfit; the emulator's is not.
    return renderRefusal('EMU-ANSWER-INVALID', undefined, context);
  }
}

/** A refusal of the gateway itself. @internal */
export function renderRefusal(
  code: RefusalCode,
  detail: string | undefined,
  context: RenderContext,
): Rendered {
  const { text, side } = refusalCodes[code];
  return renderFault({ errorCode: code, errorMessage: text, errorData: detail }, side, context);
}

/** A fault without detail, its `faultcode` the error code itself. @internal */
export function renderBareFault(info: FaultDescription): Rendered {
  return {
    written: writeFault({ faultCode: info.errorCode, faultString: info.errorMessage }),
    isFault: true,
  };
}
