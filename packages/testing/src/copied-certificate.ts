import type { Certificate } from '@egov-gateway/core';

/** A certificate as a plain object with some fields changed. Spreading does not do: its fields are accessors. */
export function copiedCertificate(certificate: Certificate, changes: Partial<Certificate> = {}): Certificate {
  return {
    der: certificate.der,
    publicKey: certificate.publicKey,
    subject: certificate.subject,
    issuer: certificate.issuer,
    iin: certificate.iin,
    bin: certificate.bin,
    serialNumber: certificate.serialNumber,
    notBeforeMs: certificate.notBeforeMs,
    notAfterMs: certificate.notAfterMs,
    keyUsage: certificate.keyUsage,
    extendedKeyUsage: certificate.extendedKeyUsage,
    subjectKeyIdentifier: certificate.subjectKeyIdentifier,
    thumbprintSha256: certificate.thumbprintSha256,
    ...changes,
  };
}
