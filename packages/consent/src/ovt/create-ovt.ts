import {
  assertOptions,
  type Clock,
  integerOption,
  SignError,
  type SigningKey,
  systemClock,
  ValidateError,
} from '@egov-gateway/core';
import { bin as binSchema, type IdentityMode } from '@egov-gateway/payload';

import { encodeBase64url } from './base64url.ts';

/** What goes into a JWT of the company. */
export interface OvtOptions {
  /**
   * RSA key of the company: the algorithm is RS256. Which key КДП knows the company by is not published; ask its owner.
   */
  readonly key: SigningKey;
  /** BIN (БИН) of the company, `cbin`. When the certificate names one, it has to be this one. */
  readonly bin: string;
  /** `mcheck`; `Bio` is the only value that has been seen. Default: `Bio`. */
  readonly mcheck?: string | undefined;
  /** From `iat` to `exp`, milliseconds, rounded up to seconds. What КДП allows is not published. Default: 300 000. */
  readonly lifetimeMs?: number | undefined;
  /** Fields of the header beside `alg` and `typ`, such as `kid`; no `crit`. Default: none; nobody has published what КДП wants there. */
  readonly header?: Readonly<Record<string, string>> | undefined;
  /** How much of the BIN is checked. Default: `strict`. */
  readonly identity?: IdentityMode | undefined;
  /** Source of `iat`. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
}

const optionNames = Object.keys({
  key: true,
  bin: true,
  mcheck: true,
  lifetimeMs: true,
  header: true,
  identity: true,
  clock: true,
} satisfies Record<keyof OvtOptions, true>);

/**
 * The `ovt` of a request for consent: a JWT with `cbin`, `mcheck`, `iat` and `exp`, signed with the key of the company.
 * A secret while it counts: whoever has it asks in the name of the company.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` when the BIN is none (`bin`), or not that of the certificate
 *   (`signer-mismatch`)
 * @throws {SignError} `ERR_SIGN_ALGORITHM` when the key is no RSA key, `ERR_SIGN_CERTIFICATE_EXPIRED`,
 *   `ERR_SIGN_CERTIFICATE_NOT_YET_VALID`, `ERR_SIGN_KEY` when the key refuses
 * @throws {TypeError} when an option is unknown or has no meaning
 * @see RFC 7519, 4.1; RFC 7515, 7.1 "JWS Compact Serialization"; RFC 7518, 3.3 "RS256"
 * @example
 * ```ts
 * const ovt = await createOvt({ key, bin: '991340000017' });
 * ```
 */
export async function createOvt(options: OvtOptions): Promise<string> {
  assertOptions('createOvt', options, optionNames);
  const { key, bin, mcheck = 'Bio', header = {}, clock = systemClock } = options;
  const lifetimeMs = integerOption('lifetimeMs', options.lifetimeMs, 300_000);
  for (const name of ['alg', 'typ', 'crit']) {
    if (Object.hasOwn(header, name)) {
      throw new TypeError('the header has alg RS256, typ JWT and no crit; those are not yours to set');
    }
  }
  checkBin(options);
  const atMs = clock.now();
  checkKey(key, atMs);

  const issuedAt = Math.floor(atMs / 1000);
  const claims = { cbin: bin, mcheck, iat: issuedAt, exp: issuedAt + Math.ceil(lifetimeMs / 1000) };
  const input = `${encodeJson({ alg: 'RS256', typ: 'JWT', ...header })}.${encodeJson(claims)}`;
  const signature = await key.sign(new TextEncoder().encode(input));
  if (!(signature instanceof Uint8Array) || signature.length === 0) {
    throw new SignError('the key gave no signature', { code: 'ERR_SIGN_KEY' });
  }
  return `${input}.${encodeBase64url(signature)}`;
}

function checkBin({ bin, identity = 'strict', key }: OvtOptions): void {
  const issue = !binSchema({ mode: identity }).safeParse(bin).success
    ? {
        path: '/cbin',
        rule: 'bin',
        message: 'must be the BIN of the company, 12 digits with the right control digit',
      }
    : key.certificate.bin !== null && key.certificate.bin !== bin
      ? {
          path: '/cbin',
          rule: 'signer-mismatch',
          message:
            'must be the BIN in the certificate of the key; take the key of this company, or correct the BIN',
        }
      : undefined;
  if (issue !== undefined) throw new ValidateError([issue]);
}

function checkKey({ algorithm, certificate }: SigningKey, atMs: number): void {
  if (algorithm !== 'rsa') {
    throw new SignError(
      `the ovt is signed with RS256 and needs an RSA key, this one is ${algorithm}; ask the owner of КДП which key it knows the company by`,
      { code: 'ERR_SIGN_ALGORITHM' },
    );
  }
  if (!(atMs <= certificate.notAfterMs)) {
    const message = 'the certificate of the key has expired; renew it, or check the clock';
    throw new SignError(message, { code: 'ERR_SIGN_CERTIFICATE_EXPIRED' });
  }
  if (!(atMs >= certificate.notBeforeMs)) {
    const message = 'the certificate of the key is not valid yet; wait, or check the clock';
    throw new SignError(message, { code: 'ERR_SIGN_CERTIFICATE_NOT_YET_VALID' });
  }
}

function encodeJson(value: object): string {
  return encodeBase64url(new TextEncoder().encode(JSON.stringify(value)));
}
