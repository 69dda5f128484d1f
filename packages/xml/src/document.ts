import { inspect } from 'node:util';

import { ParseError, printablePath, type XmlElement } from '@egov-gateway/core';

import { TextSink } from './canonical-output.ts';
import { ExclusiveC14n } from './exclusive-c14n.ts';
import { UNBOUND } from './namespace-scope.ts';
import { resolveText } from './references.ts';
import {
  DECLARATION,
  DETAIL,
  DETAIL_STRIDE,
  ELEMENT_STRIDE,
  END,
  FLAGS,
  HAS_ATTRIBUTE,
  HAS_CHILD,
  HAS_COMMENT,
  KIND,
  NAME,
  NAMESPACE,
  NEXT,
  OWNER,
  PARENT,
  START,
  START_TAG_END,
  type Tape,
  TEXT_ESCAPED,
} from './tape.ts';
import { attributeLocalName, attributeNamespace, attributeValue, namespaceAt } from './tape-lookup.ts';

/** One attribute, with the element it stands on. Namespace declarations are no attributes. */
export interface XmlAttribute {
  readonly element: XmlNode;
  readonly localName: string;
  /** `''` when the attribute has no prefix. */
  readonly namespace: string;
  readonly value: string;
}

/** Gives the modules of this package, and nobody else, the tape behind a node. */
export let tapeOf: (node: XmlNode) => Tape;
/** The element of the tape that a node shows. */
export let elementOf: (node: XmlNode) => number;

/** A document that was read. `util.inspect` shows nothing of its content. */
export class XmlDocument {
  /** The root element. */
  readonly root: XmlNode;
  readonly #tape: Tape;

  /** @internal */
  constructor(tape: Tape) {
    this.#tape = tape;
    this.root = new XmlNode(this, tape, 0);
  }

  /** The text that was read: without byte order mark, line ends normalised to U+000A. Offsets of nodes point into it. */
  get source(): string {
    return this.#tape.source;
  }

  /** All attributes in document order. Only elements that have some are visited. */
  *attributes(): Generator<XmlAttribute, void, undefined> {
    const { details, detailEnd } = this.#tape;
    let element: XmlNode | undefined;
    for (let row = 0; row < detailEnd; row += DETAIL_STRIDE) {
      if (details[row + KIND] === DECLARATION) continue;
      const owner = details[row + OWNER] as number;
      if (element === undefined || elementOf(element) !== owner)
        element = new XmlNode(this, this.#tape, owner);
      yield {
        element,
        localName: attributeLocalName(this.#tape, row),
        namespace: attributeNamespace(this.#tape, row),
        value: attributeValue(this.#tape, row),
      };
    }
  }

  /**
   * Whether there is a comment anywhere inside the element.
   *
   * @throws {TypeError} when the element belongs to another document
   */
  hasCommentWithin(element: XmlNode): boolean {
    if (element.document !== this) throw new TypeError('element must belong to this document');
    const { comments } = this.#tape;
    let low = 0;
    let high = comments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((comments[middle] as number) < element.startOffset) low = middle + 1;
      else high = middle;
    }
    return low < comments.length && (comments[low] as number) < element.endOffset;
  }
}

/**
 * An element of a document that was read. Nodes are views made on demand: compare them with {@link XmlNode.isSame},
 * not with `===`. `util.inspect` and `JSON.stringify` show the path and nothing of the content.
 */
export class XmlNode implements XmlElement {
  readonly document: XmlDocument;
  readonly #tape: Tape;
  readonly #element: number;

  static {
    tapeOf = (node) => node.#tape;
    elementOf = (node) => node.#element;
  }

  /** @internal */
  constructor(document: XmlDocument, tape: Tape, element: number) {
    this.document = document;
    this.#tape = tape;
    this.#element = element;
  }

  /** The name without prefix. */
  get localName(): string {
    return this.#tape.names.local[this.#slot(NAME)] as string;
  }

  /** `''` when the element is in no namespace. */
  get namespace(): string {
    return this.#tape.uris[this.#slot(NAMESPACE)] as string;
  }

  /** The prefix it is written with, `''` when there is none. It means nothing. */
  get prefix(): string {
    const { names } = this.#tape;
    return names.prefixes[names.prefixOf[this.#slot(NAME)] as number] as string;
  }

  /** `/Envelope/Body`: local names from the root, for messages. */
  get path(): string {
    const { names, elements } = this.#tape;
    const steps: string[] = [];
    for (let at = this.#element; at !== -1; at = elements[at + PARENT] as number) {
      steps.push(names.local[elements[at + NAME] as number] as string);
    }
    return `/${steps.reverse().join('/')}`;
  }

  /** Offset of the `<` in the source of the document. */
  get startOffset(): number {
    return this.#slot(START);
  }

  /** Offset behind the start tag. */
  get startTagEnd(): number {
    return this.#slot(START_TAG_END);
  }

  /** Offset behind the element. */
  get endOffset(): number {
    return this.#slot(END);
  }

  /** The element around this one, `undefined` for the root. */
  get parent(): XmlNode | undefined {
    return this.#node(this.#slot(PARENT));
  }

  /** The first child element. */
  get first(): XmlNode | undefined {
    return this.#has(HAS_CHILD) ? this.#node(this.#element + ELEMENT_STRIDE) : undefined;
  }

  /** The next sibling element. */
  get next(): XmlNode | undefined {
    return this.#node(this.#slot(NEXT));
  }

  /** The child elements in order. */
  *children(): Generator<XmlNode, void, undefined> {
    for (let child = this.first; child !== undefined; child = child.next) yield child;
  }

  /** The first child element of a name; `namespace` `''` (the default) is none. */
  child(localName: string, namespace = ''): XmlNode | undefined {
    for (let child = this.first; child !== undefined; child = child.next) {
      if (child.localName === localName && child.namespace === namespace) return child;
    }
    return undefined;
  }

  /** Whether both show the same element of the same document. */
  isSame(other: XmlElement): boolean {
    return other instanceof XmlNode && other.document === this.document && other.#element === this.#element;
  }

  /** The value of an attribute; `namespace` `''` (the default) is an unqualified one. */
  attribute(localName: string, namespace = ''): string | undefined {
    if (!this.#has(HAS_ATTRIBUTE)) return undefined;
    const { details, detailEnd } = this.#tape;
    for (let row = this.#slot(DETAIL); row < detailEnd; row += DETAIL_STRIDE) {
      if (details[row + OWNER] !== this.#element) break;
      if (details[row + KIND] === DECLARATION) continue;
      const isSought =
        attributeLocalName(this.#tape, row) === localName &&
        attributeNamespace(this.#tape, row) === namespace;
      if (isSought) return attributeValue(this.#tape, row);
    }
    return undefined;
  }

  /**
   * The character data of a leaf, `''` when empty: references resolved, CDATA opened, white space kept.
   *
   * @throws {ParseError} `ERR_PARSE_NOT_TEXT` when the element has element children
   */
  text(): string {
    const flags = this.#slot(FLAGS);
    if ((flags & HAS_CHILD) !== 0) {
      throw new ParseError('expected text, found child elements', {
        code: 'ERR_PARSE_NOT_TEXT',
        path: this.path,
      });
    }
    const { source } = this.#tape;
    const start = this.#slot(START_TAG_END);
    const end = this.#slot(END);
    if (start === end) return '';
    const raw = source.slice(start, source.lastIndexOf('<', end - 1));
    return (flags & (TEXT_ESCAPED | HAS_COMMENT)) === 0 ? raw : resolveText(raw);
  }

  /**
   * The namespace that a prefix is bound to here, `undefined` when it is not. `''` asks for the default namespace
   * and gets `''` when there is none. An unsigned hint: exclusive C14N drops declarations that only values use.
   */
  lookupNamespace(prefix: string): string | undefined {
    const number = this.#tape.names.prefix(prefix);
    if (number === undefined) return undefined;
    const namespace = namespaceAt(this.#tape, this.#element, number);
    return namespace === UNBOUND ? undefined : this.#tape.uris[namespace];
  }

  /** The exclusive canonical form, without comments, as text. */
  toXml(): string {
    const sink = new TextSink(this.#tape.source);
    new ExclusiveC14n(this.#tape, this.#element, sink).run();
    return sink.finish();
  }

  /** Shown by `JSON.stringify` instead of the content, as messages show it. */
  toJSON(): { path: string } {
    return { path: printablePath(this.path) };
  }

  #slot(slot: number): number {
    return this.#tape.elements[this.#element + slot] as number;
  }

  #has(flag: number): boolean {
    return (this.#slot(FLAGS) & flag) !== 0;
  }

  #node(element: number): XmlNode | undefined {
    return element === -1 ? undefined : new XmlNode(this.document, this.#tape, element);
  }
}

/** Makes `util.inspect`, and so every log, show a label instead of the fields. */
function hideContent<T extends object>(prototype: T, label: (instance: T) => string): void {
  Object.defineProperty(prototype, inspect.custom, {
    value(this: T): string {
      return label(this);
    },
  });
}

hideContent(XmlDocument.prototype, () => 'XmlDocument {}');
hideContent(XmlNode.prototype, (node) => `XmlNode { ${printablePath(node.path)} }`);
