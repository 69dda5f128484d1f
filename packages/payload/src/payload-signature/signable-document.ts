import type { XmlDocument, XmlNode } from '@egov-gateway/xml';

import { elementsWithin } from '../element-walk.ts';
import { dsigNamespace } from './vocabulary.ts';

// xmldom knows no names beyond U+FFFF.
const beyondBmp = /[\uD800-\uDFFF]/;
const longNames = 'has a name with characters beyond U+FFFF, which not all XML libraries know; rename it';

const xmlPrefixNamespace = 'http://www.w3.org/XML/1998/namespace';

/**
 * Why a document cannot be signed or checked so that everybody computes the same digest, or `undefined` when it can.
 *
 * The reader has refused DOCTYPE, processing instructions and entities before.
 */
export function unsignableReason(document: XmlDocument): string | undefined {
  // xmldom takes these for line ends, which only XML 1.1 does.
  if (/[\u0085\u2028]/.test(document.source)) {
    return 'has U+0085 or U+2028, which XML libraries read in different ways; replace them';
  }
  for (const { namespace, localName } of document.attributes()) {
    if (namespace === xmlPrefixNamespace) {
      return 'has an attribute of the namespace of xml, such as xml:lang, which C14N inherits; remove it';
    }
    // xmldom takes it for a declaration.
    if (localName.startsWith('xmlns')) return 'has an attribute whose name begins with xmlns; rename it';
    if (beyondBmp.test(localName)) return longNames;
  }
  for (const { localName, prefix } of elementsWithin(document.root) as Iterable<XmlNode>) {
    if (beyondBmp.test(localName) || beyondBmp.test(prefix)) return longNames;
  }
  return undefined;
}

/** Every signature in a document, wherever it is. */
export function signaturesIn(document: XmlDocument): XmlNode[] {
  return [...elementsWithin(document.root)].filter(isSignature) as XmlNode[];
}

function isSignature(element: { readonly localName: string; readonly namespace: string }): boolean {
  return element.localName === 'Signature' && element.namespace === dsigNamespace;
}
