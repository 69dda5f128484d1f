import type { HttpTransport } from '@egov-gateway/client';

/** A transport over HTTP that is made, and loaded, when it is needed: most emulators push nothing. @internal */
export function lazyTransport(): HttpTransport {
  let made: Promise<HttpTransport> | undefined;
  const close = async (): Promise<void> => (await made)?.close();
  return {
    exchange: async (request) => {
      made ??= load();
      return (await made).exchange(request);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function load(): Promise<HttpTransport> {
  const { createTransport } = await import('@egov-gateway/client');
  // Receivers under test are on this machine, or in a network of their owner's.
  return createTransport({ allowInsecureHttp: true });
}
