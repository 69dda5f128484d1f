/**
 * `egw`: finds the command, reads its options, runs it, and turns what is thrown into words and an exit code.
 *
 * Commands are loaded when they are called, so that `--help` costs next to nothing.
 *
 * @module
 */
import { parseArgs } from 'node:util';

import type { Command, CommandContext } from './command.ts';
import { loadCommand, printFamilyHelp, printHelp } from './commands.ts';
import { Console, type ConsoleStreams } from './console.ts';
import { exitCodes } from './exit-code.ts';
import { type Language, languageOfArguments } from './language.ts';
import { UsageError } from './usage-error.ts';
import { unreadableArguments } from './usage-words.ts';

/** What the process gives to the CLI; tests give their own. */
export interface MainOptions extends Partial<ConsoleStreams> {
  /** Default: `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Ends a long-running command. Default: SIGINT, SIGTERM and SIGHUP, which a terminal sends that is closed. */
  readonly signal?: AbortSignal;
}

/**
 * Runs one command line and returns the exit code. Never throws, never calls `process.exit`.
 *
 * @param args - the words behind `egw`
 */
export async function main(args: readonly string[], options: MainOptions = {}): Promise<number> {
  const console = new Console({
    stdin: options.stdin ?? process.stdin,
    stdout: options.stdout ?? process.stdout,
    stderr: options.stderr ?? process.stderr,
  });
  const environment = options.environment ?? process.env;

  if (args.length === 0 || isHelp(args[0]) || args[0] === 'help') {
    printHelp(console);
    return args.length === 0 ? exitCodes.usage : exitCodes.done;
  }
  if (args[0] === '--version') {
    const { version } = await import('./version.ts');
    console.line(version);
    return exitCodes.done;
  }

  const interrupt = options.signal ?? interruption();
  const isJson = args.includes('--json');
  let languages: readonly Language[] = [];
  try {
    if (isHelp(args[1]) && args.length === 2 && printFamilyHelp(console, args[0])) return exitCodes.done;
    const found = await loadCommand(args);
    languages = found.command.languages ?? [];
    if (found.rest.some(isHelp)) {
      printCommandHelp(console, found.command);
      return exitCodes.done;
    }
    const context: CommandContext = { console, environment, signal: interrupt };
    const { values, positionals } = readArguments(found.command, found.rest);
    return await found.command.run(values, positionals, context);
  } catch (error) {
    const { reportError } = await import('./report-error.ts');
    return reportError(console, error, isJson, languageOfArguments(args, environment, languages));
  } finally {
    console.endStatus();
  }
}

function isHelp(word: string | undefined): boolean {
  return word === '--help' || word === '-h';
}

function readArguments(
  command: Command,
  args: readonly string[],
): { values: ReturnType<typeof parseArgs>['values']; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options: command.options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unreadable options';
    throw new UsageError(unreadableArguments(error) ?? message, { cause: error });
  }
}

function printCommandHelp(console: Console, command: Command): void {
  console.line(`Usage: egw ${command.usage}\n\n${command.summary}`);
  if (command.help.length > 0) console.line(`\n${command.help.map((line) => `  ${line}`).join('\n')}`);
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => controller.abort(new DOMException(`stopped by ${name}`, 'AbortError')));
  }
  return controller.signal;
}
