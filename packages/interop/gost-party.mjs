import { readFileSync } from 'node:fs';

import { createGostSigner, createGostSuite, gostIdentifiers } from '@egov-gateway/gost';
import { parseCertificate, signatureSuites } from '@egov-gateway/keys';

export const gostAlgorithms = ['gost2004', 'gost2015-256', 'gost2015-512'];

/** All suites, with one of 2015-256 that signs, too: elsewhere it does so only when told to. */
export const signingSuites = [
  ...signatureSuites.filter(({ algorithm }) => algorithm !== 'gost2015-256'),
  createGostSuite({ algorithm: 'gost2015-256', allowUnprovenSigning: true }),
];

export const base64 = (bytes) => Buffer.from(bytes).toString('base64');

const derOf = (pem) => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');

/** Octets and content of the DER element at `at`. */
function element(der, at) {
  const first = der[at + 1];
  const lengthOctets = first < 0x80 ? 0 : first & 0x7f;
  const length =
    lengthOctets === 0 ? first : Number(`0x${der.toString('hex', at + 2, at + 2 + lengthOctets)}`);
  const start = at + 2 + lengthOctets;
  return { tag: der[at], content: der.subarray(start, start + length), end: start + length };
}

/** The private number of a PKCS#8 GOST key, little-endian: an INTEGER in 2004, an OCTET STRING in 2015. */
export function privateNumber(pkcs8, size) {
  const der = Buffer.from(pkcs8);
  const { content } = element(der, 0);
  const version = element(content, 0);
  const algorithm = element(content, version.end);
  const inner = element(element(content, algorithm.end).content, 0);
  const octets = Buffer.from(inner.content);
  const littleEndian = inner.tag === 0x02 ? octets.reverse() : octets;
  return Buffer.concat([littleEndian, Buffer.alloc(size)]).subarray(0, size);
}

/** A party of the test PKI with a GOST key: its certificate, the key that signs, and the number behind it. */
export function gostParty(key, algorithm, name) {
  const { size } = gostIdentifiers(algorithm);
  const certificatePem = readFileSync(key(`${algorithm}/${name}.crt`), 'latin1');
  const certificate = parseCertificate(Buffer.from(certificatePem));
  const pkcs8 = derOf(readFileSync(key(`${algorithm}/${name}.key`), 'latin1'));
  const number = privateNumber(pkcs8, size);
  const d = BigInt(`0x${Buffer.from(number).reverse().toString('hex')}`);
  const signer = createGostSigner({ algorithm, d, allowUnprovenSigning: true });
  if (!signer.matches(certificate.publicKey)) throw new Error(`${algorithm}/${name}: not a pair`);
  const signingKey = { algorithm, certificate, sign: (data) => signer.sign(data) };
  return { certificate, signingKey, number, pkcs8 };
}

/** Passes when `check` throws or rejects. */
export async function refused(check) {
  try {
    await check();
  } catch {
    return;
  }
  throw new Error('accepted what was changed');
}
