import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  type CommandLineInput,
  type CommandLineOutcome,
  fixturesUrl,
  runCommandLine,
} from '@egov-gateway/testing';
import { canonicalize, parseXml } from '@egov-gateway/xml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { main } from './main.ts';

const key = (name: string): string => fileURLToPath(new URL(`keys/${name}`, fixturesUrl));

const envelope = `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><m:SendMessage xmlns:m="http://bip.bee.kz/SyncChannel/v10/Types"><request><note>Қазақстан &amp; «ёлка»</note></request></m:SendMessage></soap:Body></soap:Envelope>`;

const egw = (args: readonly string[], input?: CommandLineInput): Promise<CommandLineOutcome> =>
  runCommandLine(main, args, input);

let folder: string;
let password: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egw-test-'));
  password = join(folder, 'password');
  await writeFile(password, 'test-only\n');
  await writeFile(join(folder, 'wrong'), 'not it');
  await writeFile(join(folder, 'request.xml'), envelope);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('egw', () => {
  test('prints the commands for --help', async () => {
    const { code, stdout } = await egw(['--help']);

    expect(code).toBe(0);
    expect(stdout).toContain('egw key inspect');
  });

  test('prints the options of a command', async () => {
    const { code, stdout } = await egw(['verify', '--help']);

    expect(code).toBe(0);
    expect(stdout).toContain('--expect-bin');
  });

  test('prints its version', async () => {
    expect((await egw(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([
    ['no words', []],
    ['an unknown command', ['fly']],
    ['half of a command', ['key']],
    ['an unknown option', ['verify', '--fly']],
    ['too many files', ['verify', 'a', 'b', '--trust', key('organisation.crt')]],
    ['an unreadable file', ['verify', 'no-such-file', '--trust', key('organisation.crt')]],
    ['no trust', ['verify', '-']],
    ['an unknown way to name the signer', ['sign', '-', '--key', key('organisation.p12'), '--key-info', 'x']],
    ['a password as an argument', ['sign', '-', '--key', key('organisation.p12'), '--password', 'test-only']],
  ])('ends with 2 for %s', async (_, args) => {
    const { code, stdout, stderr } = await egw(args);

    expect(code).toBe(2);
    if (args.length > 0) expect(stdout).toBe('');
    if (args.length > 0) expect(stderr).toMatch(/^egw: /);
  });
});

describe('egw key inspect', () => {
  test('prints the contract object for --json', async () => {
    const { code, stdout } = await egw([
      'key',
      'inspect',
      key('organisation.p12'),
      '--password-file',
      password,
      '--json',
    ]);

    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(Object.keys(report)).toEqual([
      'algorithm',
      'subject',
      'iin',
      'bin',
      'serialNumber',
      'notBefore',
      'notAfter',
      'keyUsage',
      'extendedKeyUsage',
      'thumbprintSha256',
    ]);
    expect(report).toMatchObject({
      algorithm: 'rsa',
      bin: '991340000017',
      notBefore: '2020-01-01T00:00:00.000Z',
    });
    expect(report.serialNumber).toMatch(/^[0-9a-f]+$/);
  });

  test('takes the password from the environment, and a certificate without one', async () => {
    const file = key('person.p12');

    expect(
      (await egw(['key', 'inspect', file], { environment: { EGW_KEY_PASSWORD: 'test-only' } })).code,
    ).toBe(0);
    expect((await egw(['key', 'inspect', key('person.crt')])).stdout).toContain('001300900207');
  });

  test.each([
    ['a wrong password', [key('organisation.p12'), '--password-file', 'WRONG']],
    ['a container without a password', [key('organisation.p12')]],
    ['a file that is no key', ['REQUEST', '--password-file', 'PASSWORD']],
  ])('ends with 2 for %s', async (_, args) => {
    const files: Record<string, string> = {
      WRONG: join(folder, 'wrong'),
      REQUEST: join(folder, 'request.xml'),
      PASSWORD: password,
    };

    expect((await egw(['key', 'inspect', ...args.map((arg) => files[arg] ?? arg)])).code).toBe(2);
  });
});

describe('egw sign and egw verify', () => {
  const sign = async (...options: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await egw(
      ['sign', '-', '--key', key('organisation.p12'), '--password-file', password, ...options],
      { stdin: envelope },
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    return stdout;
  };

  test.each(['key-identifier', 'binary-security-token', 'x509-data', 'issuer-serial'])(
    'agree about %s',
    async (style) => {
      const signed = await sign('--key-info', style);
      const args = ['verify', '-', '--trust', key('organisation.crt'), '--json'];

      const { code, stdout } = await egw(args, { stdin: signed });

      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        valid: true,
        code: null,
        message: null,
        algorithm: 'rsa',
        signer: { bin: '991340000017', iin: '001300900011' },
      });
    },
  );

  test('signs the same with a PEM key, and writes into a file', async () => {
    const out = join(folder, 'signed.xml');
    const { code, stdout } = await egw([
      'sign',
      join(folder, 'request.xml'),
      '--key',
      key('organisation.key'),
      '--certificate',
      key('organisation.crt'),
      '--out',
      out,
    ]);

    expect([code, stdout]).toEqual([0, '']);
    expect((await egw(['verify', out, '--trust', key('organisation.crt')])).code).toBe(0);
  });

  test('write exactly the verified canonical Body for --print-body', async () => {
    const signed = await sign();
    const { stdout } = await egw(['verify', '-', '--trust', key('organisation.crt'), '--print-body'], {
      stdin: signed,
    });

    const body = parseXml(Buffer.from(signed)).root.child(
      'Body',
      'http://schemas.xmlsoap.org/soap/envelope/',
    );
    expect(body).toBeDefined();
    expect(stdout).toBe(body && Buffer.from(canonicalize(body)).toString('utf8'));
  });

  test('trust a CA only together with an expectation', async () => {
    const signed = await sign();
    const verify = async (...options: readonly string[]): Promise<number> =>
      (await egw(['verify', '-', '--trust', key('ca.crt'), ...options], { stdin: signed })).code;

    expect(await verify()).toBe(2);
    expect(await verify('--expect-bin', '991340000017')).toBe(0);
    expect(await verify('--expect-iin', '001300900011')).toBe(0);
    expect(await verify('--expect-iin', '001300900011', '--expect-bin', '991340000017')).toBe(0);
    expect(await verify('--any-signer')).toBe(0);
    expect(await verify('--expect-bin', '991340000027')).toBe(1);
    expect(await verify('--expect-iin', '001300900207', '--expect-bin', '991340000017')).toBe(1);
    expect(await verify('--any-signer', '--expect-bin', '991340000017')).toBe(2);
  });

  test('judge certificates at the given instant', async () => {
    const signed = await sign();
    const verify = async (at: string): Promise<CommandLineOutcome> =>
      egw(['verify', '-', '--trust', key('organisation.crt'), '--at', at, '--json'], { stdin: signed });

    expect((await verify('2030-01-31T09:00:00+05:00')).code).toBe(0);
    const early = await verify('2019-12-31T23:59:59.999Z');
    expect(early.code).toBe(1);
    expect(JSON.parse(early.stdout).code).toBe('ERR_VERIFY_CERTIFICATE_NOT_YET_VALID');
    expect((await verify('2030-01-31')).code).toBe(2);
    expect((await verify('2030-01-31T09:00:00')).code).toBe(2);
  });

  test.each([
    ['a changed Body', (signed: string) => signed.replace('ёлка', 'елка'), 'ERR_VERIFY_DIGEST'],
    ['no signature', () => envelope, 'ERR_VERIFY_UNSIGNED'],
    ['no XML', () => 'nothing', 'ERR_XML_SYNTAX'],
    ['an empty file', () => '', 'ERR_XML_TRUNCATED'],
    ['a DOCTYPE', (signed: string) => `<!DOCTYPE x>${signed}`, 'ERR_XML_DOCTYPE'],
    ['another root', () => '<a/>', 'ERR_VERIFY_NOT_SOAP'],
  ])('ends with 1 and a code for %s', async (_, change, expected) => {
    const args = ['verify', '-', '--trust', key('organisation.crt'), '--json'];
    const { code, stdout } = await egw(args, { stdin: change(await sign()) });

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      valid: false,
      code: expected,
      message: expect.any(String),
      algorithm: null,
      signer: null,
    });
  });

  test('refuse to sign what is signed, and what is no envelope', async () => {
    const again = async (stdin: string): Promise<number> =>
      (await egw(['sign', '-', '--key', key('organisation.p12'), '--password-file', password], { stdin }))
        .code;

    expect(await again(await sign())).toBe(1);
    expect(await again('<a/>')).toBe(1);
    expect(await again('<a')).toBe(1);
  });

  test('end with 2 for an expired key', async () => {
    const args = ['sign', '-', '--key', key('expired.p12'), '--password-file', password];

    expect((await egw(args, { stdin: envelope })).code).toBe(2);
  });
});
