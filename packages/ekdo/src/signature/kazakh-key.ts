import type { Certificate } from '@egov-gateway/core';

import type { CmsSigner } from './cms-signed-data.ts';

/** The arc of Kazakhstan: its algorithms, key usages and policies lie below. */
const kazakhArc = '1.2.398.';
const countryName = '2.5.4.6';

/**
 * Whether a signature was made with a key of a Kazakh authority: the issuer of the certificate says `C=KZ`, or an
 * algorithm or a key usage has a name of Kazakhstan.
 */
export function isKazakh(certificate: Certificate | undefined, signer: CmsSigner | undefined): boolean {
  const oids = [signer?.digestOid, signer?.signatureOid, ...(certificate?.extendedKeyUsage ?? [])];
  if (oids.some((oid) => oid?.startsWith(kazakhArc))) return true;
  if (certificate === undefined) return false;
  const { algorithm } = certificate.publicKey;
  // Of the algorithms that this SDK has names for, all but RSA are the Kazakh ones.
  if (algorithm !== null && algorithm !== 'rsa') return true;
  // The issuer's country alone: a Kazakh company may well have a certificate of a Russian centre.
  return certificate.issuer.some(
    ({ type, value }) => type === countryName && value.trim().toUpperCase() === 'KZ',
  );
}
