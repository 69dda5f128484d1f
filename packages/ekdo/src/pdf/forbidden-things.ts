import { type KnownName, nameId } from './known-names.ts';
import type { PdfFindingCode } from './pdf-finding.ts';
import { maxDepth, type ObjectVisitor, type ScannedValue } from './scan-object.ts';

/** What was seen in one dictionary. */
const seen = {
  parent: 1,
  structElem: 2,
  fileKey: 4,
  embedded: 8,
  external: 16,
  font: 32,
  simpleFont: 64,
  descriptorKey: 128,
  descriptor: 256,
  fontFile: 512,
  action: 1024,
} as const;

/** Whether a known name is one of these, by its number: asked for every name of the file that is known. */
function marks(...members: readonly KnownName[]): Uint8Array {
  const marked = new Uint8Array(256);
  for (const member of members) marked[nameId[member]] = 1;
  return marked;
}

const forbiddenActions = marks(
  'JavaScript',
  'Launch',
  'Sound',
  'Movie',
  'ResetForm',
  'ImportData',
  'SetState',
  'NOP',
);
const forbiddenAnnotations = marks('FileAttachment', 'Sound', 'Movie');
const simpleFonts = marks('Type1', 'MMType1', 'TrueType');

const keyFacts = new Uint16Array(256);
keyFacts[nameId.P] = seen.parent;
keyFacts[nameId.F] = seen.fileKey | seen.external;
keyFacts[nameId.FFilter] = seen.external;
keyFacts[nameId.FDecodeParms] = seen.external;
keyFacts[nameId.EF] = seen.embedded;
keyFacts[nameId.FontDescriptor] = seen.descriptorKey;
keyFacts[nameId.FontFile] = seen.fontFile;
keyFacts[nameId.FontFile2] = seen.fontFile;
keyFacts[nameId.FontFile3] = seen.fontFile;

/**
 * Recognises what PDF/A-1 forbids outright, one object after another.
 *
 * @see ISO 19005-1:2005, 6.1.7, 6.1.10, 6.1.11, 6.2.4, 6.2.7, 6.3.4, 6.4, 6.5.2, 6.6.1, 6.9
 */
export class ForbiddenThings implements ObjectVisitor {
  readonly #found = new Map<PdfFindingCode, number>();
  /** By depth of dictionary, from 1. */
  readonly #facts: Int32Array = new Int32Array(maxDepth + 2);
  #depth = 0;
  readonly #referred: (number: number) => void;
  #object = 0;
  #outermost = 0;

  /** @param referred - told the number of every object that is referred to */
  constructor(referred: (number: number) => void) {
    this.#referred = referred;
  }

  /** What was found, with the number of the first object in which it was. */
  get found(): ReadonlyMap<PdfFindingCode, number> {
    return this.#found;
  }

  /** The object of this number is read next. */
  begin(object: number): void {
    this.#object = object;
    this.#outermost = 0;
    this.#depth = 0;
  }

  /** The object that was read last is a stream. */
  stream(): void {
    if ((this.#outermost & seen.external) !== 0) this.#report('external-stream');
  }

  reference(number: number): void {
    this.#referred(number);
  }

  open(): void {
    this.#depth++;
    this.#facts[this.#depth] = 0;
  }

  key(key: number): void {
    if (key === nameId.EmbeddedFiles) this.#report('embedded-file');
    const fact = keyFacts[key] as number;
    if (fact !== 0) this.#add(fact);
  }

  value(key: number, kind: ScannedValue, content: number): void {
    if (content === nameId.LZWDecode && kind === 'name') this.#report('lzw');
    switch (key) {
      case nameId.Type:
        if (content === nameId.Font) this.#add(seen.font);
        else if (content === nameId.FontDescriptor) this.#add(seen.descriptor);
        else if (content === nameId.StructElem) this.#add(seen.structElem);
        else if (content === nameId.Filespec) this.#add(seen.fileKey);
        break;
      case nameId.Subtype:
        if (simpleFonts[content] === 1) this.#add(seen.simpleFont);
        else if (forbiddenAnnotations[content] === 1) this.#report('annotation-forbidden');
        else if (content === nameId.PS) this.#report('postscript');
        break;
      case nameId.S:
        if (content === nameId.Transparency) this.#report('transparency');
        else if (forbiddenActions[content] === 1) this.#add(seen.action);
        break;
      case nameId.SMask:
        if (content !== nameId.None) this.#report('transparency');
        break;
      case nameId.BM:
        if (kind === 'name' && content !== nameId.Normal && content !== nameId.Compatible) {
          this.#report('transparency');
        }
        break;
      case nameId.CA:
      case nameId.ca:
        // A reference or a text under this key belongs to something else than opacity.
        if (kind === 'number' && content !== 1) this.#report('transparency');
        break;
      case nameId.Interpolate:
        if (kind === 'true') this.#report('interpolation');
        break;
      case nameId.NeedAppearances:
        if (kind === 'true') this.#report('appearances-missing');
        break;
    }
  }

  close(): void {
    const facts = this.#facts[this.#depth] as number;
    this.#depth--;
    if (this.#depth === 0) this.#outermost = facts;
    if (facts === 0) return;
    const has = (fact: number): boolean => (facts & fact) !== 0;
    // The role of a structure element may have the name of an action; only the element has a parent.
    if (has(seen.action) && !has(seen.parent) && !has(seen.structElem)) this.#report('action-forbidden');
    if (has(seen.embedded) && has(seen.fileKey)) this.#report('embedded-file');
    if (has(seen.font) && has(seen.simpleFont) && !has(seen.descriptorKey)) this.#report('font-not-embedded');
    if (has(seen.descriptor) && !has(seen.fontFile)) this.#report('font-not-embedded');
  }

  #add(fact: number): void {
    this.#facts[this.#depth] = (this.#facts[this.#depth] as number) | fact;
  }

  #report(code: PdfFindingCode): void {
    if (!this.#found.has(code)) this.#found.set(code, this.#object);
  }
}
