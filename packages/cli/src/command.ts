/** What a command of `egw` is, and what it is given. */
import type { ParseArgsConfig } from 'node:util';

import type { Console } from './console.ts';
import type { Language } from './language.ts';
import type { OptionValues } from './option-values.ts';

/** The options of `node:util` `parseArgs`. */
export type CommandOptions = NonNullable<ParseArgsConfig['options']>;

/** What a command may touch. */
export interface CommandContext {
  readonly console: Console;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Ends a long-running command. */
  readonly signal: AbortSignal;
}

/** One command. `run` returns the exit code or throws. */
export interface Command {
  /** Text behind `egw`, without the options. */
  readonly usage: string;
  readonly summary: string;
  /** One line an option, for `--help`. */
  readonly help: readonly string[];
  readonly options: CommandOptions;
  /** What `--language` may be. Default: the command speaks English only. */
  readonly languages?: readonly Language[];
  run(values: OptionValues, positionals: readonly string[], context: CommandContext): Promise<number>;
}
