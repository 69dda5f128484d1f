/**
 * A detached signature for rehearsals, made with a key of nobody. TEST ONLY.
 *
 * @module
 */
import { createHash, createSign, X509Certificate } from 'node:crypto';

import type { SignatureKind, SignDetached } from '@egov-gateway/ekdo';
import { readAsn1 } from '@egov-gateway/keys';

import { ekdoSignerCertificatePem, ekdoSignerKeyPem } from '../test-party/ekdo-signer-pem.ts';

const oids = {
  data: '2a864886f70d010701',
  signedData: '2a864886f70d010702',
  contentType: '2a864886f70d010903',
  messageDigest: '2a864886f70d010904',
  sha256: '608648016503040201',
  rsaEncryption: '2a864886f70d010101',
} as const;

/**
 * Signs with RSA and SHA-256, and calls it what it is told to.
 *
 * @see RFC 5652, section 5 "Signed-data Content Type"; section 5.4: attributes are signed as a SET
 * @internal
 */
export function testSigner(kind: SignatureKind): SignDetached {
  const certificate = new X509Certificate(ekdoSignerCertificatePem);
  return async (document) => ({
    cms: signedData(document, certificate.raw),
    kind,
    certificate: new Uint8Array(certificate.raw),
  });
}

function signedData(document: Uint8Array, certificate: Buffer): Uint8Array {
  const digest = createHash('sha256').update(document).digest();
  // A SET is in the order of its encodings: the shorter attribute comes first.
  const attributes = [
    sequence(oid(oids.contentType), der(0x31, oid(oids.data))),
    sequence(oid(oids.messageDigest), der(0x31, der(0x04, digest))),
  ];
  const signature = createSign('sha256')
    .update(der(0x31, ...attributes))
    .sign(ekdoSignerKeyPem);
  const sha256 = sequence(oid(oids.sha256), der(0x05));
  const signerInfo = sequence(
    version,
    issuerAndSerial(certificate),
    sha256,
    der(0xa0, ...attributes),
    sequence(oid(oids.rsaEncryption), der(0x05)),
    der(0x04, signature),
  );
  const content = sequence(
    version,
    der(0x31, sha256),
    sequence(oid(oids.data)),
    der(0xa0, certificate),
    der(0x31, signerInfo),
  );
  return new Uint8Array(sequence(oid(oids.signedData), der(0xa0, content)));
}

const version = der(0x02, Buffer.of(1));

/** @see RFC 5280, section 4.1: version, serialNumber, signature, issuer */
function issuerAndSerial(certificate: Buffer): Buffer {
  const [, serialNumber, , issuer] = readAsn1(certificate).children[0]?.children ?? [];
  if (serialNumber === undefined || issuer === undefined)
    throw new TypeError('the certificate is no certificate');
  return sequence(Buffer.from(issuer.bytes), Buffer.from(serialNumber.bytes));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : length < 0x10000
          ? [0x82, length >> 8, length & 0xff]
          : [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
