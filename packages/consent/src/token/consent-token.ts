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

/**
 * A consent that you kept, without the white space in it. `util.inspect` and `JSON.stringify` show only when it expires.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT`, rule `required`, when token or key is missing or blank
 * @throws {TypeError} when `expiresAtMs` is no instant
 */
export function consentToken(fields: ConsentToken): ConsentToken {
  const { token, publicKey, expiresAtMs } = fields;
  const issues = [...missing('token', token), ...missing('publicKey', publicKey)];
  if (issues.length > 0) throw new ValidateError(issues);
  if (expiresAtMs !== undefined && !Number.isFinite(expiresAtMs)) {
    throw new TypeError('expiresAtMs must be milliseconds since the epoch');
  }
  return new GivenConsent(withoutWhiteSpace(token), withoutWhiteSpace(publicKey), expiresAtMs);
}

function missing(name: string, text: unknown): ValidationIssue[] {
  if (typeof text === 'string' && withoutWhiteSpace(text) !== '') return [];
  return [{ path: `/${name}`, rule: 'required', message: 'is required; both came with the consent' }];
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
