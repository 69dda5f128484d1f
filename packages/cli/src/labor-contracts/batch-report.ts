import type { RowResult } from '@egov-gateway/labor-contracts/batch';

import type { CommandContext } from '../command.ts';
import { type Language, problemLine, warningLine } from '../problem-lines.ts';
import { progressBar } from '../progress-bar.ts';

/** What is counted apart while nobody knows the end of it. */
const underWay = 'under-way';

/** Rows that are told on the terminal; all of them are in the file. */
const maxTold = 50;

/** What is told of a row. */
type Said = Pick<RowResult, 'problems'> & Partial<Pick<RowResult, 'warnings'>>;

/** Tells how far it is, and what is wrong. */
export class BatchReport {
  readonly #context: CommandContext;
  readonly #total: number;
  readonly #language: Language;
  readonly #startedMs = performance.now();
  readonly #counts = new Map<string, number>();
  #done = 0;
  #told = 0;

  constructor(context: CommandContext, total: number, language: Language) {
    this.#context = context;
    this.#total = total;
    this.#language = language;
  }

  /** One more row of this state. */
  count(state: string, { problems, warnings = [] }: Said = { problems: [] }): void {
    this.#add(state, 1);
    // Of those it is known later what is wrong with them.
    if (state !== underWay) {
      this.#done += 1;
      for (const problem of problems) this.#tell(problemLine(problem, this.#language));
      for (const warning of warnings) this.#tell(warningLine(warning, this.#language));
    }
    this.#show();
  }

  /** A row that was under way has come to this. */
  settle(state: string, said: Said): void {
    this.#add(underWay, -1);
    this.count(state, said);
  }

  #add(state: string, change: number): void {
    const count = (this.#counts.get(state) ?? 0) + change;
    if (count > 0) this.#counts.set(state, count);
    else this.#counts.delete(state);
  }

  #tell(line: string): void {
    const { console } = this.#context;
    this.#told += 1;
    if (this.#told <= maxTold) console.note(line);
    else if (this.#told === maxTold + 1) console.note('…');
  }

  #show(): void {
    const elapsedMs = performance.now() - this.#startedMs;
    const bar = progressBar(this.#done, this.#total, elapsedMs, this.#language);
    this.#context.console.status(`${bar}  ${this.words()}`);
  }

  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  words(): string {
    return [...this.#counts].map(([state, count]) => `${state} ${count}`).join(', ');
  }
}
