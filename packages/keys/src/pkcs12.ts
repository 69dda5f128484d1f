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

import { type Asn1Element, readAsn1, tooMuch } from './asn1.ts';
import { Asn1Reader, readOctets, readOid, tags } from './asn1-values.ts';
import { binary, decryptWithPassword, IterationBudget, type PasswordScheme } from './password-based.ts';
import { type Pkcs12Limits, pkcs12Limits } from './pkcs12-limits.ts';
import {
  type BagNames,
  type Part,
  type Pkcs12Mac,
  readBagNames,
  readEncryptedKey,
  readParts,
  readPfx,
} from './pkcs12-structure.ts';

/** Something a file holds, with the names it has there. */
export interface Pkcs12Entry extends BagNames {
  /** PKCS#8 of a key, DER of a certificate. */
  readonly bytes: Uint8Array;
}

/** What a file holds. */
export interface Pkcs12Content {
  readonly keys: readonly Pkcs12Entry[];
  readonly certificates: readonly Pkcs12Entry[];
}

const bagOids = {
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  nestedBags: '1.2.840.113549.1.12.10.1.6',
  x509: '1.2.840.113549.1.9.22.1',
} as const;

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
  const opened = await openParts(parts, opener, secret === undefined ? password : secret);
  if (secret !== undefined && opened) return opener.content();
  // The right password and a wrong MAC, or one part that opens and one that does not: not the password's fault.
  if (opener.decrypted > 0) {
    throw new KeyError('the key file is damaged: the password fits, its content does not', {
      code: 'ERR_KEY_FORMAT',
    });
  }
  throw new KeyError('the password does not open the key file', { code: 'ERR_KEY_PASSWORD' });
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
  readonly #locked: (BagNames & { scheme: PasswordScheme; ciphertext: Uint8Array })[] = [];
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
      if (readAsn1(plain, { rules: 'ber' }).tag !== tags.sequence) return undefined;
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
    const names = readBagNames(bag.takeIf(tags.set));
    bag.end();

    switch (kind) {
      case bagOids.keyBag:
        this.#keys.push({ bytes: value.bytes, ...names });
        return undefined;
      case bagOids.shroudedKeyBag:
        this.#locked.push({ ...readEncryptedKey(value, this.#budget), ...names });
        return undefined;
      case bagOids.certificateBag: {
        const certificate = new Asn1Reader(value, tags.sequence, 'a certificate bag');
        if (readOid(certificate.take('kind')) !== bagOids.x509) return undefined;
        const holder = new Asn1Reader(certificate.take('value'), 0xa0, 'the value of a certificate bag');
        this.#certificates.push({ bytes: readOctets(holder.take('certificate')), ...names });
        return undefined;
      }
      case bagOids.nestedBags:
        return value;
      default:
        // Revocation lists and secrets of other kinds may lie in the same file; they are nobody's key.
        return undefined;
    }
  }
}

/** The password as the MAC confirms it, or `undefined`. */
async function checkMac(
  mac: Pkcs12Mac,
  safe: Uint8Array,
  password: string,
): Promise<string | null | undefined> {
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
