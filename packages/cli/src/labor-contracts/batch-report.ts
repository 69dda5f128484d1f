import { deadlineDoubt, type RowResult } from '@egov-gateway/labor-contracts/batch';

import type { CommandContext } from '../command.ts';
import type { Language } from '../language.ts';
import { problemLine, warningLine } from '../problem-lines.ts';
import { progressBar } from '../progress-bar.ts';
import { doubtfulTerms } from './holidays.ts';
import { rowCount } from './row-states.ts';

/** What is counted apart while nobody knows the end of it. */
const underWay = 'under-way';

/** Lines of problems, and lines of warnings, that are told on the terminal; all of them are in the file. */
const maxTold = 50;

/** What is told of a row. */
type Said = Pick<RowResult, 'row' | 'problems' | 'warnings'>;

/** How a batch is told. */
export interface BatchReportOptions {
  readonly total: number;
  readonly language: Language;
  /** Whether the caller has given holidays: where not, it is said once that terms are uncertain, not of every row. */
  readonly hasHolidays: boolean;
}

/** Tells how far it is, and what is wrong. */
export class BatchReport {
  readonly #context: CommandContext;
  readonly #options: BatchReportOptions;
  readonly #startedMs = performance.now();
  readonly #counts = new Map<string, number>();
  readonly #told = { problems: 0, warnings: 0 };
  /** Rows whose term may have passed. */
  readonly #doubtful: number[] = [];
  #done = 0;

  constructor(context: CommandContext, options: BatchReportOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** One more row of this state. */
  count(state: string, said?: Said): void {
    this.#add(state, 1);
    // Of those it is known later what is wrong with them.
    if (state !== underWay) {
      this.#done += 1;
      this.#tellProblems(said);
    }
    for (const warning of said?.warnings ?? []) {
      if (warning.code === deadlineDoubt && !this.#options.hasHolidays) this.#doubtful.push(said?.row ?? 0);
      else this.#tell('warnings', warningLine(warning, this.#options.language));
    }
    this.#show();
  }

  /** A row that was under way, and whose warnings are told, has come to this. */
  settle(state: string, said: Said): void {
    this.#add(underWay, -1);
    this.count(state, { ...said, warnings: [] });
  }

  /** What is said once, at the end. */
  conclude(): void {
    if (this.#doubtful.length === 0) return;
    this.#context.console.note(doubtfulTerms(this.#doubtful, this.#options.language));
  }

  #add(state: string, change: number): void {
    const count = (this.#counts.get(state) ?? 0) + change;
    if (count > 0) this.#counts.set(state, count);
    else this.#counts.delete(state);
  }

  #tellProblems(said: Said | undefined): void {
    for (const problem of said?.problems ?? []) {
      this.#tell('problems', problemLine(problem, this.#options.language));
    }
  }

  /** Neither kind crowds out the other one. */
  #tell(kind: 'problems' | 'warnings', line: string): void {
    const { console } = this.#context;
    this.#told[kind] += 1;
    if (this.#told[kind] <= maxTold) console.note(line);
    else if (this.#told[kind] === maxTold + 1) console.note('…');
  }

  #show(): void {
    const { total, language } = this.#options;
    const elapsedMs = performance.now() - this.#startedMs;
    const bar = progressBar(this.#done, total, elapsedMs, language);
    const counts = [...this.#counts].map(([state, count]) => rowCount(state, count, language));
    this.#context.console.status(`${bar}  ${counts.join(', ')}`);
  }

  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }
}
