import { detached } from './detached.ts';

/** Namespace of the prefix `xml`. @see Namespaces in XML 1.0 (Third Edition), section 3 "Declaring Namespaces" */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
/** Namespace of the prefix `xmlns`, which cannot be declared. */
export const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

/** Number of "no namespace". */
export const NO_NAMESPACE = 0;
/** Number of {@link xmlNamespace}. */
export const XML_NAMESPACE = 1;
/** Number of {@link xmlnsNamespace}. */
export const XMLNS_NAMESPACE = 2;
/** A prefix that nothing declares. */
export const UNBOUND = -1;

/** What every prefix means at one point of a document. A look-up, a declaration and its end take constant time. */
export class NamespaceScope {
  /** The namespaces of the document, each kept once. */
  readonly uris: string[] = ['', xmlNamespace, xmlnsNamespace];
  /** By prefix, the namespace it is bound to. A prefix beyond the end is unbound. */
  readonly bindings: number[] = [NO_NAMESPACE, XML_NAMESPACE, XMLNS_NAMESPACE];

  readonly #numbers = new Map<string, number>([
    ['', NO_NAMESPACE],
    [xmlNamespace, XML_NAMESPACE],
    [xmlnsNamespace, XMLNS_NAMESPACE],
  ]);
  /** Triples: element, prefix, the namespace that the prefix had before. */
  readonly #undo: number[] = [];

  /** The number of a namespace, which is added when it is new. */
  intern(uri: string): number {
    let number = this.#numbers.get(uri);
    if (number === undefined) {
      number = this.uris.length;
      const kept = detached(uri);
      this.uris.push(kept);
      this.#numbers.set(kept, number);
    }
    return number;
  }

  /** Binds a prefix until the element ends: {@link leave}. */
  declare(prefix: number, namespace: number, element: number): void {
    while (this.bindings.length <= prefix) this.bindings.push(UNBOUND);
    this.#undo.push(element, prefix, this.bindings[prefix] ?? UNBOUND);
    this.bindings[prefix] = namespace;
  }

  /** Takes back what the element declared. */
  leave(element: number): void {
    const undo = this.#undo;
    while (undo.length > 0 && undo[undo.length - 3] === element) {
      const namespace = undo.pop() ?? UNBOUND;
      const prefix = undo.pop() ?? 0;
      undo.pop();
      this.bindings[prefix] = namespace;
    }
  }
}

/**
 * Whether a text is an absolute URI as far as names are concerned: it has a scheme, and no character that no URI has.
 *
 * @see RFC 3986, section 3.1 "Scheme"; RFC 3987, section 2.2 for the letters of other scripts
 */
export function isAbsoluteUri(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]*$/.test(text);
}
