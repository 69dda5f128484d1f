import type { Certificate } from '@egov-gateway/core';

/** What a key of the national authority is for: signing documents and messages, or logging in. */
export type KeyPurpose = 'sign' | 'auth';

const purposeOids: Readonly<Record<KeyPurpose, string>> = {
  sign: '1.3.6.1.5.5.7.3.4',
  auth: '1.3.6.1.5.5.7.3.2',
};

/**
 * Whether a certificate is for this purpose, by its extended key usage: emailProtection marks signing keys of the
 * national authority, clientAuth its authentication keys. A certificate without that extension is for neither.
 */
export function hasPurpose(certificate: Certificate, purpose: KeyPurpose): boolean {
  return certificate.extendedKeyUsage?.includes(purposeOids[purpose]) ?? false;
}
