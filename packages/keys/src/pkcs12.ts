/**
 * Opens PKCS#12 files: what comes out are private keys (PKCS#8) and certificates as octets, with their names.
 *
 * The structure is read here, one layer at a time and bounded, so that nothing in the file — nor inside an encrypted
 * part of it — can make a derivation run that was not counted first. node-forge derives and decrypts.
 *
 * @see RFC 7292 "PKCS #12: Personal Information Exchange Syntax"
 * @module
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

import { KeyError } from '@egov-gateway/core';

import { type Asn1Element, malformed, readAsn1, tooMuch } from './asn1.ts';
import { Asn1Reader, joinPieces, readCount, readOctets, readOid, readText, tags } from './asn1-values.ts';
import {
  binary,
  decryptWithPassword,
  IterationBudget,
  type PasswordScheme,
  readIterations,
  readSalt,
  readScheme,
  unsupported,
} from './password-based.ts';
import { readAlgorithm } from './x509.ts';

/** What a file may cost. */
export interface Pkcs12Limits {
  /** Largest file, bytes. Default: 1 MiB. */
  readonly maxBytes?: number;
  /** Most steps of key derivation for the whole file: iterations, times the hash blocks they fill. Default: 2 000 000. */
  readonly maxIterations?: number;
}

/** Something a file holds, with the names it has there. */
export interface Pkcs12Entry {
  /** PKCS#8 of a key, DER of a certificate. */
  readonly bytes: Uint8Array;
  /** `friendlyName`. */
  readonly alias: string | undefined;
  /** Lower-case hex; ties a key to its certificate. */
  readonly localKeyId: string | undefined;
}

/** What a file holds. */
export interface Pkcs12Content {
  readonly keys: readonly Pkcs12Entry[];
  readonly certificates: readonly Pkcs12Entry[];
}

interface Mac {
  readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  readonly digest: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

type Part =
  | { readonly kind: 'bags'; readonly contents: Asn1Element }
  | { readonly kind: 'encrypted'; readonly scheme: PasswordScheme; readonly ciphertext: Uint8Array };

const oids = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  nestedBags: '1.2.840.113549.1.12.10.1.6',
  x509: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
} as const;

/** `steps`: what one iteration costs beside one of SHA-1, in JavaScript. */
const macHashes: ReadonlyMap<string, { hash: Mac['hash']; size: number; steps: number }> = new Map([
  ['1.3.14.3.2.26', { hash: 'sha1', size: 20, steps: 1 }],
  ['2.16.840.1.101.3.4.2.1', { hash: 'sha256', size: 32, steps: 1 }],
  ['2.16.840.1.101.3.4.2.2', { hash: 'sha384', size: 48, steps: 8 }],
  ['2.16.840.1.101.3.4.2.3', { hash: 'sha512', size: 64, steps: 8 }],
]);

/**
 * Everything a PKCS#12 file holds.
 *
 * @throws {KeyError} `ERR_KEY_FORMAT` when it is no such file or is damaged, `ERR_KEY_PASSWORD` when the password does
 *   not open it, `ERR_KEY_LIMIT` when it costs too much, `ERR_KEY_UNSUPPORTED` when its encryption is not known
 */
export async function openPkcs12(
  bytes: Uint8Array,
  password: string,
  limits: Pkcs12Limits = {},
): Promise<Pkcs12Content> {
  const { maxBytes, maxIterations } = pkcs12Limits(limits);
  if (!(bytes.length <= maxBytes)) throw tooMuch(`a key file of more than ${maxBytes} bytes`);
  const budget = new IterationBudget(maxIterations);
  const { safe, mac } = readPfx(bytes, budget);
  const parts = readParts(readAsn1(safe, { rules: 'ber' }), budget);
  const opener = new Opener(budget);
  // What lies open is walked before anything is derived: its counts belong to the budget too.
  for (const part of parts) if (part.kind === 'bags') opener.walk(part.contents);

  const secret = mac === undefined ? password : await checkMac(mac, safe, password);
  const opened = await openParts(parts, opener, secret ?? password);
  if (secret !== undefined && opened) return opener.content();
  // The right password and a wrong MAC, or one part that opens and one that does not: not the password's fault.
  if (opener.decrypted > 0) {
    throw new KeyError('the key file is damaged: the password fits, its content does not', {
      code: 'ERR_KEY_FORMAT',
    });
  }
  throw new KeyError('the password does not open the key file', { code: 'ERR_KEY_PASSWORD' });
}

/**
 * The limits with their defaults.
 *
 * @throws {TypeError} when one is not a positive whole number: a comparison with it would mean nothing
 */
export function pkcs12Limits(limits: Pkcs12Limits = {}): Required<Pkcs12Limits> {
  const { maxBytes = 1_048_576, maxIterations = 2_000_000 } = limits;
  for (const [name, value] of Object.entries({ maxBytes, maxIterations })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new TypeError(`${name} must be a positive whole number`);
  }
  return { maxBytes, maxIterations };
}

/** Opens what is encrypted; `false` as soon as the password does not fit. */
async function openParts(parts: readonly Part[], opener: Opener, password: string | null): Promise<boolean> {
  for (const part of parts) {
    if (part.kind === 'bags') continue;
    const contents = await opener.decrypt(part.scheme, part.ciphertext, password);
    if (contents === undefined) return false;
    opener.walk(readAsn1(contents, { rules: 'ber' }));
  }
  return opener.unlockKeys(password);
}

/** Collects keys and certificates from the layers of one file. */
class Opener {
  readonly #budget: IterationBudget;
  readonly #keys: Pkcs12Entry[] = [];
  readonly #certificates: Pkcs12Entry[] = [];
  readonly #locked: (Omit<Pkcs12Entry, 'bytes'> & { scheme: PasswordScheme; ciphertext: Uint8Array })[] = [];
  /** How many parts the password has opened. */
  decrypted = 0;

  constructor(budget: IterationBudget) {
    this.#budget = budget;
  }

  content(): Pkcs12Content {
    return { keys: this.#keys, certificates: this.#certificates };
  }

  /** Takes what SafeContents hold; keys that are encrypted once more are only noted. */
  walk(contents: Asn1Element): void {
    const pending = [contents];
    for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
      const bags = new Asn1Reader(element, tags.sequence, 'SafeContents');
      while (!bags.done) {
        const nested = this.#takeBag(bags.take('bag'));
        if (nested !== undefined) pending.push(nested);
      }
    }
  }

  /** Decrypts what looks like ASN.1 afterwards; `undefined` when the password is wrong. */
  async decrypt(
    scheme: PasswordScheme,
    ciphertext: Uint8Array,
    password: string | null,
  ): Promise<Uint8Array | undefined> {
    const plain = await decryptWithPassword(scheme, ciphertext, password);
    if (plain === undefined) return undefined;
    try {
      readAsn1(plain, { rules: 'ber' });
    } catch (error) {
      // One wrong password in 256 leaves a padding that looks right; bombs inside are another matter.
      if (error instanceof KeyError && error.code === 'ERR_KEY_FORMAT') return undefined;
      throw error;
    }
    this.decrypted += 1;
    return plain;
  }

  async unlockKeys(password: string | null): Promise<boolean> {
    for (const { scheme, ciphertext, alias, localKeyId } of this.#locked) {
      const bytes = await this.decrypt(scheme, ciphertext, password);
      if (bytes === undefined) return false;
      this.#keys.push({ bytes, alias, localKeyId });
    }
    return true;
  }

  #takeBag(element: Asn1Element): Asn1Element | undefined {
    const bag = new Asn1Reader(element, tags.sequence, 'a SafeBag');
    const kind = readOid(bag.take('kind'));
    const wrapper = new Asn1Reader(bag.take('value'), 0xa0, 'the value of a SafeBag');
    const value = wrapper.take('value');
    wrapper.end();
    const names = readAttributes(bag.takeIf(tags.set));
    bag.end();

    switch (kind) {
      case oids.keyBag:
        this.#keys.push({ bytes: value.bytes, ...names });
        return undefined;
      case oids.shroudedKeyBag:
        this.#locked.push({ ...readEncryptedKey(value, this.#budget), ...names });
        return undefined;
      case oids.certificateBag: {
        const certificate = new Asn1Reader(value, tags.sequence, 'a certificate bag');
        if (readOid(certificate.take('kind')) !== oids.x509) return undefined;
        const holder = new Asn1Reader(certificate.take('value'), 0xa0, 'the value of a certificate bag');
        this.#certificates.push({ bytes: readOctets(holder.take('certificate')), ...names });
        return undefined;
      }
      case oids.nestedBags:
        return value;
      default:
        // Revocation lists and secrets of other kinds may lie in the same file; they are nobody's key.
        return undefined;
    }
  }
}

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

function readPfx(bytes: Uint8Array, budget: IterationBudget): { safe: Uint8Array; mac: Mac | undefined } {
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

function readMac(element: Asn1Element, budget: IterationBudget): Mac {
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

/** The password as the MAC confirms it, or `undefined`. */
async function checkMac(mac: Mac, safe: Uint8Array, password: string): Promise<string | null | undefined> {
  const { default: forge } = await import('node-forge');
  // Writers disagree on the empty password: two zero octets, or none at all.
  for (const secret of password === '' ? ['', null] : [password]) {
    const salt = forge.util.createBuffer(binary(mac.salt));
    const hash = forge.md[mac.hash].create();
    const key = forge.pkcs12.generateKey(secret, salt, 3, mac.iterations, mac.digest.length, hash);
    const expected = createHmac(mac.hash, Buffer.from(key.getBytes(), 'latin1')).update(safe).digest();
    if (timingSafeEqual(expected, mac.digest)) return secret;
  }
  return undefined;
}

function readParts(element: Asn1Element, budget: IterationBudget): readonly Part[] {
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

/** @see RFC 5652, section 8 "Encrypted-data Content Type" */
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

function readAttributes(element: Asn1Element | undefined): Pick<Pkcs12Entry, 'alias' | 'localKeyId'> {
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
