import { type Certificate, parseName, type SignerReference, sameName } from '@egov-gateway/core';

import { thumbprintSha1 } from './certificate.ts';

/**
 * The certificates among `known` that a message's reference means. Usually one; several when a key was renewed.
 *
 * @see WS-Security X.509 Certificate Token Profile 1.1.1, section 3.2 "Token References"
 */
export function findCertificates(
  known: readonly Certificate[],
  reference: SignerReference,
): readonly Certificate[] {
  switch (reference.kind) {
    case 'certificate':
      return known.filter(({ der }) => Buffer.compare(der, reference.der) === 0);
    case 'issuer-serial': {
      const serial = decimalToHex(reference.serialNumber);
      const issuer = parseName(reference.issuer);
      if (serial === undefined || issuer === undefined) return [];
      return known.filter(
        (certificate) =>
          withoutZeros(certificate.serialNumber) === serial && sameName(certificate.issuer, issuer),
      );
    }
    case 'subject-key-identifier':
      return reference.identifier === ''
        ? []
        : known.filter(
            ({ subjectKeyIdentifier }) => subjectKeyIdentifier === reference.identifier.toLowerCase(),
          );
    case 'thumbprint-sha1':
      return known.filter(
        (certificate) => thumbprintSha1(certificate) === reference.thumbprint.toLowerCase(),
      );
    default:
      return [];
  }
}

/** Longest serial number that is looked up, decimal digits: twice what RFC 5280 allows. */
const maxSerialDigits = 100;

function decimalToHex(decimal: string): string | undefined {
  if (decimal.length > maxSerialDigits || !/^\d+$/.test(decimal)) return undefined;
  return BigInt(decimal).toString(16);
}

function withoutZeros(hex: string): string {
  return hex.replace(/^0+(?=.)/, '');
}
