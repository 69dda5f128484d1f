import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { codeOf } from '@egov-gateway/testing';
import { afterAll, describe, expect, test } from 'vitest';

import { availableDrivers } from '../database.ts';
import { openJournal } from './open-journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'egov-gateway-private-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const build = new URL('../../dist/index.js', import.meta.url).href;
/** Another process: it opens, counts and closes. The build, because a child is a plain Node.js. */
const counter = `
  import { openJournal } from '${build}';
  const [path, driver] = process.argv.slice(1);
  const journal = await openJournal(path, { driver });
  console.log((await journal.feed(0, 10_000)).length);
  await journal.close();
`;

function countElsewhere(path: string, driver: string): number {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', counter, path, driver],
    { encoding: 'utf8' },
  );
  return stderr === '' ? Number(stdout) : Number.NaN;
}

const fileModes = (path: string): readonly string[] =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((name) => name.startsWith(path))
    .map((name) => (statSync(name).mode & 0o777).toString(8));

describe.each(await availableDrivers())('the file of a journal with %s', (driver) => {
  const pathOf = (name: string): string => join(folder, `${driver.replace(':', '-')}-${name}`);
  const signed = (localKey: string) =>
    ({ localKey, kind: 'signed', serviceId: 'S', channel: 'async', atMs: 1 }) as const;

  test('keeps its locks when this process opens it again: nothing acknowledged is lost to other processes', async () => {
    const path = pathOf('twice');
    const journal = await openJournal(path, { driver });
    await journal.append(signed('a'));
    const again = await openJournal(path, { driver });
    await again.find({});
    // Without locks, the other process takes itself for the last one, and deletes the log when it closes.
    expect(countElsewhere(path, driver)).toBe(1);
    expect(existsSync(`${path}-wal`)).toBe(true);
    await journal.append(signed('b'));
    expect(countElsewhere(path, driver)).toBe(2);
    await again.close();
    await journal.append(signed('c'));
    expect(countElsewhere(path, driver)).toBe(3);
    await journal.close();
  });

  test.skipIf(process.platform === 'win32')('is for its owner only', async () => {
    const path = pathOf('new');
    const journal = await openJournal(path, { driver });
    await journal.append(signed('a'));
    expect(fileModes(path)).toEqual(['600', '600', '600']);
    await journal.close();
  });

  test.skipIf(process.platform === 'win32')(
    'that others may read is closed to them, with what lies beside it',
    async () => {
      const path = pathOf('wide');
      writeFileSync(path, '');
      chmodSync(path, 0o644);
      const journal = await openJournal(path, { driver });
      await journal.append(signed('a'));
      expect(fileModes(path)).toEqual(['600', '600', '600']);
      // As an earlier version left it, with another process at work.
      for (const name of ['', '-wal', '-shm']) chmodSync(`${path}${name}`, 0o664);
      await (await openJournal(path, { driver })).close();
      expect(fileModes(path)).toEqual(['600', '600', '600']);
      await journal.close();
    },
  );

  test.skipIf(process.platform === 'win32')('is closed to others behind a link, too', async () => {
    const path = pathOf('link');
    symlinkSync(`${path}-target`, path);
    const journal = await openJournal(path, { driver });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await journal.close();
  });

  test('is not made when that was not asked for', async () => {
    const path = pathOf('absent');
    expect(await codeOf(() => openJournal(path, { driver, create: false }))).toBe('ERR_JOURNAL_OPEN');
    expect(existsSync(path)).toBe(false);
  });
});
