/**
 * Reads elements of a signature whose content is known exactly.
 *
 * A signature is small and its schema is closed, so nothing in it is skipped: what a verifier does not look at is
 * where a wrapped signature hides.
 *
 * @module
 */

import type { VerifyErrorCode } from '@egov-gateway/core';
import type { XmlNode } from '@egov-gateway/xml';
import { decodeBase64 } from '@egov-gateway/xml';

import { refusal, shown, shownPath } from './refusal.ts';

export function isNamed(element: XmlNode, localName: string, namespace: string): boolean {
  return element.localName === localName && element.namespace === namespace;
}

/**
 * Refuses character data between the elements of `element`, or in it when it has none. White space and comments pass.
 */
export function assertNoText(element: XmlNode, code: VerifyErrorCode = 'ERR_VERIFY_STRUCTURE'): void {
  const { source } = element.document;
  if (element.startTagEnd === element.endOffset) return;
  let from = element.startTagEnd;
  let isBlank = true;
  for (const child of element.children()) {
    isBlank &&= isBlankBetween(source, from, child.startOffset);
    from = child.endOffset;
  }
  isBlank &&= isBlankBetween(source, from, source.lastIndexOf('<', element.endOffset - 1));
  if (!isBlank) throw refusal(code, `${shownPath(element)} must have elements only, found text`);
}

/**
 * Whether there is only white space and comments between two offsets that lie behind markup: every `<!--` that is met
 * there begins a comment. CDATA and references count as text whatever they stand for. Reads nothing twice, because
 * this runs before any signature is checked.
 */
function isBlankBetween(source: string, start: number, end: number): boolean {
  for (let at = start; at < end; ) {
    const unit = source.charCodeAt(at);
    if (unit === 0x20 || unit === 0x9 || unit === 0xa) at++;
    else if (source.startsWith('<!--', at)) at = source.indexOf('-->', at + 4) + 3;
    else return false;
  }
  return true;
}

/** One node for each name; a name that ends in `?` may be absent. */
type Children<Names extends readonly string[]> = {
  readonly [Index in keyof Names]: Names[Index] extends `${string}?` ? XmlNode | undefined : XmlNode;
};

/** The element children, which must be exactly `names`, in this order. A name with `?` may be absent. */
export function childrenInOrder<const Names extends readonly string[]>(
  element: XmlNode,
  namespace: string,
  names: Names,
  code: VerifyErrorCode = 'ERR_VERIFY_STRUCTURE',
): Children<Names> {
  assertNoText(element, code);
  let next = element.first;
  const found = names.map((name) => {
    const isOptional = name.endsWith('?');
    const localName = isOptional ? name.slice(0, -1) : name;
    if (next !== undefined && isNamed(next, localName, namespace)) {
      const child = next;
      next = next.next;
      return child;
    }
    if (isOptional) return undefined;
    throw refusal(code, `expected ${localName} in ${shownPath(element)}, found ${shown(next?.localName)}`);
  });
  if (next !== undefined)
    throw refusal(code, `${shownPath(element)} must not have ${shown(next.localName)} here`);
  return found as unknown as Children<Names>;
}

/** The character data of an element that must have no elements. */
export function leafText(element: XmlNode, code: VerifyErrorCode = 'ERR_VERIFY_STRUCTURE'): string {
  if (element.first !== undefined) throw refusal(code, `${shownPath(element)} must not have elements`);
  return element.text();
}

/** The octets of a base64 leaf. */
export function base64Content(element: XmlNode): Uint8Array {
  const bytes = decodeBase64(leafText(element));
  if (bytes === undefined || bytes.length === 0) {
    throw refusal('ERR_VERIFY_BASE64', `${shownPath(element)} is not base64`);
  }
  return bytes;
}
