/**
 * From the bytes of an answer to its outcome.
 *
 * @module
 */
import {
  type AnswerStatus,
  BusinessError,
  type Clock,
  GatewayFault,
  ParseError,
  type Service,
  type UnverifiedBody,
  type VerifiedBody,
  VerifyError,
  type XmlElement,
} from '@egov-gateway/core';
import { type ReceivedResponseInfo, readSyncResponse, type SyncResponse } from '@egov-gateway/envelope';

import { assertFresh } from '../exchange/answer-age.ts';

/** A successful answer with what stood around its data. */
export interface CallAnswer<Value> {
  /** The decoded data. */
  readonly value: Value;
  /** The id of the request. */
  readonly messageId: string;
  /** `responseInfo`: the answering system's own message id, the gateway's session id, the status. */
  readonly info: ReceivedResponseInfo;
  /** Whether the answer carried a signature that was verified. */
  readonly verified: boolean;
}

/** The half of a service that answers are read by. */
export type AnswerContract<Response> = Pick<
  Service<never, Response>,
  'response' | 'successCodes' | 'innerStatus'
>;

/** What an answer is judged by. */
export interface ReadOptions {
  readonly messageId: string;
  readonly verification: 'required' | 'off';
  readonly maxAnswerAgeMs: number | undefined;
  readonly clock: Clock;
}

/**
 * The outcome that a Body holds.
 *
 * @throws {GatewayFault} when it is a fault
 * @throws {BusinessError} when a status, the outer one or the one inside the data, is not a success
 * @throws {VerifyError} `ERR_VERIFY_UNSIGNED` when it must be verified and is not; `ERR_VERIFY_STALE` when it is older
 *   than `maxAnswerAgeMs`
 * @throws {ParseError} when it is not the answer that the service's contract describes
 * @internal
 */
export function readAnswer<Response>(
  body: VerifiedBody | UnverifiedBody,
  service: AnswerContract<Response>,
  options: ReadOptions,
): CallAnswer<Response> {
  const { messageId } = options;
  const { info, data, verified } = readFresh(body, options);
  if (!verified && options.verification === 'required') {
    throw new VerifyError('expected a signed answer', { code: 'ERR_VERIFY_UNSIGNED', messageId });
  }
  const delivery = verified ? 'answered' : 'unknown';
  if (!isSuccess(service, info.status)) {
    throw new BusinessError(info.status, { data: readRefusal(service, data), messageId, delivery });
  }
  const value = readData(service, data);
  const inner = service.innerStatus?.(value);
  if (inner !== undefined && !isSuccess(service, inner)) {
    throw new BusinessError(inner, { data: value, messageId, delivery });
  }
  return { value, messageId, info, verified };
}

/** Judged before anything is said in the name of the gateway: an old answer is none to this request. */
function readFresh(
  body: VerifiedBody | UnverifiedBody,
  { messageId, maxAnswerAgeMs, clock }: ReadOptions,
): SyncResponse {
  if (maxAnswerAgeMs === undefined) return readSyncResponse(body, { messageId });
  const limit = { maxAgeMs: maxAnswerAgeMs, nowMs: clock.now(), messageId };
  let response: SyncResponse;
  try {
    response = readSyncResponse(body, { messageId });
  } catch (error) {
    if (error instanceof GatewayFault && error.verified) assertFresh(error.errorInfo?.errorDate, limit);
    throw error;
  }
  if (response.verified) assertFresh(response.info.responseDate, limit);
  return response;
}

function isSuccess(service: AnswerContract<unknown>, status: AnswerStatus): boolean {
  return service.successCodes.includes(status.code);
}

function readData<Response>(service: AnswerContract<Response>, data: XmlElement | undefined): Response {
  const { response } = service;
  if (data !== undefined) return response.read(data);
  if (response.readAbsent !== undefined) return response.readAbsent();
  throw new ParseError('expected data, found none', {
    code: 'ERR_PARSE_MISSING_ELEMENT',
    path: '/Envelope/Body/SendMessageResponse/response/responseData/data',
  });
}

/** A refusal often has no data, or other data than the contract of a success says. The refusal counts, not its data. */
function readRefusal<Response>(
  service: AnswerContract<Response>,
  data: XmlElement | undefined,
): Response | undefined {
  if (data === undefined) return undefined;
  try {
    return service.response.read(data);
  } catch {
    return undefined;
  }
}
