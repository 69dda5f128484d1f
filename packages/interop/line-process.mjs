import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * A program that answers one line per line: `ok VALUE` or `no REASON`, fields separated by tabs.
 *
 * Requests are answered in order, so several may be on their way.
 */
export class LineProcess {
  #child;
  #waiting = [];
  #errors = '';

  constructor(command, options) {
    this.#child = spawn(command, options, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stderr.setEncoding('utf8').on('data', (text) => {
      this.#errors = (this.#errors + text).slice(-2000);
    });
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const { resolve, reject } = this.#waiting.shift();
      const [verdict, value] = line.split('\t');
      if (verdict === 'ok') resolve(value);
      else reject(new Error(value));
    });
    this.#child.on('error', (error) => this.#fail(error));
    this.#child.on('close', (status) =>
      this.#fail(new Error(`${command} ended with ${status}: ${this.#errors}`)),
    );
    this.#child.stdin.on('error', () => {});
  }

  /** The value of the answer; rejects with the reason of a refusal. */
  ask(...fields) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(`${fields.join('\t')}\n`);
    });
  }

  async close() {
    if (this.#child.exitCode !== null) return;
    this.#child.stdin.end();
    await once(this.#child, 'close');
  }

  #fail(error) {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
