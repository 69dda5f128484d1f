/**
 * The two faces of XML that the rest of the SDK sees. `@egov-gateway/xml` implements both.
 *
 * @module
 */

/** An expanded name with the prefix it is written with. `namespace` `''` means none; then `prefix` is `''` too. */
export interface XmlName {
  readonly localName: string;
  readonly namespace: string;
  readonly prefix: string;
}

/**
 * Writes one element after another, canonically, in one pass. A string name is a name in no namespace.
 *
 * Namespaces are declared where they are first visibly used, which is exactly what exclusive C14N renders.
 */
export interface XmlWriter {
  /** Opens an element. */
  open(name: XmlName | string): void;
  /** Adds an attribute to the element just opened, before any content. */
  attribute(name: XmlName | string, value: string): void;
  /** Declares a prefix on the element just opened, on the wire only, for a QName inside a value (`xsi:type`). */
  declarePrefix(prefix: string, namespace: string): void;
  /** Character data, escaped. @throws {TypeError} when a character is not allowed in XML 1.0 */
  text(value: string): void;
  /**
   * The same character data in CDATA sections, for receivers that insist on them. To XML, and to a signature, it is the
   * text; a writer without this method is given {@link XmlWriter.text} instead.
   */
  cdata?(value: string): void;
  /** Octets as base64, unwrapped. */
  base64(bytes: Uint8Array): void;
  /** `open`, `text`, `close`. */
  leaf(name: XmlName | string, value: string): void;
  /** The exclusive canonical form of an element that was read. */
  copy(element: XmlElement): void;
  /** Closes the innermost open element. */
  close(): void;
}

/** A read-only view of an element that was read. Comments are gone, entities and CDATA are resolved. */
export interface XmlElement {
  readonly localName: string;
  /** `''` when the element is in no namespace. */
  readonly namespace: string;
  /** `/Envelope/Body/SendMessage`: local names from the root, for messages. */
  readonly path: string;
  /** The first child element. */
  readonly first: XmlElement | undefined;
  /** The next sibling element. */
  readonly next: XmlElement | undefined;
  /** The value of an attribute; `namespace` `''` (the default) is an unqualified one. */
  attribute(localName: string, namespace?: string): string | undefined;
  /**
   * The character data of a leaf, `''` when empty.
   *
   * @throws {ParseError} `ERR_PARSE_NOT_TEXT` when the element has element children
   */
  text(): string;
  /** The namespace bound to a prefix here; `''` asks for the default one. An unsigned hint after exclusive C14N. */
  lookupNamespace(prefix: string): string | undefined;
  /** The exclusive canonical form, as text. */
  toXml(): string;
}
