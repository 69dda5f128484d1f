import { KeyError } from '@egov-gateway/core';

import { checkDetachedSignature } from './check-detached-signature.ts';
import { readSignedData } from './cms-signed-data.ts';

/**
 * The certificate of the signer, DER, out of a detached signature that holds it: for programs that are given a signature and
 * nothing beside it. Nothing is verified.
 *
 * @returns `undefined` when the signature holds none, or is no CMS
 * @throws {TypeError} when `cms` is no `Uint8Array`
 */
export function signerCertificate(cms: Uint8Array): Uint8Array | undefined {
  if (!(cms instanceof Uint8Array)) throw new TypeError('cms must be a Uint8Array');
  return certificatesIn(cms).find((certificate) => {
    const { findings } = checkDetachedSignature(new Uint8Array(), { cms, kind: 'unep', certificate });
    return !findings.some(({ code }) => code === 'certificate-differs' || code === 'certificate-malformed');
  });
}

function certificatesIn(cms: Uint8Array): readonly Uint8Array[] {
  try {
    return readSignedData(cms)?.certificates ?? [];
  } catch (error) {
    if (error instanceof KeyError) return [];
    throw error;
  }
}
