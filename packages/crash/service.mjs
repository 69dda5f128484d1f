/** The one service of the play: a name goes out, the same name comes back. */
import { textPayload } from '@egov-gateway/payload';

export const echo = { id: 'CRASH_TEST', request: textPayload(), response: textPayload() };

/** Messages on the wire at a time. */
export const concurrency = 16;

/** What the parent hands to a process. */
export function settings() {
  return JSON.parse(process.argv[2]);
}

/** Tells the parent that work begins. */
export function ready(value = {}) {
  process.stdout.write(`ready ${JSON.stringify(value)}\n`);
}

/** Resolves when the process is asked to stop. */
export function asked() {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
  });
}
