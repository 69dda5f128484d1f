import {
  ParseError,
  type ValidationIssue,
  type XmlElement,
  type XmlName,
  type XmlWriter,
} from '@egov-gateway/core';
import { createXmlWriter, xmlName } from '@egov-gateway/xml';

import { assertDataStyle, type DataStyle, elementsOf, writeDataType, xmlDeclaration } from './data-style.ts';
import type { ObjectPlan } from './plan.ts';
import { readObject, type UnknownElements } from './read-object.ts';
import { writeObject } from './write-object.ts';

/**
 * A typed payload: a {@link DataCodec} that also makes and reads documents of its own.
 *
 * `Received` is what reading gives; `Sent`, never narrower, is what may be handed in for writing: plain text, for
 * example, where reading gives a checked IIN.
 */
export interface Payload<Received, Sent = Received> {
  /** Every rule that `value` breaks, paths relative to `data`. Empty when it may be sent. */
  validate(value: Sent): readonly ValidationIssue[];
  /** Writes the attributes and the content of `data`. Validate before: a value that does not fit throws `TypeError`. */
  write(value: Sent, writer: XmlWriter): void;
  /**
   * Reads the content of `data`, which may be elements or text that holds XML, whatever `xsi:type` says.
   *
   * @throws {ParseError} `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`, `ERR_PARSE_UNEXPECTED_ELEMENT`,
   *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_VALUE`
   * @throws {XmlError} when `data` is text, and the text is not acceptable XML
   */
  read(data: XmlElement): Received;
  /**
   * The payload as an XML document of its own, canonical, UTF-8: what {@link signPayload} takes.
   *
   * @throws {TypeError} when the definition has no `root`
   */
  writeDocument(value: Sent): Uint8Array;
  /**
   * Reads a document that {@link Payload.writeDocument} or a peer made, from its root element.
   *
   * @throws {ParseError} as {@link Payload.read}
   */
  readDocument(root: XmlElement): Received;
}

/** What may be handed to a codec for sending. */
export type SentBy<Codec> = Codec extends { write(value: infer Sent, writer: XmlWriter): void }
  ? Sent
  : never;

/** What a codec gives on reading. */
export type ReceivedBy<Codec> = Codec extends { read(data: XmlElement): infer Received } ? Received : never;

/** The one element around the fields, for documents and for services that want it inside `data`. */
export interface RootElement {
  readonly name: string;
  /** Default: none. */
  readonly namespace?: string;
  /** Default: `ns`. */
  readonly prefix?: string;
}

/** How a payload lies in XML, beyond its fields. */
export interface PayloadLayout {
  /** How the payload lies in `data`. Default: `{ style: 'plain' }`. */
  readonly data?: DataStyle;
  /** Default: none, the fields are children of `data` itself. */
  readonly root?: RootElement;
  /** Namespace of field elements that do not name their own. Default: none, as `elementFormDefault` has it. */
  readonly elements?: { readonly namespace: string; readonly prefix?: string };
  /** What to do with received elements that the definition does not know. Default: `ignore`. */
  readonly unknownElements?: UnknownElements;
  /** The document that issues refer to, where a field does not name its own. */
  readonly clause?: string;
}

/**
 * A payload from its compiled parts.
 *
 * @internal
 */
export function createPayload<Received, Sent>(parts: {
  readonly plan: ObjectPlan;
  readonly layout: PayloadLayout;
  /** Issues with paths below `path`. */
  readonly validate: (value: Sent, path: string) => readonly ValidationIssue[];
  /** The first rule that a received value breaks. */
  readonly check: (value: unknown, path: string) => ValidationIssue | undefined;
}): Payload<Received, Sent> {
  const { plan, layout, validate, check } = parts;
  const { data = { style: 'plain' }, unknownElements = 'ignore' } = layout;
  const root = rootName(layout.root);
  assertDataStyle(data);
  if (data.style === 'text' && root === undefined) {
    throw new TypeError("data: { style: 'text' } is a document of its own and needs a root");
  }

  const writeElements = (value: Sent, writer: XmlWriter): void => {
    if (root !== undefined) writer.open(root);
    writeObject(plan, value, writer);
    if (root !== undefined) writer.close();
  };
  const writeDocument = (value: Sent): Uint8Array => {
    if (root === undefined)
      throw new TypeError('a document needs a root element; give the definition a root');
    const writer = createXmlWriter({ initialBytes: 2048 });
    writeElements(value, writer);
    return writer.finish().bytes;
  };
  const readFields = (element: XmlElement): Received => {
    const value = readObject(plan, element, unknownElements);
    const broken = check(value, element.path);
    if (broken !== undefined) throw refused(broken);
    return value as Received;
  };
  const readDocument = (element: XmlElement): Received => {
    if (root !== undefined && !isCalled(element, root)) {
      throw new ParseError(`expected the element ${root.localName} of this contract, found another one`, {
        code: 'ERR_PARSE_UNEXPECTED_ELEMENT',
        path: element.path,
      });
    }
    return readFields(element);
  };

  return {
    validate: (value) => validate(value, root === undefined ? '' : `/${root.localName}`),
    write(value, writer) {
      writeDataType(data, writer);
      if (data.style !== 'text') return writeElements(value, writer);
      const text = new TextDecoder().decode(writeDocument(value));
      writer.text(data.declaration === true ? xmlDeclaration + text : text);
    },
    read(element) {
      const found = elementsOf(element);
      if (root === undefined) return readFields(found);
      // Text is the whole document; as elements, the root is a child of `data`.
      return found === element ? readFields(rootChild(element, root)) : readDocument(found);
    },
    writeDocument,
    readDocument,
  };
}

function rootName(root: RootElement | undefined): XmlName | undefined {
  if (root === undefined) return undefined;
  const { name, namespace = '', prefix = 'ns' } = root;
  return xmlName(name, namespace, namespace === '' ? '' : prefix);
}

function rootChild(data: XmlElement, root: XmlName): XmlElement {
  let found: XmlElement | undefined;
  for (let child = data.first; child !== undefined; child = child.next) {
    if (!isCalled(child, root)) continue;
    if (found !== undefined) {
      throw new ParseError('expected once, found twice', {
        code: 'ERR_PARSE_DUPLICATE_ELEMENT',
        path: child.path,
      });
    }
    found = child;
  }
  if (found !== undefined) return found;
  throw new ParseError('expected this element, found none', {
    code: 'ERR_PARSE_MISSING_ELEMENT',
    path: `${data.path}/${root.localName}`,
  });
}

function isCalled(element: XmlElement, name: XmlName): boolean {
  return element.localName === name.localName && element.namespace === name.namespace;
}

function refused(issue: ValidationIssue): ParseError {
  const code = issue.rule === 'min-items' ? 'ERR_PARSE_MISSING_ELEMENT' : 'ERR_PARSE_VALUE';
  return new ParseError(`${issue.message} (rule ${issue.rule})`, { code, path: issue.path });
}
