/**
 * Where requests go and the headers they go with, checked once.
 *
 * @module
 */
import { SendError } from '@egov-gateway/core';

/**
 * The address of a channel, as a URL of our own.
 *
 * @throws {TypeError} when it is not an absolute `https:` or `http:` URL, or contains credentials
 * @internal
 */
export function parseEndpoint(endpoint: string | URL): URL {
  if (endpoint === undefined) throw new TypeError('endpoint is missing: the address of the channel');
  let url: URL;
  try {
    url = new URL(endpoint);
  } catch {
    throw new TypeError('endpoint must be an absolute URL');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new TypeError('endpoint must be an https: URL, or http: inside a VPN');
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError(
      'endpoint must not contain a user or a password; give an authorization header instead',
    );
  }
  return url;
}

/**
 * The headers of every request. Made once: the same object goes out each time.
 *
 * @throws {TypeError} when a name or a value cannot stand in HTTP
 * @internal
 */
export function prepareHeaders(extra: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const headers: Record<string, string> = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };
  for (const [name, value] of Object.entries(extra)) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new TypeError('headers must have HTTP names and values of one line');
    }
    headers[name.toLowerCase()] = value;
  }
  return Object.freeze(headers);
}

/**
 * Refuses endpoints that are neither `https:` nor explicitly allowed `http:`.
 *
 * @throws {SendError} `ERR_SEND_INSECURE_URL`, delivery `not-sent`
 * @internal
 */
export function assertAllowedUrl(url: URL, allowInsecureHttp: boolean): void {
  if (url.protocol === 'https:' || (url.protocol === 'http:' && allowInsecureHttp)) return;
  throw new SendError(
    url.protocol === 'http:'
      ? 'the endpoint is plain http: anybody on the way reads the password and the data; use https, or inside a VPN ' +
          'that reaches to the gateway set allowInsecureHttp: true'
      : 'the endpoint must be an https: URL',
    { code: 'ERR_SEND_INSECURE_URL', delivery: 'not-sent' },
  );
}
