import { isWhite } from './characters.ts';
import type { XmlLimits } from './limits.ts';
import type { NameTable } from './name-table.ts';
import {
  isAbsoluteUri,
  type NamespaceScope,
  NO_NAMESPACE,
  UNBOUND,
  XML_NAMESPACE,
  XMLNS_NAMESPACE,
} from './namespace-scope.ts';
import { xmlError } from './position.ts';
import { referenceEnd, resolveAttributeValue } from './references.ts';
import {
  ATTRIBUTE,
  ATTRIBUTE_PLAIN,
  DECLARATION,
  DETAIL_NAME,
  DETAIL_NAMESPACE,
  DETAIL_STRIDE,
  KIND,
  OWNER,
  VALUE_END,
  VALUE_START,
} from './tape.ts';

const XML_PREFIX = 1;
const XMLNS_PREFIX = 2;

const QUOTE = 0x22;
const AMPERSAND = 0x26;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const LESS = 0x3c;
const EQUALS = 0x3d;
const GREATER = 0x3e;

/** Reads start tags with attributes. Its public fields tell about the last one. */
export class StartTagReader {
  name = 0;
  namespace: number = NO_NAMESPACE;
  /** Offset behind `>`. */
  end = 0;
  /** It is exactly `<name>`. */
  isPlain = false;
  /** It is `<name … />`. */
  isEmpty = false;
  hasAttribute = false;
  /** How many details it added. */
  added = 0;

  details: Int32Array = new Int32Array(DETAIL_STRIDE * 32);
  /** Integers of {@link details} in use. */
  detailEnd = 0;

  readonly #source: string;
  readonly #names: NameTable;
  readonly #scope: NamespaceScope;
  readonly #limits: XmlLimits;

  constructor(source: string, names: NameTable, scope: NamespaceScope, limits: XmlLimits) {
    this.#source = source;
    this.#names = names;
    this.#scope = scope;
    this.#limits = limits;
  }

  /** Reads the start tag whose `<` is at `start`, of the element that gets the number `element`. */
  read(start: number, element: number): void {
    const source = this.#source;
    const nameEnd = this.#nameEnd(start + 1, 'an element name, a comment or an end tag behind <');
    this.name = this.#intern(start + 1, nameEnd);
    this.isEmpty = false;
    this.hasAttribute = false;
    const first = this.detailEnd;
    let at = nameEnd;
    for (;;) {
      const unit = source.charCodeAt(at);
      if (unit === GREATER) {
        this.isPlain = at === nameEnd;
        this.end = at + 1;
        break;
      }
      if (unit === SLASH) {
        if (source.charCodeAt(at + 1) !== GREATER) throw this.#expected('> behind / in a tag', at + 1);
        this.isPlain = false;
        this.isEmpty = true;
        this.end = at + 2;
        break;
      }
      if (!isWhite(unit)) throw this.#expected('white space, / or > in a tag', at);
      const next = this.#skipWhite(at + 1);
      const mark = source.charCodeAt(next);
      at = mark === GREATER || mark === SLASH ? next : this.#attribute(next, element, first);
    }
    this.added = (this.detailEnd - first) / DETAIL_STRIDE;
    this.namespace = this.elementNamespace(this.name, start);
    if (this.hasAttribute) this.#bindAttributes(first);
  }

  /**
   * The namespace of an element by its name, at this point of the document.
   *
   * @throws {XmlError} `ERR_XML_NAMESPACE` when its prefix is not declared, or is `xmlns`
   */
  elementNamespace(name: number, start: number): number {
    const prefix = this.#names.prefixOf[name] as number;
    const namespace = this.#scope.bindings[prefix] ?? UNBOUND;
    if (namespace === UNBOUND) throw this.#refused('ERR_XML_NAMESPACE', 'prefix is not declared', start + 1);
    if (prefix === XMLNS_PREFIX) {
      throw this.#refused('ERR_XML_NAMESPACE', 'an element must not have the prefix xmlns', start + 1);
    }
    return namespace;
  }

  /** Reads one attribute and returns the offset behind it. */
  #attribute(start: number, element: number, first: number): number {
    const source = this.#source;
    const nameEnd = this.#nameEnd(start, 'an attribute name, / or > in a tag');
    const name = this.#intern(start, nameEnd);
    const { lastElement } = this.#names;
    if (lastElement[name] === element) {
      throw this.#refused('ERR_XML_DUPLICATE_ATTRIBUTE', 'an attribute occurs twice in one tag', start);
    }
    lastElement[name] = element;
    if (this.detailEnd - first >= this.#limits.maxAttributes * DETAIL_STRIDE) {
      const message = `an element has more than maxAttributes ${this.#limits.maxAttributes}`;
      throw this.#refused('ERR_XML_LIMIT', message, start);
    }

    let at = this.#skipWhite(nameEnd);
    if (source.charCodeAt(at) !== EQUALS) throw this.#expected('= behind an attribute name', at);
    at = this.#skipWhite(at + 1);
    const quote = source.charCodeAt(at);
    if (quote !== QUOTE && quote !== APOSTROPHE) throw this.#expected('a quoted attribute value', at);
    const valueStart = at + 1;
    let isPlain = true;
    for (at = valueStart; ; ) {
      const unit = source.charCodeAt(at);
      if (unit > LESS) {
        at++;
        continue;
      }
      if (unit === quote) break;
      if (unit === AMPERSAND) {
        at = referenceEnd(source, at);
        isPlain = false;
        continue;
      }
      if (unit === LESS) throw this.#expected('&lt; instead of < in an attribute value', at);
      if (Number.isNaN(unit)) throw this.#expected('the end of an attribute value', at);
      if (unit < 0x20) isPlain = false;
      at++;
    }
    if (at - valueStart > this.#limits.maxAttributeLength) {
      const message = `an attribute value is longer than maxAttributeLength ${this.#limits.maxAttributeLength}`;
      throw this.#refused('ERR_XML_LIMIT', message, start);
    }
    this.#add(element, name, valueStart, at, isPlain, start);
    return at + 1;
  }

  #add(
    element: number,
    name: number,
    valueStart: number,
    valueEnd: number,
    isPlain: boolean,
    start: number,
  ): void {
    const names = this.#names;
    const prefix = names.prefixOf[name] as number;
    const local = names.local[name] as string;
    let row = this.detailEnd;
    if (row === this.details.length) {
      const grown = new Int32Array(row * 2);
      grown.set(this.details);
      this.details = grown;
    }
    const { details } = this;
    if (prefix === XMLNS_PREFIX || (prefix === 0 && local === 'xmlns')) {
      const declared = prefix === 0 ? 0 : names.internPrefix(local);
      const raw = this.#source.slice(valueStart, valueEnd);
      const namespace = this.#declared(declared, isPlain ? raw : resolveAttributeValue(raw), start);
      this.#scope.declare(declared, namespace, element);
      details[row + KIND] = DECLARATION;
      details[row + DETAIL_NAME] = declared;
      details[row + DETAIL_NAMESPACE] = namespace;
    } else {
      this.hasAttribute = true;
      details[row + KIND] = isPlain ? ATTRIBUTE_PLAIN : ATTRIBUTE;
      details[row + DETAIL_NAME] = name;
      details[row + DETAIL_NAMESPACE] = NO_NAMESPACE;
    }
    details[row + OWNER] = element;
    details[row + VALUE_START] = valueStart;
    details[row + VALUE_END] = valueEnd;
    row += DETAIL_STRIDE;
    this.detailEnd = row;
  }

  /**
   * The number of the namespace that a declaration binds.
   *
   * @see Namespaces in XML 1.0 (Third Edition), section 3 "Declaring Namespaces"; Exclusive XML Canonicalization
   *   1.0, section 1.3: relative namespace URIs have no canonical form
   */
  #declared(prefix: number, uri: string, start: number): number {
    const namespace = this.#scope.intern(uri);
    if (namespace > this.#limits.maxNames) throw this.#tooManyNames(start);
    const isXml = namespace === XML_NAMESPACE;
    let problem: string | undefined;
    if (prefix === XMLNS_PREFIX) problem = 'the prefix xmlns must not be declared';
    else if (isXml !== (prefix === XML_PREFIX)) problem = 'xml and its namespace belong to each other only';
    else if (namespace === XMLNS_NAMESPACE) problem = 'the namespace of xmlns must not be declared';
    else if (uri === '' && prefix !== 0) problem = 'a prefix must not be undeclared';
    else if (uri !== '' && !isAbsoluteUri(uri)) problem = 'a namespace must be an absolute URI';
    if (problem !== undefined) throw this.#refused('ERR_XML_NAMESPACE', problem, start);
    return namespace;
  }

  /** Gives the attributes from row `first` on their namespaces: declarations may stand behind their use. */
  #bindAttributes(first: number): void {
    const { details, detailEnd } = this;
    const { prefixOf, local } = this.#names;
    const { bindings } = this.#scope;
    let expanded: Set<string> | undefined;
    let previous = -1;
    for (let row = first; row < detailEnd; row += DETAIL_STRIDE) {
      if (details[row + KIND] === DECLARATION) continue;
      const name = details[row + DETAIL_NAME] as number;
      const prefix = prefixOf[name] as number;
      if (prefix === 0) continue;
      const namespace = bindings[prefix] ?? UNBOUND;
      if (namespace === UNBOUND) {
        throw this.#refused(
          'ERR_XML_NAMESPACE',
          'prefix of an attribute is not declared',
          this.#nameStart(row),
        );
      }
      details[row + DETAIL_NAMESPACE] = namespace;
      if (previous !== -1) {
        expanded ??= new Set([this.#expandedName(previous)]);
        const key = `${namespace} ${local[name]}`;
        if (expanded.has(key)) {
          const message = 'an attribute occurs twice in one tag, with two prefixes for one namespace';
          throw this.#refused('ERR_XML_DUPLICATE_ATTRIBUTE', message, this.#nameStart(row));
        }
        expanded.add(key);
      }
      previous = row;
    }
  }

  /** Where the name of an attribute lies: it is the last thing in front of the value. */
  #nameStart(row: number): number {
    const name = this.#names.qualified[this.details[row + DETAIL_NAME] as number] as string;
    return this.#source.lastIndexOf(name, this.details[row + VALUE_START]);
  }

  #expandedName(row: number): string {
    const name = this.details[row + DETAIL_NAME] as number;
    return `${this.details[row + DETAIL_NAMESPACE]} ${this.#names.local[name]}`;
  }

  #intern(start: number, end: number): number {
    const name = this.#names.intern(this.#source.slice(start, end));
    if (typeof name === 'number') {
      if (name >= this.#limits.maxNames) throw this.#tooManyNames(start);
      return name;
    }
    throw name === 'not-a-qname'
      ? this.#refused('ERR_XML_NAMESPACE', 'a name must have one colon at most, between two names', start)
      : this.#refused('ERR_XML_SYNTAX', 'not a name of XML', start);
  }

  #tooManyNames(at: number): Error {
    const message = `the document has more different names or namespaces than maxNames ${this.#limits.maxNames}`;
    return this.#refused('ERR_XML_LIMIT', message, at);
  }

  /** Where the name at `start` ends. Cuts generously; whether it is a name is asked once a name, not once an element. */
  #nameEnd(start: number, expected: string): number {
    const source = this.#source;
    let at = start;
    for (;;) {
      const unit = source.charCodeAt(at);
      // Everything but white space, quotes and & / < = > (NaN, the end of the document, fails every comparison).
      if (unit > GREATER || (unit > SLASH && unit < LESS) || unit === 0x2d || unit === 0x2e) at++;
      else break;
    }
    if (at === start) throw this.#expected(expected, start);
    if (at === source.length) throw this.#expected('the end of a tag', at);
    if (at - start > this.#limits.maxNameLength) {
      const message = `a name is longer than maxNameLength ${this.#limits.maxNameLength}`;
      throw this.#refused('ERR_XML_LIMIT', message, start);
    }
    return at;
  }

  #skipWhite(start: number): number {
    let at = start;
    while (isWhite(this.#source.charCodeAt(at))) at++;
    return at;
  }

  #expected(what: string, at: number): Error {
    return at >= this.#source.length
      ? this.#refused('ERR_XML_TRUNCATED', `the document ends too early, expected ${what}`, at)
      : this.#refused('ERR_XML_SYNTAX', `expected ${what}`, at);
  }

  #refused(code: Parameters<typeof xmlError>[0], message: string, at: number): Error {
    return xmlError(code, message, this.#source, at);
  }
}
