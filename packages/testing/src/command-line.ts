import { PassThrough, Writable } from 'node:stream';

/** What a command line is given beside its words. */
export interface CommandLineInput {
  readonly stdin?: string | Uint8Array;
  readonly environment?: Record<string, string>;
  readonly signal?: AbortSignal;
  /** Whether stdout says that it is a terminal. */
  readonly isTerminal?: boolean;
  /** Told everything that stdout holds so far, after each write. */
  readonly onStdout?: (text: string) => void;
}

/** How a command line ended. */
export interface CommandLineOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The function behind a bin: words and streams in, exit code out. */
export type CommandLineMain = (
  args: readonly string[],
  options: {
    stdin: PassThrough;
    stdout: Writable;
    stderr: Writable;
    environment: Record<string, string>;
    signal: AbortSignal;
  },
) => Promise<number>;

/** Runs one command line in this process, with streams in memory. */
export async function runCommandLine(
  main: CommandLineMain,
  args: readonly string[],
  input: CommandLineInput = {},
): Promise<CommandLineOutcome> {
  const collected = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr'): Writable =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        collected[name] += chunk.toString('utf8');
        if (name === 'stdout') input.onStdout?.(collected.stdout);
        done();
      },
    });
  const stdout = Object.assign(sink('stdout'), input.isTerminal === true ? { isTTY: true } : {});
  const stdin = new PassThrough();
  stdin.end(input.stdin ?? '');
  const code = await main(args, {
    stdin,
    stdout,
    stderr: sink('stderr'),
    environment: input.environment ?? {},
    signal: input.signal ?? new AbortController().signal,
  });
  return { code, ...collected };
}
