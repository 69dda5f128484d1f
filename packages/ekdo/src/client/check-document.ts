import type { ValidationIssue } from '@egov-gateway/core';

import { checkPdf, type PdfCheckOptions, type PdfReport } from '../pdf/check-pdf.ts';
import type { EkdoDocument } from './portal-codec.ts';

/** What is known of a document before it is signed. */
export interface DocumentFindings {
  readonly report: PdfReport;
  /** It may not be sent. The `rule` of each is the code of a finding. */
  readonly issues: readonly ValidationIssue[];
  /** Doubts that do not stop it. */
  readonly warnings: readonly ValidationIssue[];
}

/** A finding, as checks of documents and signatures have them. @internal */
export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: { readonly en: string };
  readonly remedy: { readonly en: string };
  readonly clause?: string | undefined;
}

/**
 * Checks the PDF and its name.
 *
 * @throws {TypeError} when it is no document
 * @internal
 */
export function checkDocument(
  document: EkdoDocument,
  options: PdfCheckOptions | undefined,
): DocumentFindings {
  if (!(document?.bytes instanceof Uint8Array)) throw new TypeError('document.bytes must be a Uint8Array');
  const report = checkPdf(document.bytes, options);
  const { issues, warnings } = issuesOf('/document', report.findings);
  const fault = nameFault(document.fileName);
  if (fault === undefined) return { report, issues, warnings };
  const issue: ValidationIssue = {
    path: '/fileName',
    rule: 'file-name',
    message: `${fault}; make it with documentFileName`,
  };
  return { report, issues: [...issues, issue], warnings };
}

/** Findings as issues, errors and warnings apart. @internal */
export function issuesOf(
  path: string,
  findings: readonly Finding[],
): { readonly issues: readonly ValidationIssue[]; readonly warnings: readonly ValidationIssue[] } {
  const of = (severity: Finding['severity']): readonly ValidationIssue[] =>
    findings
      .filter((finding) => finding.severity === severity)
      .map(({ code, message, remedy, clause }) => ({
        path,
        rule: code,
        message: `${message.en} ${remedy.en}`,
        clause,
      }));
  return { issues: of('error'), warnings: of('warning') };
}

/** Names of files have 255 bytes on most systems, and none of these characters on all of them, nor any that nobody sees. */
function nameFault(name: unknown): string | undefined {
  if (typeof name !== 'string' || name.trim() === '') return 'the name of the file is missing';
  if (Buffer.byteLength(name) > 255) return 'the name of the file has more than 255 bytes';
  if (/[\p{Cc}\p{Cf}\p{Surrogate}/\\:*?"<>|]/u.test(name)) {
    return 'the name of the file has a character that names of files cannot have, or that nobody sees';
  }
  if (/[\s.]$/u.test(name)) return 'the name of the file ends with a blank or a full stop';
  return undefined;
}
