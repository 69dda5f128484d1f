// For users.

export { parseCertificate, parseCertificates } from './certificate.ts';
export { type CertificateChainOptions, certificateChain } from './certificate-chain.ts';
export {
  type CheckCertificateOptions,
  type CheckedCertificate,
  checkCertificate,
  isAuthority,
} from './check-certificate.ts';
export {
  type CertificateDescription,
  type CertificateRole,
  type CertificateRoles,
  certificateRoles,
  describeCertificate,
} from './describe-certificate.ts';
export type { ExpectedSigner } from './expected-signer.ts';
export { hasPurpose, type KeyPurpose } from './key-purpose.ts';
export { type LoadPemOptions, loadPem } from './load-pem.ts';
export { type LoadPkcs12Options, loadPkcs12 } from './load-pkcs12.ts';
export { type PinnedCertificatesOptions, pinnedCertificates } from './pinned-certificates.ts';
export type { Pkcs12Limits } from './pkcs12-limits.ts';
export type { PrivateKeyOptions } from './private-key.ts';
export { rsaSha1Suite, rsaSuite } from './rsa-suite.ts';
export type { KeyChoice } from './select-key.ts';
export { signatureSuites } from './signature-suites.ts';

// For libraries.

export { type Asn1Element, type Asn1Options, readAsn1 } from './asn1.ts';
export { Asn1Reader, readOctets, readOid, readTime, tags as asn1Tags } from './asn1-values.ts';
