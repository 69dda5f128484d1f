import { type PdfFinding, type PdfReport, pdfCheckLimits } from '@egov-gateway/ekdo';

import { alignedLines } from '../aligned-lines.ts';
import type { PortalLanguage } from '../language.ts';
import { printable } from '../printable.ts';

/** What was found in one file. */
export interface CheckedFile {
  readonly path: string;
  readonly byteLength: number;
  /** What the file says of itself. */
  readonly claim: PdfReport['claim'];
  readonly findings: readonly FileFinding[];
  readonly uploadable: boolean;
}

/** What the check says of a PDF, or that nobody could look into it. */
export type FileFinding = Omit<PdfFinding, 'code'> & { readonly code: PdfFinding['code'] | 'unreadable' };

/** Of a file that is there and cannot be read. */
export const unreadable: FileFinding = {
  code: 'unreadable',
  severity: 'error',
  clause: undefined,
  object: undefined,
  message: { ru: 'Файл не открывается.', en: 'The file cannot be opened.' },
  remedy: {
    ru: 'Проверьте, что он есть, не занят другой программой и доступен вам, и что в его имени только обычные знаки.',
    en: 'See that it is there, not in use by another program and open to you, and that its name has usual characters only.',
  },
};

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

/** Of files that are no documents, and that nobody has named. */
export function leftOutLine(count: number, language: PortalLanguage): string {
  return language === 'ru'
    ? `не проверено: служебных файлов macOS, ._*.pdf: ${count}`
    : `not checked: ${count === 1 ? '1 file' : `${count} files`} of macOS, ._*.pdf`;
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
      printable(path),
      (byteLength / 1_000_000).toFixed(byteLength < 100_000 ? 3 : 1),
      claim === undefined ? nothing : claimWords(claim),
      count('error'),
      count('warning'),
      uploadable ? yes : no,
    ];
  });
  return alignedLines([columns, ...rows]);
}

function claimWords({ part, conformance }: NonNullable<CheckedFile['claim']>): string {
  return `PDF/A-${part}${conformance?.toLowerCase() ?? ''}`;
}
