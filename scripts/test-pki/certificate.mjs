/** Writes X.509 v3 certificates in the layout of the national certification authority. */
import { createHash, createPublicKey, sign } from 'node:crypto';

import * as der from './der.mjs';

export const attributeTypes = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  serialNumber: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  GN: '2.5.4.42',
  E: '1.2.840.113549.1.9.1',
};

export const purposes = {
  sign: '1.3.6.1.5.5.7.3.4',
  auth: '1.3.6.1.5.5.7.3.2',
  tlsServer: '1.3.6.1.5.5.7.3.1',
  tlsClient: '1.3.6.1.5.5.7.3.2',
  person: '1.2.398.3.3.4.1.1',
  organisation: '1.2.398.3.3.4.1.2',
  chief: '1.2.398.3.3.4.1.2.1',
  employee: '1.2.398.3.3.4.1.2.5',
};

const usageBits = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

const signatureOids = { sha256: '1.2.840.113549.1.1.11', sha1: '1.2.840.113549.1.1.5' };

/** SubjectPublicKeyInfo of a private key, DER. */
export const spkiOf = (privateKey) =>
  privateKey.spki ?? createPublicKey(privateKey).export({ type: 'spki', format: 'der' });

/** What the BIT STRING of a GOST key holds: an OCTET STRING with both coordinates. */
const gostPublicBits = ({ spki, size }) => spki.subarray(-2 * size - (size === 64 ? 3 : 2));

/** SHA-1 of the content of the BIT STRING. @see RFC 5280, 4.2.1.2, method (1) */
export function keyIdentifier(privateKey) {
  const bits =
    privateKey.spki === undefined
      ? createPublicKey(privateKey).export({ type: 'pkcs1', format: 'der' })
      : gostPublicBits(privateKey);
  return createHash('sha1').update(bits).digest();
}

/** A Name, one attribute an RDN. `encodings` replaces UTF8String for some types. */
export function name(attributes, encodings = {}) {
  return der.sequence(
    ...attributes.map(([type, value]) => {
      const encode = encodings[type] ?? (type === 'C' ? der.printableString : der.utf8String);
      return der.setOf(der.sequence(der.oid(attributeTypes[type]), encode(value)));
    }),
  );
}

function namedBits(names) {
  const positions = names.map((usage) => usageBits.indexOf(usage));
  const octets = Buffer.alloc(Math.floor(Math.max(...positions) / 8) + 1);
  for (const position of positions) octets[position >> 3] |= 0x80 >> (position & 7);
  const unusedBits = 7 - (Math.max(...positions) % 8);
  return der.bitString(octets, unusedBits);
}

const extension = (dotted, critical, value) =>
  der.sequence(der.oid(dotted), critical ? der.boolean(true) : [], der.octetString(value));

function extensions(profile, subjectKeyId) {
  const list = [];
  if (profile.authorityKeyIdentifier !== null) {
    const issuerKeyId = profile.authorityKeyIdentifier ?? keyIdentifier(profile.issuerKey);
    list.push(extension('2.5.29.35', false, der.sequence(der.implicit(0, issuerKeyId))));
  }
  list.push(extension('2.5.29.14', false, der.octetString(subjectKeyId)));
  if (profile.ca) {
    const pathLength = profile.ca.pathLength;
    const constraints = [der.boolean(true), pathLength === undefined ? [] : der.integer(pathLength)];
    list.push(extension('2.5.29.19', true, der.sequence(...constraints)));
  }
  if (profile.keyUsage) list.push(extension('2.5.29.15', true, namedBits(profile.keyUsage)));
  if (profile.extendedKeyUsage) {
    list.push(extension('2.5.29.37', false, der.sequence(...profile.extendedKeyUsage.map(der.oid))));
  }
  if (profile.policies) {
    const policies = profile.policies.map((policy) => der.sequence(der.oid(policy)));
    list.push(extension('2.5.29.32', false, der.sequence(...policies)));
  }
  if (profile.alternativeNames) {
    const { dns = [], ip = [] } = profile.alternativeNames;
    const names = [
      ...dns.map((host) => der.implicit(2, Buffer.from(host))),
      ...ip.map((octets) => der.implicit(7, Buffer.from(octets))),
    ];
    list.push(extension('2.5.29.17', false, der.sequence(...names)));
  }
  for (const { oid, critical, value } of profile.extra ?? []) list.push(extension(oid, critical, value));
  return der.explicit(3, der.sequence(...list));
}

/**
 * A certificate, DER.
 *
 * `profile`: subject and issuer (lists of `[type, value]`), key, issuerKey, serial (octets), notBefore and notAfter
 * (ISO), keyUsage, extendedKeyUsage, policies, ca ({ pathLength? }), alternativeNames, extra; for broken ones:
 * hash `sha1`, outerHash, authorityKeyIdentifier (octets or null), subjectKeyIdentifier, encodings.
 */
export function certificate(profile) {
  const hash = profile.hash ?? 'sha256';
  const tbs = signedPart(profile, signatureOids[hash]);
  return assemble(tbs, signatureOids[profile.outerHash ?? hash], sign(hash, tbs, profile.issuerKey));
}

/**
 * The same from an issuer of any algorithm. For broken ones also: signatureOid, outerOid, signature (octets).
 *
 * `kept`: the certificate that was made before. It comes back when it says the same: GOST signatures of the same octets
 * differ between releases of the signer.
 */
export async function certificateBy(profile) {
  const { issuerKey } = profile;
  if (issuerKey.signer === undefined) return certificate(profile);
  const { signatureOid = issuerKey.signatureOid } = profile;
  const tbs = signedPart(profile, signatureOid);
  const outerOid = profile.outerOid ?? signatureOid;
  const { kept, signature } = profile;
  if (signature === undefined && kept !== undefined) {
    const again = assemble(tbs, outerOid, kept.subarray(-2 * issuerKey.size));
    if (again.equals(kept)) return kept;
  }
  return assemble(tbs, outerOid, signature ?? (await issuerKey.signer.sign(tbs)));
}

const algorithmIdentifier = (dotted) => der.sequence(der.oid(dotted), der.nil());

function signedPart(profile, signatureOid) {
  return der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(profile.serial),
    algorithmIdentifier(signatureOid),
    name(profile.issuer),
    der.sequence(der.time(profile.notBefore), der.time(profile.notAfter)),
    name(profile.subject, profile.encodings),
    profile.spki ?? spkiOf(profile.key),
    extensions(profile, profile.subjectKeyIdentifier ?? keyIdentifier(profile.key)),
  );
}

const assemble = (tbs, dotted, signature) =>
  der.sequence(tbs, algorithmIdentifier(dotted), der.bitString(signature));
