/**
 * Endpoints on `node:http` and `node:https`.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { publishWorkerError } from '../worker-telemetry.ts';
import type { HttpAnswer, SoapEndpoint } from './soap-endpoint.ts';

/** Bytes of a refused request that are still read and thrown away, so that its sender gets to read why. */
const MAX_DISCARDED_BYTES = 16 * 1024 * 1024;
const MAX_DISCARDING_MS = 2000;

/**
 * A listener for `createServer` of `node:http` and `node:https`. Give the server its {@link serverTimeouts} too: senders
 * that never finish their headers are the server's to refuse.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 *
 * createServer(serverTimeouts(), toNodeListener(receiver)).listen(8080);
 * ```
 */
export function toNodeListener(
  endpoint: SoapEndpoint,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => void serveNode(endpoint, request, response, request.url ?? '/');
}

/**
 * Hands one request to an endpoint and sends the answer. Never rejects.
 *
 * @param body - the bytes, when somebody has read them already
 * @internal
 */
export async function serveNode(
  endpoint: SoapEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  target: string,
  body?: Uint8Array,
): Promise<void> {
  // A caller that hangs up is no error of ours.
  response.on('error', () => undefined);
  const gone = new AbortController();
  response.once('close', () => gone.abort(new Error('the caller hung up')));
  try {
    const answer = await endpoint.handle({
      method: request.method ?? '',
      target,
      headers: request.headers,
      body: body ?? request,
      origin: originOf(request),
      signal: gone.signal,
    });
    if (response.destroyed) return;
    if (answer.isRequestUnread && bringsBody(request)) return refuseUnread(request, response, answer);
    response.writeHead(answer.status, { 'content-length': answer.body.byteLength, ...answer.headers });
    response.end(answer.body);
  } catch (error) {
    // Nobody awaits this: a rejection would end the process.
    publishWorkerError('receiver', error);
    response.destroy();
  }
}

/**
 * Sends the whole answer at once, and closes the connection a moment later: closing it under a sender that is still
 * writing would take the answer from it.
 */
function refuseUnread(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): void {
  response.writeHead(answer.status, {
    'content-length': answer.body.byteLength,
    ...answer.headers,
    connection: 'close',
  });
  response.write(answer.body);
  let leftBytes = MAX_DISCARDED_BYTES;
  const finish = (): void => {
    clearTimeout(timer);
    request.off('data', onData).off('end', finish).off('close', finish);
    response.end();
  };
  const onData = (chunk: Uint8Array): void => {
    leftBytes -= chunk.byteLength;
    if (leftBytes <= 0) finish();
  };
  const timer = setTimeout(finish, MAX_DISCARDING_MS);
  timer.unref();
  request.on('data', onData).on('end', finish).on('close', finish);
  request.resume();
}

function bringsBody({ headers, complete }: IncomingMessage): boolean {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  return hasBody && !complete;
}

/** How the caller calls this server; nothing when its `Host` is no plain name. Only the WSDL that it asked for says it. */
function originOf({ headers, socket }: IncomingMessage): string | undefined {
  const host = headers.host ?? '';
  if (!/^(?:[\w.-]{1,255}|\[[0-9a-fA-F:.]{2,45}\])(?::\d{1,5})?$/.test(host)) return undefined;
  return `${'encrypted' in socket ? 'https' : 'http'}://${host}`;
}
