import type {
  AnswerStatus,
  DataCodec,
  MessageWrapper,
  Service,
  ValidationIssue,
  XmlElement,
  XmlWriter,
} from '@egov-gateway/core';

import type { ReceivedBy, SentBy } from './payload.ts';

/** `status/code` values that services have been seen to mean success with. */
export const commonSuccessCodes: readonly string[] = Object.freeze(['SCSS001', 'SUCCESS', 'Success']);

/** A {@link DataCodec} of whatever type. */
export interface AnyDataCodec {
  validate(value: never): readonly ValidationIssue[];
  write(value: never, writer: XmlWriter): void;
  read(data: XmlElement): unknown;
}

/** One service of the gateway. */
export interface ServiceDefinition<Request extends AnyDataCodec, Response extends AnyDataCodec> {
  /** `serviceId` in the gateway's registry. */
  readonly id: string;
  readonly request: Request;
  readonly response: Response;
  /** `status/code` values of an answer that mean success, compared exactly. Default: {@link commonSuccessCodes}. */
  readonly successCodes?: readonly string[];
  /** The status inside the data, for services that answer with a second one; both must be success. */
  readonly innerStatus?: (response: ReceivedBy<Response>) => AnswerStatus | undefined;
  /** How its messages differ around the data. Default: they do not. */
  readonly wrapper?: MessageWrapper | undefined;
}

/**
 * Ties a service's id to its two payloads.
 *
 * @throws {TypeError} when the id is empty, or nothing would count as success
 * @example
 * ```ts
 * import * as z from 'zod';
 *
 * const search = defineService({
 *   id: 'EXAMPLE_SEARCH',
 *   request: definePayload({ schema: z.object({ iin: iin() }) }),
 *   response: definePayload({ schema: z.object({ found: z.boolean() }) }),
 * });
 * ```
 */
export function defineService<Request extends AnyDataCodec, Response extends AnyDataCodec>(
  definition: ServiceDefinition<Request, Response>,
): Service<SentBy<Request>, ReceivedBy<Response>> {
  const { id, request, response, successCodes = commonSuccessCodes, innerStatus, wrapper } = definition;
  if (typeof id !== 'string' || id.trim() === '' || id !== id.trim()) {
    throw new TypeError('id must be the serviceId of the registry, without spaces around it');
  }
  const isStatusOptional = wrapper?.isStatusOptional === true;
  const isNoCode = (code: unknown): boolean => typeof code !== 'string' || (code === '' && !isStatusOptional);
  if (successCodes.length === 0 || successCodes.some(isNoCode)) {
    throw new TypeError(
      'successCodes must name at least one code, and none may be empty unless the status is optional',
    );
  }
  return Object.freeze({
    id,
    request: request as unknown as DataCodec<SentBy<Request>>,
    response: response as unknown as DataCodec<ReceivedBy<Response>>,
    successCodes: Object.freeze([...successCodes]),
    ...(innerStatus === undefined ? {} : { innerStatus }),
    ...(wrapper === undefined ? {} : { wrapper }),
  });
}
