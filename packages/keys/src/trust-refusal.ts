import { type Certificate, VerifyError, type VerifyErrorCode } from '@egov-gateway/core';

import { hasPurpose, type KeyPurpose } from './key-purpose.ts';

/** A signer or one of its issuers that is not trusted. The message never names anybody. */
export function refusal(code: VerifyErrorCode, message: string, cause?: unknown): VerifyError {
  return new VerifyError(message, { code, cause });
}

/**
 * @throws {VerifyError} `ERR_VERIFY_CERTIFICATE_NOT_YET_VALID`, `ERR_VERIFY_CERTIFICATE_EXPIRED`
 * @see RFC 5280, section 4.1.2.5: both ends are inclusive
 */
export function assertValidAt(certificate: Certificate, atMs: number, what: string): void {
  if (!(atMs >= certificate.notBeforeMs)) {
    throw refusal(
      'ERR_VERIFY_CERTIFICATE_NOT_YET_VALID',
      `${what} is not valid yet: ${validity(certificate)}`,
    );
  }
  if (!(atMs <= certificate.notAfterMs)) {
    throw refusal('ERR_VERIFY_CERTIFICATE_EXPIRED', `${what} is no longer valid: ${validity(certificate)}`);
  }
}

/**
 * A signer's certificate without key usage may sign; one with it must name digitalSignature. A demanded purpose
 * must be in extended key usage.
 *
 * @throws {VerifyError} `ERR_VERIFY_SIGNER_PURPOSE`
 * @see RFC 5280, section 4.2.1.3
 */
export function assertMaySign(certificate: Certificate, purpose?: KeyPurpose): void {
  const usage = certificate.keyUsage;
  if (usage !== null && !usage.includes('digitalSignature')) {
    throw refusal('ERR_VERIFY_SIGNER_PURPOSE', 'the key usage of the signer does not allow signatures');
  }
  if (purpose !== undefined && !hasPurpose(certificate, purpose)) {
    throw refusal('ERR_VERIFY_SIGNER_PURPOSE', `the signer's certificate is not for the purpose ${purpose}`);
  }
}

/** @throws {TypeError} when the instant is no number: every comparison with it would be false */
export function assertInstant(atMs: number): void {
  if (!Number.isFinite(atMs)) throw new TypeError('atMs must be a finite number of milliseconds');
}

function validity({ notBeforeMs, notAfterMs }: Certificate): string {
  return `from ${new Date(notBeforeMs).toISOString()} to ${new Date(notAfterMs).toISOString()}`;
}
