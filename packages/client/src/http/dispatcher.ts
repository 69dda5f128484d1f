/**
 * The connections: an undici Pool for each origin, straight or through a proxy.
 *
 * @module
 */
import { integerOption } from '@egov-gateway/core';
import { Agent, type Dispatcher, Pool, ProxyAgent } from 'undici';

import { type ClientCertificate, createTlsContext, type Pem } from './tls-material.ts';

/** An HTTP proxy between this system and the gateway. */
export interface ProxyOptions {
  /** `http://proxy.example:3128`; `https:` when the proxy itself speaks TLS. User and password may stand in it. */
  readonly url: string | URL;
  /** In the place of the one in the URL. */
  readonly username?: string | undefined;
  /** In the place of the one in the URL. */
  readonly password?: string | undefined;
  /** PEM roots for an `https:` proxy. Default: the roots of Node. */
  readonly ca?: Pem | readonly Pem[] | undefined;
  /** Ask for a tunnel (CONNECT) for plain http endpoints too. Default: false, the proxy gets the whole request. */
  readonly tunnelHttp?: boolean | undefined;
}

/** How connections are made. */
export interface ConnectionOptions {
  /** Connections to one origin; further exchanges wait for a free one. Default: 64. */
  readonly connections?: number | undefined;
  /** Time for TCP and TLS together, milliseconds, kept to within half a second. Default: 10 000. */
  readonly connectTimeoutMs?: number | undefined;
  /**
   * How long an idle connection is kept, milliseconds, unless the server names a time itself. Default: 4 000.
   * Longer than the server keeps it means more answers lost to the keep-alive race, each with delivery `unknown`.
   */
  readonly keepAliveTimeoutMs?: number | undefined;
  /** PEM roots to trust *instead of* the roots of Node. */
  readonly ca?: Pem | readonly Pem[] | undefined;
  /** Shown to servers that ask for one (mutual TLS). */
  readonly clientCertificate?: ClientCertificate | undefined;
  /** The name that the server's certificate must carry, when the endpoint is addressed by IP. Default: the host. */
  readonly serverName?: string | undefined;
  /** Proxy for all exchanges. Environment variables are not read. Default: none. */
  readonly proxy?: string | URL | ProxyOptions | undefined;
}

/**
 * An undici dispatcher made to these options.
 *
 * @throws {KeyError} when certificates or keys cannot be used
 * @throws {TypeError} when an option is out of range
 * @internal
 */
export function createDispatcher(options: ConnectionOptions): Dispatcher {
  const timeout = integerOption('connectTimeoutMs', options.connectTimeoutMs, 10_000);
  const pool = {
    connections: integerOption('connections', options.connections, 64),
    keepAliveTimeout: integerOption('keepAliveTimeoutMs', options.keepAliveTimeoutMs, 4_000),
  };
  const target = {
    timeout,
    secureContext: createTlsContext(options),
    // Said aloud, because NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise switch the check off unseen.
    rejectUnauthorized: true,
    ...(options.serverName !== undefined && { servername: options.serverName }),
  };
  const factory = (origin: string | URL, given: object) => new Pool(origin, { ...pool, ...given });
  if (options.proxy === undefined) return new Agent({ ...pool, factory, connect: target });

  const proxy = proxyOf(options.proxy);
  return new ProxyAgent({
    ...pool,
    factory,
    uri: proxy.uri,
    ...(proxy.token !== undefined && { token: proxy.token }),
    proxyTunnel: proxy.tunnelHttp,
    requestTls: target,
    proxyTls: { timeout, secureContext: createTlsContext({ ca: proxy.ca }), rejectUnauthorized: true },
    // The answer to CONNECT is part of connecting.
    clientFactory: (origin, given) => new Pool(origin, { ...pool, ...given, headersTimeout: timeout }),
  });
}

function proxyOf(given: string | URL | ProxyOptions): {
  readonly uri: string;
  readonly token: string | undefined;
  readonly ca: ProxyOptions['ca'];
  readonly tunnelHttp: boolean;
} {
  const options: ProxyOptions = typeof given === 'string' || given instanceof URL ? { url: given } : given;
  const url = parseUrl(options.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError('the proxy must be an http: or https: URL');
  }
  const username = options.username ?? decodeURIComponent(url.username);
  const password = options.password ?? decodeURIComponent(url.password);
  url.username = '';
  url.password = '';
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  return {
    uri: url.href,
    token: username === '' && password === '' ? undefined : `Basic ${credentials}`,
    ca: options.ca,
    tunnelHttp: options.tunnelHttp ?? false,
  };
}

function parseUrl(url: string | URL): URL {
  try {
    return new URL(url);
  } catch {
    // The URL's own error would repeat the text, and there may be a password in it.
    throw new TypeError('the proxy is not an absolute URL');
  }
}
