/** A file of lines outside the library: what one process saw happen, on disk before it goes on. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

export class Ledger {
  #file;

  constructor(path) {
    this.#file = openSync(path, 'a');
  }

  /** One line of words. Durable when it returns. */
  write(...words) {
    writeSync(this.#file, `${words.join(' ')}\n`);
    fsyncSync(this.#file);
  }

  close() {
    closeSync(this.#file);
  }
}

/** Lines of a ledger as lists of words. A line that was cut short by a kill is none. */
export function readLedger(path) {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => line.split(' '));
}
