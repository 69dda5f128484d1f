/**
 * Where requests go: one portal, below one path, and nowhere else.
 *
 * @module
 */
import { SendError } from '@egov-gateway/core';

/**
 * The address of the portal.
 *
 * @throws {TypeError} when it is no absolute URL, or has a user, a password, a query or a fragment
 * @throws {SendError} `ERR_SEND_INSECURE_URL` when it is plain http and that is not allowed
 * @internal
 */
export function portalAddress(baseUrl: string | URL | undefined, allowInsecureHttp: boolean): URL {
  if (baseUrl === undefined) {
    throw new TypeError('baseUrl is missing: ask the support of the portal for the address of its API');
  }
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw new TypeError('baseUrl must be an absolute URL');
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('baseUrl must not contain a user or a password; they belong into credentials');
  }
  if (url.search !== '' || url.hash !== '') throw new TypeError('baseUrl must have no query and no fragment');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && allowInsecureHttp)) return url;
  throw new SendError(
    url.protocol === 'http:'
      ? 'baseUrl is plain http: anybody on the way reads the password and the documents; use https, or inside a VPN ' +
          'set allowInsecureHttp: true'
      : 'baseUrl must be an https: URL',
    { code: 'ERR_SEND_INSECURE_URL', delivery: 'not-sent' },
  );
}

/**
 * The URL of a route.
 *
 * @throws {TypeError} when the route leads out of the portal's path, or is not written as it would be sent
 * @internal
 */
export function routeUrl(base: URL, route: string, name: string): URL {
  if (typeof route !== 'string' || !route.startsWith('/')) {
    throw new TypeError(`the route ${name} must be a path that begins with /`);
  }
  const [path = '', ...query] = route.split('?');
  const prefix = base.pathname.replace(/\/+$/, '');
  const url = new URL(base);
  url.pathname = prefix + path;
  // A URL resolves `..`, `%2e%2e` and `\` by itself: what it changes is not what was meant.
  if (url.pathname !== prefix + path || /[#\s\\]/.test(route) || path.includes('//')) {
    throw new TypeError(
      `the route ${name} must be a plain path: no .., \\, // or #, and everything else percent-encoded`,
    );
  }
  url.search = query.join('?');
  return url;
}
