import { existsSync } from 'node:fs';
import { PassThrough, Writable } from 'node:stream';

import { asyncMisbehaviours, ekdoMisbehaviours, misbehaviours } from '@egov-gateway/emulator';
import { type CommandLineOutcome, runCommandLine } from '@egov-gateway/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { PortalFolder } from '../test/portal-folder.ts';
import { main } from './main.ts';

let it: PortalFolder;
beforeEach(async () => {
  it = await PortalFolder.open();
});
afterEach(() => it.close());

/** Where an emulator listens and keeps its files, of `--json`. */
interface Announced {
  readonly url: string;
  readonly asyncUrl: string;
  readonly ekdoUrl: string;
  readonly senderId: string;
  readonly files: Readonly<Record<'key' | 'password' | 'gateway' | 'portalCredentials', string>>;
}

/** Runs an emulator for as long as `work` takes. */
async function whileRunning(
  options: readonly string[],
  work: (announced: Announced) => Promise<void>,
): Promise<CommandLineOutcome> {
  const controller = new AbortController();
  let working: Promise<void> | undefined;
  const outcome = await runCommandLine(main, ['emulator', '--port', '0', '--json', ...options], {
    signal: controller.signal,
    onStdout: (text) => {
      working = work(JSON.parse(text)).finally(() => controller.abort());
    },
  });
  await working;
  return outcome;
}

/** Command lines for the portal of that emulator. */
function environmentOf({ ekdoUrl, files }: Announced): Record<string, string> {
  return {
    ...it.environment,
    EGW_PORTAL_URL: ekdoUrl,
    EGW_PORTAL_CREDENTIALS: files.portalCredentials,
  };
}

/** Command lines for its gateway. */
function gatewayEnvironment({ url, asyncUrl, senderId, files }: Announced): Record<string, string> {
  return {
    EGW_ENDPOINT: url,
    EGW_ASYNC_ENDPOINT: asyncUrl,
    EGW_ALLOW_INSECURE_HTTP: 'true',
    EGW_SENDER_ID: senderId,
    EGW_SENDER_PASSWORD_FILE: files.password,
    EGW_KEY: files.key,
    EGW_PASSWORD_FILE: files.password,
    EGW_TRUST: files.gateway,
  };
}

const emulator = (...options: readonly string[]): Promise<CommandLineOutcome> =>
  runCommandLine(main, ['emulator', '--port', '0', ...options], { signal: AbortSignal.abort() });

describe('egw emulator --ekdo-misbehave', () => {
  test('spoils uploads in turn, tells which document came of each, and a doubt is settled with it', async () => {
    const list = await it.documentsAndList('1', '2');
    const outcomes: CommandLineOutcome[] = [];
    const spoilt = ['cut-after-accepting', 'cut-before-reading'].flatMap((name) => [
      '--ekdo-misbehave',
      name,
    ]);
    const { code, stderr } = await whileRunning(['--ekdo-port', '0', ...spoilt], async (announced) => {
      const environment = environmentOf(announced);
      const resolve = ['--note', 'seen in the portal', '--as'];
      outcomes.push(await it.send(list, [], { environment }));
      outcomes.push(
        await it.egw(['resolve', 'k-1', ...resolve, 'sent', '--document-id', 'EMU-DOC-1'], { environment }),
      );
      outcomes.push(await it.egw(['resolve', 'k-2', ...resolve, 'not-sent'], { environment }));
      outcomes.push(await it.send(list, [], { environment }));
    });
    expect(code).toBe(0);
    expect(outcomes.map((one) => one.code)).toEqual([5, 0, 0, 0]);
    expect(stderr.split('\n')).toEqual([
      'portal token — 200',
      'portal document EMU-DOC-1 no answer cut-after-accepting',
      'portal document — no answer cut-before-reading',
      'portal token — 200',
      'portal signature EMU-DOC-1 200',
      'portal document EMU-DOC-2 201',
      'portal signature EMU-DOC-2 200',
      '',
    ]);
  });

  test('spoils another step when told so', async () => {
    const list = await it.documentsAndList('1');
    const { stderr } = await whileRunning(
      ['--ekdo-port', '0', '--ekdo-misbehave', 'bad-request@signature'],
      async (announced) => {
        expect((await it.send(list, [], { environment: environmentOf(announced) })).code).not.toBe(0);
      },
    );
    expect(stderr).toContain('portal document EMU-DOC-1 201\nportal signature EMU-DOC-1 400 bad-request\n');
  });
});

describe('what egw emulator says of exchanges', () => {
  test('cannot steer the terminal', async () => {
    const data = await it.write('data.xml', '<data><x>1</x></data>');
    const { stderr } = await whileRunning(['--ekdo-port', '0'], async (announced) => {
      const path = new URL('docs/%1B%5B2J%0Ax/signature', announced.ekdoUrl);
      const { status } = await fetch(path, { method: 'POST' });
      expect(status).toBe(401);
      const environment = gatewayEnvironment(announced);
      const words = ['call', 'sync', 'A\u009b2JB', '--data', data];
      expect((await runCommandLine(main, words, { environment })).code).toBe(4);
    });
    expect(stderr).toMatch(/^portal signature \?\[2J\?x 401 EMU-TOKEN\n#1 A\?2JB \S+ fault SCE004 \d+ ms\n$/);
  });
});

describe('what egw emulator says of exchanges of the gateway', () => {
  test('names the misbehaviour, and leaves out the code where there is none', async () => {
    const data = await it.write('data.xml', '<data><number>01085</number></data>');
    const { stderr } = await whileRunning(['--misbehave', 'unsigned'], async (announced) => {
      const environment = gatewayEnvironment(announced);
      const of = ['EHEALTH_MEDICAL_EXEMPTION_SEARCH', '--data', data];
      await runCommandLine(main, ['call', 'sync', ...of], { environment });
      expect((await runCommandLine(main, ['call', 'async', ...of], { environment })).code).toBe(0);
    });
    const of = '[A-Z_]+ \\S+';
    expect(stderr).toMatch(
      new RegExp(`^#1 ${of} misbehaved (\\S+ )?unsigned \\d+ ms\n#2 ${of} answered \\d+ ms\n$`),
    );
  });
});

describe('egw emulator --config', () => {
  test('holds misbehaviours of both, and the port of the portal', async () => {
    const list = await it.documentsAndList('1');
    const config = await it.write(
      'emulator.json',
      JSON.stringify({
        misbehave: ['delay', { name: 'delay', delayMs: 5, times: 2 }, { name: 'late-answer', delayMs: 5 }],
        ekdo: {
          port: 0,
          misbehave: ['too-many-requests@token', { name: 'server-error', step: 'document', times: 2 }],
        },
      }),
    );
    const { code, stderr } = await whileRunning(
      ['--config', config, '--ekdo-misbehave', 'forbidden'],
      async (announced) => {
        const environment = environmentOf(announced);
        for (const _ of [1, 2]) await it.send(list, ['--again'], { environment });
      },
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^portal token — 429 too-many-requests\nportal token — 200\n/);
    expect(stderr).toContain('portal document — 500 server-error');
  });

  test.each([
    ['an unknown misbehaviour', { misbehave: ['dely'] }],
    ['a setting that it has not', { misbehave: [{ name: 'gzip', delayMs: 1 }] }],
    ['no setting at all', { misbehave: [{ name: 'delay', patience: 1 }] }],
    ['an unknown misbehaviour of the portal', { ekdo: { misbehave: ['dely'] } }],
    ['an unknown step', { ekdo: { misbehave: ['delay@login'] } }],
    ['a delay that no timer can wait for', { ekdo: { misbehave: [{ name: 'delay', delayMs: 2 ** 31 }] } }],
    ['a port that is none', { ekdo: { port: 99_999 } }],
  ])('ends with 2 for %s', async (_what, config) => {
    const file = await it.write('emulator.json', JSON.stringify(config));
    const { code, stderr } = await emulator('--config', file);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^egw: /);
  });
});

describe('names of misbehaviours', () => {
  test.each([
    ['--misbehave', { ...misbehaviours, ...asyncMisbehaviours }],
    ['--ekdo-misbehave', ekdoMisbehaviours],
  ])('%s list prints each in a line, with what it does', async (option, menu) => {
    const { code, stdout } = await emulator(option, 'list');
    expect(code).toBe(0);
    const lines = stdout.split('\n').filter((line) => line.startsWith('  '));
    expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual(
      Object.entries(menu).map(([name, what]) => [name, 'summary' in what ? what.summary : what.effect]),
    );
    const json = await emulator(option, 'list', '--json');
    expect(JSON.parse(json.stdout).misbehaviours).toHaveLength(lines.length);
  });

  test.each([
    ['--misbehave', 'tamperd-body', 'did you mean tampered-body?'],
    ['--misbehave', 'tampered', 'did you mean tampered-body or tampered-push?'],
    ['--misbehave', 'rudeness', 'the gateway knows no rudeness\n'],
    ['--misbehave', 'bad-request', 'what the portal may do: --ekdo-misbehave'],
    ['--ekdo-misbehave', 'server-eror', 'did you mean server-error?'],
    ['--ekdo-misbehave', 'tampered-body', 'what the gateway may do: --misbehave'],
    ['--ekdo-misbehave', 'delay@login', 'token, document, signature, status'],
    ['--ekdo-misbehave', 'delay@', 'token, document, signature, status'],
    ['--ekdo-misbehave', '', `all that it knows: egw emulator --ekdo-misbehave list`],
    ['--misbehave', 'toString', `all that it knows: egw emulator --misbehave list`],
    ['--misbehave', 'x'.repeat(500), `no ${'x'.repeat(40)}\n`],
  ])('%s %s is refused with a word of help', async (option, name, said) => {
    const { code, stdout, stderr } = await emulator('--ekdo-port', '0', option, name);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
  });

  test('--ekdo-misbehave needs a portal', async () => {
    const { code, stderr } = await emulator('--ekdo-misbehave', 'delay');
    expect([code, stderr]).toEqual([2, 'egw: --ekdo-misbehave goes with --ekdo-port\n']);
  });

  test('the help says how to see them', async () => {
    expect((await emulator('--help')).stdout).toContain('list prints every NAME');
  });
});

describe('a closed terminal', () => {
  test('ends the emulator in order', async () => {
    let key = '';
    const stdout = new Writable({
      write(chunk: Buffer, _encoding, done) {
        key = JSON.parse(chunk.toString()).files.key;
        expect(existsSync(key)).toBe(true);
        process.emit('SIGHUP', 'SIGHUP');
        done();
      },
    });
    const streams = { stdin: new PassThrough(), stdout, stderr: new PassThrough() };
    expect(await main(['emulator', '--port', '0', '--json'], { ...streams, environment: {} })).toBe(0);
    expect(existsSync(key)).toBe(false);
  });
});
