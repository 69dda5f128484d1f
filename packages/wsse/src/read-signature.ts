import type { XmlDocument, XmlNode } from '@egov-gateway/xml';

import { refusal } from './refusal.ts';
import { readSignedInfo, type SignedInfo, type SuiteTable } from './signed-info.ts';
import { base64Content, childrenInOrder } from './strict-children.ts';
import { signatureNamespace } from './vocabulary.ts';

/** A signature of sound structure. Nothing is checked with a key yet. */
export interface ReadSignature {
  readonly signedInfo: SignedInfo;
  readonly signatureValue: Uint8Array;
  readonly keyInfo: XmlNode | undefined;
}

/**
 * Reads `ds:Signature`: SignedInfo, SignatureValue and at most one KeyInfo, in this order, and nothing else. A
 * `ds:Object` is refused: the Body is what is signed, and an Object is a place to keep another one.
 *
 * @see XML Signature Syntax and Processing 1.1, section 4.2
 * @throws {VerifyError} `ERR_VERIFY_COMMENT`, `ERR_VERIFY_STRUCTURE`, `ERR_VERIFY_BASE64` and those of
 *   {@link readSignedInfo}
 */
export function readSignature(document: XmlDocument, signature: XmlNode, suites: SuiteTable): ReadSignature {
  if (document.hasCommentWithin(signature)) {
    throw refusal(
      'ERR_VERIFY_COMMENT',
      'a signature must not have comments: readers disagree on what they split',
    );
  }
  const names = ['SignedInfo', 'SignatureValue', 'KeyInfo?'] as const;
  const [signedInfo, signatureValue, keyInfo] = childrenInOrder(signature, signatureNamespace, names);
  return {
    signedInfo: readSignedInfo(signedInfo, suites),
    signatureValue: base64Content(signatureValue),
    keyInfo,
  };
}
