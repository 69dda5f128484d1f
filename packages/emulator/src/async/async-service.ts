/**
 * The built-in services of the asynchronous channel: typed handlers, and what the synchronous channel serves anyway.
 *
 * @module
 */
import {
  type AnswerStatus,
  type AsyncService,
  BusinessError,
  type DataCodec,
  ParseError,
  ValidateError,
  type XmlElement,
  XmlError,
} from '@egov-gateway/core';
import { parseXml } from '@egov-gateway/xml';

import { Refusal, refusalCodes } from '../codes.ts';
import { type FaultDescription, ServiceFault } from '../outcome.ts';
import type { SystemRegistry } from '../registry.ts';
import type { RequestContext, ServiceEntry } from '../service.ts';
import type { AsyncChain } from './async-chain.ts';
import { dataOf, writeDataSource } from './message-data.ts';
import type { StoredMessage } from './stored-message.ts';

/**
 * Serves a REQUEST: returns the answer, which goes out as RESPONSE, or `undefined` for later or never; see
 * {@link AsyncChain.respond}. A `fault(…)`, returned or thrown, ends the delivery: the state of the REQUEST becomes
 * `NOT_DELIVERED` with its code.
 */
export type AsyncServiceHandler<Request, Response, Notification = Response> = (
  request: Request,
  chain: AsyncChain<Response, Notification>,
) => Response | ServiceFault | undefined | Promise<Response | ServiceFault | undefined>;

/** Options of `emulator.asyncService`. */
export interface AsyncServiceOptions<Response, Notification = Response, Update = unknown> {
  /** How long after a REQUEST the handler is called, milliseconds by the emulator's clock. Default: `handlerDelayMs`. */
  readonly delayMs?: number | undefined;
  /** Takes the UPDATEs of a chain. Default: they count as delivered and are in `chain.messages`. */
  readonly onUpdate?:
    | ((update: Update, chain: AsyncChain<Response, Notification>) => void | Promise<void>)
    | undefined;
}

/** What became of a message that a built-in service was given. @internal */
export type Handled =
  | { readonly kind: 'taken'; readonly response?: Uint8Array | undefined }
  | {
      readonly kind: 'refused';
      readonly info: FaultDescription;
      readonly error?: unknown;
      /** The service's own words for the state of the message. */
      readonly status?: AnswerStatus | undefined;
    };

/** A built-in service. @internal */
export interface AsyncServiceEntry {
  readonly id: string;
  readonly delayMs: number | undefined;
  handle(message: StoredMessage, chain: AsyncChain): Promise<Handled>;
  /** @throws {ValidateError} when the service's own contract refuses the value */
  write(type: 'RESPONSE' | 'NOTIFICATION', value: unknown): Uint8Array;
}

/** @throws {TypeError} when the delay is none @internal */
export function handledAsyncService<Request, Response, Notification, Update>(
  service: AsyncService<Request, Response, Notification, Update>,
  handler: AsyncServiceHandler<Request, Response, Notification>,
  options: AsyncServiceOptions<Response, Notification, Update>,
): AsyncServiceEntry {
  const { delayMs, onUpdate } = options;
  if (delayMs !== undefined && (!Number.isSafeInteger(delayMs) || delayMs < 0)) {
    throw new TypeError('delayMs must be whole milliseconds, not negative');
  }
  const { response } = service;
  const notification = (service.notification ?? response) as DataCodec<unknown>;
  const update = (service.update ?? service.request) as DataCodec<Update>;
  return {
    id: service.id,
    delayMs,
    write: (type, value) =>
      type === 'RESPONSE'
        ? writeDataSource(response, value as Response)
        : writeDataSource(notification, value),
    handle: (message, chain) =>
      settled(async () => {
        if (message.messageType === 'UPDATE') {
          if (onUpdate !== undefined) await onUpdate(read(update, message), chain);
          return undefined;
        }
        if (message.messageType !== 'REQUEST') return undefined;
        const outcome = await handler(read(service.request, message), chain);
        if (outcome instanceof ServiceFault) throw outcome;
        return outcome === undefined ? undefined : writeDataSource(response, outcome);
      }),
  };
}

/** A status of the synchronous channel that is no success. */
class Unsuccessful extends Error {
  readonly status: AnswerStatus;

  constructor(status: AnswerStatus) {
    super('the service refused the request');
    this.status = status;
  }
}

/**
 * A service of the synchronous channel that answers a REQUEST at once. A RESPONSE has no status: one that is no success
 * becomes that of the REQUEST, which counts as not delivered.
 *
 * @internal
 */
export function adaptedService(entry: ServiceEntry, registry: SystemRegistry): AsyncServiceEntry {
  return {
    id: entry.id,
    delayMs: undefined,
    write: () => {
      throw new TypeError('this service answers by itself; serve it with asyncService to answer otherwise');
    },
    handle: (message) =>
      settled(async () => {
        if (message.messageType !== 'REQUEST') return undefined;
        const served = await entry.serve(contextOf(message, registry));
        if (served.kind === 'fault') throw new ServiceFault(served.info);
        const { status, isSuccess, data } = served;
        if (!isSuccess) throw new Unsuccessful(status);
        return data === undefined
          ? new TextEncoder().encode('<data/>')
          : writeDataSource(data.codec, data.value);
      }),
  };
}

function contextOf(message: StoredMessage, registry: SystemRegistry): RequestContext {
  const { messageId, correlationId, serviceId, routeId, properties, from = '', acceptedAtMs } = message;
  const { bin = null, iin = null } = registry.find(from) ?? {};
  return {
    messageId,
    correlationId,
    serviceId,
    routeId,
    properties,
    sender: { senderId: from, bin, iin },
    // Known when the message came, and not kept.
    signer: undefined,
    data: dataOf(message.source),
    receivedAtMs: acceptedAtMs,
    signal: new AbortController().signal,
  };
}

/** @throws {ServiceFault} SCE001 when the data is not what the contract says */
function read<Value>(codec: DataCodec<Value>, { source }: StoredMessage): Value {
  let value: Value;
  try {
    value = codec.read(dataOf(source) ?? emptyData());
  } catch (error) {
    if (!(error instanceof ParseError || error instanceof XmlError)) throw error;
    throw unfit(`${error.code}: ${error.message}`);
  }
  const issues = codec.validate(value);
  if (issues.length === 0) return value;
  throw unfit(issues.map(({ path, message }) => `data${path}: ${message}`).join('; '));
}

function unfit(errorData: string): ServiceFault {
  return new ServiceFault({
    errorCode: 'SCE001',
    errorMessage: 'Сообщение не соответствует формату',
    errorData,
  });
}

function emptyData(): XmlElement {
  return parseXml(new TextEncoder().encode('<data/>')).root;
}

async function settled(work: () => Promise<Uint8Array | undefined>): Promise<Handled> {
  try {
    return { kind: 'taken', response: await work() };
  } catch (error) {
    if (error instanceof ServiceFault) return { kind: 'refused', info: error.info };
    if (error instanceof Unsuccessful) {
      const { status } = error;
      return { kind: 'refused', info: { errorCode: status.code, errorMessage: status.message }, status };
    }
    if (error instanceof BusinessError) {
      const info = { errorCode: error.statusCode, errorMessage: error.statusMessage };
      return { kind: 'refused', info, error };
    }
    if (error instanceof Refusal) {
      const { code: errorCode, detail: errorData } = error;
      return { kind: 'refused', info: { errorCode, errorMessage: refusalCodes[errorCode].text, errorData } };
    }
    const errorCode = error instanceof ValidateError ? 'EMU-ANSWER-INVALID' : 'EMU-HANDLER-ERROR';
    return { kind: 'refused', info: { errorCode, errorMessage: refusalCodes[errorCode].text }, error };
  }
}
