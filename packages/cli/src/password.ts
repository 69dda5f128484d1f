/** Passwords come from a file or from the environment, never from an argument: arguments are visible to every user. */
import type { CommandContext } from './command.ts';
import { type OptionValues, textOption } from './option-values.ts';
import { UsageError } from './usage-error.ts';

/**
 * The password that `--<option> FILE` or the variable holds.
 *
 * One line end at the end of the file is not part of the password.
 */
export async function readPassword(
  values: OptionValues,
  option: string,
  variable: string,
  context: CommandContext,
): Promise<string | undefined> {
  const file = textOption(values, option);
  if (file !== undefined) {
    const text = new TextDecoder().decode(await context.console.read(file));
    return text.replace(/\r?\n$/, '');
  }
  return context.environment[variable];
}

/** The same, when it must be there. */
export async function requirePassword(
  values: OptionValues,
  option: string,
  variable: string,
  context: CommandContext,
): Promise<string> {
  const password = await readPassword(values, option, variable, context);
  if (password === undefined) throw new UsageError(`--${option} FILE is missing (or set ${variable})`);
  return password;
}
