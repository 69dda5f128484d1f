import { createHash, createSign, X509Certificate } from 'node:crypto';

import { derElement, fixtureText } from '@egov-gateway/testing';

import type { SignDetached } from '../src/signature/detached-signature.ts';
import type { SignatureKind } from '../src/signature/signature-kind.ts';

const certificate = new Uint8Array(new X509Certificate(fixtureText('keys/organisation.crt')).raw);
const privateKey = fixtureText('keys/organisation.key');

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const oid = (text: string): Uint8Array => derElement(0x06, hex(text));
const sequence = (...parts: readonly Uint8Array[]): Uint8Array => derElement(0x30, ...parts);
const version3 = derElement(0x02, [3]);
const sha256 = sequence(oid('608648016503040201'), derElement(0x05));
const data = oid('2a864886f70d010701');

/**
 * Signs with a test key, RSA and SHA-256, and names the signer by its key identifier. The key has the layout of the
 * Kazakh authority: it will do for УНЭП, not for УКЭП.
 *
 * @see RFC 5652, section 5
 */
export function testSigner(kind: SignatureKind = 'unep'): SignDetached {
  return async (document) => ({ cms: signedData(document), kind, certificate });
}

function signedData(document: Uint8Array): Uint8Array {
  const digest = createHash('sha256').update(document).digest();
  const attributes = [
    sequence(oid('2a864886f70d010903'), derElement(0x31, data)),
    sequence(oid('2a864886f70d010904'), derElement(0x31, derElement(0x04, digest))),
  ];
  const signature = createSign('sha256')
    .update(derElement(0x31, ...attributes))
    .sign(privateKey);
  const signer = sequence(
    version3,
    derElement(0x80, keyIdentifier()),
    sha256,
    derElement(0xa0, ...attributes),
    sequence(oid('2a864886f70d010101'), derElement(0x05)),
    derElement(0x04, signature),
  );
  const content = sequence(
    version3,
    derElement(0x31, sha256),
    sequence(data),
    derElement(0xa0, certificate),
    derElement(0x31, signer),
  );
  return sequence(oid('2a864886f70d010702'), derElement(0xa0, content));
}

/** What follows the OID of the extension: an OCTET STRING in an OCTET STRING, 20 octets in all test certificates. */
function keyIdentifier(): Uint8Array {
  const at = Buffer.from(certificate).indexOf(Buffer.from('0603551d0e04160414', 'hex'));
  return certificate.subarray(at + 9, at + 29);
}
