import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../scripts/wsse-corpus.mjs', import.meta.url));

describe('scripts/wsse-corpus.mjs', () => {
  test('makes exactly the files of fixtures/wsse', { timeout: 60_000 }, () => {
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
