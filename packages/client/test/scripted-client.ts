import {
  type AsyncService,
  type EnvelopeVerifier,
  fixedClock,
  GatewayError,
  SendError,
  type TransportRequest,
  type TransportResponse,
  type UnverifiedBody,
} from '@egov-gateway/core';
import { asUnverified } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { expect } from 'vitest';

import { AsyncClient } from '../src/async/async-client.ts';
import type { AsyncClientOptions } from '../src/async/async-client-options.ts';
import { text, verifier } from './ping-service.ts';

export { text };

/** A service of plain text. */
export const ping: AsyncService<string, string> = { id: 'PING', request: text, response: text };
/** Lets unsigned faults through unverified, as the real one does. */
export const unsignedFaults: EnvelopeVerifier = {
  verify: async (envelope) => asUnverified(parseXml(envelope).root),
};
/** What the clock of the client says. */
export const now: number = Date.UTC(2026, 0, 13, 5);

/** What a transport does once. */
export type Turn = Uint8Array | Error | TransportResponse;

/** A client, what it sent, and the Body of the first request. */
export interface ScriptedClient {
  readonly client: AsyncClient;
  readonly requests: readonly TransportRequest[];
  body(): UnverifiedBody;
}

/** A client whose transport does these things one after another, the last one again and again. */
export function scripted(
  turns: Turn | readonly Turn[],
  options: Partial<AsyncClientOptions> = {},
): ScriptedClient {
  const script = Array.isArray(turns) ? turns : [turns];
  const requests: TransportRequest[] = [];
  const client = new AsyncClient({
    endpoint: 'https://gateway.invalid/async/',
    sender: { id: 'system', password: 'pass-of-sender' },
    signer: { sign: async (envelope) => envelope },
    verifier,
    transport: {
      exchange: async (request) => {
        requests.push(request);
        const turn: Turn = script[Math.min(requests.length, script.length) - 1];
        if (turn instanceof Error) throw turn;
        return turn instanceof Uint8Array
          ? { status: 200, headers: { 'content-type': 'text/xml' }, body: turn }
          : turn;
      },
    },
    clock: fixedClock(now),
    retryDelayMs: 0,
    ...options,
  });
  return { client, requests, body: () => asUnverified(parseXml(requests[0]?.body ?? new Uint8Array()).root) };
}

/** An exchange that broke. */
export function sendError(delivery: 'not-sent' | 'unknown'): SendError {
  const code = delivery === 'not-sent' ? 'ERR_SEND_CONNECT' : 'ERR_SEND_NETWORK';
  return new SendError('mock', { code, delivery });
}

/** The error of the SDK that a promise rejects with; any other is thrown. */
export async function thrownBy(outcome: Promise<unknown>): Promise<GatewayError> {
  const error = await outcome.then(
    () => expect.unreachable('expected a rejection'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof GatewayError)) throw error;
  return error;
}
