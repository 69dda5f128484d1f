/**
 * The portal on a socket.
 *
 * @module
 */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

import type { ListenOptions, ServerTls } from '../http/listen.ts';
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
  { port = 0, host = '127.0.0.1' }: ListenOptions,
  tls: ServerTls | undefined,
): Promise<EkdoPortalServer> {
  const server: Server =
    tls === undefined
      ? createHttpServer()
      : createHttpsServer({
          key: asBuffer(tls.key),
          cert: asBuffer(tls.cert),
          minVersion: 'TLSv1.2',
          ...(tls.ca === undefined
            ? {}
            : { ca: asBuffer(tls.ca), requestCert: true, rejectUnauthorized: true }),
        });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => {
    serve(exchanges, request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: boundPort } = server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const close = async (): Promise<void> => {
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await ended;
  };
  return {
    url: new URL(`${tls === undefined ? 'http' : 'https'}://${name}:${boundPort}/`),
    port: boundPort,
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

function asBuffer(pem: string | Uint8Array): string | Buffer {
  return typeof pem === 'string' ? pem : Buffer.from(pem);
}
