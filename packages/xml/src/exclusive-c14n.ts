import { compareCodePoints } from './characters.ts';
import { escapeAttribute, escapeText } from './escape.ts';
import { resolveText } from './references.ts';
import {
  DECLARATION,
  DETAIL,
  DETAIL_NAME,
  DETAIL_NAMESPACE,
  DETAIL_STRIDE,
  ELEMENT_STRIDE,
  END,
  END_ODD,
  FLAGS,
  HAS_CHILD,
  KIND,
  NAME,
  NAMESPACE,
  NEXT,
  OWNER,
  PARENT,
  START,
  START_ODD,
  START_TAG_END,
  SUBTREE_ODD,
  type Tape,
  TEXT_ODD,
} from './tape.ts';
import {
  attributeLocalName,
  attributeNamespace,
  attributeValue,
  declarationsOf,
  namespacesAt,
} from './tape-lookup.ts';
import { pieceEnd } from './text-piece.ts';

/** Takes a canonical form piece by piece. */
export interface CanonicalSink {
  /** What the source has from `start` to `end` is canonical as it is. Neighbouring ranges follow one another. */
  range(start: number, end: number): void;
  text(text: string): void;
}

/** A prefix that no output element has declared. */
const NOT_RENDERED = -2;
const XML_PREFIX = 1;

/**
 * Walks one element of a tape and gives its exclusive canonical form, without comments, to a sink. Stretches that
 * are canonical as written are passed on as ranges of the source and cost nothing per character.
 *
 * @see Exclusive XML Canonicalization 1.0, section 3 "Specification of Exclusive XML Canonicalization"
 */
export class ExclusiveC14n {
  readonly #tape: Tape;
  readonly #apex: number;
  readonly #sink: CanonicalSink;
  /** By prefix, the namespace that the output has declared for it last. */
  readonly #rendered: number[];
  /** Triples: element, prefix, what was rendered before. */
  readonly #undo: number[] = [];
  readonly #inclusive = new Set<number>();

  constructor(tape: Tape, apex: number, sink: CanonicalSink) {
    this.#tape = tape;
    this.#apex = apex;
    this.#sink = sink;
    this.#rendered = tape.names.prefixes.map((_, prefix) => (prefix === 0 ? 0 : NOT_RENDERED));
  }

  /** Treats a prefix (`#default` and `''` mean the default namespace) as inclusive C14N does. */
  include(prefix: string): void {
    const number = this.#tape.names.prefix(prefix === '#default' ? '' : prefix);
    if (number !== undefined && number !== XML_PREFIX) this.#inclusive.add(number);
  }

  /** Takes a declaration as rendered already, around the element. */
  assume(prefix: string, namespace: string): void {
    const number = this.#tape.names.prefix(prefix);
    if (number !== undefined) this.#rendered[number] = this.#tape.uris.indexOf(namespace);
  }

  run(): void {
    const { elements } = this.#tape;
    const apex = this.#apex;
    const sink = this.#sink;
    for (let element = apex; ; ) {
      const flags = elements[element + FLAGS] as number;
      const start = elements[element + START] as number;
      const end = elements[element + END] as number;
      const isCanonical =
        (flags & (SUBTREE_ODD | START_ODD | END_ODD | TEXT_ODD)) === 0 &&
        this.#rendered[0] === elements[element + NAMESPACE] &&
        element !== apex;
      if (isCanonical) {
        sink.range(start, end);
      } else {
        this.#openElement(element, flags);
        const contentStart = elements[element + START_TAG_END] as number;
        if ((flags & HAS_CHILD) !== 0) {
          const child = element + ELEMENT_STRIDE;
          this.#characters(flags, contentStart, elements[child + START] as number);
          element = child;
          continue;
        }
        const contentEnd = this.#contentEnd(element, flags);
        this.#characters(flags, contentStart, contentEnd);
        this.#closeElement(element, flags, contentEnd);
      }

      // Behind an element: on to its next sibling, closing the elements that end here.
      for (;;) {
        if (element === apex) return;
        const parent = elements[element + PARENT] as number;
        const parentFlags = elements[parent + FLAGS] as number;
        const behind = elements[element + END] as number;
        const next = elements[element + NEXT] as number;
        if (next !== -1) {
          this.#characters(parentFlags, behind, elements[next + START] as number);
          element = next;
          break;
        }
        const contentEnd = this.#contentEnd(parent, parentFlags);
        this.#characters(parentFlags, behind, contentEnd);
        this.#closeElement(parent, parentFlags, contentEnd);
        element = parent;
      }
    }
  }

  #openElement(element: number, flags: number): void {
    const { elements, names } = this.#tape;
    const name = elements[element + NAME] as number;
    const namespace = elements[element + NAMESPACE] as number;
    const prefix = names.prefixOf[name] as number;
    const start = elements[element + START] as number;
    const isRendered = this.#rendered[prefix] === namespace || prefix === XML_PREFIX;
    if ((flags & START_ODD) === 0 && isRendered && !(element === this.#apex && this.#inclusive.size > 0)) {
      this.#sink.range(start, elements[element + START_TAG_END] as number);
      return;
    }
    const declared: number[] = [];
    this.#render(element, prefix, namespace, declared);
    const attributes = this.#attributes(element, declared);
    this.#inclusiveDeclarations(element, declared);

    const { prefixes, qualified } = names;
    const { uris } = this.#tape;
    declared.sort((a, b) => compareCodePoints(prefixes[a] as string, prefixes[b] as string));
    this.#sink.text(`<${qualified[name]}`);
    for (const one of declared) {
      const uri = escapeAttribute(uris[this.#rendered[one] as number] as string);
      this.#sink.text(one === 0 ? ` xmlns="${uri}"` : ` xmlns:${prefixes[one]}="${uri}"`);
    }
    for (const row of attributes) {
      const attribute = qualified[this.#tape.details[row + DETAIL_NAME] as number];
      this.#sink.text(` ${attribute}="${escapeAttribute(attributeValue(this.#tape, row))}"`);
    }
    this.#sink.text('>');
  }

  /** The rows of the attributes in canonical order; renders the prefixes that they use. */
  #attributes(element: number, declared: number[]): number[] {
    const tape = this.#tape;
    const { details, detailEnd, names } = tape;
    const first = tape.elements[element + DETAIL] as number;
    const rows: number[] = [];
    if (first === -1) return rows;
    for (let row = first; row < detailEnd && details[row + OWNER] === element; row += DETAIL_STRIDE) {
      if (details[row + KIND] === DECLARATION) continue;
      rows.push(row);
      const prefix = names.prefixOf[details[row + DETAIL_NAME] as number] as number;
      if (prefix !== 0) this.#render(element, prefix, details[row + DETAIL_NAMESPACE] as number, declared);
    }
    return rows.sort(
      (a, b) =>
        compareCodePoints(attributeNamespace(tape, a), attributeNamespace(tape, b)) ||
        compareCodePoints(attributeLocalName(tape, a), attributeLocalName(tape, b)),
    );
  }

  /** Renders the listed prefixes: those in scope at the apex, and below it those that an element declares anew. */
  #inclusiveDeclarations(element: number, declared: number[]): void {
    if (this.#inclusive.size === 0) return;
    const bindings =
      element === this.#apex ? namespacesAt(this.#tape, element) : declarationsOf(this.#tape, element);
    for (const [prefix, namespace] of bindings) {
      if (this.#inclusive.has(prefix)) this.#render(element, prefix, namespace, declared);
    }
  }

  #render(element: number, prefix: number, namespace: number, declared: number[]): void {
    const before = this.#rendered[prefix] as number;
    if (prefix === XML_PREFIX || before === namespace) return;
    this.#undo.push(element, prefix, before);
    this.#rendered[prefix] = namespace;
    declared.push(prefix);
  }

  #contentEnd(element: number, flags: number): number {
    const { elements, names, source } = this.#tape;
    const end = elements[element + END] as number;
    if ((flags & END_ODD) === 0 && end !== elements[element + START_TAG_END]) {
      return end - (names.endTag[elements[element + NAME] as number] as string).length;
    }
    return end === elements[element + START_TAG_END] ? end : source.lastIndexOf('<', end - 1);
  }

  #closeElement(element: number, flags: number, contentEnd: number): void {
    const { elements, names } = this.#tape;
    const end = elements[element + END] as number;
    if ((flags & END_ODD) === 0 && contentEnd !== end) this.#sink.range(contentEnd, end);
    else this.#sink.text(names.endTag[elements[element + NAME] as number] as string);
    const undo = this.#undo;
    while (undo.length > 0 && undo[undo.length - 3] === element) {
      const before = undo.pop() as number;
      const prefix = undo.pop() as number;
      undo.pop();
      this.#rendered[prefix] = before;
    }
  }

  #characters(flags: number, start: number, end: number): void {
    if (start === end) return;
    if ((flags & TEXT_ODD) === 0) {
      this.#sink.range(start, end);
      return;
    }
    const text = resolveText(this.#tape.source.slice(start, end));
    // Piece by piece: escaped text can be five times as long.
    for (let at = 0; at < text.length; ) {
      const end = pieceEnd(text, at, text.length);
      this.#sink.text(escapeText(text.slice(at, end)));
      at = end;
    }
  }
}
