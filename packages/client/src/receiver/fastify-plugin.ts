import type { IncomingMessage, ServerResponse } from 'node:http';

import { serveNode } from './node-listener.ts';
import type { SoapEndpoint } from './soap-endpoint.ts';

/** What is used of an instance of Fastify 5. */
export interface FastifyScope {
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    contentType: string,
    parser: (request: never, payload: never, done: (error: Error | null, body?: unknown) => void) => void,
  ): unknown;
  all(
    path: string,
    handler: (
      request: { readonly raw: IncomingMessage },
      reply: { readonly raw: ServerResponse; hijack(): unknown },
    ) => unknown,
  ): unknown;
}

/**
 * A plugin for Fastify 5: `app.register(toFastifyPlugin(receiver), { prefix: '/push' })`.
 *
 * It is encapsulated: parsers of the rest of the application do not see its requests, which it leaves unread for the
 * endpoint, and the endpoint sends its answer itself, so that hooks `onSend` do not see it. Something that reads the
 * raw stream before, in a hook `onRequest` or `preParsing`, leaves nothing to verify: the handler then throws a `TypeError` that says so.
 */
export function toFastifyPlugin(
  endpoint: SoapEndpoint,
): (scope: FastifyScope, options: unknown, done: (error?: Error) => void) => void {
  return (scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    scope.all('/', async ({ raw: request }, reply) => {
      if (request.readableDidRead) {
        throw new TypeError(
          'a hook has read the request before the receiver, which needs its exact bytes; register the receiver in a ' +
            'scope without that hook',
        );
      }
      reply.hijack();
      await serveNode(endpoint, request, reply.raw, request.url ?? '/');
    });
    done();
  };
}
