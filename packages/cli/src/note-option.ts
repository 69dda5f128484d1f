/** `--note`: what a person writes into the journal. */
import type { CommandOptions } from './command.ts';
import { type OptionValues, requiredOption, textOption } from './option-values.ts';
import { UsageError } from './usage-error.ts';

/** For the options of a command. */
export const noteOption: CommandOptions = { note: { type: 'string' } };

/** For its help: what the note tells. */
export function noteHelp(tells: string): string {
  return `--note TEXT           ${tells}, in 1 to 1000 characters; it is printed later: no personal data`;
}

/**
 * What the person says, or `otherwise` when that may be left out.
 *
 * @throws {UsageError} when it is missing, blank or too long
 */
export function readNote(values: OptionValues, otherwise?: string): string {
  const note = textOption(values, 'note') ?? otherwise ?? requiredOption(values, 'note');
  if (note.trim() !== '' && note.length <= 1000) return note;
  throw new UsageError({
    ru: '--note — от 1 до 1000 знаков',
    kk: '--note — 1-ден 1000-ға дейін таңба',
    en: '--note takes 1 to 1000 characters',
  });
}
