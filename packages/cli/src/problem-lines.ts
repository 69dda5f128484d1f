import { warningWord } from '@egov-gateway/labor-contracts/batch';

import type { Language } from './language.ts';

/** Something wrong in a table, in words of some languages. */
export interface Problem<Spoken extends Language> {
  readonly code: string;
  readonly row?: number | undefined;
  readonly column?: string | undefined;
  readonly message: Readonly<Record<Spoken, string>>;
  readonly remedy: Readonly<Record<Spoken, string>>;
}

const rowIn: Readonly<Record<Language, (row: number) => string>> = {
  ru: (row) => `строка ${row}`,
  kk: (row) => `${row}-жол`,
  en: (row) => `row ${row}`,
};

const columnIn: Readonly<Record<Language, (title: string) => string>> = {
  ru: (title) => `столбец «${title}»`,
  kk: (title) => `«${title}» бағаны`,
  en: (title) => `column «${title}»`,
};

/** A problem in a line: where, what, and what to do. */
export function problemLine<Spoken extends Language>(problem: Problem<Spoken>, language: Spoken): string {
  const { row, column, message, remedy, code } = problem;
  const place = [
    row === undefined ? undefined : rowIn[language](row),
    column === undefined ? undefined : columnIn[language](column),
  ].filter((one) => one !== undefined);
  const said = uncapitalized(message[language].replace(/\.$/, ''));
  const where = place.length === 0 ? '' : `${place.join(', ')}: `;
  return `${where}${said} (${code}). ${sentence(remedy[language])}`;
}

/** The same of a doubt that stops nothing. */
export function warningLine<Spoken extends Language>(problem: Problem<Spoken>, language: Spoken): string {
  return `${warningWord[language]}: ${problemLine(problem, language)}`;
}

/** On its own: words of lists begin small and end without a full stop, those of checks do not. */
export function sentence(words: string): string {
  return `${capitalized(words.replace(/[.;]?$/, ''))}.`;
}

/** Behind a colon. Abbreviations and names stay as they are. */
function uncapitalized(sentence: string): string {
  return /^(?!Excel\b)\p{Lu}\p{Ll}*(?!\p{L})/u.test(sentence)
    ? `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
    : sentence;
}

function capitalized(sentence: string): string {
  // Names of files and formats stay as they are.
  return /^\p{Ll}/u.test(sentence) ? `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}` : sentence;
}
