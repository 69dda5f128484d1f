import type { IncomingMessage, ServerResponse } from 'node:http';

import { serveNode } from './node-listener.ts';
import type { SoapEndpoint } from './soap-endpoint.ts';

/** What is used of a request of Express 5. */
export interface ExpressRequest extends IncomingMessage {
  /** What a body parser left. */
  readonly body?: unknown;
  readonly originalUrl?: string | undefined;
}

/**
 * A handler for Express 5: `app.all('/push', toExpressHandler(receiver))`, before any body parser, or behind
 * `express.raw({ type: () => true })`, whose bytes are the ones that came.
 *
 * Behind a parser that has made something else of the request its bytes are gone, and no signature can be checked:
 * every POST then ends in `next(error)` with a `TypeError` that says so.
 */
export function toExpressHandler(
  endpoint: SoapEndpoint,
): (request: ExpressRequest, response: ServerResponse, next: (error?: unknown) => void) => void {
  return (request, response, next) => {
    const target = request.originalUrl ?? request.url ?? '/';
    const { body } = request;
    if (!request.readableDidRead) return void serveNode(endpoint, request, response, target);
    if (body instanceof Uint8Array) return void serveNode(endpoint, request, response, target, body);
    next(
      new TypeError(
        'a body parser has read the request before the receiver, which needs its exact bytes; mount the receiver ' +
          'before express.json(), express.text() and the like, or behind express.raw({ type: () => true, inflate: false })',
      ),
    );
  };
}
