import { type TableProblem, warningWord } from '@egov-gateway/labor-contracts/batch';

import { type CommandContext, choiceOption, type OptionValues } from '../command.ts';

/** The language of messages about tables. */
export type Language = 'ru' | 'kk' | 'en';

/** `--language`, else that of the system where it is Russian or Kazakh. */
export function readLanguage(values: OptionValues, { environment }: CommandContext): Language {
  const given = choiceOption(values, 'language', ['ru', 'kk', 'en']);
  const system = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return given ?? (system.startsWith('kk') ? 'kk' : system.startsWith('ru') ? 'ru' : 'en');
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
export function problemLine(problem: TableProblem, language: Language): string {
  const { row, column, message, remedy, code } = problem;
  const place = [
    row === undefined ? undefined : rowIn[language](row),
    column === undefined ? undefined : columnIn[language](column),
  ].filter((one) => one !== undefined);
  const said = message[language].replace(/\.$/, '');
  const where = place.length === 0 ? '' : `${place.join(', ')}: `;
  return `${where}${said} (${code}). ${capitalized(remedy[language].replace(/\.$/, ''))}.`;
}

/** The same of a doubt that stops nothing. */
export function warningLine(problem: TableProblem, language: Language): string {
  return `${warningWord[language]}: ${problemLine(problem, language)}`;
}

function capitalized(sentence: string): string {
  // Names of files and formats stay as they are.
  return /^\p{Ll}/u.test(sentence) ? `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}` : sentence;
}
