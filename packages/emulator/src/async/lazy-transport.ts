import { createTransport, type HttpTransport } from '@egov-gateway/client';

/** A transport over HTTP that is made when it is needed: most emulators push nothing. @internal */
export function lazyTransport(): HttpTransport {
  let made: HttpTransport | undefined;
  const transport = (): HttpTransport => {
    // Receivers under test are on this machine, or in a network of their owner's.
    made ??= createTransport({ allowInsecureHttp: true });
    return made;
  };
  const close = async (): Promise<void> => made?.close();
  return { exchange: (request) => transport().exchange(request), close, [Symbol.asyncDispose]: close };
}
