/**
 * What a service handler may answer with, beside the plain response value.
 *
 * @module
 */
import type { AnswerStatus } from '@egov-gateway/core';

/** A success with details that the emulator would otherwise fill in itself. */
export interface ReplyOptions {
  /** Status of `responseInfo`. Default: the service's first success code and a standard message. */
  readonly status?: AnswerStatus | undefined;
  /** Default: the one of the request, if it had one. */
  readonly correlationId?: string | undefined;
  /** `messageId` of the answer. Default: as the option `responseMessageId` of the emulator says. */
  readonly messageId?: string | undefined;
}

/** `ErrorInfo` as a handler gives it; the date is filled in. */
export interface FaultDescription {
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly errorData?: string | undefined;
  readonly subError?: FaultDescription | undefined;
}

/** An answer with details. Made by {@link reply}. */
export class Reply<Response> {
  readonly response: Response;
  readonly options: ReplyOptions;

  constructor(response: Response, options: ReplyOptions) {
    this.response = response;
    this.options = options;
  }
}

/** A refusal in a normal answer. Made by {@link businessError}. */
export class BusinessRefusal<Response> {
  readonly status: AnswerStatus;
  readonly data: Response | undefined;

  constructor(status: AnswerStatus, data: Response | undefined) {
    this.status = status;
    this.data = data;
  }
}

/** A SOAP fault. Made by {@link fault}. */
export class ServiceFault {
  readonly info: FaultDescription;

  constructor(info: FaultDescription) {
    this.info = info;
  }
}

/** What a handler returns: the response itself, or one of the three objects below. */
export type Outcome<Response> = Response | Reply<Response> | BusinessRefusal<Response> | ServiceFault;

/** The response with its own status, correlationId or messageId. */
export function reply<Response>(response: Response, options: ReplyOptions = {}): Reply<Response> {
  return new Reply(response, options);
}

/**
 * A refusal of the service in a normal, signed answer: HTTP 200, a status that is no success, and data if there is any.
 *
 * @example
 * emulator.service(search, () => businessError({ code: 'SCSE001', message: 'nothing found' }));
 */
export function businessError<Response = never>(
  status: AnswerStatus,
  data?: Response,
): BusinessRefusal<Response> {
  return new BusinessRefusal(status, data);
}

/** A refusal as `soap:Fault` with an `ErrorInfo`, HTTP 500. */
export function fault(info: FaultDescription): ServiceFault {
  return new ServiceFault(info);
}
