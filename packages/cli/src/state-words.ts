/** States of rows and documents in the language of the terminal. In JSON and in files they keep their own names. */
import type { Language } from './language.ts';

/** What the states are called; in English by their own names. */
export type StateWords<State extends string, Spoken extends Language> = Readonly<
  Record<State, Readonly<Record<Exclude<Spoken, 'en'>, string>>>
>;

/** Ends the name of a state that an earlier run has come to. */
const earlier = ' before';

const earlierIn: Readonly<Record<Exclude<Language, 'en'>, string>> = { ru: 'ранее', kk: 'бұрын' };

/** A state in words: `accepted before` is «ранее принято». One without words keeps its name. */
export function stateWord<Spoken extends Exclude<Language, 'en'>>(
  words: Readonly<Record<string, Readonly<Record<Spoken, string>>>>,
  state: string,
  language: Spoken | 'en',
): string {
  if (language === 'en') return state;
  const isEarlier = state.endsWith(earlier);
  const name = isEarlier ? state.slice(0, -earlier.length) : state;
  const word = (Object.hasOwn(words, name) ? words[name]?.[language] : undefined) ?? name;
  return isEarlier ? `${earlierIn[language]} ${word}` : word;
}
