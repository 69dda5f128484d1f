import { verify } from 'node:crypto';

import { parseOvt } from '@egov-gateway/consent';
import type { Certificate } from '@egov-gateway/core';

/** Clocks differ. */
const skewMs = 60_000;

/**
 * What is wrong with the JWT of a company, or `undefined`. What the real service checks is not published.
 *
 * @param companyBin - `company_bin` of the request
 * @param certificates - whose keys may have signed it; only RSA ones can
 * @see RFC 7519, 7.2 "Validating a JWT"
 * @internal
 */
export function ovtFault(
  ovt: string,
  companyBin: string,
  options: { readonly certificates: readonly Certificate[]; readonly atMs: number },
): string | undefined {
  const { certificates, atMs } = options;
  let parsed: ReturnType<typeof parseOvt>;
  try {
    parsed = parseOvt(ovt);
  } catch {
    return 'the ovt is no JWT';
  }
  const { header, claims, signingInput, signature } = parsed;
  if (header['alg'] !== 'RS256') return 'the ovt is not signed with RS256';
  // Whoever does not know what a header calls critical has to refuse it: RFC 7515, 4.1.11.
  if ('crit' in header) return 'the ovt has a critical header that nobody knows';
  const keys = certificates.filter(({ publicKey }) => publicKey.algorithm === 'rsa');
  const isSigned = keys.some(({ publicKey }) => {
    const key = { key: Buffer.from(publicKey.spki), format: 'der', type: 'spki' } as const;
    return verify('sha256', signingInput, key, signature);
  });
  if (!isSigned) return 'the ovt is not signed by a key that is registered for the company';
  if (claims['cbin'] !== companyBin) return 'the ovt is of another company';
  const issuedMs = instantMs(claims['iat']);
  const expiresMs = instantMs(claims['exp']);
  if (!(issuedMs <= atMs + skewMs)) return 'the ovt is of a time to come, or says no time';
  return atMs < expiresMs ? undefined : 'the ovt has expired, or says no time';
}

/** A NumericDate is a number; text, an empty one above all, must not pass for 1970. @see RFC 7519, 2 */
function instantMs(claim: unknown): number {
  return typeof claim === 'number' ? claim * 1000 : Number.NaN;
}
