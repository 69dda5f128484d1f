import type { TableProblem } from '@egov-gateway/labor-contracts/batch';

import { type CommandContext, choiceOption, type OptionValues } from '../command.ts';

/** The language of messages about tables. */
export type Language = 'ru' | 'en';

/** `--language`, else that of the system where it is Russian or Kazakh. */
export function readLanguage(values: OptionValues, { environment }: CommandContext): Language {
  const given = choiceOption(values, 'language', ['ru', 'en']);
  const system = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return given ?? (/^(?:ru|kk)/.test(system) ? 'ru' : 'en');
}

/** A problem in a line: where, what, and what to do. */
export function problemLine(problem: TableProblem, language: Language): string {
  const { row, column, message, remedy, code } = problem;
  const words = language === 'ru' ? { row: 'строка', column: 'столбец' } : { row: 'row', column: 'column' };
  const place = [
    row === undefined ? undefined : `${words.row} ${row}`,
    column === undefined ? undefined : `${words.column} «${column}»`,
  ].filter((one) => one !== undefined);
  const said = message[language].replace(/\.$/, '');
  return `${place.length === 0 ? '' : `${place.join(', ')}: `}${said} (${code}). ${remedy[language]}`;
}
