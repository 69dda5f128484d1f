import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A form that came from nobody who was shown it. */
export class ForgedFormError extends Error {}

/**
 * Tokens against forms of other sites (CSRF): each browser gets a random cookie, each form the keyed hash of it. A real
 * application would also ask who is there.
 */
export class Sessions {
  readonly #secret = randomBytes(32);

  /** A fresh id, for a browser that has none. */
  newId(): string {
    return randomBytes(16).toString('hex');
  }

  /** Whether it is an id of ours, by its form. */
  isId(id: string | undefined): id is string {
    return id !== undefined && /^[0-9a-f]{32}$/.test(id);
  }

  tokenOf(id: string): string {
    return createHmac('sha256', this.#secret).update(id).digest('hex');
  }

  /** @throws {ForgedFormError} */
  assertToken(id: string | undefined, token: string): void {
    const expected = Buffer.from(this.tokenOf(id ?? ''));
    const given = Buffer.from(token);
    if (!this.isId(id) || given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new ForgedFormError('the form was not made for this browser');
    }
  }
}

/**
 * A cookie that pages cannot read and other sites do not send along with a form. Behind TLS, where this application is not, it
 * should have `Secure` and a name that begins with `__Host-` as well.
 */
export function cookieOf(
  name: string,
  value: string,
  { maxAgeS }: { readonly maxAgeS?: number } = {},
): string {
  // Lax, not Strict, or a link from a letter would begin another session, and the forms in other tabs would be nobody's.
  const attributes = [
    'Path=/',
    ...(maxAgeS === undefined ? [] : [`Max-Age=${maxAgeS}`]),
    'HttpOnly',
    'SameSite=Lax',
  ];
  return [`${name}=${value}`, ...attributes].join('; ');
}

/** Cookies of a request, by name. */
export function cookiesOf(header: string | undefined): ReadonlyMap<string, string> {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}
