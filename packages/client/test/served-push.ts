/** Receivers that verify nothing, and servers that end with the test. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { fixedClock, type MessageJournal } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { asyncPush } from '@egov-gateway/testing';
import { acceptUnverified } from '@egov-gateway/wsse';
import { onTestFinished } from 'vitest';

import { toNodeListener } from '../src/receiver/node-listener.ts';
import { createPushReceiver, type PushReceiverOptions } from '../src/receiver/push-receiver.ts';
import type { ServedExchange } from '../src/receiver/served-exchange.ts';
import { serverTimeouts } from '../src/receiver/server-timeouts.ts';
import type { SoapEndpoint } from '../src/receiver/soap-endpoint.ts';

const atMs = Date.UTC(2027, 0, 12, 9);
export const soap = { 'content-type': 'text/xml; charset=utf-8' } as const;

/** A push of so much data. */
export const push = (messageId?: string, data?: string): Uint8Array =>
  asyncPush({ ...(messageId && { messageId }), ...(data && { data }) });

export function endpoint(options: Partial<PushReceiverOptions> = {}): {
  readonly receiver: SoapEndpoint;
  readonly journal: MessageJournal;
  readonly exchanges: readonly ServedExchange[];
} {
  const exchanges: ServedExchange[] = [];
  const journal = createMemoryJournal();
  const receiver = createPushReceiver({
    journal,
    verification: 'off',
    acceptUnverified,
    clock: fixedClock(atMs),
    onExchange: (exchange) => exchanges.push(exchange),
    ...options,
  } as PushReceiverOptions);
  return { receiver, journal, exchanges };
}

/** Closes something when the test ends. */
export function closing(close: () => Promise<unknown>): void {
  onTestFinished(async () => void (await close()));
}

/** Listens on a free port of the loopback interface until the test ends. */
export async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        for (const socket of sockets) socket.destroy();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server of `node:http` around a receiver; its address. */
export const nodeServer = (receiver: SoapEndpoint): Promise<string> =>
  listening(createServer(serverTimeouts(), toNodeListener(receiver)));
