import { Readable } from 'node:stream';

import type { SoapEndpoint } from './soap-endpoint.ts';

/** The stream of the Fetch API, as Node.js types it. */
type WebStream = Parameters<typeof Readable.fromWeb>[0];

/**
 * A handler for servers that speak the Fetch API: `(Request) => Promise<Response>`.
 *
 * @example
 * ```ts
 * const handle = toFetchHandler(receiver);
 * const response = await handle(request);
 * ```
 */
export function toFetchHandler(endpoint: SoapEndpoint): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname, search, origin } = new URL(request.url);
    const stream = request.body === null ? new Uint8Array() : Readable.fromWeb(request.body as WebStream);
    const answer = await endpoint.handle({
      method: request.method,
      target: pathname + search,
      headers: Object.fromEntries(request.headers),
      body: stream,
      origin,
      signal: request.signal,
    });
    if (answer.isRequestUnread && stream instanceof Readable) stream.destroy();
    const body = request.method === 'HEAD' || answer.body.byteLength === 0 ? null : answer.body;
    return new Response(body, { status: answer.status, headers: answer.headers });
  };
}
