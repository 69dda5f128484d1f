/**
 * The gateway on a socket.
 *
 * @module
 */
import type { Socket } from 'node:net';

import type { Gateway } from '../gateway.ts';
import { OpenExchanges } from '../open-exchanges.ts';
import { openServer, type ServerTls } from './open-server.ts';
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
  const { closeWithinMs = 5000 } = options;
  const open = new OpenExchanges();
  const hanging = new OpenExchanges();
  const doomed = new WeakSet<Socket>();
  const limits = {
    // Bodies are timed by the gateway; this is for clients that never finish their headers.
    headersTimeout: 20_000,
    requestTimeout: 0,
    keepAliveTimeout: 5000,
  };
  const { server, port, origin, cut } = await openServer(
    (request, response) => {
      const context = { gateway, origin: () => origin, doomed, open, hanging };
      serveRequest(request, response, context).catch(() => request.socket.destroy());
    },
    options,
    tls,
    limits,
  );

  const shutDown = async (): Promise<void> => {
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    hanging.abortAll(new Error('the emulator is closing'));
    server.closeIdleConnections();
    const timer = new AbortController();
    await Promise.race([ended, pause(closeWithinMs, timer.signal)]);
    timer.abort();
    open.abortAll(new Error('the emulator is closed'));
    cut();
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
    port,
    urlOf,
    close,
    [Symbol.asyncDispose]: close,
  };
}
