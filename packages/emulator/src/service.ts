/**
 * The services behind the gateway: typed handlers and canned answers, made the same for the pipeline.
 *
 * @module
 */
import {
  type AnswerStatus,
  BusinessError,
  type Certificate,
  GatewayFault,
  type MessageWrapper,
  ParseError,
  type Service,
  type XmlElement,
  XmlError,
} from '@egov-gateway/core';
import { type DataPart, type Property, sameRequestElement } from '@egov-gateway/envelope';
import { parseXml } from '@egov-gateway/xml';

import { Refusal } from './codes.ts';
import { BusinessRefusal, type FaultDescription, type Outcome, Reply, ServiceFault } from './outcome.ts';

/** What a handler learns about the request beside its data. */
export interface RequestContext {
  readonly messageId: string;
  readonly correlationId: string | undefined;
  readonly serviceId: string;
  readonly routeId: string | undefined;
  readonly properties: readonly Property[];
  /** The information system that sent it, as registered. */
  readonly sender: { readonly senderId: string; readonly bin: string | null; readonly iin: string | null };
  /** Certificate of the transport signature; `undefined` when the endpoint took the message without one. */
  readonly signer: Certificate | undefined;
  /** The element `data` as received; `undefined` when absent or nil. */
  readonly data: XmlElement | undefined;
  /** What the answer goes out in; `undefined` is `SendMessageResponse` of SyncChannel v10. */
  readonly wrapper?: MessageWrapper | undefined;
  /** By the emulator's clock, milliseconds since the epoch. */
  readonly receivedAtMs: number;
  /** Aborted when the caller hangs up, the time for the answer is over, or the emulator is closed. */
  readonly signal: AbortSignal;
}

/** Serves one service: returns the response, or `businessError(…)`, `fault(…)`, `reply(…)`. */
export type ServiceHandler<Request, Response> = (
  request: Request,
  context: RequestContext,
) => Outcome<Response> | Promise<Outcome<Response>>;

/** What a service answers, before it is written. @internal */
export type Served =
  | {
      readonly kind: 'answer';
      readonly status: AnswerStatus;
      readonly isSuccess: boolean;
      readonly data: DataPart<unknown> | undefined;
      readonly messageId?: string | undefined;
      readonly correlationId?: string | undefined;
    }
  | { readonly kind: 'fault'; readonly info: FaultDescription };

/** A service as the pipeline sees it. @internal */
export interface ServiceEntry {
  readonly id: string;
  /** How its messages differ around the data. */
  readonly wrapper?: MessageWrapper | undefined;
  /** Others that a request may come in as well; its answer then goes out in the same. `undefined` is SyncChannel v10. */
  readonly otherWrappers?: readonly (MessageWrapper | undefined)[];
  /** @throws {Refusal} when the data is not the service's request; anything else when the handler fails */
  serve(context: RequestContext): Promise<Served>;
}

/** Every wrapper that a request of one of the services may come in. @internal */
export function wrappersOf(services: Iterable<ServiceEntry>): readonly MessageWrapper[] {
  return [...services].flatMap(({ wrapper, otherWrappers = [] }) =>
    [wrapper, ...otherWrappers].flatMap((one) => one ?? []),
  );
}

/**
 * In what the answer goes out to a request that came in `received`.
 *
 * @throws {Refusal} SCE001 when the service takes no such requests
 * @internal
 */
export function answerWrapper(
  { wrapper, otherWrappers = [] }: ServiceEntry,
  received: MessageWrapper | undefined,
): MessageWrapper | undefined {
  const taken = [wrapper, ...otherWrappers];
  const index = taken.findIndex((one) => sameRequestElement(one, received));
  if (index === -1) throw new Refusal('SCE001', 'the service takes requests in another element than this');
  return taken[index];
}

/** Statuses of success with the words seen beside them. */
const successMessages: Readonly<Record<string, string>> = {
  SCSS001: 'Message has been processed successfully',
  SUCCESS: 'The request has been processed',
};

/** The status of a success, in one of the service's own success codes. @internal */
export function successStatus(successCodes: readonly string[]): AnswerStatus {
  const code = successCodes[0] ?? 'SCSS001';
  return { code, message: successMessages[code] ?? 'OK' };
}

/** A service with a typed handler. @internal */
export function handledService<Request, Response>(
  service: Service<Request, Response>,
  handler: ServiceHandler<Request, Response>,
): ServiceEntry {
  return {
    id: service.id,
    wrapper: service.wrapper,
    async serve(context) {
      const request = readRequest(service, context.data);
      const outcome = await outcomeOf(() => handler(request, context));
      return served(service, outcome);
    },
  };
}

/** Step 9.1: the service validates what it is sent. */
function readRequest<Request>(service: Service<Request, unknown>, data: XmlElement | undefined): Request {
  let request: Request;
  try {
    request = service.request.read(data ?? emptyData());
  } catch (error) {
    if (!(error instanceof ParseError || error instanceof XmlError)) throw error;
    throw new Refusal('SCE001', `${error.code}: ${error.message}`, error);
  }
  const issues = service.request.validate(request);
  if (issues.length > 0) {
    throw new Refusal('SCE001', issues.map(({ path, message }) => `data${path}: ${message}`).join('; '));
  }
  return request;
}

/** What a codec reads when there is no `data`: an empty one. */
function emptyData(): XmlElement {
  return parseXml(new TextEncoder().encode('<data/>')).root;
}

/** A thrown `BusinessError` or `GatewayFault` is an answer like a returned one. */
async function outcomeOf<Response>(
  handle: () => Outcome<Response> | Promise<Outcome<Response>>,
): Promise<Outcome<Response>> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof BusinessError) {
      return new BusinessRefusal({ code: error.statusCode, message: error.statusMessage }, error.data);
    }
    if (error instanceof GatewayFault) {
      const { errorCode = error.faultCode, errorMessage = error.faultString } = error.errorInfo ?? {};
      return new ServiceFault({ errorCode, errorMessage });
    }
    throw error;
  }
}

function served<Response>(service: Service<unknown, Response>, outcome: Outcome<Response>): Served {
  if (outcome instanceof ServiceFault) return { kind: 'fault', info: outcome.info };
  if (outcome instanceof BusinessRefusal) {
    const data = outcome.data === undefined ? undefined : part(service, outcome.data);
    return { kind: 'answer', status: outcome.status, isSuccess: false, data };
  }
  const { response, options } =
    outcome instanceof Reply ? outcome : new Reply<Response>(outcome as Response, {});
  const { status = successStatus(service.successCodes), messageId, correlationId } = options;
  return {
    kind: 'answer',
    status,
    isSuccess: service.successCodes.includes(status.code),
    data: part(service, response),
    messageId,
    correlationId,
  };
}

function part<Response>(service: Service<unknown, Response>, value: Response): DataPart<unknown> {
  const { response } = service;
  return {
    value,
    codec: {
      validate: () => response.validate(value),
      write: (_, writer) => response.write(value, writer),
      read: (data) => response.read(data),
    },
  };
}
