/** A transport that may speak plain HTTP, and one request over it. */
import type { IncomingMessage } from 'node:http';

import type { TransportResponse } from '@egov-gateway/core';

import { createTransport, type HttpTransport, type TransportOptions } from '../src/http/transport.ts';

export function open(options: TransportOptions = {}): HttpTransport {
  return createTransport({ allowInsecureHttp: true, ...options } as TransportOptions);
}

export function post(
  transport: HttpTransport,
  url: URL | string,
  signal?: AbortSignal,
): Promise<TransportResponse> {
  return transport.exchange({
    url: new URL(url),
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
    body: new TextEncoder().encode('<a/>'),
    signal: signal ?? new AbortController().signal,
  });
}

/** The body of a request, on the server. */
export async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
