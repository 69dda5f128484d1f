/**
 * Writes the nodes of xmlbuilder2 with the canonical writer.
 *
 * The serialiser of xmlbuilder2 is not used: it writes carriage returns, and line breaks in attributes, as they are, so
 * that they would be lost or changed on the way.
 *
 * @module
 */
import type { XmlName, XmlWriter } from '@egov-gateway/core';

import type { FreeBuilder } from './free-tree.ts';

type DomNode = FreeBuilder['node'];

interface DomAttribute {
  readonly localName: string;
  readonly namespaceURI: string | null;
  readonly prefix: string | null;
  readonly value: string;
}

interface DomElement {
  readonly localName: string;
  readonly namespaceURI: string | null;
  readonly prefix: string | null;
  readonly attributes: Iterable<DomAttribute>;
}

const nodeKinds = { element: 1, text: 3, cdata: 4, comment: 8 } as const;
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

/**
 * Writes the children of `parent`, without recursion.
 *
 * @throws {TypeError} when a name, a character or a kind of node cannot be written
 */
export function writeNodes(parent: DomNode, writer: XmlWriter): void {
  let node = parent.firstChild;
  while (node !== null) {
    if (node.nodeType === nodeKinds.element) {
      openElement(node as unknown as DomElement, writer);
      if (node.firstChild !== null) {
        node = node.firstChild;
        continue;
      }
      writer.close();
    } else if (node.nodeType === nodeKinds.text || node.nodeType === nodeKinds.cdata) {
      writer.text((node as unknown as { readonly data: string }).data);
    } else if (node.nodeType !== nodeKinds.comment) {
      throw new TypeError(
        'only elements, attributes and text can be sent; remove instructions and document types',
      );
    }
    while (node !== null && node.nextSibling === null) {
      const up: DomNode | null = node.parentNode;
      if (up === null || up === parent) return;
      writer.close();
      node = up;
    }
    node = node?.nextSibling ?? null;
  }
}

/** The elements directly below `parent`, and whether there is text beside them. */
export function contentOf(parent: DomNode): { readonly elements: number; readonly hasText: boolean } {
  let elements = 0;
  let hasText = false;
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType === nodeKinds.element) elements += 1;
    if (node.nodeType === nodeKinds.text || node.nodeType === nodeKinds.cdata) {
      hasText ||= (node as unknown as { readonly data: string }).data.trim() !== '';
    }
  }
  return { elements, hasText };
}

function openElement(element: DomElement, writer: XmlWriter): void {
  writer.open(nameOf(element));
  const attributes = [...element.attributes];
  for (const attribute of attributes) {
    if (attribute.namespaceURI !== xmlnsNamespace) writer.attribute(nameOf(attribute), attribute.value);
  }
  // Declarations that nothing uses visibly are for names inside values, `xsi:type="p:T"`.
  for (const { namespaceURI, prefix, localName, value } of attributes) {
    if (namespaceURI === xmlnsNamespace && prefix !== null) writer.declarePrefix(localName, value);
  }
}

function nameOf(node: Omit<DomAttribute, 'value'>): XmlName {
  return { localName: node.localName, namespace: node.namespaceURI ?? '', prefix: node.prefix ?? '' };
}
