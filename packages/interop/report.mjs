import { inspect } from 'node:util';

/** Runs cases one after another, prints a line for each and counts. */
export class Report {
  passed = 0;
  failed = 0;

  /** A heading, and what the reader must know about the cases below it. */
  section(title, ...notes) {
    console.log(`\n${title}`);
    for (const note of notes) console.log(`  note: ${note}`);
  }

  /** Runs the cases of a suite; one that breaks off outside a case is a failure too. */
  async suite(name, run) {
    try {
      await run();
    } catch (error) {
      await this.case(`suite ${name} runs to its end`, () => Promise.reject(error));
    }
  }

  /** One case: it passes when `check` returns, and fails when it throws. */
  async case(name, check) {
    try {
      await check();
      this.passed += 1;
      console.log(`  ok   ${name}`);
    } catch (error) {
      this.failed += 1;
      console.log(
        `  FAIL ${name}: ${error instanceof Error ? `${error.code ?? ''} ${error.message}` : inspect(error)}`,
      );
    }
  }

  get summary() {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}
