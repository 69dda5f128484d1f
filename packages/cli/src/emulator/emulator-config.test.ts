import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runCommandLine } from '@egov-gateway/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { main } from '../main.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egw-config-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('readEmulatorConfig', () => {
  test.each([
    [
      { misbehave: [{ name: 'delay', times: 'ever' }] },
      'misbehave.0: must be a name, or an object of name, times',
    ],
    [
      { ekdo: { misbehave: [{ name: 'delay', step: 'login' }] } },
      'ekdo.misbehave.0: must be a name, or an object',
    ],
    [{ ekdo: { misbehave: [7] } }, 'ekdo.misbehave.0: must be a name, or an object of name, times, step'],
  ])('says of %j what may stand there', async (config, said) => {
    const file = join(folder, 'emulator.json');
    await writeFile(file, JSON.stringify(config));
    const { code, stderr } = await runCommandLine(main, ['emulator', '--config', file]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });
});
