/**
 * A socket that listens, plain or with TLS, and every connection on it.
 *
 * @module
 */
import {
  createServer as createHttpServer,
  type RequestListener,
  type Server,
  type ServerOptions,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** Key and certificate of the server, resolved. @internal */
export interface ServerTls {
  readonly key: string | Uint8Array;
  readonly cert: string | Uint8Array;
  readonly ca?: string | Uint8Array;
}

/** @internal */
export interface OpenServer {
  readonly server: Server;
  readonly port: number;
  /** Scheme, host and port, as a client on this machine reaches it. */
  readonly origin: string;
  /** Ends every connection, whatever goes on there. */
  cut(): void;
}

/**
 * Listens.
 *
 * @throws {Error} of `node:net` when the address cannot be bound, of `node:tls` when key or certificate are unusable
 * @internal
 */
export async function openServer(
  onRequest: RequestListener,
  {
    port = 0,
    host = '127.0.0.1',
  }: { readonly port?: number | undefined; readonly host?: string | undefined },
  tls: ServerTls | undefined,
  limits: ServerOptions = {},
): Promise<OpenServer> {
  const server: Server =
    tls === undefined ? createHttpServer(limits) : createHttpsServer({ ...limits, ...tlsOptions(tls) });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', onRequest);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound = server.address() as AddressInfo;
  return {
    server,
    port: bound.port,
    origin: `${tls === undefined ? 'http' : 'https'}://${urlHost(host, bound)}:${bound.port}`,
    cut() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function tlsOptions({ key, cert, ca }: ServerTls) {
  return {
    key: asBuffer(key),
    cert: asBuffer(cert),
    minVersion: 'TLSv1.2' as const,
    ...(ca === undefined ? {} : { ca: asBuffer(ca), requestCert: true, rejectUnauthorized: true }),
  };
}

function asBuffer(pem: string | Uint8Array): string | Buffer {
  return typeof pem === 'string' ? pem : Buffer.from(pem);
}

/** What a client on this machine calls the address; a wildcard is reached by loopback. */
function urlHost(host: string, { address, family }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::' || host === 'localhost') return 'localhost';
  return family === 'IPv6' ? `[${address}]` : address;
}
