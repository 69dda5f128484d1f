/**
 * Servers on 127.0.0.1 with a free port, for tests of what happens on a wire. `await using` closes them.
 *
 * @module
 */
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as NetServer,
  type Socket,
} from 'node:net';

/** A running server. */
export interface Loopback extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:port/`, or `https://localhost:port/`. */
  readonly url: URL;
  /** Connections accepted so far. */
  connections(): number;
  /** Closes the server and breaks every connection. */
  close(): Promise<void>;
}

/** An HTTP server. */
export function serveHttp(listener: RequestListener): Promise<Loopback> {
  const server: Server = createHttpServer(listener);
  return listen(server, (port) => new URL(`http://127.0.0.1:${port}/`));
}

/** An HTTPS server. */
export function serveHttps(options: ServerOptions, listener: RequestListener): Promise<Loopback> {
  const server = createHttpsServer(options, listener);
  return listen(server, (port) => new URL(`https://localhost:${port}/`));
}

/** A TCP server that does with each connection as it likes. */
export function serveTcp(onConnection: (socket: Socket) => void): Promise<Loopback> {
  const server = createTcpServer(onConnection);
  return listen(server, (port) => new URL(`http://127.0.0.1:${port}/`));
}

/** A port of 127.0.0.1 at which nobody listens, for as long as nobody else takes it. */
export async function unusedPort(): Promise<number> {
  const server = await serveTcp(() => {});
  await server.close();
  return server.port;
}

async function listen(server: NetServer, urlOf: (port: number) => URL): Promise<Loopback> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    // Broken connections are what these tests are about.
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { port, url: urlOf(port), connections: () => connections, close, [Symbol.asyncDispose]: close };
}
