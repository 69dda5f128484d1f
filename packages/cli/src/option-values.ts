/** What a command line gave, read option by option. */
import { maxTimeMs } from '@egov-gateway/core';

import { type Said, UsageError } from './usage-error.ts';
import { missingOption, notOneOf, notOnePositional, notWhole, repeatedOption } from './usage-words.ts';

/** Values that were given: strings, repeated strings, switches. */
export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** The value of an option that is given at most once. */
export function textOption(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new UsageError(repeatedOption(name));
}

/** The value of an option that must be given; `what` it is, said when it is not. */
export function requiredOption(values: OptionValues, name: string, what?: Said): string {
  const value = textOption(values, name);
  if (value === undefined || value === '') throw new UsageError(missingOption(name, what));
  return value;
}

/** The values of a repeatable option. */
export function listOption(values: OptionValues, name: string): readonly string[] {
  const value = values[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}

/** Whether a switch was given. */
export function switchOption(values: OptionValues, name: string): boolean {
  return values[name] === true;
}

/**
 * A whole number from `min` to `max`; `undefined` when the option was not given. Times are no longer than a timer can be.
 *
 * @throws {UsageError} when it is none
 */
export function wholeOption(
  values: OptionValues,
  name: string,
  min = 1,
  max: number = name.endsWith('-ms') ? maxTimeMs : Number.MAX_SAFE_INTEGER,
): number | undefined {
  const text = textOption(values, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d{1,15}$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(notWhole(name, name.endsWith('-ms'), min, max === maxTimeMs ? max : undefined));
}

/** One of a few words; `undefined` when the option was not given. */
export function choiceOption<Choice extends string>(
  values: OptionValues,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = textOption(values, name);
  if (text === undefined) return undefined;
  return oneOf(name, text, choices);
}

/** The same of an option that may be repeated. */
export function choiceListOption<Choice extends string>(
  values: OptionValues,
  name: string,
  choices: readonly Choice[],
): readonly Choice[] {
  return listOption(values, name).map((text) => oneOf(name, text, choices));
}

/** The one word behind the name of a command. @throws {UsageError} when there is none, or more */
export function onePositional(positionals: readonly string[], command: string, name: string): string {
  const [word, ...more] = positionals;
  if (word === undefined || word === '' || more.length > 0) {
    throw new UsageError(notOnePositional(command, name));
  }
  return word;
}

function oneOf<Choice extends string>(name: string, text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((known) => known === text);
  if (choice === undefined) throw new UsageError(notOneOf(name, choices));
  return choice;
}
