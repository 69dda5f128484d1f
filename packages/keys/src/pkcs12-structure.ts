/**
 * The layers of a PKCS#12 file, as it lies there: nothing is derived and nothing is decrypted here, only counted.
 *
 * @see RFC 7292, section 4 "PFX PDU Syntax"; RFC 5652, section 8 "Encrypted-data Content Type"
 * @module
 */
import { type Asn1Element, malformed, readAsn1 } from './asn1.ts';
import { Asn1Reader, joinPieces, readCount, readOctets, readOid, readText, tags } from './asn1-values.ts';
import {
  type IterationBudget,
  type PasswordScheme,
  readIterations,
  readSalt,
  readScheme,
  unsupported,
} from './password-based.ts';
import { readAlgorithm } from './x509.ts';

/** The integrity check of a file. */
export interface Pkcs12Mac {
  readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  readonly digest: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

/** One part of a file: bags that lie open, or bags that are encrypted. */
export type Part =
  | { readonly kind: 'bags'; readonly contents: Asn1Element }
  | { readonly kind: 'encrypted'; readonly scheme: PasswordScheme; readonly ciphertext: Uint8Array };

/** The names that a bag has in its file. */
export interface BagNames {
  /** `friendlyName`. */
  readonly alias: string | undefined;
  /** Lower-case hex; ties a key to its certificate. */
  readonly localKeyId: string | undefined;
}

const oids = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
} as const;

/** `steps`: what one iteration costs beside one of SHA-1, in JavaScript. */
const macHashes: ReadonlyMap<string, { hash: Pkcs12Mac['hash']; size: number; steps: number }> = new Map([
  ['1.3.14.3.2.26', { hash: 'sha1', size: 20, steps: 1 }],
  ['2.16.840.1.101.3.4.2.1', { hash: 'sha256', size: 32, steps: 1 }],
  ['2.16.840.1.101.3.4.2.2', { hash: 'sha384', size: 48, steps: 8 }],
  ['2.16.840.1.101.3.4.2.3', { hash: 'sha512', size: 64, steps: 8 }],
]);

/** EncryptedPrivateKeyInfo: a scheme and what it encrypts. */
export function readEncryptedKey(
  element: Asn1Element,
  budget: IterationBudget,
): { scheme: PasswordScheme; ciphertext: Uint8Array } {
  const reader = new Asn1Reader(element, tags.sequence, 'an encrypted private key');
  const scheme = readScheme(reader.take('encryption'), budget);
  const ciphertext = readOctets(reader.take('encrypted octets'));
  reader.end();
  return { scheme, ciphertext };
}

/** The outermost layer: the octets that the MAC covers, and the MAC. */
export function readPfx(
  bytes: Uint8Array,
  budget: IterationBudget,
): { safe: Uint8Array; mac: Pkcs12Mac | undefined } {
  const pfx = new Asn1Reader(readAsn1(bytes, { rules: 'ber' }), tags.sequence, 'a PKCS#12 file');
  if (readCount(pfx.take('version', tags.integer)) !== 3)
    throw malformed('a PKCS#12 file is not of version 3');
  const { kind, content } = readContentInfo(pfx.take('content'));
  if (kind !== oids.data)
    throw unsupported('a PKCS#12 file that is signed instead of protected by a password');
  const macElement = pfx.takeIf(tags.sequence);
  pfx.end();
  return { safe: readOctets(content), mac: macElement && readMac(macElement, budget) };
}

function readMac(element: Asn1Element, budget: IterationBudget): Pkcs12Mac {
  const reader = new Asn1Reader(element, tags.sequence, 'the MAC of a PKCS#12 file');
  const info = new Asn1Reader(reader.take('digest'), tags.sequence, 'the digest of a MAC');
  const { oid } = readAlgorithm(info.take('algorithm'));
  const digest = readOctets(info.take('octets'));
  info.end();
  const salt = readSalt(reader.take('salt'));
  const iterations = reader.done ? 1 : readIterations(reader.take('iteration count'));
  reader.end();
  const known = macHashes.get(oid);
  if (known === undefined) throw unsupported(`MAC algorithm ${oid}`);
  if (digest.length !== known.size) throw malformed('the digest of a MAC has a wrong length');
  budget.spend(iterations * known.steps);
  return { hash: known.hash, digest, salt, iterations };
}

/** The parts of a file; their costs are taken from the budget. */
export function readParts(element: Asn1Element, budget: IterationBudget): readonly Part[] {
  const parts: Part[] = [];
  const list = new Asn1Reader(element, tags.sequence, 'the content of a PKCS#12 file');
  while (!list.done) {
    const { kind, content } = readContentInfo(list.take('part'));
    if (kind === oids.data) {
      parts.push({ kind: 'bags', contents: readAsn1(readOctets(content), { rules: 'ber' }) });
    } else if (kind === oids.encryptedData) {
      parts.push({ kind: 'encrypted', ...readEncryptedData(content, budget) });
    } else {
      throw unsupported(`a PKCS#12 part of kind ${kind}`);
    }
  }
  return parts;
}

function readContentInfo(element: Asn1Element): { kind: string; content: Asn1Element } {
  const reader = new Asn1Reader(element, tags.sequence, 'a ContentInfo');
  const kind = readOid(reader.take('kind'));
  const wrapper = new Asn1Reader(reader.take('content'), 0xa0, 'the content of a ContentInfo');
  const content = wrapper.take('content');
  wrapper.end();
  reader.end();
  return { kind, content };
}

function readEncryptedData(
  element: Asn1Element,
  budget: IterationBudget,
): { scheme: PasswordScheme; ciphertext: Uint8Array } {
  const data = new Asn1Reader(element, tags.sequence, 'EncryptedData');
  data.take('version', tags.integer);
  const info = new Asn1Reader(data.take('content'), tags.sequence, 'EncryptedContentInfo');
  if (readOid(info.take('kind')) !== oids.data) throw malformed('encrypted content is not of kind data');
  const scheme = readScheme(info.take('encryption'), budget);
  const whole = info.takeIf(0x80);
  const ciphertext = whole === undefined ? joinPieces(info.take('octets', 0xa0)) : whole.content;
  info.end();
  return { scheme, ciphertext };
}

/** The names in the attributes of a bag. */
export function readBagNames(element: Asn1Element | undefined): BagNames {
  let alias: string | undefined;
  let localKeyId: string | undefined;
  if (element === undefined) return { alias, localKeyId };
  const attributes = new Asn1Reader(element, tags.set, 'the attributes of a SafeBag');
  while (!attributes.done) {
    const attribute = new Asn1Reader(
      attributes.take('attribute'),
      tags.sequence,
      'an attribute of a SafeBag',
    );
    const type = readOid(attribute.take('type'));
    const values = new Asn1Reader(attribute.take('values'), tags.set, 'the values of an attribute');
    if (type === oids.friendlyName) alias = readText(values.take('value'));
    if (type === oids.localKeyId) localKeyId = Buffer.from(readOctets(values.take('value'))).toString('hex');
  }
  return { alias, localKeyId };
}
