import type { SigningKey } from '@egov-gateway/core';

import { openPkcs12 } from './pkcs12.ts';
import { type Pkcs12Limits, pkcs12Limits } from './pkcs12-limits.ts';
import type { PrivateKeyOptions } from './private-key.ts';
import { readSource } from './read-source.ts';
import { type KeyChoice, selectKey } from './select-key.ts';
import { signingKey } from './signing-key.ts';

/** Options of {@link loadPkcs12}. */
export interface LoadPkcs12Options extends KeyChoice, PrivateKeyOptions {
  readonly limits?: Pkcs12Limits | undefined;
}

/**
 * A signing key from a PKCS#12 file (`.p12`, `.pfx`), in the layout of the national authority or any other.
 *
 * The key is proven to belong to its certificate before it is returned. Neither the password nor the path is kept.
 *
 * @param source - a path, a `file:` URL, or the bytes of the file
 * @throws {KeyError} `ERR_KEY_PASSWORD` when the password does not open the file
 * @throws {KeyError} `ERR_KEY_FORMAT` when it is no PKCS#12 file or is damaged
 * @throws {KeyError} `ERR_KEY_LIMIT` when it is too large or asks for too many iterations
 * @throws {KeyError} `ERR_KEY_NOT_FOUND` when the file cannot be read, or holds no key for this choice
 * @throws {KeyError} `ERR_KEY_AMBIGUOUS` when it holds several keys and the options choose none
 * @throws {KeyError} `ERR_KEY_MISMATCH` when no certificate in it belongs to the key
 * @throws {KeyError} `ERR_KEY_CERTIFICATE` when it holds no certificate, or one that cannot be read
 * @throws {KeyError} `ERR_KEY_UNSUPPORTED` when the algorithm of the key or of the encryption is not known
 * @example
 * ```ts
 * const key = await loadPkcs12('organisation.p12', password, { purpose: 'sign' });
 * ```
 */
export async function loadPkcs12(
  source: string | URL | Uint8Array,
  password: string,
  options: LoadPkcs12Options = {},
): Promise<SigningKey> {
  if (typeof password !== 'string') throw new TypeError('the password of a key file must be a string');
  const limits = pkcs12Limits(options.limits);
  const bytes = await readSource(source, limits.maxBytes);
  const content = await openPkcs12(bytes, password, limits);
  return signingKey(selectKey(content, options));
}
