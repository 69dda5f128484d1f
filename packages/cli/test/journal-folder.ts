/** A folder with a journal of three days, and command lines that know it. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openJournal } from '@egov-gateway/journal';
import { openDatabase } from '@egov-gateway/journal/database';
import { type CommandLineOutcome, liveThrough, runCommandLine } from '@egov-gateway/testing';

import { main } from '../src/main.ts';

const subjectKey: Uint8Array = Buffer.alloc(32, 5);

/** An instant of November 2026. */
export function november(day: number, hour = 9): number {
  return Date.UTC(2026, 10, day, hour);
}

/** What tests of a journal work with. */
export class JournalFolder {
  readonly folder: string;
  readonly path: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.path = join(folder, 'messages.journal');
  }

  /** Messages 1 and 2 of one day and 3 of the next, all finished, the days sealed; message 4 of a third day waits. */
  static async open(): Promise<JournalFolder> {
    const it = new JournalFolder(await mkdtemp(join(tmpdir(), 'egw-test-')));
    let nowMs = november(20);
    const journal = await openJournal(it.path, { subjectKey, clock: { now: () => nowMs } });
    await liveThrough(journal, 1, nowMs);
    await liveThrough(journal, 2, nowMs + 60_000);
    nowMs = november(21);
    await liveThrough(journal, 3, nowMs);
    nowMs = november(22, 1);
    await liveThrough(journal, 4, nowMs, 'queued');
    await journal.close();
    return it;
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /** A file of the folder. */
  file(name: string): string {
    return join(this.folder, name);
  }

  egw(...args: readonly string[]): Promise<CommandLineOutcome> {
    return this.#run(args, false);
  }

  /** A person is watching. */
  egwOnTerminal(...args: readonly string[]): Promise<CommandLineOutcome> {
    return this.#run(args, true);
  }

  /** Keys of the messages that `egw journal list` finds. */
  async keys(...options: readonly string[]): Promise<readonly string[]> {
    const { code, stdout } = await this.egw('journal', 'list', '--json', ...options);
    if (code !== 0) throw new Error(`egw journal list ended with ${code}`);
    return JSON.parse(stdout).messages.map(({ key }: { key: string }) => key);
  }

  #run(args: readonly string[], isTerminal: boolean): Promise<CommandLineOutcome> {
    const environment = {
      EGW_JOURNAL: this.path,
      EGW_SUBJECT_KEY: Buffer.from(subjectKey).toString('hex'),
    };
    return runCommandLine(main, args, { environment, isTerminal });
  }

  /** Changes the journal behind its back. */
  async tamper(sql: string): Promise<void> {
    const database = await openDatabase(this.path);
    database.exec(sql);
    database.close();
  }

  /** Paths of the archives of both sealed days. */
  async exported(): Promise<readonly string[]> {
    const out = this.file('archives');
    const { code } = await this.egw('journal', 'export', '--out', out);
    if (code !== 0) throw new Error(`egw journal export ended with ${code}`);
    return (await readdir(out)).sort().map((name) => join(out, name));
  }
}
