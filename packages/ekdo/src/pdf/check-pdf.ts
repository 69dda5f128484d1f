import { assertOptions, integerOption } from '@egov-gateway/core';

import { readCrossReference } from './cross-reference.ts';
import { readDocument } from './document-findings.ts';
import { readFrame } from './file-frame.ts';
import type { Words } from './finding-text.ts';
import { packetInBytes } from './packet-in-bytes.ts';
import { PdfFile } from './pdf-file.ts';
import { type PdfFinding, type PdfFindingCode, pdfFinding, pdfFindingRank } from './pdf-finding.ts';
import { PdfDamage } from './pdf-value.ts';
import { type PdfaClaim, readClaim } from './pdfa-claim.ts';

/** The portal's «не более 15 Мб», read in the widest way, bytes: 15 MiB. */
export const maxPdfBytes: number = 15 * 1024 * 1024;
/** The same, read in the narrowest way, bytes: 15 000 000. */
export const safePdfBytes: number = 15_000_000;

/** How to judge. */
export interface PdfCheckOptions {
  /** The level below which there is a warning. Order 578н wants `A` for the main part of a document. Default: `A`. */
  readonly wantedConformance?: 'A' | 'B';
  /** Largest file, bytes. Default: {@link maxPdfBytes}; no more than that can be asked for. */
  readonly maxBytes?: number;
}

/** What is known of a file. */
export interface PdfReport {
  /** What the file says of itself; `undefined` when it says nothing that can be read. */
  readonly claim: PdfaClaim | undefined;
  /** Errors first. */
  readonly findings: readonly PdfFinding[];
  /** Whether there are no errors. It does not mean that the file is valid PDF/A-1: see {@link limits}. */
  readonly uploadable: boolean;
  /** What this check cannot prove. The same words in every report. */
  readonly limits: Words;
}

/** What `checkPdf` cannot prove. */
export const pdfCheckLimits: Words = Object.freeze({
  ru:
    'Это распознавание, а не валидация: проверены размер, строение файла, заявление о PDF/A и прямые запреты в словарях ' +
    'объектов. Содержимое страниц, цвета, глифы и наборы символов шрифтов, цветовой профиль и теги не проверены. ' +
    'Полную проверку делает валидатор PDF/A.',
  en:
    'This is identification, not validation: size, structure of the file, the claim and what is forbidden outright in ' +
    'dictionaries were checked. The content of pages, colours, glyphs and character sets of fonts, the colour profile and the tags were ' +
    'not. A PDF/A validator does the whole of it.',
});

/**
 * Whether a file is one that the portal may take: PDF/A-1, at most 15 MiB, not encrypted, not damaged.
 *
 * It identifies, it does not validate. Every finding has a stable code, words and a remedy. The time is in proportion to
 * the size of the file, whatever is in it; nothing of the file is executed, decompressed (but metadata, 1 MiB at most) or copied.
 *
 * @throws {TypeError} when `bytes` is no `Uint8Array`, or an option is not known
 * @example
 * ```ts
 * const { uploadable, findings } = checkPdf(bytes);
 * for (const { code, message, remedy } of findings) console.log(code, message.ru, remedy.ru);
 * ```
 */
export function checkPdf(bytes: Uint8Array, options: PdfCheckOptions = {}): PdfReport {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('bytes must be a Uint8Array');
  assertOptions('checkPdf', options, ['wantedConformance', 'maxBytes']);
  const { wantedConformance = 'A' } = options;
  if (wantedConformance !== 'A' && wantedConformance !== 'B')
    throw new TypeError('wantedConformance must be A or B');
  const maxBytes = integerOption('maxBytes', options.maxBytes, maxPdfBytes, { max: maxPdfBytes });

  if (bytes.length === 0) return reportOf(undefined, [pdfFinding('empty')]);
  // A larger one is not read: its size alone decides, and the time stays bounded.
  if (bytes.length > maxBytes) return reportOf(undefined, [pdfFinding('too-big')]);
  const findings: PdfFinding[] = [];
  const add = (codes: Iterable<PdfFindingCode>): void => {
    for (const code of codes) findings.push(pdfFinding(code));
  };
  if (bytes.length > safePdfBytes) add(['near-limit']);

  const { findings: frame, startXref } = readFrame(bytes);
  add(frame);
  let claim: PdfaClaim | undefined;
  if (startXref !== undefined) {
    try {
      const file = new PdfFile(bytes, readCrossReference(bytes, startXref));
      const document = readDocument(file);
      claim = document.claim;
      findings.push(...document.findings);
    } catch (error) {
      if (!(error instanceof PdfDamage)) throw error;
      add([error.code]);
    }
  }
  // A file of another part is usually one that this reader does not open: its packet still says what it is.
  if (claim === undefined && !frame.includes('not-pdf')) {
    const packet = packetInBytes(bytes, (one) => readClaim(one).claim !== undefined);
    const seen = packet === undefined ? undefined : readClaim(packet);
    claim = seen?.claim;
    if (seen?.findings.includes('another-part')) add(['another-part']);
  }
  if (claim?.part === 1 && claim.conformance === 'B' && wantedConformance === 'A') add(['conformance-b']);
  return reportOf(claim, findings);
}

function reportOf(claim: PdfaClaim | undefined, found: readonly PdfFinding[]): PdfReport {
  const findings = found
    .filter(({ code }, index) => found.findIndex((other) => other.code === code) === index)
    .sort((a, b) => pdfFindingRank(a.code) - pdfFindingRank(b.code));
  const uploadable = findings.every(({ severity }) => severity !== 'error');
  return { claim, findings, uploadable, limits: pdfCheckLimits };
}
