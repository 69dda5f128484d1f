/**
 * Encryption of the stored bytes, with keys that the caller keeps.
 *
 * @module
 */
import { createCipheriv, createDecipheriv, createSecretKey, KeyObject, randomBytes } from 'node:crypto';

import { JournalError } from '@egov-gateway/core';

import { encodeFields } from './chain/field-encoding.ts';

/** AES-256 keys by their id. An id is stored beside what it encrypted and is no secret. */
export interface EncryptionKeys {
  /** Id of the key that new events are encrypted with. */
  readonly current: string;
  /** 32 octets each. Keep an older key as long as anything encrypted with it is kept, archives included. */
  readonly keys: Readonly<Record<string, Uint8Array | KeyObject>>;
}

/** The event that bytes belong to: they open nowhere else. */
export interface BytesPlace {
  readonly localKey: string;
  readonly version: number;
}

/** Bytes as they are stored. */
export interface SealedBytes {
  readonly bytes: Uint8Array;
  /** `undefined`: not encrypted. */
  readonly keyId: string | undefined;
}

/** Turns bytes into stored bytes and back. */
export interface ByteCipher {
  seal(plain: Uint8Array, place: BytesPlace): SealedBytes;
  /** @throws {JournalError} ERR_JOURNAL_KEY when the key is not there, or does not open the bytes */
  open(sealed: SealedBytes, place: BytesPlace): Uint8Array;
  /** Length of the bytes as they were given. */
  plainLength(sealed: { readonly byteLength: number; readonly keyId?: string | undefined }): number;
}

const nonceBytes = 12;
const tagBytes = 16;

/**
 * A cipher for stored bytes: AES-256-GCM with a random nonce of 96 bits; stored are nonce, ciphertext and tag (16
 * octets). Local key, version and key id are authenticated with them. Without keys, bytes are stored as they are.
 *
 * A key is good for 2^32 events (NIST SP 800-38D, 8.3); change it long before.
 *
 * @throws {JournalError} ERR_JOURNAL_KEY when a key has not 32 octets, or the current one is not among them
 */
export function createByteCipher(keys?: EncryptionKeys): ByteCipher {
  return new AesGcmCipher(keys);
}

class AesGcmCipher implements ByteCipher {
  readonly #current: { readonly id: string; readonly key: KeyObject } | undefined;
  readonly #keys = new Map<string, KeyObject>();

  constructor(keys: EncryptionKeys | undefined) {
    if (keys === undefined) return;
    for (const [id, key] of Object.entries(keys.keys)) this.#keys.set(checkedId(id), aesKey(id, key));
    const current = this.#keys.get(keys.current);
    if (current === undefined)
      throw keyError(`the current key '${printable(keys.current)}' is not among the keys`);
    this.#current = { id: keys.current, key: current };
  }

  seal(plain: Uint8Array, place: BytesPlace): SealedBytes {
    if (this.#current === undefined) return { bytes: plain, keyId: undefined };
    const { id, key } = this.#current;
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(authenticated(place, id));
    const bytes = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return { bytes, keyId: id };
  }

  open(sealed: SealedBytes, place: BytesPlace): Uint8Array {
    const { bytes, keyId } = sealed;
    if (keyId === undefined) return bytes;
    const key = this.#keys.get(keyId);
    if (key === undefined) {
      throw keyError(`bytes are encrypted with the key '${printable(keyId)}', which was not given`);
    }
    const end = bytes.byteLength - tagBytes;
    if (end < nonceBytes) throw unopened(keyId);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(authenticated(place, keyId));
    decipher.setAuthTag(bytes.subarray(end));
    const plain = decipher.update(bytes.subarray(nonceBytes, end));
    try {
      return Buffer.concat([plain, decipher.final()]);
    } catch {
      // The cause would say less than the message does.
      throw unopened(keyId);
    }
  }

  plainLength(sealed: { readonly byteLength: number; readonly keyId?: string | undefined }): number {
    return sealed.keyId === undefined
      ? sealed.byteLength
      : Math.max(0, sealed.byteLength - nonceBytes - tagBytes);
  }
}

function authenticated(place: BytesPlace, keyId: string): Uint8Array {
  return encodeFields('egw-journal-bytes/1', [
    ['localKey', place.localKey],
    ['version', place.version],
    ['keyId', keyId],
  ]);
}

/** 32 octets, copied: what happens to the caller's array afterwards does not matter, and nothing prints a KeyObject. */
function aesKey(id: string, key: Uint8Array | KeyObject): KeyObject {
  const secret = key instanceof Uint8Array ? createSecretKey(key) : key;
  if (!(secret instanceof KeyObject) || secret.type !== 'secret' || secret.symmetricKeySize !== 32) {
    throw keyError(`the key '${printable(id)}' must be a secret key of 32 octets`);
  }
  return secret;
}

function checkedId(id: string): string {
  if (!/^[\w.:-]{1,64}$/.test(id)) {
    throw keyError('the id of a key must be 1 to 64 letters, digits, or . : _ -');
  }
  return id;
}

function printable(id: unknown): string {
  return typeof id === 'string' && /^[\w.:-]{1,64}$/.test(id) ? id : '(not an id)';
}

function unopened(keyId: string): JournalError {
  return keyError(
    `the key '${printable(keyId)}' does not open the bytes: it is another key, or they were changed`,
  );
}

function keyError(message: string): JournalError {
  return new JournalError(message, { code: 'ERR_JOURNAL_KEY' });
}
