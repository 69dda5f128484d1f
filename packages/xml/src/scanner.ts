import { printableName } from '@egov-gateway/core';

import { isWhite } from './characters.ts';
import type { XmlLimits } from './limits.ts';
import { NameTable } from './name-table.ts';
import { NamespaceScope, UNBOUND } from './namespace-scope.ts';
import { xmlError } from './position.ts';
import { referenceEnd } from './references.ts';
import { StartTagReader } from './start-tag.ts';
import {
  DETAIL,
  ELEMENT_STRIDE,
  END,
  END_ODD,
  FLAGS,
  HAS_ATTRIBUTE,
  HAS_CHILD,
  HAS_COMMENT,
  NAME,
  NAMESPACE,
  NEXT,
  PARENT,
  START,
  START_ODD,
  START_TAG_END,
  SUBTREE_ODD,
  type Tape,
  TEXT_ESCAPED,
  TEXT_ODD,
} from './tape.ts';

const EXCLAMATION = 0x21;
const SLASH = 0x2f;
const LESS = 0x3c;
const QUESTION = 0x3f;

const anyOdd = START_ODD | END_ODD | TEXT_ODD | SUBTREE_ODD;

/** Reads one document in one pass, without recursion. */
export class Scanner {
  readonly #source: string;
  readonly #limits: XmlLimits;
  readonly #names = new NameTable();
  readonly #scope = new NamespaceScope();
  readonly #startTag: StartTagReader;
  readonly #comments: number[] = [];
  #elements: Int32Array;

  constructor(source: string, limits: XmlLimits) {
    this.#source = source;
    this.#limits = limits;
    this.#startTag = new StartTagReader(source, this.#names, this.#scope, limits);
    // Dense messages have an element per 20 to 60 units of text. The table grows when this is too small.
    this.#elements = new Int32Array(ELEMENT_STRIDE * (16 + (source.length >> 6)));
  }

  /** Reads from `contentStart` to the end. */
  scan(contentStart: number): Tape {
    const source = this.#source;
    const { maxDepth, maxNodes } = this.#limits;
    const { startTag, endTag, successor, prefixOf } = this.#names;
    const { bindings } = this.#scope;
    const tag = this.#startTag;
    let elements = this.#elements;
    /** Where the next element goes. */
    let free = 0;
    /** The innermost open element, or -1. */
    let open = -1;
    let depth = 0;
    /** By depth, the last element that began there under the open one, or -1. */
    const previous: number[] = [-1];
    let nodes = 0;
    let lastName = -1;
    // The next & and > at or behind the last place that was asked for: each is looked for once, not once a text.
    let ampersand = -1;
    let greater = -1;

    for (let at = contentStart; ; ) {
      let less = at;
      if (source.charCodeAt(at) !== LESS) {
        less = source.indexOf('<', at);
        if (less === -1) {
          this.#assertEnd(at, open, free);
          break;
        }
        if (open === -1) {
          this.#assertWhite(at, less);
        } else {
          if (greater < at) greater = this.#find('>', at);
          if (ampersand < at) ampersand = this.#find('&', at);
          if (greater < less || ampersand < less) {
            (elements[open + FLAGS] as number) |= this.#markedText(at, less, greater, ampersand);
          }
        }
      }

      const unit = source.charCodeAt(less + 1);
      if (unit === SLASH) {
        if (open === -1) throw this.#refused('ERR_XML_TAG_MISMATCH', 'end tag without a start tag', less);
        const expected = endTag[elements[open + NAME] as number] as string;
        let flags = elements[open + FLAGS] as number;
        if (source.startsWith(expected, less)) {
          at = less + expected.length;
        } else {
          at = this.#oddEndTag(expected, less);
          flags |= END_ODD;
        }
        if ((flags & HAS_COMMENT) !== 0) this.#assertCommentsBetweenElements(open, less);
        elements[open + FLAGS] = flags;
        elements[open + END] = at;
        if (elements[open + DETAIL] !== -1) this.#scope.leave(open);
        depth--;
        open = elements[open + PARENT] as number;
        if ((flags & anyOdd) !== 0 && open !== -1) (elements[open + FLAGS] as number) |= SUBTREE_ODD;
        continue;
      }
      if (unit === EXCLAMATION) {
        at = this.#declaration(less, open);
        if (open !== -1) (elements[open + FLAGS] as number) |= this.#declarationFlags(less);
        if (++nodes > maxNodes) throw this.#tooManyNodes(less);
        continue;
      }
      if (unit === QUESTION) {
        const message =
          'processing instructions are not accepted, nor an XML declaration behind the very start';
        throw this.#refused('ERR_XML_PROCESSING_INSTRUCTION', message, less);
      }

      // A start tag. Records repeat: what followed the last element of this name usually follows it again.
      if (open === -1 && free !== 0) {
        throw this.#refused('ERR_XML_SECOND_ROOT', 'a second element behind the root element', less);
      }
      if (depth >= maxDepth) {
        throw this.#refused('ERR_XML_LIMIT', `elements are nested deeper than maxDepth ${maxDepth}`, less);
      }
      if (free + ELEMENT_STRIDE > elements.length) elements = this.#grow();
      let name = lastName === -1 ? -1 : (successor[lastName] as number);
      let namespace: number;
      let flags: number;
      let detail = -1;
      let isEmpty = false;
      if (name !== -1 && source.startsWith(startTag[name] as string, less)) {
        at = less + (startTag[name] as string).length;
        const prefix = prefixOf[name] as number;
        namespace = bindings[prefix] ?? UNBOUND;
        if (namespace === UNBOUND) tag.elementNamespace(name, less);
        flags = prefix === 0 ? 0 : SUBTREE_ODD;
      } else {
        const firstDetail = tag.detailEnd;
        tag.read(less, free);
        name = tag.name;
        if (lastName !== -1) successor[lastName] = name;
        namespace = tag.namespace;
        flags = prefixOf[name] === 0 ? 0 : SUBTREE_ODD;
        if (!tag.isPlain) flags |= START_ODD;
        if (tag.hasAttribute) flags |= HAS_ATTRIBUTE;
        if (tag.added > 0) {
          detail = firstDetail;
          nodes += tag.added;
        }
        isEmpty = tag.isEmpty;
        at = tag.end;
      }
      if (++nodes > maxNodes) throw this.#tooManyNodes(less);
      lastName = name;
      elements[free + START] = less;
      elements[free + START_TAG_END] = at;
      elements[free + END] = at;
      elements[free + NAME] = name;
      elements[free + NAMESPACE] = namespace;
      elements[free + PARENT] = open;
      elements[free + NEXT] = -1;
      elements[free + DETAIL] = detail;
      elements[free + FLAGS] = flags;
      const sibling = previous[depth] as number;
      if (sibling !== -1) elements[sibling + NEXT] = free;
      else if (open !== -1) (elements[open + FLAGS] as number) |= HAS_CHILD;
      previous[depth] = free;
      if (isEmpty) {
        if (open !== -1) (elements[open + FLAGS] as number) |= SUBTREE_ODD;
        if (detail !== -1) this.#scope.leave(free);
      } else {
        open = free;
        depth++;
        previous[depth] = -1;
      }
      free += ELEMENT_STRIDE;
    }

    return {
      source,
      elements,
      elementEnd: free,
      details: tag.details,
      detailEnd: tag.detailEnd,
      names: this.#names,
      uris: this.#scope.uris,
      comments: this.#comments,
    };
  }

  #grow(): Int32Array {
    const grown = new Int32Array(this.#elements.length * 2);
    grown.set(this.#elements);
    this.#elements = grown;
    return grown;
  }

  #tooManyNodes(at: number): Error {
    const message = `the document has more nodes than maxNodes ${this.#limits.maxNodes}`;
    return this.#refused('ERR_XML_LIMIT', message, at);
  }

  #find(mark: string, from: number): number {
    const at = this.#source.indexOf(mark, from);
    return at === -1 ? this.#source.length : at;
  }

  /** The flags of character data, given the next `>` and the next `&`, of which at least one is in it. */
  #markedText(start: number, end: number, greater: number, ampersand: number): number {
    const source = this.#source;
    let flags = 0;
    for (let at = greater; at < end; at = this.#find('>', at + 1)) {
      flags |= TEXT_ODD;
      if (at - 2 >= start && source.startsWith(']]', at - 2)) {
        throw this.#refused('ERR_XML_SYNTAX', ']]> in character data, expected ]]&gt;', at - 2);
      }
    }
    for (let at = ampersand; at < end; ) {
      flags |= TEXT_ESCAPED;
      const next = referenceEnd(source, at);
      const isCanonical =
        source.startsWith('&amp;', at) ||
        source.startsWith('&lt;', at) ||
        source.startsWith('&gt;', at) ||
        source.startsWith('&#xD;', at);
      if (!isCanonical) flags |= TEXT_ODD;
      at = this.#find('&', next);
    }
    return flags;
  }

  /** Reads an end tag with white space in it, or refuses another one's. */
  #oddEndTag(expected: string, less: number): number {
    const source = this.#source;
    const nameEnd = less + expected.length - 1;
    let at = nameEnd;
    while (isWhite(source.charCodeAt(at))) at++;
    const isSameName = source.startsWith(expected.slice(0, -1), less);
    if (isSameName && at > nameEnd && source.charCodeAt(at) === 0x3e) return at + 1;
    if (source.indexOf('>', less) === -1) {
      throw this.#refused('ERR_XML_TRUNCATED', 'the document ends inside an end tag', source.length);
    }
    const name = printableName(expected.slice(2, -1));
    throw this.#refused('ERR_XML_TAG_MISMATCH', `expected the end tag </${name}>`, less);
  }

  /** Reads what begins with `<!` and returns the offset behind it. */
  #declaration(less: number, open: number): number {
    const source = this.#source;
    if (source.startsWith('<!--', less)) {
      const dashes = source.indexOf('--', less + 4);
      if (dashes === -1 || dashes + 2 >= source.length) {
        throw this.#refused('ERR_XML_TRUNCATED', 'the document ends inside a comment', source.length);
      }
      if (source.charCodeAt(dashes + 2) !== 0x3e) {
        throw this.#refused('ERR_XML_SYNTAX', '-- inside a comment', dashes);
      }
      this.#comments.push(less);
      return dashes + 3;
    }
    if (source.startsWith('<![CDATA[', less)) {
      if (open === -1) throw this.#refused('ERR_XML_SYNTAX', 'CDATA section outside the root element', less);
      const end = source.indexOf(']]>', less + 9);
      if (end === -1) {
        throw this.#refused('ERR_XML_TRUNCATED', 'the document ends inside a CDATA section', source.length);
      }
      return end + 3;
    }
    if (source.startsWith('<!DOCTYPE', less)) {
      throw this.#refused('ERR_XML_DOCTYPE', 'document type declarations are not accepted', less);
    }
    const beginning = source.slice(less);
    if (
      beginning.length < 9 &&
      ['<!--', '<![CDATA[', '<!DOCTYPE'].some((mark) => mark.startsWith(beginning))
    ) {
      throw this.#refused('ERR_XML_TRUNCATED', 'the document ends inside markup', source.length);
    }
    throw this.#refused('ERR_XML_SYNTAX', 'expected a comment or a CDATA section behind <!', less);
  }

  #declarationFlags(less: number): number {
    return this.#source.charCodeAt(less + 2) === 0x2d ? TEXT_ODD | HAS_COMMENT : TEXT_ODD | TEXT_ESCAPED;
  }

  /**
   * Refuses comments in an element that has text of its own, or nothing but text: a reader that joins the pieces
   * and one that takes the first would see two values under one signature.
   */
  #assertCommentsBetweenElements(element: number, contentEnd: number): void {
    const source = this.#source;
    const elements = this.#elements;
    const hasChild = ((elements[element + FLAGS] as number) & HAS_CHILD) !== 0;
    let child = hasChild ? element + ELEMENT_STRIDE : -1;
    let hasText = child === -1;
    let comment = -1;
    for (let at = elements[element + START_TAG_END] as number; at < contentEnd; ) {
      if (child !== -1 && at === elements[child + START]) {
        at = elements[child + END] as number;
        child = elements[child + NEXT] as number;
      } else if (source.charCodeAt(at) !== LESS) {
        if (!isWhite(source.charCodeAt(at))) hasText = true;
        at++;
      } else if (source.charCodeAt(at + 2) === 0x2d) {
        if (comment === -1) comment = at;
        at = source.indexOf('-->', at + 4) + 3;
      } else {
        hasText = true;
        at = source.indexOf(']]>', at + 9) + 3;
      }
    }
    if (hasText) throw this.#refused('ERR_XML_COMMENT', 'comment inside the text of an element', comment);
  }

  #assertWhite(start: number, end: number): void {
    for (let at = start; at < end; at++) {
      if (!isWhite(this.#source.charCodeAt(at))) {
        throw this.#refused('ERR_XML_SYNTAX', 'text outside the root element', at);
      }
    }
  }

  #assertEnd(at: number, open: number, free: number): void {
    const { length } = this.#source;
    if (open !== -1) throw this.#refused('ERR_XML_TRUNCATED', 'the document ends inside an element', length);
    this.#assertWhite(at, length);
    if (free === 0) throw this.#refused('ERR_XML_TRUNCATED', 'the document has no root element', length);
  }

  #refused(code: Parameters<typeof xmlError>[0], message: string, at: number): Error {
    return xmlError(code, message, this.#source, at);
  }
}
