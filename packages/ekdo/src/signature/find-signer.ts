import { type Certificate, KeyError } from '@egov-gateway/core';
import { Asn1Reader, asn1Tags, readAsn1 } from '@egov-gateway/keys';

import type { CmsSignedData, CmsSigner } from './cms-signed-data.ts';

/** The signer whose certificate is the given one; without one, the only signer. */
export function signerOf(data: CmsSignedData, given: Certificate | undefined): CmsSigner | undefined {
  if (given === undefined) return data.signers.length === 1 ? data.signers[0] : undefined;
  const { issuer, serialNumber } = identityOf(given);
  return data.signers.find(({ id }) =>
    'keyIdentifier' in id
      ? Buffer.from(id.keyIdentifier).toString('hex') === given.subjectKeyIdentifier
      : Buffer.compare(id.issuer, issuer) === 0 && Buffer.compare(id.serialNumber, serialNumber) === 0,
  );
}

/** Issuer and serial number as the certificate encodes them: the way in which a signer is named. */
function identityOf(certificate: Certificate): {
  readonly issuer: Uint8Array;
  readonly serialNumber: Uint8Array;
} {
  const outer = new Asn1Reader(readAsn1(certificate.der), asn1Tags.sequence, 'a certificate');
  const signed = new Asn1Reader(outer.take('signed part'), asn1Tags.sequence, 'the signed part');
  signed.takeIf(0xa0);
  const serialNumber = signed.take('serial number', asn1Tags.integer).content;
  signed.take('algorithm');
  return { issuer: signed.take('issuer').bytes, serialNumber };
}

/** What is read; `undefined` when it is not in the form of a key, a certificate or a signature. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof KeyError) return undefined;
    throw error;
  }
}
