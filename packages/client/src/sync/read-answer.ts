/**
 * From the bytes of an answer to its outcome.
 *
 * @module
 */
import {
  type AnswerStatus,
  BusinessError,
  type Service,
  type UnverifiedBody,
  type VerifiedBody,
  type XmlElement,
} from '@egov-gateway/core';
import { type ReceivedResponseInfo, readSyncResponse } from '@egov-gateway/envelope';

import { readData } from '../exchange/read-data.ts';
import { type AnswerRules, readTrusted } from '../exchange/trusted-answer.ts';

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
  'response' | 'successCodes' | 'innerStatus' | 'wrapper'
>;

/** What an answer is judged by. */
export interface ReadOptions extends AnswerRules {
  readonly messageId: string;
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
  const { info, data, verified } = readTrusted(
    () => readSyncResponse(body, { messageId, wrapper: service.wrapper }),
    ({ info }) => info.responseDate,
    options,
  );
  const delivery = verified ? 'answered' : 'unknown';
  if (!isSuccess(service, info.status)) {
    throw new BusinessError(info.status, { data: readRefusal(service, data), messageId, delivery });
  }
  const wrapperName = service.wrapper?.response?.name.localName ?? 'SendMessageResponse';
  const dataPath = `/Envelope/Body/${wrapperName}/response/responseData/data`;
  const value = readData(service.response, data, dataPath);
  const inner = service.innerStatus?.(value);
  if (inner !== undefined && !isSuccess(service, inner)) {
    throw new BusinessError(inner, { data: value, messageId, delivery });
  }
  return { value, messageId, info, verified };
}

function isSuccess(service: AnswerContract<unknown>, status: AnswerStatus): boolean {
  return service.successCodes.includes(status.code);
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
