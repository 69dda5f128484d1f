/**
 * Writes `wsse:Security`: the one header block of a transport signature.
 *
 * @module
 */
import type { SignatureSuite } from '@egov-gateway/core';

import type { KeyInfoWriter } from './key-info-style.ts';
import { exclusiveCanonicalization, securityNamespace, signatureNamespace } from './vocabulary.ts';

/**
 * `ds:SignedInfo` from behind its start tag, already canonical: empty elements have an end tag, nothing is
 * declared again. On the wire and under the signature it differs only in {@link signedInfoStart}.
 */
function signedInfoRest(suite: SignatureSuite): { readonly upToId: string; readonly upToDigest: string } {
  const method = `<ds:Transform Algorithm="${exclusiveCanonicalization}"></ds:Transform>`;
  return {
    upToId:
      `<ds:CanonicalizationMethod Algorithm="${exclusiveCanonicalization}"></ds:CanonicalizationMethod>` +
      `<ds:SignatureMethod Algorithm="${suite.signatureUris[0]}"></ds:SignatureMethod><ds:Reference URI="#`,
    upToDigest:
      `"><ds:Transforms>${method}</ds:Transforms>` +
      `<ds:DigestMethod Algorithm="${suite.digestUris[0]}"></ds:DigestMethod><ds:DigestValue>`,
  };
}

const signedInfoEnd = '</ds:DigestValue></ds:Reference></ds:SignedInfo>';
// Exclusive C14N renders the namespace on SignedInfo, the apex; on the wire ds:Signature has declared it.
const signedInfoStart = {
  signed: `<ds:SignedInfo xmlns:ds="${signatureNamespace}">`,
  wire: '<ds:SignedInfo>',
};

/** Writes what is signed, and the header block around it. Both are prepared once per signer. */
export interface SecurityHeaderWriter {
  /** The part of `SignedInfo` that both forms share. */
  signedInfo(bodyId: string, digestBase64: string): string;
  /** The canonical octets to sign, as text. */
  toSign(signedInfo: string): string;
  /** The header block. `soapPrefix` is bound to the envelope's namespace where the block is put. */
  header(parts: {
    readonly soapPrefix: string;
    readonly declareSoapPrefix: string;
    readonly signedInfo: string;
    readonly signatureBase64: string;
    readonly tokenId: string;
  }): string;
}

/**
 * The prefixes are exactly `wsse`, `ds` and `wsu`: receivers are known that look for the literal names.
 *
 * @see WS-Security: SOAP Message Security 1.1.1, sections 5 and 8
 */
export function securityHeaderWriter(suite: SignatureSuite, keyInfo: KeyInfoWriter): SecurityHeaderWriter {
  const { upToId, upToDigest } = signedInfoRest(suite);
  return {
    signedInfo: (bodyId, digest) => upToId + bodyId + upToDigest + digest + signedInfoEnd,
    toSign: (signedInfo) => signedInfoStart.signed + signedInfo,
    header: ({ soapPrefix, declareSoapPrefix, signedInfo, signatureBase64, tokenId }) =>
      `<wsse:Security xmlns:wsse="${securityNamespace}"${declareSoapPrefix} ${soapPrefix}:mustUnderstand="1">` +
      `${keyInfo.token(tokenId)}<ds:Signature xmlns:ds="${signatureNamespace}">${signedInfoStart.wire}${signedInfo}` +
      `<ds:SignatureValue>${signatureBase64}</ds:SignatureValue>${keyInfo.keyInfo(tokenId)}` +
      '</ds:Signature></wsse:Security>',
  };
}
