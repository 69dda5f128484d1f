/** Which of the two interfaces of the gateway an endpoint is. */
export type Channel = 'sync' | 'async';

/** One path of the gateway and what it asks of a message. */
export interface EndpointOptions {
  /** Path of the URL; a trailing slash makes no difference. */
  readonly path: string;
  /**
   * Whether a message without a transport signature is accepted. One that has a signature is verified all the same.
   * Then IIN/BIN of an unsigned message cannot be checked. Default: false.
   */
  readonly acceptUnsigned?: boolean | undefined;
  /** Whether answers and faults are signed. Default: the opposite of `acceptUnsigned`. */
  readonly signAnswers?: boolean | undefined;
}

/** An endpoint, complete. @internal */
export interface Endpoint {
  readonly path: string;
  readonly channel: Channel;
  readonly acceptUnsigned: boolean;
  readonly signAnswers: boolean;
}

/**
 * The endpoints of an emulator that is not told otherwise. The paths are those seen in public code: one with
 * WS-Security, one without. The name of the first says GOST; the algorithm is a matter of the suites all the same.
 */
export const defaultEndpoints: readonly EndpointOptions[] = [
  { path: '/bip-sync-wss-gost/' },
  { path: '/bip-sync/', acceptUnsigned: true },
];

/**
 * The endpoints of the asynchronous channel of an emulator that is not told otherwise. The first path is the emulator's
 * own: nobody has published the one with WS-Security. The second, without it, was seen in public code.
 */
export const defaultAsyncEndpoints: readonly EndpointOptions[] = [
  { path: '/emulator-async-wss/' },
  { path: '/bip-async/', acceptUnsigned: true },
];

/** Finds the endpoint of a path. @internal */
export class EndpointTable {
  /** Those of the synchronous channel first. */
  readonly all: readonly Endpoint[];
  readonly #byPath: ReadonlyMap<string, Endpoint>;

  /** @throws {TypeError} when there is no endpoint, a path is no path, or two are the same */
  constructor(options: readonly EndpointOptions[], asyncOptions: readonly EndpointOptions[] = []) {
    this.all = [
      ...options.map((one) => completed(one, 'sync')),
      ...asyncOptions.map((one) => completed(one, 'async')),
    ];
    this.#byPath = new Map(this.all.map((endpoint) => [bare(endpoint.path), endpoint]));
    if (options.length === 0)
      throw new TypeError('an emulator needs at least one endpoint of the synchronous channel');
    if (this.#byPath.size !== this.all.length) throw new TypeError('two endpoints have the same path');
  }

  /** The first endpoint of a channel. */
  first(channel: Channel): Endpoint | undefined {
    return this.all.find((endpoint) => endpoint.channel === channel);
  }

  find(path: string): Endpoint | undefined {
    return this.#byPath.get(bare(path));
  }
}

function completed(options: EndpointOptions, channel: Channel): Endpoint {
  const { path, acceptUnsigned = false, signAnswers = !acceptUnsigned } = options;
  if (!/^\/[^?#\s]*$/.test(path)) throw new TypeError('the path of an endpoint must begin with a slash');
  return { path, channel, acceptUnsigned, signAnswers };
}

function bare(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}
