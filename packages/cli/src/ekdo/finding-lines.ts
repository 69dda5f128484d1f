import type { PdfFinding, PdfReport } from '@egov-gateway/ekdo';

import type { Language } from '../labor-contracts/problem-lines.ts';

/** What was found in one file. */
export interface CheckedFile {
  readonly path: string;
  /** `undefined` of a file that is too large to be read. */
  readonly report: PdfReport | undefined;
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
    limit:
      'Проверены признаки, по которым файл узнают как PDF/A-1; полное соответствие стандарту доказывает только валидатор.',
  },
  en: {
    columns: ['file', 'MB', 'claims', 'errors', 'warnings', 'may be sent'],
    yes: 'yes',
    no: 'NO',
    nothing: '—',
    error: 'error',
    warning: 'warning',
    clean: 'nothing was found',
    limit:
      'Checked is what tells a PDF/A-1 file from others; that it conforms in full only a validator of the standard proves.',
  },
} as const;

/** What the check cannot say. */
export function limitLine(language: Language): string {
  return words[language].limit;
}

/** A line for each finding, with what to do. */
export function findingLines({ findings }: CheckedFile, language: Language): readonly string[] {
  if (findings.length === 0) return [`  ${words[language].clean}`];
  return findings.map(({ severity, code, message, remedy }) => {
    const said = message[language].replace(/\.$/, '');
    return `  ${words[language][severity]}: ${said} (${code}). ${remedy[language]}`;
  });
}

/** A line for each file, columns aligned. */
export function fileTable(files: readonly CheckedFile[], language: Language): readonly string[] {
  const { columns, yes, no, nothing } = words[language];
  const rows = files.map(({ path, report, findings, uploadable }) => {
    const count = (severity: PdfFinding['severity']): string =>
      String(findings.filter((one) => one.severity === severity).length);
    return [
      plain(path),
      report === undefined ? '> 64' : (report.byteLength / 1_000_000).toFixed(1),
      report?.claim === undefined ? nothing : claimWords(report.claim),
      count('error'),
      count('warning'),
      uploadable ? yes : no,
    ];
  });
  return alignedLines([columns, ...rows]);
}

/** Rows as lines of equal columns. */
export function alignedLines(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => [...(row[column] ?? '')].length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd(),
  );
}

/** What comes from outside cannot steer the terminal. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}

function claimWords({ part, conformance }: NonNullable<PdfReport['claim']>): string {
  return `PDF/A-${part}${conformance?.toLowerCase() ?? ''}`;
}
