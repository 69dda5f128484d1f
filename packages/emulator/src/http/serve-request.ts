/**
 * One HTTP request, from its first header to the last byte of its answer.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { type BodyRefusal, readBody } from '@egov-gateway/client/receiver';
import { asyncGatewayWsdl, syncWsdl } from '@egov-gateway/envelope';

import type { Endpoint } from '../endpoint.ts';
import type { Answered, Gateway } from '../gateway.ts';
import { type GatewayAnswer, plainAnswer } from '../gateway-answer.ts';
import type { OpenExchanges } from '../open-exchanges.ts';
import type { Arrival } from '../pipeline/arrival.ts';
import { resetConnection, transmit } from './transmit.ts';

/** What the requests of one server share. @internal */
export interface ServerContext {
  readonly gateway: Gateway;
  /** `http://127.0.0.1:12345`: for the address in the WSDL. */
  readonly origin: () => string;
  /** Kept-alive connections that are dropped when the next request comes on them. */
  readonly doomed: WeakSet<Socket>;
  /** Everything that is under way. */
  readonly open: OpenExchanges;
  /** What would never end by itself: ended as soon as the server is to close. */
  readonly hanging: OpenExchanges;
}

/** @internal */
export async function serveRequest(
  request: IncomingMessage,
  response: ServerResponse,
  context: ServerContext,
): Promise<void> {
  if (context.doomed.has(request.socket)) return resetConnection(request.socket);
  // A caller that hangs up is no error of the emulator's.
  response.on('error', () => undefined);
  const controller = context.open.begin();
  response.once('close', () => {
    context.open.end(controller);
    controller.abort(new Error('the caller hung up'));
  });
  const { gateway } = context;
  const url = requestUrl(request);
  const endpoint = gateway.endpoints.find(url?.pathname ?? '');
  const early = refuseEarly(request, endpoint, url, context);
  if (early !== undefined || endpoint === undefined) {
    return answerAndClose(request, response, early ?? plainAnswer(404, 'not found'), controller.signal);
  }

  const arrival = gateway.arrive(endpoint);
  if (arrival.misbehaviour?.name === 'reset-before-reading') {
    gateway.logFailure(arrival, { request: new Uint8Array() });
    return resetConnection(request.socket);
  }
  const body = await readBody(request, {
    maxBytes: gateway.maxRequestBytes,
    withinMs: Math.max(0, arrival.acceptLeftMs()),
    declaredBytes: Number(request.headers['content-length'] ?? 0),
  });
  if (typeof body === 'string') {
    const refused = await refuseBody(body, arrival, gateway);
    if (refused === undefined) return;
    return answerAndClose(request, response, refused, controller.signal);
  }
  const { answer, misbehaviour } = await gateway.answer(arrival, {
    body,
    contentType: request.headers['content-type'] ?? '',
    signal: controller.signal,
  });
  await deliver(response, { answer, misbehaviour }, controller, context);
}

async function deliver(
  response: ServerResponse,
  { answer, misbehaviour }: Answered,
  controller: AbortController,
  { doomed, hanging }: ServerContext,
): Promise<void> {
  if (misbehaviour?.name === 'close-idle-connection' && response.socket !== null) {
    doomed.add(response.socket);
  }
  if (misbehaviour?.name === 'never-answer' && !controller.signal.aborted) {
    const hung = hanging.begin();
    controller.signal.addEventListener('abort', () => {
      hanging.end(hung);
      hung.abort();
    });
    return transmit(response, answer, misbehaviour, hung.signal);
  }
  // A connection that outlives the listening socket would hold up the end.
  if (hanging.isClosed) response.shouldKeepAlive = false;
  await transmit(response, answer, misbehaviour, controller.signal);
}

/** The target of the request line; `null` when it is none, or names a proxy's. */
function requestUrl(request: IncomingMessage): URL | null {
  const base = 'http://emulator.invalid';
  const target = request.url ?? '/';
  return target.startsWith('/') && URL.canParse(target, base) ? new URL(target, base) : null;
}

/** Everything that is wrong before a body is read; and the WSDL, which has none. */
function refuseEarly(
  request: IncomingMessage,
  endpoint: Endpoint | undefined,
  url: URL | null,
  { gateway, origin }: ServerContext,
): GatewayAnswer | undefined {
  if (endpoint === undefined) {
    const paths = gateway.endpoints.all.map(({ path }) => path).join(', ');
    return plainAnswer(404, `no endpoint here; POST a SOAP envelope to one of: ${paths}`);
  }
  const isWsdl = [...(url?.searchParams.keys() ?? [])].some((name) => name.toLowerCase() === 'wsdl');
  const wsdl = endpoint.channel === 'async' ? asyncGatewayWsdl : syncWsdl;
  if (isWsdl && (request.method === 'GET' || request.method === 'HEAD')) {
    return {
      status: 200,
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body: Buffer.from(wsdl(origin() + endpoint.path)),
    };
  }
  if (request.method !== 'POST') {
    return plainAnswer(405, 'POST a SOAP envelope here, or GET the interface description with ?wsdl', {
      allow: 'POST, GET',
    });
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    return plainAnswer(415, 'send the envelope uncompressed');
  }
  return undefined;
}

async function refuseBody(
  refusal: BodyRefusal,
  arrival: Arrival,
  gateway: Gateway,
): Promise<GatewayAnswer | undefined> {
  switch (refusal) {
    case 'too-slow':
      return (await gateway.refuse(arrival, 'EMU-ACCEPT-TIMEOUT')).answer;
    case 'too-large':
      gateway.logFailure(arrival, { request: new Uint8Array(), httpStatus: 413 });
      return plainAnswer(413, `the request is larger than ${gateway.maxRequestBytes} bytes`);
    default:
      gateway.logFailure(arrival, { request: new Uint8Array() });
      return undefined;
  }
}

/** Answers without having read the request: the connection cannot be used again. */
async function answerAndClose(
  request: IncomingMessage,
  response: ServerResponse,
  answer: GatewayAnswer,
  signal: AbortSignal,
): Promise<void> {
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'];
  const headers = hasBody ? { ...answer.headers, connection: 'close' } : answer.headers;
  await transmit(response, { ...answer, headers }, undefined, signal);
}
