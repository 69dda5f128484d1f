/** Where the CLI reads and writes: results to stdout, everything else to stderr. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';

import { StatusLine } from './status-line.ts';
import { UsageError } from './usage-error.ts';
import { unusableFile } from './usage-words.ts';

/** The three streams of a process, and files by name. */
export interface ConsoleStreams {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

export class Console {
  readonly #streams: ConsoleStreams;
  readonly #status: StatusLine;

  constructor(streams: ConsoleStreams) {
    this.#streams = streams;
    this.#status = new StatusLine(streams.stderr);
  }

  /** Whether a person reads the result, and no program. */
  get isTerminal(): boolean {
    return (this.#streams.stdout as Writable & { readonly isTTY?: boolean }).isTTY === true;
  }

  /** One line of the result. */
  line(text: string): void {
    this.#status.clear();
    this.#streams.stdout.write(`${text}\n`);
  }

  /** Exact bytes of the result. */
  bytes(bytes: Uint8Array): void {
    this.#status.clear();
    this.#streams.stdout.write(bytes);
  }

  /** The one object of `--json`. */
  json(value: unknown): void {
    this.line(JSON.stringify(value, null, 2));
  }

  /** One object a line, of commands that go on printing. */
  jsonLine(value: unknown): void {
    this.line(JSON.stringify(value));
  }

  /** A remark for the person who watches. */
  note(text: string): void {
    this.#status.clear();
    this.#streams.stderr.write(`${text}\n`);
  }

  /** How far long work is: one line on a terminal that is written over, nothing anywhere else. */
  status(text: string): void {
    this.#status.show(text);
  }

  /** The work is over: takes the status away. */
  endStatus(): void {
    this.#status.clear();
  }

  /** The bytes of a file, or of stdin for `-`. */
  async read(path: string): Promise<Uint8Array> {
    if (path === '-') {
      const chunks: Uint8Array[] = [];
      for await (const chunk of this.#streams.stdin) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks);
    }
    try {
      return await readFile(path);
    } catch (cause) {
      throw new UsageError(unusableFile(path, 'read', cause), { cause });
    }
  }

  /** Writes a whole file, or to stdout when no path is given. Nothing half-written is left under the name. */
  async write(path: string | undefined, bytes: Uint8Array): Promise<void> {
    if (path === undefined || path === '-') {
      this.bytes(bytes);
      return;
    }
    try {
      await writeFile(path, bytes, { flush: true });
    } catch (cause) {
      throw new UsageError(unusableFile(path, 'write', cause), { cause });
    }
  }
}
