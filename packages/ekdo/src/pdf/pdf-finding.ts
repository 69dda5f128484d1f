import { type ContentFindingCode, contentFindingTexts } from './content-finding-texts.ts';
import { type FileFindingCode, fileFindingTexts } from './file-finding-texts.ts';
import type { FindingText } from './finding-text.ts';

/** Stable codes of what `checkPdf` finds. Adding one is a minor release, changing its meaning a major one. */
export type PdfFindingCode = FileFindingCode | ContentFindingCode;

/** What a code means, whatever the file. */
export interface PdfFindingExplanation extends FindingText {
  readonly code: PdfFindingCode;
}

/** One thing that was found in one file. */
export interface PdfFinding extends PdfFindingExplanation {
  /** Number of the first object in which it was found, when it was found in one. */
  readonly object: number | undefined;
}

const texts: Readonly<Record<PdfFindingCode, FindingText>> = { ...fileFindingTexts, ...contentFindingTexts };

/** Every code, errors first. */
export const pdfFindingCodes: readonly PdfFindingCode[] = Object.freeze(
  (Object.keys(texts) as PdfFindingCode[]).sort((a, b) => pdfFindingRank(a) - pdfFindingRank(b)),
);

/** Errors before warnings. @internal */
export function pdfFindingRank(code: PdfFindingCode): number {
  return texts[code].severity === 'error' ? 0 : 1;
}

/**
 * What a code means and what to do, in Russian and English.
 *
 * @throws {TypeError} when there is no such code
 * @example
 * ```ts
 * explainPdfFinding('encrypted').remedy.ru;
 * ```
 */
export function explainPdfFinding(code: PdfFindingCode): PdfFindingExplanation {
  if (!Object.hasOwn(texts, code)) throw new TypeError('expected the code of a finding');
  return { code, ...texts[code] };
}

/** @internal */
export function pdfFinding(code: PdfFindingCode, object?: number): PdfFinding {
  return { ...explainPdfFinding(code), object };
}
