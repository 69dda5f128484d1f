import { parseCertificate } from '@egov-gateway/keys';

import { readSignedData } from './cms-signed-data.ts';
import { readable, signerOf } from './find-signer.ts';

/**
 * The certificate of the signer, DER, out of a detached signature that holds it: for programs that are given a signature and
 * nothing beside it. Nothing is verified.
 *
 * @returns `undefined` when the signature holds none, or is no CMS
 * @throws {TypeError} when `cms` is no `Uint8Array`
 */
export function signerCertificate(cms: Uint8Array): Uint8Array | undefined {
  if (!(cms instanceof Uint8Array)) throw new TypeError('cms must be a Uint8Array');
  const data = readable(() => readSignedData(cms));
  return data?.certificates.find((der) => {
    const certificate = readable(() => parseCertificate(der));
    return certificate !== undefined && signerOf(data, certificate) !== undefined;
  });
}
