// For users.

export { parseCertificate, parseCertificates } from './certificate.ts';
