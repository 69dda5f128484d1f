import type { XmlElement, XmlName, XmlWriter } from '@egov-gateway/core';

import { EncodingSink } from './canonical-output.ts';
import { compareCodePoints } from './characters.ts';
import { elementOf, tapeOf } from './document.ts';
import { nodeOf } from './element-view.ts';
import { escapeAttribute, escapeText } from './escape.ts';
import { ExclusiveC14n } from './exclusive-c14n.ts';
import { assertXmlCharacters, Utf8Buffer } from './utf8-buffer.ts';
import { type WriterName, WriterNames } from './writer-names.ts';
import { assertXmlName } from './xml-name.ts';

/** How to write. */
export interface XmlWriterOptions {
  /** Octets to make room for at the start; the writer grows by itself. Default: 8192. */
  readonly initialBytes?: number;
}

/** What a {@link CanonicalWriter} has written. */
export interface WrittenXml {
  /** The document, UTF-8. */
  readonly bytes: Uint8Array;
  /**
   * Ranges `[start, end)` of `bytes`, ascending: the declarations that exclusive C14N drops, and the CDATA sections
   * that it replaces by the third member. With that done `bytes` is its own exclusive canonical form.
   */
  readonly wireOnly: readonly (readonly [start: number, end: number, canonical?: Uint8Array])[];
}

/** An {@link XmlWriter} whose output is the exclusive canonical form as it comes. Make one with {@link createXmlWriter}. */
export interface CanonicalWriter extends XmlWriter {
  /** Octets written so far. Asking ends the start tag that is being written: no attribute can follow. */
  readonly byteOffset: number;
  /**
   * What was written. The writer cannot be used afterwards.
   *
   * @throws {Error} when nothing was written, or elements are still open
   */
  finish(): WrittenXml;
}

/**
 * A writer of one document.
 *
 * @example
 * ```ts
 * const writer = createXmlWriter();
 * writer.open(xmlName('request', 'http://agency.example/v1', 'v1'));
 * writer.leaf('number', '01085');
 * writer.close();
 * const { bytes } = writer.finish(); // <v1:request xmlns:v1="http://agency.example/v1"><number>01085</number></v1:request>
 * ```
 */
export function createXmlWriter(options: XmlWriterOptions = {}): CanonicalWriter {
  const { initialBytes = 8192 } = options;
  if (!Number.isInteger(initialBytes) || initialBytes < 1) {
    throw new TypeError('initialBytes must be a positive integer');
  }
  return new OnePassWriter(initialBytes);
}

interface PendingAttribute {
  readonly name: WriterName;
  readonly value: string;
}

const XML_PREFIX = 'xml';
const tagEnd = Buffer.from('>');

/** No section can hold its own end, and a carriage return in one would be read as a line feed. */
function cdataSections(text: string): string {
  const content = text.replaceAll(']]>', ']]]]><![CDATA[>').replaceAll('\r', ']]>&#xD;<![CDATA[');
  return `<![CDATA[${content}]]>`;
}

class OnePassWriter implements CanonicalWriter {
  readonly #output: Utf8Buffer;
  readonly #names = new WriterNames();
  readonly #open: WriterName[] = [];
  readonly #wireOnly: [number, number, Uint8Array?][] = [];
  /** By prefix number, the namespace that the canonical form has declared last; `undefined` none. */
  readonly #rendered: (string | undefined)[] = [''];
  /** By prefix number, the namespace it is bound to on the wire. */
  readonly #wire: (string | undefined)[] = [''];
  /** Undo: depth of the element, prefix number, what was rendered, what was on the wire. */
  readonly #undo: [number, number, string | undefined, string | undefined][] = [];
  /** The start tag being written: its name is out, its declarations and attributes are not. */
  #isTagOpen = false;
  readonly #declared: number[] = [];
  readonly #declaredWireOnly: number[] = [];
  readonly #attributes: PendingAttribute[] = [];
  #isRootDone = false;
  #isFinished = false;

  constructor(initialBytes: number) {
    this.#output = new Utf8Buffer(initialBytes);
  }

  get byteOffset(): number {
    this.#endTag();
    return this.#output.length;
  }

  open(name: XmlName | string): void {
    const known = this.#names.get(name);
    this.#beginElement();
    this.#output.octets(known.start);
    this.#open.push(known);
    this.#isTagOpen = true;
    this.#use(known);
  }

  attribute(name: XmlName | string, value: string): void {
    if (!this.#isTagOpen) throw new Error('attribute must follow open, before any content');
    if (typeof value !== 'string') throw new TypeError('value must be a string');
    const known = this.#names.get(name);
    if (known.prefix === '' && known.namespace !== '') {
      throw new TypeError('an attribute in a namespace must have a prefix');
    }
    if (known.qualified === 'xmlns')
      throw new TypeError('xmlns is not an attribute: use names with namespaces');
    assertXmlCharacters(value);
    for (const { name: other } of this.#attributes) {
      if (other.localName === known.localName && other.namespace === known.namespace) {
        throw new TypeError('an attribute must not occur twice on one element');
      }
    }
    if (known.prefix !== '') this.#use(known);
    this.#attributes.push({ name: known, value });
  }

  declarePrefix(prefix: string, namespace: string): void {
    if (!this.#isTagOpen) throw new Error('declarePrefix must follow open, before any content');
    if (prefix === '' || namespace === '') throw new TypeError('prefix and namespace must not be empty');
    assertXmlName({ localName: 'any', namespace, prefix });
    const number = this.#names.prefixNumber(prefix);
    if (prefix === XML_PREFIX || this.#wire[number] === namespace) return;
    if (this.#rendered[number] !== undefined || this.#isDeclaredHere(number)) {
      throw new TypeError('prefix is in use for another namespace here');
    }
    this.#remember(number);
    this.#wire[number] = namespace;
    this.#declaredWireOnly.push(number);
  }

  text(value: string): void {
    if (typeof value !== 'string') throw new TypeError('value must be a string');
    this.#beginContent();
    this.#output.text(value);
  }

  cdata(value: string): void {
    if (typeof value !== 'string') throw new TypeError('value must be a string');
    assertXmlCharacters(value);
    this.#beginContent();
    if (value === '') return;
    const start = this.#output.length;
    this.#output.markup(cdataSections(value));
    this.#wireOnly.push([start, this.#output.length, Buffer.from(escapeText(value))]);
  }

  base64(bytes: Uint8Array): void {
    if (!(bytes instanceof Uint8Array)) throw new TypeError('bytes must be a Uint8Array');
    this.#beginContent();
    this.#output.base64(bytes);
  }

  leaf(name: XmlName | string, value: string): void {
    if (typeof value !== 'string') throw new TypeError('value must be a string');
    const known = this.#names.get(name);
    if (this.#rendered[known.prefixNumber] !== known.namespace) {
      assertXmlCharacters(value);
      this.open(name);
      this.text(value);
      this.close();
      return;
    }
    this.#beginElement();
    this.#output.leaf(known.startTag, value, known.endTag);
    if (this.#open.length === 0) this.#isRootDone = true;
  }

  copy(element: XmlElement): void {
    const node = nodeOf(element);
    this.#beginElement();
    const tape = tapeOf(node);
    const sink = new EncodingSink(tape.source, (chunk) => this.#output.append(chunk));
    const c14n = new ExclusiveC14n(tape, elementOf(node), sink);
    for (const [number, namespace] of this.#rendered.entries()) {
      if (namespace !== undefined) c14n.assume(this.#names.prefixes[number] as string, namespace);
    }
    c14n.run();
    sink.finish();
    if (this.#open.length === 0) this.#isRootDone = true;
  }

  close(): void {
    const name = this.#open.at(-1);
    if (name === undefined) throw new Error('close without an open element');
    this.#endTag();
    this.#output.octets(name.endTag);
    const depth = this.#open.length;
    for (let last = this.#undo.at(-1); last !== undefined && last[0] === depth; last = this.#undo.at(-1)) {
      const [, number, rendered, wire] = last;
      this.#rendered[number] = rendered;
      this.#wire[number] = wire;
      this.#undo.pop();
    }
    this.#open.pop();
    if (this.#open.length === 0) this.#isRootDone = true;
  }

  finish(): WrittenXml {
    if (this.#isFinished) throw new Error('the writer is finished');
    if (this.#open.length > 0) throw new Error(`${this.#open.length} element(s) are not closed`);
    if (!this.#isRootDone) throw new Error('nothing was written');
    this.#isFinished = true;
    return { bytes: this.#output.view(), wireOnly: this.#wireOnly };
  }

  #beginElement(): void {
    if (this.#open.length === 0 && (this.#isRootDone || this.#isFinished)) {
      throw new Error('a document has one root element only');
    }
    if (this.#isTagOpen) this.#endTag();
  }

  #beginContent(): void {
    if (this.#open.length === 0) throw new Error('text must be inside an element');
    if (this.#isTagOpen) this.#endTag();
  }

  /** Notes that the start tag being written uses a prefix visibly. */
  #use({ prefix, prefixNumber: number, namespace }: WriterName): void {
    if (prefix === XML_PREFIX || this.#rendered[number] === namespace) return;
    const wireOnly = this.#declaredWireOnly.indexOf(number);
    if (this.#declared.includes(number) || (wireOnly !== -1 && this.#wire[number] !== namespace)) {
      throw new TypeError('one prefix is used for two namespaces on one element');
    }
    if (wireOnly !== -1) this.#declaredWireOnly.splice(wireOnly, 1);
    this.#remember(number);
    this.#rendered[number] = namespace;
    this.#wire[number] = namespace;
    this.#declared.push(number);
  }

  #isDeclaredHere(number: number): boolean {
    return this.#declared.includes(number) || this.#declaredWireOnly.includes(number);
  }

  #remember(number: number): void {
    this.#undo.push([this.#open.length, number, this.#rendered[number], this.#wire[number]]);
  }

  /** Writes what is left of the start tag being written. */
  #endTag(): void {
    if (!this.#isTagOpen) return;
    this.#isTagOpen = false;
    const output = this.#output;
    const { prefixes } = this.#names;
    const declared = this.#declared;
    declared.sort((a, b) => compareCodePoints(prefixes[a] as string, prefixes[b] as string));
    for (const number of declared) output.markup(this.#declaration(number));
    for (const number of this.#declaredWireOnly) {
      const start = output.length;
      output.markup(this.#declaration(number));
      this.#wireOnly.push([start, output.length]);
    }
    const attributes = this.#attributes;
    attributes.sort(
      (a, b) =>
        compareCodePoints(a.name.namespace, b.name.namespace) ||
        compareCodePoints(a.name.localName, b.name.localName),
    );
    for (const { name, value } of attributes) output.markup(` ${name.qualified}="${escapeAttribute(value)}"`);
    output.octets(tagEnd);
    declared.length = 0;
    this.#declaredWireOnly.length = 0;
    attributes.length = 0;
  }

  #declaration(number: number): string {
    const namespace = escapeAttribute(this.#wire[number] as string);
    return number === 0 ? ` xmlns="${namespace}"` : ` xmlns:${this.#names.prefixes[number]}="${namespace}"`;
  }
}
