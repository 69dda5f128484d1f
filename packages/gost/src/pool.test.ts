/**
 * The pool as it is shipped: threads run the build, so the build is made first.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import { codeOf } from '@egov-gateway/testing';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { createSigningPool as CreateSigningPool, SigningPool } from './pool.ts';
import { createGostSuite } from './suites.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const suite = createGostSuite({ algorithm: 'gost2004' });
const key = { algorithm: 'gost2004', d: 0x1234567890abcdefn } as const;
const data = Buffer.from('octets to sign');

let createSigningPool: typeof CreateSigningPool;
const opened: SigningPool[] = [];

function open(workers?: number): SigningPool {
  const pool = createSigningPool({ workers });
  opened.push(pool);
  return pool;
}

/** Runs a module beside the build, as a process of its own. */
function run(code: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, output: stdout + stderr };
}

beforeAll(async () => {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '--project', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the build failed: ${stdout}`);
  const built = new URL('../dist/pool.js', import.meta.url).href;
  ({ createSigningPool } = (await import(/* @vite-ignore */ built)) as typeof import('./pool.ts'));
}, 120_000);

afterEach(async () => {
  await Promise.all(opened.splice(0).map((pool) => pool.close()));
});

describe('createSigningPool', { timeout: 60_000 }, () => {
  test('signs in threads, and much at a time', async () => {
    const signer = open(2).createSigner(key);
    const documents = Array.from({ length: 20 }, (_, i) => Buffer.from(`document ${i}`));
    const signatures = await Promise.all(documents.map((document) => signer.sign(document)));
    for (const [i, document] of documents.entries()) {
      expect(await suite.verify(signer.publicKey, document, signatures[i] as Uint8Array)).toBe(true);
    }
    expect(new Set(signatures.map((one) => Buffer.from(one).toString('hex'))).size).toBe(20);
  });

  test('serves many keys, more than a thread keeps', async () => {
    const pool = open(1);
    const signers = Array.from({ length: 18 }, (_, i) => pool.createSigner({ ...key, d: BigInt(i + 1) }));
    for (const signer of signers) {
      expect(await suite.verify(signer.publicKey, data, await signer.sign(data))).toBe(true);
    }
  });

  test('signers are those of createGostSigner in all else', async () => {
    const signer = open().createSigner(key);
    expect(signer.algorithm).toBe('gost2004');
    expect(signer.matches(signer.publicKey)).toBe(true);
    expect(signer.matches({ algorithm: 'gost2004', spki: data })).toBe(false);
    expect(Object.isFrozen(signer)).toBe(true);
    expect(JSON.stringify(signer) + String(Object.entries(signer))).not.toContain(key.d.toString());
  });

  test('leaves the data of the caller alone', async () => {
    const large = Buffer.alloc(100, 7);
    await open().createSigner(key).sign(large.subarray(10, 20));
    expect(large.byteLength).toBe(100);
    expect(large.every((octet) => octet === 7)).toBe(true);
  });

  test('refuses what createGostSigner refuses', async () => {
    const pool = open();
    expect(await codeOf(() => pool.createSigner({ ...key, d: 0n }))).toBe('ERR_KEY_FORMAT');
    const unproven = { algorithm: 'gost2015-256', d: 5n } as const;
    expect(await codeOf(() => pool.createSigner(unproven))).toBe('ERR_KEY_UNSUPPORTED');
    const signer = pool.createSigner({ ...unproven, allowUnprovenSigning: true });
    expect(await signer.sign(data)).toHaveLength(64);
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses %s workers', (workers) => {
    expect(() => createSigningPool({ workers })).toThrow(TypeError);
  });

  test('close lets what was begun be finished, ends the threads, and may be called again', async () => {
    const pool = open(2);
    const signer = pool.createSigner(key);
    const begun = [signer.sign(data), signer.sign(data), signer.sign(data)];
    const closed = pool.close();
    expect(await codeOf(() => signer.sign(data))).toBe('ERR_SIGN_KEY');
    for (const signature of await Promise.all(begun)) {
      expect(await suite.verify(signer.publicKey, data, signature)).toBe(true);
    }
    await closed;
    await pool.close();
    expect(await codeOf(() => signer.sign(data))).toBe('ERR_SIGN_KEY');
  });

  test('a pool that never signed closes', async () => {
    await open().close();
  });

  test('data that no thread can hash is refused, and the pool goes on', async () => {
    const signer = open(1).createSigner(key);
    await expect(signer.sign(Symbol('data') as unknown as Uint8Array)).rejects.toThrow();
    expect(await signer.sign(data)).toHaveLength(64);
  });
});

describe('a process with a pool', { timeout: 120_000 }, () => {
  const head = `import { createSigningPool } from './dist/pool.js';
    const signer = createSigningPool({ workers: 2 }).createSigner({ algorithm: 'gost2004', d: 5n });`;

  test('ends without close when nothing is under way, and after what is under way', () => {
    const { status, output } = run(`${head}
      await Promise.all([signer.sign(Buffer.from('a')), signer.sign(Buffer.from('b'))]);
      void signer.sign(Buffer.from('c')).then(({ length }) => console.log('signed', length));`);
    expect(output).toBe('signed 64\n');
    expect(status).toBe(0);
  });

  test('loses only what a thread had when the thread ends, and gets another thread', () => {
    const { status, output } = run(`import { Worker } from 'node:worker_threads';
      const threads = [];
      const { postMessage } = Worker.prototype;
      Worker.prototype.postMessage = function (...message) { threads.push(this); return postMessage.apply(this, message); };
      ${head}
      await signer.sign(Buffer.from('a'));
      const lost = signer.sign(Buffer.from('b')).catch((error) => console.log(error.code));
      await threads.at(-1).terminate();
      await lost;
      console.log((await signer.sign(Buffer.from('c'))).length, new Set(threads).size);`);
    expect(output).toBe('ERR_SIGN_KEY\n64 2\n');
    expect(status).toBe(0);
  });
});

describe('the build', () => {
  test('keeps threads out of the main entry point', () => {
    const modules = readdirSync(`${folder}/dist`).filter((name) => name.endsWith('.js'));
    const threaded = modules.filter((name) =>
      /worker_threads|pool/.test(readFileSync(`${folder}/dist/${name}`, 'utf8')),
    );
    expect(threaded.sort()).toEqual(['pool-worker.js', 'pool.js']);
  });
});
