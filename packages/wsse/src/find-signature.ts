import type { XmlNode } from '@egov-gateway/xml';

import type { EnvelopeParts } from './locate-body.ts';
import { refusal, shown, shownPath } from './refusal.ts';
import { assertNoText, isNamed } from './strict-children.ts';
import {
  encryptionNamespace,
  securityNamespace,
  signatureNamespace,
  utilityNamespace,
} from './vocabulary.ts';

/** The one signature of a message, and the header block it is in. */
export interface FoundSignature {
  readonly security: XmlNode;
  readonly signature: XmlNode;
}

function isEncryption(element: XmlNode | undefined): boolean {
  return element?.namespace === encryptionNamespace;
}

/** The first element below `root`, in document order, that `isSought`; nothing inside an element that `isOpaque`. */
function findBelow(
  root: XmlNode,
  isSought: (element: XmlNode) => boolean,
  isOpaque: (element: XmlNode) => boolean,
): XmlNode | undefined {
  let element = root.first;
  while (element !== undefined) {
    if (isSought(element)) return element;
    let next = (isOpaque(element) ? undefined : element.first) ?? element.next;
    for (
      let parent = element.parent;
      next === undefined && parent?.isSame(root) === false;
      parent = parent.parent
    ) {
      next = parent.next;
    }
    element = next;
  }
  return undefined;
}

function isSignature(element: XmlNode): boolean {
  return isNamed(element, 'Signature', signatureNamespace);
}

/**
 * A signature that stands where no signature may: anywhere but in its one place. Payloads have signatures of their
 * own, in `data` and nowhere else.
 */
export function straySignature({ header, body }: EnvelopeParts, signature?: XmlNode): XmlNode | undefined {
  const isStray = (element: XmlNode): boolean => isSignature(element) && signature?.isSame(element) !== true;
  const inHeader = header === undefined ? undefined : findBelow(header, isStray, () => false);
  return inHeader ?? findBelow(body, isStray, ({ localName }) => localName === 'data');
}

/** Only what a transport signature needs: the block is `mustUnderstand`, so that nothing in it may be skipped. */
function assertContent(security: XmlNode): void {
  assertNoText(security);
  for (const child of security.children()) {
    if (isEncryption(child)) throw encrypted();
    const isKnown =
      isSignature(child) ||
      isNamed(child, 'BinarySecurityToken', securityNamespace) ||
      isNamed(child, 'Timestamp', utilityNamespace);
    if (!isKnown) {
      throw refusal('ERR_VERIFY_STRUCTURE', `${shown(child.localName)} in wsse:Security is not known`);
    }
  }
}

function encrypted(): Error {
  return refusal(
    'ERR_VERIFY_ENCRYPTED',
    'the message is encrypted, which is not supported: decrypt it first',
  );
}

/**
 * The one `ds:Signature` below `/Envelope/Header/wsse:Security`, or `undefined` when the Header has none at all.
 *
 * A `wsu:Timestamp` beside it is ignored: the gateway's messages are judged by their own dates.
 *
 * @see Rules No 123, п.55
 * @throws {VerifyError} `ERR_VERIFY_ENCRYPTED`, `ERR_VERIFY_SECURITY_COUNT`, `ERR_VERIFY_SIGNATURE_COUNT`,
 *   `ERR_VERIFY_SIGNATURE_PLACE`, `ERR_VERIFY_STRUCTURE`
 */
export function findSignature(parts: EnvelopeParts): FoundSignature | undefined {
  if (isEncryption(parts.body.first)) throw encrypted();
  const blocks = [...(parts.header?.children() ?? [])].filter((block) =>
    isNamed(block, 'Security', securityNamespace),
  );
  if (blocks.length > 1) {
    throw refusal('ERR_VERIFY_SECURITY_COUNT', `expected one wsse:Security, found ${blocks.length}`);
  }
  const security = blocks[0];
  const signatures = [...(security?.children() ?? [])].filter(isSignature);
  if (signatures.length > 1) {
    throw refusal('ERR_VERIFY_SIGNATURE_COUNT', `expected one Signature, found ${signatures.length}`);
  }
  const signature = signatures[0];
  const stray = straySignature(parts, signature);
  if (stray !== undefined) {
    throw refusal('ERR_VERIFY_SIGNATURE_PLACE', `a Signature must not be in ${shownPath(stray.parent)}`);
  }
  if (security === undefined) return undefined;
  assertContent(security);
  return signature === undefined ? undefined : { security, signature };
}
