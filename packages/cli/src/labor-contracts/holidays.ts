import { systemClock } from '@egov-gateway/core';
import { createWorkCalendar, type WorkCalendar } from '@egov-gateway/labor-contracts';
import { parseHolidays, type TableProblem } from '@egov-gateway/labor-contracts/batch';
import { dateAt } from '@egov-gateway/payload';

import type { CommandContext } from '../command.ts';
import type { Language } from '../language.ts';
import { type OptionValues, textOption } from '../option-values.ts';

/** The calendar that terms are counted by, or what is wrong with its file. */
export type ReadHolidays =
  | { readonly calendar: WorkCalendar; readonly problems?: undefined }
  | { readonly path: string; readonly problems: readonly TableProblem[] };

/** Of `--holidays`; without it weekends are known, and of no year the holidays. */
export async function readHolidays(values: OptionValues, context: CommandContext): Promise<ReadHolidays> {
  const path = textOption(values, 'holidays');
  if (path === undefined) return { calendar: createWorkCalendar({ holidays: [], years: [] }) };
  const today = dateAt(systemClock.now(), '+05:00');
  const { calendar, problems } = parseHolidays(await context.console.read(path), { today });
  return problems === undefined ? { calendar } : { path, problems };
}

/** Rows that are named; of the others only how many there are. */
const maxNamed = 10;

const words: Readonly<Record<Language, (rows: string, more: number) => string>> = {
  ru: (rows, more) =>
    `срок, возможно, истёк: строки ${rows}${more > 0 ? ` и ещё ${more}` : ''}. Посчитаны только суббота и воскресенье, праздники неизвестны: чтобы срок был посчитан точно, дайте их с --holidays FILE`,
  kk: (rows, more) =>
    `мерзім өтіп кеткен болуы мүмкін, жолдар: ${rows}${more > 0 ? ` және тағы ${more}` : ''}. Тек сенбі мен жексенбі ескерілді, мерекелер белгісіз: мерзім дәл есептелуі үшін оларды --holidays FILE арқылы беріңіз`,
  en: (rows, more) =>
    `a term may have passed: rows ${rows}${more > 0 ? ` and ${more} more` : ''}. Only Saturdays and Sundays were counted, public holidays are not known: to have terms counted for certain, give them with --holidays FILE`,
};

/** Said once of all rows whose term has passed unless holidays have put it off. */
export function doubtfulTerms(rows: readonly number[], language: Language): string {
  const named = rows.toSorted((a, b) => a - b).slice(0, maxNamed);
  return words[language](named.join(', '), rows.length - named.length);
}
