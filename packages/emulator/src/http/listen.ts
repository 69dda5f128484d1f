/**
 * The gateway on a socket.
 *
 * @module
 */
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

import type { Gateway } from '../gateway.ts';
import { OpenExchanges } from '../open-exchanges.ts';
import { serveRequest } from './serve-request.ts';
import { pause } from './transmit.ts';

/** TLS of a server. Everything is PEM. */
export interface ServerTlsOptions {
  /** Private key of the server. Default, together with `certificate`: the built-in TEST ONLY one for `localhost`. */
  readonly key?: string | Uint8Array | undefined;
  /** Certificate of the server, its chain behind it. */
  readonly certificate?: string | Uint8Array | undefined;
  /** Authorities of client certificates. When given, a client without such a certificate is not let in (mTLS). */
  readonly clientCa?: string | Uint8Array | undefined;
}

/** Where to listen. */
export interface ListenOptions {
  /** Default: 0, a free port. */
  readonly port?: number | undefined;
  /** Default: `127.0.0.1`. The emulator has well-known keys and passwords: think before you open it to a network. */
  readonly host?: string | undefined;
  /** Serves HTTPS. `true` is the built-in certificate. Default: plain HTTP. */
  readonly tls?: ServerTlsOptions | true | undefined;
  /** How long {@link EmulatorServer.close} lets exchanges finish, milliseconds. Default: 5000. */
  readonly closeWithinMs?: number | undefined;
}

/** A running server. */
export interface EmulatorServer {
  /** The first endpoint of the synchronous channel. The others are at {@link EmulatorServer.urlOf}. */
  readonly url: URL;
  /** The first endpoint of the asynchronous channel. @throws {TypeError} when there is none */
  readonly asyncUrl: URL;
  readonly port: number;
  /** The URL of an endpoint of this server by its path. */
  urlOf(path: string): URL;
  /** Stops listening, lets exchanges finish for a while, then cuts every connection. */
  close(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Key and certificate of the server, resolved. @internal */
export interface ServerTls {
  readonly key: string | Uint8Array;
  readonly cert: string | Uint8Array;
  readonly ca?: string | Uint8Array;
}

/**
 * Starts a server for a gateway.
 *
 * @throws {Error} of `node:net` when the address cannot be bound, of `node:tls` when key or certificate are unusable
 * @internal
 */
export async function listen(
  gateway: Gateway,
  options: ListenOptions,
  tls: ServerTls | undefined,
): Promise<EmulatorServer> {
  const { port = 0, host = '127.0.0.1', closeWithinMs = 5000 } = options;
  const open = new OpenExchanges();
  const hanging = new OpenExchanges();
  const scheme = tls === undefined ? 'http' : 'https';
  const limits = {
    // Bodies are timed by the gateway; this is for clients that never finish their headers.
    headersTimeout: 20_000,
    requestTimeout: 0,
    keepAliveTimeout: 5000,
  };
  const server: Server =
    tls === undefined
      ? createHttpServer(limits)
      : createHttpsServer({
          ...limits,
          key: asBuffer(tls.key),
          cert: asBuffer(tls.cert),
          minVersion: 'TLSv1.2',
          ...(tls.ca === undefined
            ? {}
            : { ca: asBuffer(tls.ca), requestCert: true, rejectUnauthorized: true }),
        });

  let origin = '';
  const doomed = new WeakSet<Socket>();
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => {
    const context = { gateway, origin: () => origin, doomed, open, hanging };
    serveRequest(request, response, context).catch(() => request.socket.destroy());
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: boundPort, address, family } = server.address() as AddressInfo;
  origin = `${scheme}://${urlHost(host, address, family)}:${boundPort}`;

  const shutDown = async (): Promise<void> => {
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    hanging.abortAll(new Error('the emulator is closing'));
    server.closeIdleConnections();
    const timer = new AbortController();
    await Promise.race([ended, pause(closeWithinMs, timer.signal)]);
    timer.abort();
    open.abortAll(new Error('the emulator is closed'));
    for (const socket of sockets) socket.destroy();
    await ended;
  };
  let shuttingDown: Promise<void> | undefined;
  const close = (): Promise<void> => {
    shuttingDown ??= shutDown();
    return shuttingDown;
  };
  const urlOf = (path: string): URL => {
    const endpoint = gateway.endpoints.find(path);
    if (endpoint === undefined) throw new TypeError('no endpoint has this path');
    return new URL(endpoint.path, origin);
  };
  const first = gateway.endpoints.first('sync');
  return {
    url: new URL(first?.path ?? '/', origin),
    get asyncUrl() {
      return urlOf(gateway.endpoints.first('async')?.path ?? '');
    },
    port: boundPort,
    urlOf,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function asBuffer(pem: string | Uint8Array): string | Buffer {
  return typeof pem === 'string' ? pem : Buffer.from(pem);
}

/** What a client on this machine calls the address; a wildcard is reached by loopback. */
function urlHost(host: string, address: string, family: string): string {
  if (address === '0.0.0.0' || address === '::') return 'localhost';
  if (host === 'localhost') return 'localhost';
  return family === 'IPv6' ? `[${address}]` : address;
}
