/**
 * Names of DOM interfaces that the declarations of xml-crypto mention. The DOM library of TypeScript would bring the
 * globals of a browser into this package. Not emitted: what is published must not declare globals.
 *
 * @module
 */
declare global {
  interface Node {
    readonly nodeType: number;
  }
  interface Element extends Node {
    readonly localName: string;
  }
  interface Attr extends Node {
    readonly value: string;
  }
  interface Comment extends Node {
    readonly data: string;
  }
  interface Document extends Node {
    readonly documentElement: unknown;
  }
  interface XPathNSResolver {
    lookupNamespaceURI(prefix: string | null): string | null;
  }
}

export {};
