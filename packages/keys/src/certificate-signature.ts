/**
 * Whether one certificate signed another. RSA through node:crypto; other algorithms through the suites given.
 *
 * @see RFC 5280, section 4.1.1.2 "signatureAlgorithm"; RFC 4055, section 5 "PKCS #1 Version 1.5 Signature Algorithm"
 * @module
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';

import type { Algorithm, Certificate, SignatureSuite } from '@egov-gateway/core';

import { readAsn1 } from './asn1.ts';
import { Asn1Reader, readInteger, tags } from './asn1-values.ts';
import { certificateDetails } from './certificate.ts';
import { rsaBits } from './rsa-strength.ts';
import { refusal } from './trust-refusal.ts';
import type { AlgorithmIdentifier, CertificateFields } from './x509.ts';

/** Signature algorithms that are accepted. SHA-1 and everything older is not here. */
const signatureAlgorithms: ReadonlyMap<string, { readonly algorithm: Algorithm; readonly hash?: string }> =
  new Map([
    ['1.2.840.113549.1.1.11', { algorithm: 'rsa', hash: 'sha256' }],
    ['1.2.840.113549.1.1.12', { algorithm: 'rsa', hash: 'sha384' }],
    ['1.2.840.113549.1.1.13', { algorithm: 'rsa', hash: 'sha512' }],
    ['1.2.398.3.10.1.1.1.2', { algorithm: 'gost2004' }],
    ['1.2.398.3.10.1.1.2.3.1', { algorithm: 'gost2015-256' }],
    ['1.2.398.3.10.1.1.2.3.2', { algorithm: 'gost2015-512' }],
  ]);

/** Longest public exponent, octets. Usual ones have three. */
const maxExponentBytes = 8;

/** Importing a key costs more than verifying with it, and issuers are few. */
const importedKeys = new WeakMap<Certificate, KeyObject>();

/**
 * Whether `issuer` signed `certificate`.
 *
 * @throws {VerifyError} `ERR_VERIFY_CERTIFICATE` when the algorithm is not accepted or is named in two ways
 */
export async function isSignedBy(
  certificate: Certificate,
  issuer: Certificate,
  suites: readonly SignatureSuite[],
): Promise<boolean> {
  const fields = certificateDetails(certificate);
  const { algorithm, hash } = acceptedAlgorithm(fields);
  if (issuer.publicKey.algorithm !== algorithm) return false;
  if (hash !== undefined) {
    assertSoundKey(issuer, suites);
    return verify(hash, fields.signedBytes, importedKey(issuer), fields.signature);
  }
  const suite = suites.find((candidate) => candidate.algorithm === algorithm);
  if (suite === undefined) {
    throw refusal(
      'ERR_VERIFY_CERTIFICATE',
      `a certificate is signed with ${algorithm}: give its suite to check it`,
    );
  }
  return suite.verify(issuer.publicKey, fields.signedBytes, fields.signature);
}

/**
 * Refuses RSA keys that are too short to be trusted, or too long to be verified with in reasonable time, and other keys
 * that their suite does not take.
 *
 * @throws {VerifyError} `ERR_VERIFY_CERTIFICATE`
 */
export function assertSoundKey(certificate: Certificate, suites: readonly SignatureSuite[]): void {
  const { algorithm } = certificate.publicKey;
  if (algorithm !== 'rsa') {
    const suite = suites.find((candidate) => candidate.algorithm === algorithm);
    if (suite?.supports?.(certificate.publicKey) === false) {
      throw refusal('ERR_VERIFY_CERTIFICATE', `the ${algorithm} key of a certificate is not sound`);
    }
    return;
  }
  let bits = 0;
  let exponentBytes = 0;
  try {
    const numbers = new Asn1Reader(
      readAsn1(certificateDetails(certificate).publicKey.key),
      tags.sequence,
      'an RSA public key',
    );
    bits = bitLength(readInteger(numbers.take('modulus')));
    exponentBytes = readInteger(numbers.take('exponent')).length;
    numbers.end();
  } catch (cause) {
    throw refusal('ERR_VERIFY_CERTIFICATE', 'the RSA key of a certificate is malformed', cause);
  }
  if (bits < rsaBits.min || bits > rsaBits.max || exponentBytes > maxExponentBytes) {
    throw refusal(
      'ERR_VERIFY_CERTIFICATE',
      `the RSA key of a certificate has ${bits} bits or an odd exponent`,
    );
  }
}

function acceptedAlgorithm(fields: CertificateFields): { algorithm: Algorithm; hash?: string } {
  const { innerAlgorithm, outerAlgorithm } = fields;
  // The outer one is not signed: if it could differ, it would be an attacker's choice.
  if (Buffer.compare(innerAlgorithm.bytes, outerAlgorithm.bytes) !== 0) {
    throw refusal('ERR_VERIFY_CERTIFICATE', 'a certificate names two different signature algorithms');
  }
  const accepted = signatureAlgorithms.get(innerAlgorithm.oid);
  if (accepted === undefined || !hasNoParameters(innerAlgorithm)) {
    throw refusal(
      'ERR_VERIFY_CERTIFICATE',
      `a certificate is signed with ${innerAlgorithm.oid}, which is not accepted`,
    );
  }
  return accepted;
}

function hasNoParameters({ parameters }: AlgorithmIdentifier): boolean {
  return parameters === undefined || (parameters.length === 2 && parameters[0] === tags.nil);
}

function importedKey(certificate: Certificate): KeyObject {
  const known = importedKeys.get(certificate);
  if (known !== undefined) return known;
  try {
    const spki = Buffer.from(certificate.publicKey.spki);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    importedKeys.set(certificate, key);
    return key;
  } catch (cause) {
    throw refusal('ERR_VERIFY_CERTIFICATE', 'the RSA key of a certificate is malformed', cause);
  }
}

function bitLength(integer: Uint8Array): number {
  const hex = Buffer.from(integer).toString('hex').replace(/^0+/, '');
  return hex === '' ? 0 : (hex.length - 1) * 4 + Number.parseInt(hex.charAt(0), 16).toString(2).length;
}
