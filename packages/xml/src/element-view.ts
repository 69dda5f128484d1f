import { inspect } from 'node:util';

import { printablePath, type XmlElement } from '@egov-gateway/core';

import { XmlNode } from './document.ts';

/** Gives this package, and nobody else, the node behind a view. */
let nodeBehind: (view: ElementView) => XmlNode;

/** What of a document may be seen through {@link elementView}. */
class ElementView implements XmlElement {
  readonly #node: XmlNode;
  readonly #isApex: boolean;

  static {
    nodeBehind = (view) => view.#node;
  }

  constructor(node: XmlNode, isApex: boolean) {
    this.#node = node;
    this.#isApex = isApex;
    Object.freeze(this);
  }

  get localName(): string {
    return this.#node.localName;
  }

  get namespace(): string {
    return this.#node.namespace;
  }

  get path(): string {
    return this.#node.path;
  }

  get first(): XmlElement | undefined {
    const { first } = this.#node;
    return first === undefined ? undefined : new ElementView(first, false);
  }

  get next(): XmlElement | undefined {
    const next = this.#isApex ? undefined : this.#node.next;
    return next === undefined ? undefined : new ElementView(next, false);
  }

  attribute(localName: string, namespace?: string): string | undefined {
    return this.#node.attribute(localName, namespace);
  }

  text(): string {
    return this.#node.text();
  }

  lookupNamespace(prefix: string): string | undefined {
    return this.#node.lookupNamespace(prefix);
  }

  toXml(): string {
    return this.#node.toXml();
  }

  toJSON(): { path: string } {
    return { path: printablePath(this.path) };
  }

  [inspect.custom](): string {
    return `XmlElement { ${printablePath(this.path)} }`;
  }
}

/**
 * The element and what is in it, and no way to anything else: neither the document nor the parent nor a sibling can
 * be reached from there. Its path stays the one from the root, and prefixes that were declared outside keep their
 * meaning. It can be canonicalised and copied like the element itself.
 */
export function elementView(element: XmlNode): XmlElement {
  return new ElementView(element, true);
}

/**
 * The node that an element is or shows.
 *
 * @throws {TypeError} when the element was not read by this package
 */
export function nodeOf(element: XmlElement): XmlNode {
  if (element instanceof XmlNode) return element;
  if (element instanceof ElementView) return nodeBehind(element);
  throw new TypeError('element must come from parseXml');
}
