import { ValidateError, type ValidationIssue } from '@egov-gateway/core';

/**
 * The consent of a person (согласие субъекта персональных данных), as the service of access control (КДП) gives it: what
 * a register wants to see.
 */
export interface ConsentToken {
  /** Without white space. A secret. */
  readonly token: string;
  /** The public key that came with it, without white space. */
  readonly publicKey: string;
  /** From when on it is taken for expired, milliseconds since the epoch. Default: not known. */
  readonly expiresAtMs?: number | undefined;
}

/** Every white space is of the transport: tokens and keys arrive wrapped into lines. */
export function withoutWhiteSpace(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Far longer than any token or key that has been seen; a cache of thousands must not grow without bound. */
const maxLength = 65_536;

/**
 * What is wrong with a token or key, white space aside; `undefined` when nothing is. Its form is not published: only what
 * cannot be one is refused.
 */
export function tokenFault(text: string): { readonly rule: string; readonly message: string } | undefined {
  const bare = withoutWhiteSpace(text);
  if (bare.length > maxLength) {
    return { rule: 'max-length', message: `must have at most ${maxLength} characters` };
  }
  if (/[\p{Cc}\p{Cf}]/u.test(bare)) {
    return { rule: 'characters', message: 'must have no control characters and none that cannot be seen' };
  }
  return undefined;
}

/**
 * A consent that you kept, without the white space in it. `util.inspect` and `JSON.stringify` show only when it expires.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT`, rule `required`, when token or key is missing or blank; `max-length`,
 *   above 65 536 characters; `characters`, when it has control characters or invisible ones
 * @throws {TypeError} when `expiresAtMs` is no instant
 */
export function consentToken(fields: ConsentToken): ConsentToken {
  const { token, publicKey, expiresAtMs } = fields;
  const issues = [...faults('token', token), ...faults('publicKey', publicKey)];
  if (issues.length > 0) throw new ValidateError(issues);
  if (expiresAtMs !== undefined && !Number.isFinite(expiresAtMs)) {
    throw new TypeError('expiresAtMs must be milliseconds since the epoch');
  }
  return new GivenConsent(withoutWhiteSpace(token), withoutWhiteSpace(publicKey), expiresAtMs);
}

function faults(name: string, text: unknown): ValidationIssue[] {
  const path = `/${name}`;
  if (typeof text !== 'string' || withoutWhiteSpace(text) === '') {
    return [{ path, rule: 'required', message: 'is required; both came with the consent' }];
  }
  const fault = tokenFault(text);
  return fault === undefined ? [] : [{ path, ...fault }];
}

/** Getters of a class are neither printed nor enumerated nor written as JSON. */
class GivenConsent implements ConsentToken {
  readonly expiresAtMs: number | undefined;
  readonly #token: string;
  readonly #publicKey: string;

  constructor(token: string, publicKey: string, expiresAtMs: number | undefined) {
    this.#token = token;
    this.#publicKey = publicKey;
    this.expiresAtMs = expiresAtMs;
    Object.freeze(this);
  }

  get token(): string {
    return this.#token;
  }

  get publicKey(): string {
    return this.#publicKey;
  }
}
