import type { Wording, Words } from '../scse/scse-row.ts';
import type { TableProblem } from './table.ts';
import type { TableProblemCode } from './table-problem-code.ts';
import { tableWords } from './table-words.ts';

/** Where a problem is. */
export interface ProblemPlace {
  readonly row?: number | undefined;
  readonly column?: string | undefined;
}

/** A problem in words. `details` stand for `{0}`, `{1}` in them. */
export function tableProblem(
  code: TableProblemCode,
  place: ProblemPlace = {},
  details: readonly (string | Wording)[] = [],
): TableProblem {
  const [message, remedy] = tableWords[code];
  const filled = ([ru, kk, en]: Words): Wording => ({
    ru: fill(ru, 'ru', details),
    kk: fill(kk, 'kk', details),
    en: fill(en, 'en', details),
  });
  return { code, ...place, message: filled(message), remedy: filled(remedy) };
}

function fill(text: string, language: keyof Wording, details: readonly (string | Wording)[]): string {
  return text.replace(/\{(\d)\}/g, (_, index: string) => {
    const detail = details[Number(index)] ?? '';
    return typeof detail === 'string' ? detail : detail[language];
  });
}
