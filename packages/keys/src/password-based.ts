/**
 * Password-based decryption: PBES2 with AES or 3DES, and the old schemes of PKCS#12 with RC2 and 3DES.
 *
 * node-forge does the cryptography, because Node's OpenSSL has no RC2-40. Iteration counts come from the file and are
 * held against a budget before anything is derived.
 *
 * @see RFC 8018 "PKCS #5", section 6.2 "PBES2"; RFC 7292 "PKCS #12", appendix B and C
 * @module
 */
import { KeyError } from '@egov-gateway/core';
import type forge from 'node-forge';

import { type Asn1Element, malformed, readAsn1, tooMuch } from './asn1.ts';
import { Asn1Reader, readCount, readOctets, tags } from './asn1-values.ts';
import { type AlgorithmIdentifier, readAlgorithm } from './x509.ts';

/** A key derivation and a cipher, as a file names them. Nothing is derived yet. */
export type PasswordScheme =
  | {
      readonly kind: 'pbes2';
      readonly prf: string;
      readonly cipher: 'AES-CBC' | '3DES-CBC';
      readonly keyBytes: number;
      readonly salt: Uint8Array;
      readonly iv: Uint8Array;
      readonly iterations: number;
    }
  | {
      readonly kind: 'pkcs12';
      readonly cipher: 'RC2' | '3DES-CBC';
      readonly keyBytes: number;
      readonly salt: Uint8Array;
      readonly iterations: number;
    };

/** Steps of hashing that may still be spent on the passwords of one file. */
export class IterationBudget {
  readonly #maxIterations: number;
  #left: number;

  constructor(maxIterations: number) {
    this.#maxIterations = maxIterations;
    this.#left = maxIterations;
  }

  /** @throws {KeyError} `ERR_KEY_LIMIT` when the file asks for more than is left */
  spend(steps: number): void {
    this.#left -= steps;
    // Written so that NaN refuses.
    if (!(this.#left >= 0)) throw tooMuch(`more than ${this.#maxIterations} steps of key derivation`);
  }
}

const prfs: ReadonlyMap<string, { readonly hash: string; readonly size: number }> = new Map([
  ['1.2.840.113549.2.7', { hash: 'sha1', size: 20 }],
  ['1.2.840.113549.2.9', { hash: 'sha256', size: 32 }],
  ['1.2.840.113549.2.10', { hash: 'sha384', size: 48 }],
  ['1.2.840.113549.2.11', { hash: 'sha512', size: 64 }],
]);

const pbes2Ciphers: ReadonlyMap<string, { cipher: 'AES-CBC' | '3DES-CBC'; keyBytes: number }> = new Map([
  ['2.16.840.1.101.3.4.1.2', { cipher: 'AES-CBC', keyBytes: 16 }],
  ['2.16.840.1.101.3.4.1.22', { cipher: 'AES-CBC', keyBytes: 24 }],
  ['2.16.840.1.101.3.4.1.42', { cipher: 'AES-CBC', keyBytes: 32 }],
  ['1.2.840.113549.3.7', { cipher: '3DES-CBC', keyBytes: 24 }],
]);

const pkcs12Ciphers: ReadonlyMap<string, { cipher: 'RC2' | '3DES-CBC'; keyBytes: number }> = new Map([
  ['1.2.840.113549.1.12.1.3', { cipher: '3DES-CBC', keyBytes: 24 }],
  ['1.2.840.113549.1.12.1.5', { cipher: 'RC2', keyBytes: 16 }],
  ['1.2.840.113549.1.12.1.6', { cipher: 'RC2', keyBytes: 5 }],
]);

const pbes2Oid = '1.2.840.113549.1.5.13';
const pbkdf2Oid = '1.2.840.113549.1.5.12';

/** Octets of salt beyond which a file is an attack: the old derivation copies them again and again. */
const maxSaltBytes = 1024;

/**
 * The scheme that an AlgorithmIdentifier names, its cost already taken from the budget.
 *
 * @throws {KeyError} `ERR_KEY_UNSUPPORTED` when the scheme is not known, `ERR_KEY_LIMIT` when it costs too much,
 *   `ERR_KEY_FORMAT` when its parameters are malformed
 */
export function readScheme(element: Asn1Element, budget: IterationBudget): PasswordScheme {
  const algorithm = readAlgorithm(element);
  const old = pkcs12Ciphers.get(algorithm.oid);
  if (old !== undefined) {
    const reader = parametersOf(algorithm, 'the parameters of an encryption');
    const salt = readSalt(reader.take('salt'));
    const iterations = readIterations(reader.take('iteration count'));
    reader.end();
    // SHA-1 gives 20 octets a chain; the IV is a chain of its own.
    budget.spend(iterations * (Math.ceil(old.keyBytes / 20) + 1));
    return { kind: 'pkcs12', ...old, salt, iterations };
  }
  if (algorithm.oid !== pbes2Oid) throw unsupported(`encryption ${algorithm.oid}`);

  const reader = parametersOf(algorithm, 'the parameters of PBES2');
  const derivation = readAlgorithm(reader.take('key derivation'));
  const encryption = readAlgorithm(reader.take('encryption'));
  reader.end();
  if (derivation.oid !== pbkdf2Oid) throw unsupported(`key derivation ${derivation.oid}`);
  const cipher = pbes2Ciphers.get(encryption.oid);
  if (cipher === undefined) throw unsupported(`cipher ${encryption.oid}`);
  const { salt, iterations, prf } = readPbkdf2(derivation, cipher.keyBytes);
  const iv = readOctets(readAsn1(encryption.parameters ?? new Uint8Array(), { rules: 'ber' }));
  if (iv.length !== (cipher.cipher === 'AES-CBC' ? 16 : 8)) throw malformed('an IV has a wrong length');
  budget.spend(iterations * Math.ceil(cipher.keyBytes / prf.size));
  return { kind: 'pbes2', ...cipher, prf: prf.hash, salt, iv, iterations };
}

/** An iteration count; one that does not fit 31 bits costs more than any budget. */
export function readIterations(element: Asn1Element): number {
  const iterations = readCount(element) ?? Number.POSITIVE_INFINITY;
  if (iterations < 1) throw malformed('an iteration count is zero');
  return iterations;
}

/** A salt of sensible length. */
export function readSalt(element: Asn1Element): Uint8Array {
  const salt = readOctets(element);
  if (salt.length > maxSaltBytes) throw tooMuch(`a salt of more than ${maxSaltBytes} bytes`);
  if (salt.length === 0) throw malformed('a salt is empty');
  return salt;
}

/**
 * The decrypted octets, or `undefined` when their padding shows that the password is wrong.
 *
 * @param password - `null` is the absent password of PKCS#12, which some writers use for the empty one
 */
export async function decryptWithPassword(
  scheme: PasswordScheme,
  ciphertext: Uint8Array,
  password: string | null,
): Promise<Uint8Array | undefined> {
  const { default: library } = await import('node-forge');
  const block = scheme.cipher === 'AES-CBC' ? 16 : 8;
  if (ciphertext.length === 0 || ciphertext.length % block !== 0) {
    throw malformed('encrypted content is not made of whole blocks');
  }
  const { key, iv } = await deriveKey(library, scheme, password);
  const input = library.util.createBuffer(binary(ciphertext));
  if (scheme.cipher === 'RC2') {
    const decipher = library.rc2.createDecryptionCipher(key, scheme.keyBytes * 8);
    decipher.start(iv);
    decipher.update(input);
    return decipher.finish() ? octets(decipher.output.getBytes()) : undefined;
  }
  const decipher = library.cipher.createDecipher(scheme.cipher, library.util.createBuffer(key));
  decipher.start({ iv });
  decipher.update(input);
  return decipher.finish() ? octets(decipher.output.getBytes()) : undefined;
}

/** The octets as the binary string that node-forge works with. */
export function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

async function deriveKey(
  library: typeof forge,
  scheme: PasswordScheme,
  password: string | null,
): Promise<{ key: string; iv: string }> {
  const { salt, iterations, keyBytes } = scheme;
  if (scheme.kind === 'pkcs12') {
    const derive = (purpose: number, length: number): string =>
      library.pkcs12
        .generateKey(password, library.util.createBuffer(binary(salt)), purpose, iterations, length)
        .getBytes();
    return { key: derive(1, keyBytes), iv: derive(2, 8) };
  }
  // PKCS#5 has no opinion on encodings; UTF-8 is what writers of PBES2 use, where PKCS#12 itself uses UTF-16.
  const secret = binary(Buffer.from(password ?? '', 'utf8'));
  const key = await new Promise<string>((resolve, reject) => {
    // Given the name of the hash, node-forge hands the work to Node's own thread pool.
    const prf = scheme.prf as forge.md.Algorithm;
    library.pkcs5.pbkdf2(secret, binary(salt), iterations, keyBytes, prf, (error, derived) => {
      if (error) reject(error);
      else resolve(derived);
    });
  });
  return { key, iv: binary(scheme.iv) };
}

function readPbkdf2(
  derivation: AlgorithmIdentifier,
  keyBytes: number,
): { salt: Uint8Array; iterations: number; prf: { hash: string; size: number } } {
  const reader = parametersOf(derivation, 'the parameters of PBKDF2');
  const salt = readSalt(reader.take('salt'));
  const iterations = readIterations(reader.take('iteration count'));
  const lengthElement = reader.takeIf(tags.integer);
  if (lengthElement !== undefined && readCount(lengthElement) !== keyBytes) {
    throw malformed('the key length of PBKDF2 does not fit the cipher');
  }
  const prfElement = reader.takeIf(tags.sequence);
  reader.end();
  const oid = prfElement === undefined ? '1.2.840.113549.2.7' : readAlgorithm(prfElement).oid;
  const prf = prfs.get(oid);
  if (prf === undefined) throw unsupported(`pseudo-random function ${oid}`);
  return { salt, iterations, prf };
}

function parametersOf(algorithm: AlgorithmIdentifier, what: string): Asn1Reader {
  if (algorithm.parameters === undefined) throw malformed(`${what} are missing`);
  return new Asn1Reader(readAsn1(algorithm.parameters, { rules: 'ber' }), tags.sequence, what);
}

function octets(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** @internal */
export function unsupported(what: string): KeyError {
  return new KeyError(`${what} is not supported: save the key again with AES-256 and SHA-256`, {
    code: 'ERR_KEY_UNSUPPORTED',
  });
}
