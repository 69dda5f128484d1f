import { isName, isQName } from './characters.ts';
import { detached } from './detached.ts';

/** Why a text is not a name that the reader takes. */
export type NameRefusal = 'not-a-name' | 'not-a-qname';

/** The qualified names of one document, each kept once. A name is a small integer everywhere else. */
export class NameTable {
  /** `prefix:local`, by name. */
  readonly qualified: string[] = [];
  readonly local: string[] = [];
  /** By name, an index into {@link prefixes}. */
  readonly prefixOf: number[] = [];
  /** `<name>`, by name: the start tag in its canonical form. */
  readonly startTag: string[] = [];
  /** `</name>`, by name. */
  readonly endTag: string[] = [];
  /** The name of the element that came after an element of this name: a good guess for the next time. */
  readonly successor: number[] = [];
  /** The element that last had an attribute of this name. */
  readonly lastElement: number[] = [];
  /** `''`, `xml`, `xmlns` are always the first ones. */
  readonly prefixes: string[] = ['', 'xml', 'xmlns'];

  readonly #names = new Map<string, number>();
  readonly #prefixes = new Map<string, number>([
    ['', 0],
    ['xml', 1],
    ['xmlns', 2],
  ]);

  /** The number of a qualified name, or why it is refused. */
  intern(qualified: string): number | NameRefusal {
    const known = this.#names.get(qualified);
    return known === undefined ? this.#add(qualified) : known;
  }

  /** The number of a prefix, or `undefined` when the document does not have it. */
  prefix(prefix: string): number | undefined {
    return this.#prefixes.get(prefix);
  }

  /** The number of a prefix, which is added when it is new. */
  internPrefix(prefix: string): number {
    let number = this.#prefixes.get(prefix);
    if (number === undefined) {
      number = this.prefixes.length;
      this.prefixes.push(prefix);
      this.#prefixes.set(prefix, number);
    }
    return number;
  }

  #add(slice: string): number | NameRefusal {
    if (!isQName(slice)) return isName(slice) ? 'not-a-qname' : 'not-a-name';
    const qualified = detached(slice);
    const colon = qualified.indexOf(':');
    const number = this.qualified.length;
    this.#names.set(qualified, number);
    this.qualified.push(qualified);
    this.local.push(colon === -1 ? qualified : qualified.slice(colon + 1));
    this.prefixOf.push(this.internPrefix(colon === -1 ? '' : qualified.slice(0, colon)));
    this.startTag.push(`<${qualified}>`);
    this.endTag.push(`</${qualified}>`);
    this.successor.push(number);
    this.lastElement.push(-1);
    return number;
  }
}
