import { type PdfFinding, type PdfReport, pdfCheckLimits } from '@egov-gateway/ekdo';

import { alignedLines } from '../aligned-lines.ts';
import type { PortalLanguage } from '../problem-lines.ts';

/** What was found in one file. */
export interface CheckedFile {
  readonly path: string;
  readonly byteLength: number;
  /** What the file says of itself. */
  readonly claim: PdfReport['claim'];
  readonly findings: readonly PdfFinding[];
  readonly uploadable: boolean;
}

const words = {
  ru: {
    columns: ['файл', 'Мбайт', 'заявлено', 'ошибки', 'предупреждения', 'можно отправлять'],
    yes: 'да',
    no: 'НЕТ',
    nothing: '—',
    error: 'ошибка',
    warning: 'предупреждение',
    clean: 'замечаний нет',
  },
  en: {
    columns: ['file', 'MB', 'claims', 'errors', 'warnings', 'may be sent'],
    yes: 'yes',
    no: 'NO',
    nothing: '—',
    error: 'error',
    warning: 'warning',
    clean: 'nothing was found',
  },
} as const;

/** What the check cannot say. */
export function limitLine(language: PortalLanguage): string {
  return pdfCheckLimits[language];
}

/** A line for each finding, with what to do. */
export function findingLines({ findings }: CheckedFile, language: PortalLanguage): readonly string[] {
  if (findings.length === 0) return [`  ${words[language].clean}`];
  return findings.map(({ severity, code, message, remedy }) => {
    const said = message[language].replace(/\.$/, '');
    return `  ${words[language][severity]}: ${said} (${code}). ${remedy[language]}`;
  });
}

/** A line for each file, columns aligned. */
export function fileTable(files: readonly CheckedFile[], language: PortalLanguage): readonly string[] {
  const { columns, yes, no, nothing } = words[language];
  const rows = files.map(({ path, byteLength, claim, findings, uploadable }) => {
    const count = (severity: PdfFinding['severity']): string =>
      String(findings.filter((one) => one.severity === severity).length);
    return [
      plain(path),
      (byteLength / 1_000_000).toFixed(byteLength < 100_000 ? 3 : 1),
      claim === undefined ? nothing : claimWords(claim),
      count('error'),
      count('warning'),
      uploadable ? yes : no,
    ];
  });
  return alignedLines([columns, ...rows]);
}

/** What comes from outside cannot steer the terminal. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}

function claimWords({ part, conformance }: NonNullable<CheckedFile['claim']>): string {
  return `PDF/A-${part}${conformance?.toLowerCase() ?? ''}`;
}
