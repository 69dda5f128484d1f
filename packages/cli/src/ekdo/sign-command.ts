/** A signature made by a program of the user's: the document goes to its stdin, a detached CMS comes from its stdout. */
import { spawn } from 'node:child_process';

import { SignError } from '@egov-gateway/core';

import { printable } from '../printable.ts';

/** A program and how long it may take. */
export interface SignCommand {
  /** Its path, or a name that is found in PATH. Never given to a shell. */
  readonly program: string;
  readonly args: readonly string[];
  /** Milliseconds, from the start to the end of the process. */
  readonly timeoutMs: number;
  /** What the process sees; variables of `egw` are left out: there are passwords in them. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** No signature is larger, even with a long chain of certificates and time stamps. */
const maxOutputBytes = 1024 * 1024;
const maxWordsBytes = 2048;

/**
 * What the program wrote to its stdout.
 *
 * @throws {SignError} `ERR_SIGN_KEY` when it cannot be started, ends with an error, takes too long, writes nothing or too
 *   much; its own words are in `wordsOf`
 * @throws the reason of the signal
 */
export function runSignCommand(document: Uint8Array, command: SignCommand): Promise<Uint8Array> {
  const { program, args, timeoutMs, environment, signal } = command;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const env = Object.fromEntries(Object.entries(environment).filter(([name]) => !/^EGW_/i.test(name)));
    const child = spawn(program, args, { shell: false, env, stdio: 'pipe', windowsHide: true });
    const output: Buffer[] = [];
    const words: Buffer[] = [];
    let outputBytes = 0;
    let wordsBytes = 0;
    const finish = (error: unknown): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      // A child of the child may hold the pipes open: nobody reads them any more.
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      if (child.exitCode === null) child.kill('SIGKILL');
      if (error === undefined) resolve(Buffer.concat(output));
      else reject(error);
    };
    const fail = (message: string, cause?: unknown): void =>
      finish(signError(message, cleanWords(Buffer.concat(words)), cause));
    const onAbort = (): void => finish(signal.reason);
    const timer = setTimeout(() => fail(`the signing program took longer than ${timeoutMs} ms`), timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });

    child.once('error', (cause) => fail('the signing program cannot be started: is its path right?', cause));
    // It may have seen enough before it has read all.
    child.stdin.on('error', () => {});
    child.stdout.on('data', (chunk: Buffer) => {
      output.push(chunk);
      outputBytes += chunk.byteLength;
      if (outputBytes > maxOutputBytes) {
        fail(`the signing program wrote more than ${maxOutputBytes} bytes: that is no signature`);
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (wordsBytes >= maxWordsBytes) return;
      words.push(chunk);
      wordsBytes += chunk.byteLength;
    });
    child.once('close', (code, killedBy) => {
      if (code !== 0) fail(`the signing program ended with ${code ?? killedBy ?? 'an error'}`);
      else if (outputBytes === 0) fail('the signing program wrote nothing');
      else finish(undefined);
    });
    child.stdin.end(document);
  });
}

/** Beside the errors, not in them: what a program says may name a person. */
const said = new WeakMap<Error, string>();

/** What a program that failed wrote to its stderr; `undefined` of any other error. */
export function wordsOf(error: unknown): string | undefined {
  return error instanceof Error ? said.get(error) : undefined;
}

function signError(message: string, words: string, cause: unknown): SignError {
  const error = new SignError(message, { code: 'ERR_SIGN_KEY', cause });
  if (words !== '') said.set(error, words);
  return error;
}

function cleanWords(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, maxWordsBytes));
  return printable(text.replaceAll(/[\r\n\t]+/g, ' ')).trim();
}
