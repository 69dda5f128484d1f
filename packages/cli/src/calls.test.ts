import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createEmulator, type Emulator, type EmulatorServer } from '@egov-gateway/emulator';
import { type CommandLineInput, type CommandLineOutcome, runCommandLine } from '@egov-gateway/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { main } from './main.ts';

const egw = (args: readonly string[], input?: CommandLineInput): Promise<CommandLineOutcome> =>
  runCommandLine(main, args, input);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egw-test-'));
  await writeFile(join(folder, 'password'), 'test-only\n');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('egw call sync and egw medical-exemption search', () => {
  let emulator: Emulator;
  let server: EmulatorServer;
  let environment: Record<string, string>;

  beforeAll(async () => {
    emulator = await createEmulator();
    server = await emulator.listen();
    const { testSystem } = emulator;
    await writeFile(join(folder, 'test.p12'), testSystem.pkcs12);
    await writeFile(join(folder, 'gateway.pem'), emulator.gatewayCertificatePem);
    environment = {
      EGW_ENDPOINT: server.url.href,
      EGW_SENDER_ID: testSystem.senderId,
      EGW_SENDER_PASSWORD: testSystem.password,
      EGW_KEY: join(folder, 'test.p12'),
      EGW_KEY_PASSWORD: testSystem.pkcs12Password,
      EGW_TRUST: join(folder, 'gateway.pem'),
      EGW_ALLOW_INSECURE_HTTP: 'true',
    };
  });

  afterAll(() => emulator.close());

  const search = (...options: readonly string[]): Promise<CommandLineOutcome> =>
    egw(['medical-exemption', 'search', ...options], { environment });

  test('finds an exemption and saves its certificate', async () => {
    const { code, stdout } = await search('--number', '01085', '--json', '--save-certificates', folder);

    expect(code).toBe(0);
    const { medicalExemptionList } = JSON.parse(stdout);
    expect(medicalExemptionList[0]).toMatchObject({ number: '01085', status: 'UP_TO_DATE' });
    expect((await readFile(join(folder, 'certificate-1.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('takes the connection from a file whose paths are relative to it', async () => {
    const config = join(folder, 'connection.json');
    await writeFile(
      config,
      JSON.stringify({
        endpoint: server.url.href,
        senderId: 'test-system',
        senderPasswordFile: 'password',
        key: 'test.p12',
        passwordFile: 'password',
        trust: ['gateway.pem'],
        allowInsecureHttp: true,
      }),
    );
    const args = ['medical-exemption', 'search', '--number', '01085', '--config', config];

    expect((await egw(args)).code).toBe(0);
    await writeFile(config, JSON.stringify({ endpiont: server.url.href }));
    expect((await egw(args)).code).toBe(2);
    await writeFile(config, '[]');
    expect((await egw(args)).code).toBe(2);
  });

  test('calls a service with ready XML and prints the data of the answer', async () => {
    const request = join(folder, 'data.xml');
    await writeFile(
      request,
      '<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:n="http://ehealth.kz/integration/sync" xsi:type="n:MedicalExemptionSearchRequest"><number>01085</number></data>',
    );
    const args = ['call', 'sync', 'EHEALTH_MEDICAL_EXEMPTION_SEARCH', '--data', request];

    const plain = await egw(args, { environment });
    const json = await egw([...args, '--json'], { environment });

    expect([plain.code, json.code]).toEqual([0, 0]);
    expect(plain.stdout).toContain('<number>01085</number>');
    expect(JSON.parse(json.stdout)).toMatchObject({ status: { code: 'SUCCESS' }, verified: true });
  });

  test.each([
    ['two criteria', ['--number', '1', '--iin', '001300900011'], 2],
    ['no criterion', [], 2],
    ['half a passport', ['--passport-number', 'N00000000'], 2],
    ['an IIN that cannot be', ['--iin', '001300900012'], 1],
  ])('ends with %s as the contract of exit codes says', async (_, options, expected) => {
    expect((await search(...options)).code).toBe(expected);
  });

  test.each([
    ['business-error', 1, 'ERR_BUSINESS_STATUS'],
    ['tampered-body', 1, 'ERR_VERIFY_DIGEST'],
    ['signed-fault', 4, 'ERR_FAULT_GATEWAY'],
    ['unsigned-fault', 4, 'ERR_FAULT_GATEWAY'],
    ['http-502-html', 3, 'ERR_SEND_HTTP_STATUS'],
    ['reset-after-reading', 3, 'ERR_SEND_NETWORK'],
  ] as const)('ends with %s by %i', async (scenario, expected, code) => {
    emulator.misbehave(scenario);

    const outcome = await search('--number', '01085', '--json');

    expect(outcome.code).toBe(expected);
    expect(JSON.parse(outcome.stdout).error).toMatchObject({ code, messageId: expect.any(String) });
  });

  test('ends with 2 when plain http is not allowed, and with 3 when nobody listens', async () => {
    const secure = { ...environment, EGW_ALLOW_INSECURE_HTTP: 'false' };
    const args = ['medical-exemption', 'search', '--number', '01085'];
    const gone = await emulator.listen();
    await gone.close();

    expect((await egw(args, { environment: secure })).code).toBe(2);
    expect((await egw(args, { environment: { ...environment, EGW_ENDPOINT: gone.url.href } })).code).toBe(3);
  });
});

describe('egw emulator', () => {
  test('listens without configuration, says how to be called, and ends when told', async () => {
    const controller = new AbortController();
    const { code, stdout } = await egw(['emulator', '--port', '0'], {
      signal: controller.signal,
      onStdout: (text) => {
        if (text.includes('Ctrl-C')) controller.abort();
      },
    });

    expect(code).toBe(0);
    expect(stdout).toContain('egw medical-exemption search --number 01085');
    expect(stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+\/bip-sync-wss-gost\/\?wsdl/);
    expect(stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+\/emulator-async-wss\/\?wsdl/);
  });

  test('says how to try both channels, and what it says works', async () => {
    const controller = new AbortController();
    const outcomes: CommandLineOutcome[] = [];
    let announced = '';
    const running = egw(['emulator', '--port', '0'], {
      signal: controller.signal,
      onStdout: (text) => {
        if (announced !== '' || !text.includes('Ctrl-C')) return;
        announced = text;
        const commands = text.replaceAll(/ \\\n +/g, ' ').match(/^egw .+$/gm) ?? [];
        void (async () => {
          for (const command of commands) outcomes.push(await egw(command.split(' ').slice(1)));
          controller.abort();
        })();
      },
    });

    expect((await running).code).toBe(0);
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
    for (const { stdout } of outcomes) expect(stdout).toContain('01085');
  });

  test('keeps the asynchronous channel over a restart, recognises repetitions, and takes all of it from a file, too', async () => {
    const config = join(folder, 'emulator.json');
    await writeFile(
      config,
      JSON.stringify({ async: { dedupe: 'message-id', pullAmount: 1 }, asyncStore: 'gateway.db' }),
    );
    const start = async (...options: readonly string[]): Promise<CommandLineOutcome> => {
      const controller = new AbortController();
      return egw(['emulator', '--port', '0', '--json', ...options], {
        signal: controller.signal,
        onStdout: () => controller.abort(),
      });
    };

    const given = await start('--async-store', join(folder, 'other.db'), '--dedupe');
    const read = await start('--config', config, '--push', 'test-system=http://127.0.0.1:1/');

    expect([given.code, read.code]).toEqual([0, 0]);
    expect(JSON.parse(given.stdout).asyncUrl).toMatch(/emulator-async-wss/);
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['gateway.db', 'other.db']));
  });

  test.each([
    ['a wrong port', ['--port', '99999']],
    ['a missing file', ['--config', 'no-such-file']],
    ['a push without an address', ['--push', 'test-system']],
    ['a push to nobody', ['--push', 'nobody=http://127.0.0.1:1/']],
    ['a push to what is no URL', ['--push', 'test-system=there']],
    ['an unknown misbehaviour', ['--misbehave', 'rudeness']],
    ['a store in a folder that is not there', ['--async-store', 'no/such/folder/gateway.db']],
  ])('ends with 2 for %s', async (_, options) => {
    expect((await egw(['emulator', '--port', '0', ...options])).code).toBe(2);
  });
});
