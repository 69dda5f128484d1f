/**
 * The extensions that decide what a certificate may be used for.
 *
 * @see RFC 5280, section 4.2.1 "Standard Extensions"
 * @module
 */
import { readAsn1 } from './asn1.ts';
import {
  Asn1Reader,
  readBoolean,
  readCount,
  readNamedBits,
  readOctets,
  readOid,
  tags,
} from './asn1-values.ts';
import type { Extension } from './x509.ts';

type Extensions = ReadonlyMap<string, Extension>;

/** OIDs of the extensions that this SDK understands. */
export const extensionOids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

const usageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

/** What `basicConstraints` says. */
export interface BasicConstraints {
  readonly isAuthority: boolean;
  /** How many authorities may follow; `undefined` when there is no limit. */
  readonly pathLength: number | undefined;
}

/** Names of RFC 5280, 4.2.1.3, or `null` when the extension is absent. */
export function keyUsage(extensions: Extensions): readonly string[] | null {
  const value = extensions.get(extensionOids.keyUsage)?.value;
  if (value === undefined) return null;
  return readNamedBits(readAsn1(value)).map((bit) => usageNames[bit] ?? `bit${bit}`);
}

/** Dotted OIDs, or `null` when the extension is absent. */
export function extendedKeyUsage(extensions: Extensions): readonly string[] | null {
  const value = extensions.get(extensionOids.extendedKeyUsage)?.value;
  if (value === undefined) return null;
  const reader = new Asn1Reader(readAsn1(value), tags.sequence, 'extended key usage');
  const purposes: string[] = [];
  while (!reader.done) purposes.push(readOid(reader.take('purpose')));
  return purposes;
}

/** Dotted OIDs of the policies, or `null` when the extension is absent. Qualifiers are not read. */
export function certificatePolicies(extensions: Extensions): readonly string[] | null {
  const value = extensions.get(extensionOids.certificatePolicies)?.value;
  if (value === undefined) return null;
  const reader = new Asn1Reader(readAsn1(value), tags.sequence, 'certificate policies');
  const policies: string[] = [];
  while (!reader.done) {
    const policy = new Asn1Reader(reader.take('policy'), tags.sequence, 'a certificate policy');
    policies.push(readOid(policy.take('identifier')));
  }
  return policies;
}

/** Lower-case hex, or `null` when the extension is absent. */
export function subjectKeyIdentifier(extensions: Extensions): string | null {
  const value = extensions.get(extensionOids.subjectKeyIdentifier)?.value;
  return value === undefined ? null : toHex(readOctets(readAsn1(value)));
}

/** Key identifier of the issuer, lower-case hex; `null` when the certificate does not say it. */
export function authorityKeyIdentifier(extensions: Extensions): string | null {
  const value = extensions.get(extensionOids.authorityKeyIdentifier)?.value;
  if (value === undefined) return null;
  const identifier = new Asn1Reader(readAsn1(value), tags.sequence, 'authority key identifier').takeIf(0x80);
  return identifier === undefined ? null : toHex(identifier.content);
}

/** Absent means: not an authority. */
export function basicConstraints(extensions: Extensions): BasicConstraints {
  const value = extensions.get(extensionOids.basicConstraints)?.value;
  if (value === undefined) return { isAuthority: false, pathLength: undefined };
  const reader = new Asn1Reader(readAsn1(value), tags.sequence, 'basic constraints');
  const authority = reader.takeIf(tags.boolean);
  const isAuthority = authority !== undefined && readBoolean(authority);
  const length = reader.takeIf(tags.integer);
  reader.end();
  // A length that is negative or absurd allows nothing.
  return { isAuthority, pathLength: length === undefined ? undefined : (readCount(length) ?? 0) };
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
