/** A process that is killed while it writes: what was acknowledged is there. Runs the build, because a child is a plain Node.js. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { availableDrivers } from '../database.ts';
import { openJournal } from './open-journal.ts';

const drivers = await availableDrivers();
const build = new URL('../../dist/index.js', import.meta.url).href;

/** Writes four messages at a time and says which ones are durable. Content follows from the key. */
const writer = `
  import { writeSync } from 'node:fs';
  import { openJournal } from '${build}';
  const [path, driver, run] = process.argv.slice(1);
  const journal = await openJournal(path, { driver });
  const now = Date.now();
  for (let i = 0; ; i += 1) {
    await Promise.all([0, 1, 2, 3].map(async (lane) => {
      const localKey = [run, i, lane].join('.');
      const event = { localKey, serviceId: 'S', channel: 'async', atMs: now };
      await journal.commit({
        events: [{ ...event, kind: 'signed', bytes: Buffer.from(localKey.repeat(300)) }],
        enqueue: [{ queue: 'outbox', localKey, dueAtMs: now }],
      });
      writeSync(1, localKey + '\\n');
      await journal.append({ ...event, kind: 'sending', attempt: 1, untilMs: now });
    }));
  }
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egov-gateway-crash-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a writer that is killed', () => {
  test.each(drivers)('loses nothing it acknowledged, with %s', async (driver) => {
    const path = join(folder, `${driver.replace(':', '-')}.journal`);
    const acknowledged: string[] = [];
    for (let run = 1; run <= 4; run += 1) {
      const child = spawn(
        process.execPath,
        ['--input-type=module', '-e', writer, path, driver, String(run)],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      );
      const exited = once(child, 'exit');
      let complaints = '';
      child.stderr.on('data', (text) => {
        complaints += String(text);
      });
      const enough = acknowledged.length + run * 17;
      for await (const line of createInterface(child.stdout)) {
        acknowledged.push(line);
        if (acknowledged.length === enough) child.kill('SIGKILL');
      }
      expect(await exited).toEqual([null, 'SIGKILL']);
      expect(complaints).toBe('');

      const journal = await openJournal(path, { driver });
      for (const key of acknowledged) {
        expect(Buffer.from((await journal.bytes(key, 1)) ?? []).toString()).toBe(key.repeat(300));
      }
      const due = await journal.take('outbox', { nowMs: Date.now(), limit: 100_000, leaseMs: 1 });
      expect(new Set(due)).toEqual(new Set([...due, ...acknowledged]));
      expect(await journal.sweep(Date.now())).toBe(0);
      expect(await journal.verify()).toMatchObject({ intact: true });
      await journal.close();
    }
  });
});
