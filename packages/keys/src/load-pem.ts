import { createPrivateKey } from 'node:crypto';

import { KeyError, type SigningKey } from '@egov-gateway/core';

import { readAsn1 } from './asn1.ts';
import { tags } from './asn1-values.ts';
import { parseCertificates } from './certificate.ts';
import { decryptWithPassword, IterationBudget } from './password-based.ts';
import { looksLikePem, maxPemBytes, readPem } from './pem.ts';
import { pkcs12Limits } from './pkcs12-limits.ts';
import { readEncryptedKey } from './pkcs12-structure.ts';
import type { PrivateKeyOptions } from './private-key.ts';
import { readSource } from './read-source.ts';
import { selectKey } from './select-key.ts';
import { signingKey } from './signing-key.ts';

/** Options of {@link loadPem}. */
export interface LoadPemOptions extends PrivateKeyOptions {
  /** PEM text, a path, a `file:` URL, or bytes: PKCS#8 (also encrypted), or PKCS#1 for RSA. */
  readonly privateKey: string | URL | Uint8Array;
  /** The same forms. Of a bundle, the certificate of the key is taken. */
  readonly certificate: string | URL | Uint8Array;
  /** Of an encrypted private key. */
  readonly password?: string | undefined;
  /** Most steps of key derivation. Default: 2 000 000. */
  readonly maxIterations?: number | undefined;
}

/**
 * A signing key from a private key and its certificate, each PEM or DER.
 *
 * @throws {KeyError} the codes of `loadPkcs12`; `ERR_KEY_PASSWORD` also when the key is encrypted and there is no password
 * @example
 * ```ts
 * const key = await loadPem({ privateKey: 'organisation.key', certificate: 'organisation.crt' });
 * ```
 */
export async function loadPem(options: LoadPemOptions): Promise<SigningKey> {
  const { password, allowUnprovenSigning } = options;
  const { maxIterations } = pkcs12Limits(
    options.maxIterations === undefined ? {} : { maxIterations: options.maxIterations },
  );
  const keyBytes = await readSource(textOrSource(options.privateKey), maxPemBytes);
  const certificateBytes = await readSource(textOrSource(options.certificate), maxPemBytes);
  const pkcs8 = await readPkcs8(keyBytes, password, new IterationBudget(maxIterations));
  const certificates = parseCertificates(certificateBytes).map(({ der }) => entry(der));
  return signingKey(selectKey({ keys: [entry(pkcs8)], certificates }, { allowUnprovenSigning }));
}

/** A string that holds a PEM block is the text itself; any other string is a path. */
function textOrSource(source: string | URL | Uint8Array): string | URL | Uint8Array {
  return typeof source === 'string' && source.includes('-----BEGIN ') ? Buffer.from(source, 'utf8') : source;
}

function entry(bytes: Uint8Array): { bytes: Uint8Array; alias: undefined; localKeyId: undefined } {
  return { bytes, alias: undefined, localKeyId: undefined };
}

async function readPkcs8(
  bytes: Uint8Array,
  password: string | undefined,
  budget: IterationBudget,
): Promise<Uint8Array> {
  if (!looksLikePem(bytes)) {
    // PrivateKeyInfo begins with a version, EncryptedPrivateKeyInfo with an algorithm.
    const encrypted = readAsn1(bytes, { rules: 'ber' }).children[0]?.tag === tags.sequence;
    return encrypted ? decrypt(bytes, password, budget) : bytes;
  }
  const blocks = readPem(bytes).filter(({ label }) => label.endsWith('PRIVATE KEY'));
  const [block, ...more] = blocks;
  if (block === undefined) throw refused('ERR_KEY_NOT_FOUND', 'the PEM text holds no private key');
  if (more.length > 0) {
    throw refused('ERR_KEY_AMBIGUOUS', `the PEM text holds ${blocks.length} private keys, one was expected`);
  }
  switch (block.label) {
    case 'PRIVATE KEY':
      return block.bytes;
    case 'ENCRYPTED PRIVATE KEY':
      return decrypt(block.bytes, password, budget);
    case 'RSA PRIVATE KEY':
      return fromPkcs1(block.bytes);
    default:
      throw refused('ERR_KEY_UNSUPPORTED', `a ${block.label} is not supported: convert it to PKCS#8`);
  }
}

async function decrypt(
  bytes: Uint8Array,
  password: string | undefined,
  budget: IterationBudget,
): Promise<Uint8Array> {
  const { scheme, ciphertext } = readEncryptedKey(readAsn1(bytes, { rules: 'ber' }), budget);
  if (password === undefined) {
    throw refused('ERR_KEY_PASSWORD', 'the private key is encrypted: give its password');
  }
  const plain = await decryptWithPassword(scheme, ciphertext, password);
  // Only a key begins with SEQUENCE { INTEGER …; one wrong password in 256 leaves a padding that looks right.
  if (plain === undefined || !isSequence(plain)) {
    throw refused('ERR_KEY_PASSWORD', 'the password does not open the private key');
  }
  return plain;
}

function isSequence(bytes: Uint8Array): boolean {
  try {
    return readAsn1(bytes).tag === tags.sequence;
  } catch {
    return false;
  }
}

function fromPkcs1(bytes: Uint8Array): Uint8Array {
  try {
    const key = createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs1' });
    return new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }));
  } catch (cause) {
    throw refused('ERR_KEY_FORMAT', 'the RSA private key is damaged', cause);
  }
}

function refused(code: KeyError['code'], message: string, cause?: unknown): KeyError {
  return new KeyError(message, { code, cause });
}
