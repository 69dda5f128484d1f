/**
 * Canonical XML over the nodes that xml-crypto works with, plugged into it in the place of its own.
 *
 * xml-crypto 6.3 orders namespace declarations by the collation of the locale, drops attributes whose names begin with
 * `xmlns`, and does not escape namespaces; each makes a digest that no other software finds. Attributes in the
 * namespace of `xml` would have to be inherited; documents with them are refused before.
 *
 * @see Canonical XML 1.0, section 2.3 "Processing Model"
 * @see Exclusive XML Canonicalization 1.0, section 3
 * @module
 */

/** What is used of a DOM node. */
interface DomNode {
  readonly nodeType: number;
  readonly parentNode: DomNode | null;
  readonly firstChild: DomNode | null;
  readonly nextSibling: DomNode | null;
}

interface DomAttribute {
  readonly name: string;
  readonly localName: string;
  readonly prefix: string | null;
  readonly namespaceURI: string | null;
  readonly value: string;
}

interface DomElement extends DomNode {
  readonly tagName: string;
  readonly prefix: string | null;
  readonly namespaceURI: string | null;
  readonly attributes: ArrayLike<DomAttribute>;
}

interface NamespaceBinding {
  readonly prefix: string;
  readonly namespaceURI: string;
}

/** How to canonicalise. */
export interface DomC14nOptions {
  readonly exclusive: boolean;
  readonly withComments: boolean;
  /** What ancestors outside of the node have bound; for the inclusive kind. */
  readonly ancestorNamespaces?: readonly NamespaceBinding[] | undefined;
}

const elementNode = 1;
const textNode = 3;
const cdataNode = 4;
const commentNode = 8;

/**
 * The canonical form of an element, without recursion.
 *
 * @throws {TypeError} when there is a node that is no element, text or comment
 */
export function canonicalizeDom(apex: unknown, options: DomC14nOptions): string {
  const output: string[] = [];
  const bindings = new Bindings();
  const root = apex as DomElement;
  for (let node: DomNode | null = root; node !== null; ) {
    if (node.nodeType === elementNode) {
      output.push(startTag(node as DomElement, node === root, bindings, options));
      if (node.firstChild !== null) {
        node = node.firstChild;
        continue;
      }
      endElement(node as DomElement, bindings, output);
    } else if (node.nodeType === textNode || node.nodeType === cdataNode) {
      output.push(escapeText((node as unknown as { readonly data: string }).data));
    } else if (node.nodeType === commentNode) {
      if (options.withComments) output.push(`<!--${(node as unknown as { readonly data: string }).data}-->`);
    } else {
      throw new TypeError('only elements, text and comments can be canonicalised');
    }
    while (node !== root && node !== null && node.nextSibling === null) {
      node = node.parentNode;
      if (node !== null) endElement(node as DomElement, bindings, output);
    }
    node = node === root || node === null ? null : node.nextSibling;
  }
  return output.join('');
}

function endElement(element: DomElement, bindings: Bindings, output: string[]): void {
  output.push(`</${element.tagName}>`);
  bindings.leave();
}

/** The declarations that are in the output around the current element. */
class Bindings {
  readonly #current = new Map<string, string>();
  readonly #undo: [string, string | undefined][][] = [];

  enter(): void {
    this.#undo.push([]);
  }

  leave(): void {
    for (const [prefix, before] of this.#undo.pop() ?? []) {
      if (before === undefined) this.#current.delete(prefix);
      else this.#current.set(prefix, before);
    }
  }

  /** Whether a declaration has to be written here. */
  declare(prefix: string, namespace: string): boolean {
    const before = this.#current.get(prefix);
    if (before === namespace || (before === undefined && prefix === '' && namespace === '')) return false;
    this.#undo.at(-1)?.push([prefix, before]);
    this.#current.set(prefix, namespace);
    return true;
  }
}

function startTag(element: DomElement, isApex: boolean, bindings: Bindings, options: DomC14nOptions): string {
  const all = Array.from(element.attributes);
  const attributes = all.filter((attribute) => !isDeclaration(attribute));
  const wanted = options.exclusive
    ? new Map<string, string>()
    : declarationsOf(all, isApex ? options : undefined);
  // The names used here are bound here, whatever else is; in the exclusive kind they are all that counts.
  wanted.set(element.prefix ?? '', element.namespaceURI ?? '');
  for (const { prefix, namespaceURI } of attributes) {
    if (prefix !== null && prefix !== '') wanted.set(prefix, namespaceURI ?? '');
  }
  wanted.delete('xml');

  bindings.enter();
  const declared = [...wanted]
    .filter(([prefix, namespace]) => bindings.declare(prefix, namespace))
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(
      ([prefix, namespace]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(namespace)}"`,
    );
  const written = attributes
    .sort(
      (a, b) =>
        compareCodePoints(a.namespaceURI ?? '', b.namespaceURI ?? '') ||
        compareCodePoints(a.localName, b.localName),
    )
    .map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`);
  return `<${element.tagName}${declared.join('')}${written.join('')}>`;
}

function declarationsOf(
  attributes: readonly DomAttribute[],
  apex: DomC14nOptions | undefined,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const { prefix, namespaceURI } of apex?.ancestorNamespaces ?? []) found.set(prefix, namespaceURI);
  for (const attribute of attributes) {
    if (isDeclaration(attribute))
      found.set(attribute.name === 'xmlns' ? '' : attribute.localName, attribute.value);
  }
  return found;
}

function isDeclaration({ name }: DomAttribute): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:');
}

function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => textEscapes[character] as string);
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<"\t\n\r]/g, (character) => attributeEscapes[character] as string);
}

const textEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#xD;',
};
const attributeEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** Order of code points; that of UTF-16 units differs beyond U+FFFF. */
function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const left = Array.from(a, (character) => character.codePointAt(0) ?? 0);
  const right = Array.from(b, (character) => character.codePointAt(0) ?? 0);
  const at = left.findIndex((point, index) => point !== right[index]);
  return at === -1 ? left.length - right.length : (left[at] as number) - (right[at] ?? -1);
}
