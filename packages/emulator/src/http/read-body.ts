import type { IncomingMessage } from 'node:http';

/** Why a body could not be read. @internal */
export type BodyRefusal = 'too-large' | 'too-slow' | 'hung-up';

/**
 * The whole body of a request, or why there is none. The stream is left where it is: the caller closes the connection.
 *
 * @internal
 */
export function readBody(
  request: IncomingMessage,
  limits: { readonly maxBytes: number; readonly withinMs: number },
): Promise<Uint8Array | BodyRefusal> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limits.maxBytes) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const finish = (result: Uint8Array | BodyRefusal): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      // Whatever still comes must not fail for want of a listener.
      request.on('error', () => undefined);
      if (typeof result === 'string') request.pause();
      resolve(result);
    };
    const onData = (chunk: Uint8Array): void => {
      length += chunk.length;
      if (length > limits.maxBytes) finish('too-large');
      else chunks.push(chunk);
    };
    const onEnd = (): void => finish(Buffer.concat(chunks));
    const onClose = (): void => finish('hung-up');
    const timer = setTimeout(() => finish('too-slow'), Math.max(0, limits.withinMs));
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}
