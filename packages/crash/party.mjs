/** One process of the play: started, killed, started again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const readyTimeoutMs = 60_000;

export class Party {
  #child;
  #ended;

  /** @param name - of the module beside this one */
  constructor(name, settings) {
    this.name = name;
    this.settings = settings;
    this.kills = 0;
  }

  /** Starts it, and waits for its first line: `ready`, with one JSON value behind it. */
  async start() {
    const path = fileURLToPath(new URL(`./${this.name}.mjs`, import.meta.url));
    const child = spawn(process.execPath, [path, JSON.stringify(this.settings)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    this.#ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
    return await this.#ready(child);
  }

  async #ready(child) {
    let text = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), readyTimeoutMs);
    try {
      for await (const piece of child.stdout) {
        text += piece;
        const line = /^ready (.*)\n/m.exec(text);
        if (line !== null) {
          child.stdout.destroy();
          return JSON.parse(line[1]);
        }
      }
    } finally {
      clearTimeout(timer);
    }
    const { code, signal } = await this.#ended;
    throw new Error(`${this.name} did not get ready: exit code ${code}, signal ${signal}`);
  }

  /** Whether it ended by itself. */
  get hasEnded() {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** No warning, no handler, no flush. */
  async kill() {
    this.kills += 1;
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Asks it to stop, and expects that it does so well. */
  async stop() {
    this.#child.kill('SIGTERM');
    const { code, signal } = await this.#ended;
    if (code !== 0) throw new Error(`${this.name} ended with exit code ${code}, signal ${signal}`);
  }

  /** Resolves with the exit code when it ends by itself. */
  async end() {
    return (await this.#ended).code;
  }
}
