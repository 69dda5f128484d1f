/**
 * HTTP(S) over undici, as the port `Transport`.
 *
 * @module
 */
import {
  integerOption,
  SendError,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '@egov-gateway/core';
import type { Dispatcher } from 'undici';

import { assertAllowedUrl } from '../exchange/endpoint.ts';
import { type ConnectionOptions, createDispatcher } from './dispatcher.ts';
import { exchangeOver } from './http-exchange.ts';

/** What every transport may be told. */
export interface ExchangeLimits {
  /**
   * Allows `http:` endpoints. The message then travels readable, password included: only inside a VPN that reaches
   * to the gateway. Loopback is no exception. Default: false.
   */
  readonly allowInsecureHttp?: boolean | undefined;
  /** From the request sent to the first header of the answer, milliseconds, kept to within half a second. Default: 60 000. */
  readonly headersTimeoutMs?: number | undefined;
  /** The longest silence within the answer, milliseconds, kept to within half a second. Default: 30 000. */
  readonly bodyTimeoutMs?: number | undefined;
  /** Size of an answer, counted both on the wire and decompressed. Default: 67 108 864 (64 MiB). */
  readonly maxResponseBytes?: number | undefined;
}

/** Options of {@link createTransport}: either how to connect, or a dispatcher that knows. */
export type TransportOptions = ExchangeLimits &
  (
    | (ConnectionOptions & { readonly dispatcher?: undefined })
    | ({ readonly [Name in keyof ConnectionOptions]?: undefined } & {
        /** An undici dispatcher to use as it is: a MockAgent in tests, an Agent with interceptors. It stays yours to close. */
        readonly dispatcher: Dispatcher;
      })
  );

/** A {@link Transport} over HTTP that holds connections. */
export interface HttpTransport extends Transport {
  /** Lets running exchanges finish, closes all connections, refuses new exchanges with `ERR_SEND_CLOSED`. */
  close(): Promise<void>;
  /** The same as {@link HttpTransport.close}: for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A transport over undici with a keep-alive pool for each origin. Redirects are never followed, environment
 * variables are never read, and the certificate check cannot be switched off.
 *
 * @throws {KeyError} `ERR_KEY_CERTIFICATE`, `ERR_KEY_PASSWORD`, `ERR_KEY_MISMATCH`, `ERR_KEY_UNSUPPORTED`,
 *   `ERR_KEY_FORMAT` when `ca` or `clientCertificate` cannot be used
 * @throws {TypeError} when an option is out of range, or `dispatcher` is combined with connection options
 *
 * @example
 * ```ts
 * import { createTransport } from '@egov-gateway/client';
 *
 * const transport = createTransport({ connections: 8, maxResponseBytes: 8 * 1024 * 1024 });
 * // … new SyncClient({ transport, … })
 * await transport.close();
 * ```
 */
export function createTransport(options: TransportOptions = {}): HttpTransport {
  return new UndiciTransport(options);
}

const connectionOptionNames: readonly (keyof ConnectionOptions)[] = [
  'connections',
  'connectTimeoutMs',
  'keepAliveTimeoutMs',
  'ca',
  'clientCertificate',
  'serverName',
  'proxy',
];

/**
 * Every option of a transport, but `allowInsecureHttp`, which is one of the client too.
 *
 * @internal
 */
export const transportOptionNames: readonly (
  | keyof ConnectionOptions
  | keyof ExchangeLimits
  | 'dispatcher'
)[] = [...connectionOptionNames, 'headersTimeoutMs', 'bodyTimeoutMs', 'maxResponseBytes', 'dispatcher'];

class UndiciTransport implements HttpTransport {
  readonly #dispatcher: Dispatcher;
  readonly #ownDispatcher: boolean;
  readonly #allowInsecureHttp: boolean;
  readonly #headersTimeout: number;
  readonly #bodyTimeout: number;
  readonly #maxResponseBytes: number;
  #closing: Promise<void> | undefined;

  constructor(options: TransportOptions) {
    this.#allowInsecureHttp = options.allowInsecureHttp === true;
    this.#headersTimeout = integerOption('headersTimeoutMs', options.headersTimeoutMs, 60_000);
    this.#bodyTimeout = integerOption('bodyTimeoutMs', options.bodyTimeoutMs, 30_000);
    this.#maxResponseBytes = integerOption('maxResponseBytes', options.maxResponseBytes, 64 * 1024 * 1024);
    this.#ownDispatcher = options.dispatcher === undefined;
    if (options.dispatcher === undefined) {
      this.#dispatcher = createDispatcher(options);
      return;
    }
    const superfluous = connectionOptionNames.filter((name) => options[name] !== undefined);
    if (superfluous.length > 0) {
      throw new TypeError(
        `${superfluous.join(', ')}: with a dispatcher of your own, set this on the dispatcher`,
      );
    }
    this.#dispatcher = options.dispatcher;
  }

  async exchange(request: TransportRequest): Promise<TransportResponse> {
    const { method = 'POST', url, headers, body, signal } = request;
    if (method === 'GET' && body.byteLength > 0) throw new TypeError('a GET has no body');
    signal.throwIfAborted();
    assertAllowedUrl(url, this.#allowInsecureHttp);
    if (this.#closing !== undefined) {
      throw new SendError('the transport is closed; create another one', {
        code: 'ERR_SEND_CLOSED',
        delivery: 'not-sent',
      });
    }
    return exchangeOver(
      this.#dispatcher,
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers: { 'accept-encoding': 'gzip', ...headers },
        // A view, not a copy. Matchers of a MockAgent see text in a Buffer, and numbers in a Uint8Array.
        body: method === 'GET' ? null : Buffer.from(body.buffer, body.byteOffset, body.byteLength),
        headersTimeout: this.#headersTimeout,
        bodyTimeout: this.#bodyTimeout,
      },
      {
        signal,
        maxResponseBytes: this.#maxResponseBytes,
        ownDispatcher: this.#ownDispatcher,
      },
    );
  }

  close(): Promise<void> {
    this.#closing ??= this.#ownDispatcher ? this.#dispatcher.close() : Promise.resolve();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
