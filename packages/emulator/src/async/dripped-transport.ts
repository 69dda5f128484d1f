import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

import type { Transport, TransportRequest, TransportResponse } from '@egov-gateway/core';

import { pause } from '../http/transmit.ts';

/** How slowly. @internal */
export interface Drip {
  readonly chunkBytes: number;
  readonly intervalMs: number;
}

/**
 * Sends the body of a request in pieces. Over another transport, which takes bodies whole, the request is only as late
 * as the pieces would have made it.
 *
 * @internal
 */
export function drippedTransport(drip: Drip, whole: Transport | undefined): Transport {
  return {
    async exchange(request) {
      if (whole === undefined) return exchangeSlowly(request, drip);
      const pieces = Math.ceil(request.body.length / drip.chunkBytes);
      await pause((pieces - 1) * drip.intervalMs, request.signal);
      request.signal.throwIfAborted();
      return whole.exchange(request);
    },
  };
}

function exchangeSlowly(request: TransportRequest, drip: Drip): Promise<TransportResponse> {
  const { url, headers, body, signal } = request;
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(url, {
      method: 'POST',
      agent: false,
      signal,
      headers: { ...headers, 'content-length': body.length },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => resolve(collected(response)));
    void writeSlowly(outgoing, body, { ...drip, signal });
  });
}

async function writeSlowly(
  outgoing: ClientRequest,
  body: Uint8Array,
  { chunkBytes, intervalMs, signal }: Drip & { readonly signal: AbortSignal },
): Promise<void> {
  for (let at = 0; at < body.length && !outgoing.destroyed; at += chunkBytes) {
    outgoing.write(body.subarray(at, at + chunkBytes));
    if (at + chunkBytes < body.length) await pause(intervalMs, signal);
  }
  outgoing.end();
}

async function collected(response: IncomingMessage): Promise<TransportResponse> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response) chunks.push(chunk as Uint8Array);
  const entries = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(entries),
    body: Buffer.concat(chunks),
  };
}
