import { en } from './en.ts';
import { kk } from './kk.ts';
import { ru } from './ru.ts';

/** A language of the page. */
export type Language = 'ru' | 'kk' | 'en';

/** All words of the page in one language. */
export type Texts = typeof ru;

/** The words by language. */
export const texts: Readonly<Record<Language, Texts>> = { ru, kk, en };

/** Names of the languages, in themselves. */
export const languages: Readonly<Record<Language, string>> = { ru: 'Русский', kk: 'Қазақша', en: 'English' };

/** Whether it is a language of the page. */
export function isLanguage(text: string | null | undefined): text is Language {
  return text === 'ru' || text === 'kk' || text === 'en';
}

/** A day of the calendar in words, without the year when it is that of `today`. What is no date stays as it was typed. */
export function dayText(
  date: string,
  { language, today }: { readonly language: Language; readonly today: string },
): string {
  const day = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return date;
  const year = date.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric';
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year, timeZone: 'UTC' });
  return unbroken(format.format(day));
}

/** An instant in words, by the clock of Kazakhstan. */
export function instantText(atMs: number, language: Language): string {
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Almaty',
  });
  return unbroken(format.format(atMs));
}

/** «2024 г.» and «2024 ж.» stay in one line. */
function unbroken(date: string): string {
  return date.replace(/ (?=[гж]\.)/u, '\u00A0');
}
