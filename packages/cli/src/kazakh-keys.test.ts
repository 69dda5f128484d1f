import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  type CommandLineInput,
  type CommandLineOutcome,
  fixturesUrl,
  runCommandLine,
} from '@egov-gateway/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { main } from './main.ts';

const key = (name: string): string => fileURLToPath(new URL(`keys/${name}`, fixturesUrl));
const egw = (args: readonly string[], input?: CommandLineInput): Promise<CommandLineOutcome> =>
  runCommandLine(main, args, input);
const envelope =
  '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><note>Қазақ</note></soap:Body></soap:Envelope>';
const document = '<application><iin>001300900207</iin>\n<note>Қазақ &amp; «ёлка»</note></application>';
const identity = ['--expect-bin', '991340000017'];

let folder: string;
let secret: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egw-keys-test-'));
  await writeFile(join(folder, 'password'), 'test-only\n');
  secret = ['--password-file', join(folder, 'password')];
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const algorithms = [
  ['rsa', ''],
  ['gost2004', 'gost2004/'],
  ['gost2015-512', 'gost2015-512/'],
  ['gost2015-256', 'gost2015-256/'],
] as const;

describe.each(algorithms)('with a key of %s', (algorithm, where) => {
  const unproven = algorithm === 'gost2015-256' ? ['--allow-unproven-signing'] : [];
  const withKey = (): string[] => ['--key', key(`${where}organisation.p12`), ...secret, ...unproven];
  const trust = ['--trust', key(`${where}ca.crt`), ...identity, '--json'];

  test.each([
    ['organisation.p12', []],
    ['organisation.crt', []],
    ['organisation.key', ['--certificate', key(`${where}organisation.crt`)]],
    ['organisation-encrypted.key', ['--certificate', key(`${where}organisation.crt`)]],
    ['organisation-sign-and-auth.p12', ['--alias', 'sign']],
    ['organisation-sign-and-auth.p12', ['--purpose', 'sign']],
  ])('key inspect %s %j', async (file, options) => {
    const { code, stdout } = await egw([
      'key',
      'inspect',
      key(where + file),
      ...secret,
      ...options,
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ algorithm, bin: '991340000017', iin: '001300900011' });
  });

  test('key inspect says in words what the key is for', async () => {
    const { stdout } = await egw(['key', 'inspect', key(`${where}organisation.crt`)]);
    expect(stdout).toMatch(/^purpose +sign$/m);
    expect(stdout).toMatch(/^roles +organization, chief-executive$/m);
    expect(stdout).toMatch(/^policies +1\.2\.398\.3\.3\.2, 1\.2\.398\.3\.3\.2\.1$/m);
  });

  test('sign and verify choose the suite by the key', async () => {
    const signed = await egw(['sign', '-', ...withKey()], { stdin: envelope });
    expect(signed.stderr).toBe('');
    const { code, stdout } = await egw(['verify', '-', ...trust], { stdin: signed.stdout });
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, algorithm });
    expect(code).toBe(0);
    const altered = signed.stdout.replace('Қазақ', 'қазақ');
    const refused = await egw(['verify', '-', ...trust], { stdin: altered });
    expect(JSON.parse(refused.stdout)).toMatchObject({ valid: false, code: 'ERR_VERIFY_DIGEST' });
    expect(refused.code).toBe(1);
  });

  test('payload sign and payload verify, two signers', async () => {
    const out = join(folder, `${algorithm}.xml`);
    await egw(['payload', 'sign', '-', ...withKey(), '--out', out], { stdin: document });
    const once = await egw(['payload', 'verify', out, ...trust]);
    expect(once.code).toBe(0);
    expect(JSON.parse(once.stdout)).toMatchObject({
      valid: true,
      code: null,
      algorithm,
      signer: { bin: '991340000017' },
      signers: [{ algorithm }],
    });

    const twice = await egw(['payload', 'sign', out, '--key', key('organisation.p12'), ...secret]);
    const both = await egw(['payload', 'verify', '-', ...trust, '--trust', key('ca.crt')], {
      stdin: twice.stdout,
    });
    expect(JSON.parse(both.stdout).signers.map((signer: { algorithm: string }) => signer.algorithm)).toEqual([
      algorithm,
      'rsa',
    ]);

    const text = await readFile(out, 'utf8');
    for (const [changed, failure] of [
      [text.replace('ёлка', 'елка'), 'ERR_VERIFY_DIGEST'],
      [document, 'ERR_VERIFY_UNSIGNED'],
      ['<a', 'ERR_XML_TRUNCATED'],
    ] as const) {
      const { code, stdout } = await egw(['payload', 'verify', '-', ...trust], { stdin: changed });
      expect(JSON.parse(stdout)).toMatchObject({ valid: false, code: failure, signer: null, signers: null });
      expect(code).toBe(1);
    }
  });

  test('payload verify prints the content, judges at an instant, names the signer', async () => {
    const signed = await egw(['payload', 'sign', '-', ...withKey()], { stdin: document });
    const plain = trust.slice(0, -1);
    const content = await egw(['payload', 'verify', '-', ...plain, '--print-content'], {
      stdin: signed.stdout,
    });
    expect(content.stdout).toBe(document);
    const words = await egw(['payload', 'verify', '-', ...plain], { stdin: signed.stdout });
    expect(words.stdout).toContain(`valid: ${algorithm} signature of`);
    const early = await egw(['payload', 'verify', '-', ...trust, '--at', '2019-01-01T00:00:00Z'], {
      stdin: signed.stdout,
    });
    expect(JSON.parse(early.stdout).code).toBe('ERR_VERIFY_CERTIFICATE_NOT_YET_VALID');
  });

  test.each([
    ['organisation', [], null],
    ['organisation', identity, null],
    ['organisation', ['--purpose', 'sign'], null],
    ['ca', [], null],
    ['organisation', ['--purpose', 'auth'], 'ERR_VERIFY_SIGNER_PURPOSE'],
    ['other-bin', identity, 'ERR_VERIFY_SIGNER_IDENTITY'],
    ['expired', [], 'ERR_VERIFY_CERTIFICATE_EXPIRED'],
    ['expired', ['--at', '2020-06-01T00:00:00Z'], null],
    ['wrong-usage', [], 'ERR_VERIFY_SIGNER_PURPOSE'],
  ])('cert check %s %j: %s', async (name, options, expected) => {
    const { code, stdout } = await egw([
      ...['cert', 'check', key(`${where}${name}.crt`), '--trust', key(`${where}ca.crt`)],
      ...['--at', '2026-11-22T00:00:00Z', ...options, '--json'].slice(options.includes('--at') ? 2 : 0),
    ]);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ valid: expected === null, code: expected, certificate: { algorithm } });
    expect(report.path === null).toBe(expected !== null);
    expect(code).toBe(expected === null ? 0 : 1);
  });
});

describe('egw', () => {
  test('cert check says in words what holds and what does not', async () => {
    const good = await egw(['cert', 'check', key('organisation.crt'), '--trust', key('ca.crt')]);
    expect(good.stdout).toMatch(/^valid: rsa, until 2099/);
    const bad = await egw(['cert', 'check', key('attacker.crt'), '--trust', key('ca.crt')]);
    expect(bad).toMatchObject({ code: 1, stdout: '' });
    expect(bad.stderr).toContain('ERR_VERIFY_SIGNER_UNTRUSTED');
  });

  test('signs with gost2015-256 by explicit choice alone', async () => {
    const args = ['--key', key('gost2015-256/organisation.p12'), ...secret];
    for (const [command, stdin] of [
      [['sign', '-'], envelope],
      [['payload', 'sign', '-'], document],
    ] as const) {
      const { code, stderr, stdout } = await egw([...command, ...args], { stdin });
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain('ERR_SIGN_ALGORITHM');
    }
  });

  test.each([
    [['payload', 'sign', 'a', 'b']],
    [['payload', 'sign', '-']],
    [['payload', 'sign', '-', '--key', 'k', '--canonicalization', 'none']],
    [['payload', 'verify', 'a', 'b']],
    [['payload', 'verify', '-']],
    [['payload', 'verify', '-', '--trust', 'x', '--json', '--print-content']],
    [['payload', 'verify', '-', '--trust', key('ca.crt')]],
    [['payload', 'verify', '-', '--trust', key('ca.crt'), ...identity, '--at', 'yesterday']],
    [['cert', 'check']],
    [['cert', 'check', 'a', 'b']],
    [['cert', 'check', key('organisation.crt')]],
    [['cert', 'check', key('organisation.crt'), '--trust', key('ca.crt'), '--purpose', 'fun']],
    [['cert', 'check', key('organisation.crt'), '--trust', key('ca.crt'), '--any-signer', ...identity]],
    [['cert', 'check', key('organisation.p12'), '--trust', key('ca.crt')]],
    [['key', 'inspect', key('organisation.key')]],
  ])('%j is wrong usage', async (args) => {
    const { code, stdout } = await egw(args);
    expect(code).toBe(2);
    expect(stdout).not.toContain('valid');
  });
});
