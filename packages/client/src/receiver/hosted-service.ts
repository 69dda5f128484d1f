import {
  type AnswerStatus,
  BusinessError,
  type MessageWrapper,
  type Service,
  ValidateError,
  type XmlElement,
} from '@egov-gateway/core';
import type { DataPart, Property } from '@egov-gateway/envelope';

import type { IncomingSender } from './endpoint-options.ts';
import { asRefusal, Refusal } from './refusal.ts';

/** What a handler learns about a request beside its data. */
export interface ServiceContext {
  /** Of the request, an opaque string. */
  readonly messageId: string;
  readonly correlationId: string | undefined;
  readonly serviceId: string;
  readonly routeId: string | undefined;
  readonly properties: readonly Property[];
  readonly sender: IncomingSender;
  /** The session that the answer will name, for the talk with the gateway's support desk. */
  readonly sessionId: string;
  /** The element `data` as it came, for what the codec does not read; `undefined` when absent or nil. */
  readonly data: XmlElement | undefined;
  /** Milliseconds since the epoch. */
  readonly receivedAtMs: number;
  /** Whether the journal has had the same request before: its `messageId` with the same data. Without a journal: false. */
  readonly isRepeated: boolean;
  /** Aborted when the time for the answer is over or the caller is gone. Work that goes on keeps its place among the requests. */
  readonly signal: AbortSignal;
}

/**
 * Does the work of one service. What it returns is the data of a success. To refuse, throw a `BusinessError` with the
 * status of the service; any other error is answered with the fault `internal` and stays on this side.
 */
export type ServiceHandler<Request, Response> = (
  request: Request,
  context: ServiceContext,
) => Response | Promise<Response>;

/** How successes are labelled. */
export interface ServeOptions {
  /** `status` of an answer. Default: the first of the service's `successCodes`, with the words seen beside it. */
  readonly status?: AnswerStatus | undefined;
}

/** The answer of a service, before it is written. @internal */
export interface HostedAnswer {
  readonly status: AnswerStatus;
  readonly isSuccess: boolean;
  readonly data: DataPart<unknown> | undefined;
}

/** A service with its handler, made by {@link serve}. */
export interface HostedService {
  readonly id: string;
  /** @internal */
  readonly wrapper?: MessageWrapper | undefined;
  /** @internal */
  answer(context: ServiceContext): Promise<HostedAnswer>;
}

/** Statuses of success with the words seen beside them. */
const successMessages: Readonly<Record<string, string>> = {
  SCSS001: 'Message has been processed successfully',
};
const MESSAGE_MAX_LENGTH = 250;

/**
 * Puts a handler to a service, for `createServiceHost`.
 *
 * @example
 * ```ts
 * const hosted = serve(service, (request, { sender }) => answers.get(sender.senderId));
 * ```
 */
export function serve<Request, Response>(
  service: Service<Request, Response>,
  handler: ServiceHandler<Request, Response>,
  options: ServeOptions = {},
): HostedService {
  const code = service.successCodes[0] ?? 'SCSS001';
  const { status = { code, message: successMessages[code] ?? 'OK' } } = options;
  return {
    id: service.id,
    wrapper: service.wrapper,
    async answer(context) {
      const request = readRequest(service, context.data);
      try {
        const response = await handler(request, context);
        return { status, isSuccess: true, data: part(service, response) };
      } catch (error) {
        if (error instanceof BusinessError) return refused(service, error);
        throw error;
      }
    },
  };
}

/** @throws {Refusal} `format` when the data is not what the service takes */
function readRequest<Request>(service: Service<Request, unknown>, data: XmlElement | undefined): Request {
  const { request: codec } = service;
  let request: Request;
  try {
    if (data !== undefined) request = codec.read(data);
    else if (codec.readAbsent !== undefined) request = codec.readAbsent();
    else throw new Refusal('format');
  } catch (error) {
    throw asRefusal(error);
  }
  const issues = codec.validate(request);
  if (issues.length > 0) throw new Refusal('format', new ValidateError(issues));
  return request;
}

function refused<Response>(service: Service<unknown, Response>, error: BusinessError): HostedAnswer {
  const message = [...error.statusMessage].slice(0, MESSAGE_MAX_LENGTH).join('');
  return {
    status: { code: error.statusCode, message },
    isSuccess: false,
    data: error.data === undefined ? undefined : part(service, error.data as Response),
  };
}

/** The value with its codec, whatever both are of. */
function part<Response>({ response }: Service<unknown, Response>, value: Response): DataPart<unknown> {
  return {
    value,
    codec: {
      validate: () => response.validate(value),
      write: (_value, writer) => response.write(value, writer),
      read: (data) => response.read(data),
    },
  };
}
