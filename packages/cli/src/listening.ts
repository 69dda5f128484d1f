/** Servers of commands: their port, and what is said when it is taken. */
import type { Server } from 'node:http';

import { UsageError } from './usage-error.ts';

/** The port that `--port`, or another option, names; `undefined` when it was not given. */
export function readPort(text: string | undefined, option = 'port'): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new UsageError(`--${option} is a number from 0 to 65535`);
  return port;
}

/** Listens, and says where. @throws {UsageError} when the address cannot be had */
export async function bind(
  server: Server,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<URL> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error)));
    server.listen(port, host, resolve);
  });
  const bound = server.address();
  if (typeof bound !== 'object' || bound === null) throw new TypeError('the server has no address');
  const { port: boundPort, address, family } = bound;
  return new URL(`http://${family === 'IPv6' ? `[${address}]` : address}:${boundPort}/`);
}

/** The error of a server that cannot listen, in words; any other error as it is. */
export function listenError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'the port is taken: choose another with --port, or 0 for a free one',
    EACCES: 'the port needs more rights: choose one from 1024',
    EADDRNOTAVAIL: '--host is no address of this machine',
    ENOTFOUND: '--host is no address of this machine',
  };
  const reason = typeof code === 'string' ? reasons[code] : undefined;
  return reason === undefined ? error : new UsageError(reason, { cause: error });
}
