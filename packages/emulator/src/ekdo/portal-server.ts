/**
 * The portal on a socket.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { ListenOptions } from '../http/listen.ts';
import { openServer, type ServerTls } from '../http/open-server.ts';
import { resetConnection } from '../http/transmit.ts';
import { PortalRefusal } from './portal-answer.ts';
import type { PortalExchanges } from './portal-exchange.ts';

/** A running server of a portal. */
export interface EkdoPortalServer {
  /** For `baseUrl` of `EkdoClient`. */
  readonly url: URL;
  readonly port: number;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Base64 in JSON makes a third more of the largest document. */
const maxRequestBytes = 32 * 1024 * 1024;

/** @internal */
export async function listenAsPortal(
  exchanges: PortalExchanges,
  options: ListenOptions,
  tls: ServerTls | undefined,
): Promise<EkdoPortalServer> {
  const { server, port, origin, cut } = await openServer(
    (request, response) => {
      serve(exchanges, request, response).catch(() => request.socket.destroy());
    },
    options,
    tls,
  );
  const close = async (): Promise<void> => {
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    cut();
    await ended;
  };
  return {
    url: new URL(origin),
    port,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function serve(
  exchanges: PortalExchanges,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const body = await readBody(request);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
  const { method = '', url = '/' } = request;
  const answer =
    body === undefined
      ? new PortalRefusal('EMU-TOO-LARGE', `a request has at most ${maxRequestBytes} bytes`).answer
      : await exchanges.answer({ method, target: url, headers, body }, gone.signal);
  if (answer === 'cut') return resetConnection(response.socket);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.byteLength });
  response.end(answer.body);
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.byteLength;
    // The rest is read and forgotten: a client that is still sending does not read.
    if (length <= maxRequestBytes) chunks.push(chunk);
  }
  return length > maxRequestBytes ? undefined : Buffer.concat(chunks);
}
