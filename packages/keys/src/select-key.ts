import { type Algorithm, type Certificate, KeyError } from '@egov-gateway/core';

import { certificateDetails, parseCertificate } from './certificate.ts';
import { hasPurpose, type KeyPurpose } from './key-purpose.ts';
import type { Pkcs12Content, Pkcs12Entry } from './pkcs12.ts';
import { type KeySigner, type PrivateKey, type PrivateKeyOptions, readPrivateKey } from './private-key.ts';

/** Which of several keys is meant. */
export interface KeyChoice {
  /** `friendlyName` of the key or of its certificate, or the key identifier in hex. */
  readonly alias?: string | undefined;
  readonly purpose?: KeyPurpose | undefined;
}

/** What signs, and the certificate of its public half. */
export interface KeyPair {
  readonly algorithm: Algorithm;
  readonly sign: KeySigner;
  readonly certificate: Certificate;
}

interface Candidate extends KeyPair {
  readonly names: readonly (string | undefined)[];
}

/**
 * The one key with its certificate that a container holds for this choice.
 *
 * @throws {KeyError} `ERR_KEY_NOT_FOUND`, `ERR_KEY_AMBIGUOUS`, `ERR_KEY_MISMATCH`, `ERR_KEY_CERTIFICATE`,
 *   `ERR_KEY_UNSUPPORTED`, `ERR_KEY_FORMAT`
 */
export function selectKey(content: Pkcs12Content, options: KeyChoice & PrivateKeyOptions): KeyPair {
  const { alias, purpose } = options;
  if (content.keys.length === 0) throw refused('ERR_KEY_NOT_FOUND', 'there is no private key');
  if (content.certificates.length === 0) {
    throw refused('ERR_KEY_CERTIFICATE', 'there is no certificate beside the private key');
  }
  const certificates = content.certificates.map(withCertificate);

  const candidates: Candidate[] = [];
  let failure: unknown;
  for (const entry of content.keys) {
    let key: PrivateKey;
    try {
      key = readPrivateKey(entry.bytes, options);
    } catch (error) {
      // A key that cannot be used only matters when no other one can.
      failure ??= error;
      continue;
    }
    for (const { certificate, names } of certificates) {
      const sign = key.pairWith(certificateDetails(certificate).publicKey);
      if (sign === null) continue;
      candidates.push({ algorithm: key.algorithm, sign, certificate, names: [...namesOf(entry), ...names] });
    }
  }
  if (candidates.length === 0) {
    throw failure ?? refused('ERR_KEY_MISMATCH', 'no certificate belongs to the private key');
  }
  // The usable key is not the only key: taking it would be a guess.
  if (failure !== undefined && alias === undefined && purpose === undefined) {
    throw refused(
      'ERR_KEY_AMBIGUOUS',
      'there are several keys, not all usable: choose one by alias or purpose',
    );
  }

  const wanted = candidates.filter(
    ({ certificate, names }) =>
      (alias === undefined || names.includes(alias)) &&
      (purpose === undefined || hasPurpose(certificate, purpose)),
  );
  const distinct = new Map(wanted.map((candidate) => [candidate.certificate.thumbprintSha256, candidate]));
  const [chosen, ...others] = distinct.values();
  if (chosen === undefined) {
    throw refused('ERR_KEY_NOT_FOUND', 'there are keys, but none with this alias and purpose');
  }
  if (others.length > 0) {
    throw refused('ERR_KEY_AMBIGUOUS', `there are ${distinct.size} keys: choose one by alias or purpose`);
  }
  const { algorithm, sign, certificate } = chosen;
  return { algorithm, sign, certificate };
}

function withCertificate(entry: Pkcs12Entry): { certificate: Certificate; names: (string | undefined)[] } {
  try {
    return { certificate: parseCertificate(entry.bytes), names: namesOf(entry) };
  } catch (cause) {
    throw refused('ERR_KEY_CERTIFICATE', 'a certificate beside the private key cannot be read', cause);
  }
}

function namesOf({ alias, localKeyId }: Pkcs12Entry): (string | undefined)[] {
  return [alias, localKeyId];
}

function refused(code: KeyError['code'], message: string, cause?: unknown): KeyError {
  return new KeyError(message, { code, cause });
}
