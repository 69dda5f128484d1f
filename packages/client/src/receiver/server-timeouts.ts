import { integerOption } from '@egov-gateway/core';

/** What a server allows a connection before and after a request; the body is the endpoint's. */
export interface ServerLimits {
  /** From the connection, or the request before, to the end of the headers, milliseconds. Default: 10 000. */
  readonly headersTimeoutMs?: number | undefined;
  /** From the first byte of a request to its last one, milliseconds: behind the endpoint's own `bodyTimeoutMs`. Default: 90 000. */
  readonly requestTimeoutMs?: number | undefined;
  /** How long an idle connection is kept, milliseconds. Default: 5000. */
  readonly keepAliveTimeoutMs?: number | undefined;
  /** How often the times above are looked at, milliseconds. Default: 1000. */
  readonly checkingIntervalMs?: number | undefined;
  /** Size of all headers together. Default: 16 384. */
  readonly maxHeaderBytes?: number | undefined;
}

/** Options of `createServer` of `node:http` and `node:https`, by the names they have there. */
export interface ServerTimeouts {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly connectionsCheckingInterval: number;
  readonly maxHeaderSize: number;
}

/**
 * Options of `createServer` under which slow senders of headers lose their connection: Node.js answers 408 and closes.
 * Fastify takes them as its option `http`, with `requestTimeout` and `keepAliveTimeout` beside it.
 *
 * @throws {TypeError} when a limit is out of range
 */
export function serverTimeouts(limits: ServerLimits = {}): ServerTimeouts {
  const headersTimeout = integerOption('headersTimeoutMs', limits.headersTimeoutMs, 10_000);
  const requestTimeout = integerOption('requestTimeoutMs', limits.requestTimeoutMs, 90_000);
  if (headersTimeout > requestTimeout) {
    throw new TypeError('headersTimeoutMs must not be longer than requestTimeoutMs');
  }
  return {
    headersTimeout,
    requestTimeout,
    keepAliveTimeout: integerOption('keepAliveTimeoutMs', limits.keepAliveTimeoutMs, 5000),
    connectionsCheckingInterval: integerOption('checkingIntervalMs', limits.checkingIntervalMs, 1000),
    maxHeaderSize: integerOption('maxHeaderBytes', limits.maxHeaderBytes, 16 * 1024),
  };
}
