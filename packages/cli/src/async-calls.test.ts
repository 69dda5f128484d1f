import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createEmulator, type Emulator } from '@egov-gateway/emulator';
import { openJournal } from '@egov-gateway/journal';
import { defineService, textPayload } from '@egov-gateway/payload';
import { type CommandLineOutcome, runCommandLine, unusedPort } from '@egov-gateway/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { main } from './main.ts';

const service = defineService({ id: 'CONTRACT', request: textPayload(), response: textPayload() });
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

let folder: string;
let emulator: Emulator;
let environment: Record<string, string>;
let journal: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egw-test-'));
  emulator = await createEmulator();
  emulator.asyncService(service, (contract) =>
    contract === 'никогда' ? undefined : `зарегистрирован: ${contract}`,
  );
  const server = await emulator.listen();
  const { testSystem } = emulator;
  await writeFile(join(folder, 'test.p12'), testSystem.pkcs12);
  await writeFile(join(folder, 'gateway.pem'), emulator.gatewayCertificatePem);
  await writeFile(join(folder, 'contract.xml'), '<data>договор 17</data>');
  await writeFile(join(folder, 'never.xml'), '<data>никогда</data>');
  environment = {
    EGW_ASYNC_ENDPOINT: server.asyncUrl.href,
    EGW_SENDER_ID: testSystem.senderId,
    EGW_SENDER_PASSWORD: testSystem.password,
    EGW_KEY: join(folder, 'test.p12'),
    EGW_KEY_PASSWORD: testSystem.pkcs12Password,
    EGW_TRUST: join(folder, 'gateway.pem'),
    EGW_ALLOW_INSECURE_HTTP: 'true',
  };
});

afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  emulator.behave();
  count += 1;
  journal = join(folder, `messages-${count}.journal`);
});

const egw = (
  args: readonly string[],
  more: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<CommandLineOutcome> =>
  runCommandLine(main, args, {
    environment: { ...environment, ...more },
    ...(signal === undefined ? {} : { signal }),
  });

/** With the journal of the test. */
const kept = (...args: readonly string[]): Promise<CommandLineOutcome> =>
  egw([...args, '--journal', journal]);

const call = (...options: readonly string[]): Promise<CommandLineOutcome> =>
  kept(
    'call',
    'async',
    'CONTRACT',
    '--data',
    join(folder, 'contract.xml'),
    '--poll-interval-ms',
    '30',
    ...options,
  );

/** A message in doubt, by its key. */
async function doubt(): Promise<string> {
  emulator.misbehave('lost-answer');
  const { code, stdout } = await call('--json');
  expect(code).toBe(5);
  return JSON.parse(stdout).key;
}

describe('egw call async', () => {
  test('keeps a message, sends it, pulls the answer and prints its data', async () => {
    const { code, stdout, stderr } = await call('--reference', 'договор 17');

    expect(code).toBe(0);
    expect(stdout).toContain('зарегистрирован: договор 17');
    expect(stderr).toMatch(uuid);
    expect(stderr).not.toContain('\u001B');
    const list = JSON.parse((await kept('journal', 'list', '--reference', 'договор 17', '--json')).stdout);
    expect(list.messages).toHaveLength(1);
    expect(list.messages[0]).toMatchObject({
      state: 'answered',
      serviceId: 'CONTRACT',
      reference: 'договор 17',
    });
  });

  test('prints the message and its answer as one object', async () => {
    const { code, stdout } = await call('--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      state: 'answered',
      verified: true,
      data: expect.stringContaining('зарегистрирован'),
    });
  });

  test('keeps it and ends with --no-wait; egw outbox run sends it', async () => {
    const { code, stdout } = await call('--no-wait');
    const key = stdout.trim();

    expect([code, key]).toEqual([0, expect.stringMatching(uuid)]);
    expect((await kept('status', key, '--local')).stdout).toContain('queued');
    const run = await kept('outbox', 'run', '--drain', '--json');
    expect(run.code).toBe(0);
    const lines = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ key, state: 'sent' });
  });

  test('ends its waiting, not the message, when nobody wants to wait any longer', async () => {
    const args = [
      '--data',
      join(folder, 'never.xml'),
      '--json',
      '--wait-ms',
      '400',
      '--poll-interval-ms',
      '30',
    ];
    const { code, stdout } = await kept('call', 'async', 'CONTRACT', ...args);

    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({ state: expect.stringMatching(/sent|delivered/), data: null });
  });

  test('is ended by Ctrl-C in the same way', async () => {
    const controller = new AbortController();
    const args = ['--data', join(folder, 'never.xml'), '--json', '--journal', journal];
    const running = egw(['call', 'async', 'CONTRACT', ...args], {}, controller.signal);
    while (!emulator.chains.some(({ messages }) => messages.length > 0)) await new Promise(setImmediate);
    controller.abort(new DOMException('stopped', 'AbortError'));

    expect((await running).code).toBe(5);
  });

  test('sends at once and keeps nothing without a journal', async () => {
    const { code, stdout } = await egw([
      'call',
      'async',
      'CONTRACT',
      '--data',
      join(folder, 'contract.xml'),
      '--json',
    ]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      messageId: expect.any(String),
      correlationId: expect.any(String),
      verified: true,
    });
  });

  test('answers a chain with a message of another type, and waits for nobody to answer that', async () => {
    const { correlationId } = JSON.parse((await call('--json')).stdout);
    const { code, stdout } = await call('--type', 'UPDATE', '--correlation-id', correlationId, '--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ messageType: 'UPDATE', state: 'sent' });
  });

  test('says openly what nobody knows', async () => {
    emulator.misbehave('lost-answer');
    const { code, stdout, stderr } = await call();

    expect(code).toBe(5);
    expect(stdout).toContain('in-doubt');
    expect(stderr).toContain('egw outbox resolve');
  });

  test('ends with 4 when the gateway refuses', async () => {
    emulator.misbehave('signed-fault');
    const { code, stdout, stderr } = await call('--no-poll');

    expect(code).toBe(4);
    expect(stdout).toContain('rejected');
    expect(stderr).toContain('egw journal retry');
  });

  test('is ended by its deadline when the gateway is not there', async () => {
    const endpoint = `http://127.0.0.1:${await unusedPort()}/`;
    const { code, stdout } = await call('--async-endpoint', endpoint, '--deadline-ms', '300', '--json');

    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'expired', code: 'EXPIRED' });
  });

  test.each([
    ['no service', ['call', 'async', '--data', 'DATA']],
    ['no data', ['call', 'async', 'CONTRACT']],
    ['an unknown type', ['call', 'async', 'CONTRACT', '--data', 'DATA', '--type', 'WISH']],
    ['a REQUEST in a chain', ['call', 'async', 'CONTRACT', '--data', 'DATA', '--correlation-id', '1']],
    ['a RESPONSE without a chain', ['call', 'async', 'CONTRACT', '--data', 'DATA', '--type', 'RESPONSE']],
    ['a property without a value', ['call', 'async', 'CONTRACT', '--data', 'DATA', '--property', 'x']],
    ['--no-wait without a journal', ['call', 'async', 'CONTRACT', '--data', 'DATA', '--no-wait']],
    ['--reference without a journal', ['call', 'async', 'CONTRACT', '--data', 'DATA', '--reference', 'x']],
    [
      '--no-wait with --wait-ms',
      ['call', 'async', 'CONTRACT', '--data', 'DATA', '--no-wait', '--wait-ms', '1', '--journal', 'JOURNAL'],
    ],
    [
      'a time that is none',
      ['call', 'async', 'CONTRACT', '--data', 'DATA', '--wait-ms', 'soon', '--journal', 'JOURNAL'],
    ],
    [
      'an unknown policy',
      ['call', 'async', 'CONTRACT', '--data', 'DATA', '--on-unknown', 'hope', '--journal', 'JOURNAL'],
    ],
    [
      'the option of the other channel',
      ['call', 'async', 'CONTRACT', '--data', 'DATA', '--endpoint', 'http://x'],
    ],
    [
      'a subject without a key for it',
      ['call', 'async', 'CONTRACT', '--data', 'DATA', '--subject', '001300900011', '--journal', 'JOURNAL'],
    ],
    [
      'a journal in a folder that is not there',
      ['call', 'async', 'CONTRACT', '--data', 'DATA', '--journal', 'NOWHERE'],
    ],
  ])('ends with 2 for %s', async (_, args) => {
    const paths: Record<string, string> = {
      DATA: join(folder, 'contract.xml'),
      JOURNAL: journal,
      NOWHERE: join(folder, 'no', 'x.journal'),
    };
    const { code, stdout, stderr } = await egw(args.map((arg) => paths[arg] ?? arg));

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^egw: /);
    expect(stderr).not.toContain('001300900011');
  });

  test('says that the address of the channel is missing', async () => {
    const { code, stderr } = await egw(
      ['call', 'async', 'CONTRACT', '--data', join(folder, 'contract.xml')],
      {
        EGW_ASYNC_ENDPOINT: '',
      },
    );

    expect(code).toBe(2);
    expect(stderr).toContain('EGW_ASYNC_ENDPOINT');
  });
});

describe('egw status', () => {
  test('asks by key, and by the id of the gateway', async () => {
    const { key, messageId } = JSON.parse((await call('--json')).stdout);

    const byKey = await kept('status', key, '--json');
    const byId = await egw(['status', messageId, '--json']);

    expect([byKey.code, byId.code]).toEqual([0, 0]);
    expect(JSON.parse(byKey.stdout)).toMatchObject({
      message: { key, state: 'answered' },
      gateway: { messageState: 'DELIVERED', verified: true },
    });
    expect(JSON.parse(byId.stdout)).toMatchObject({ message: null, gateway: { messageState: 'DELIVERED' } });
  });

  test('does not ask about a message that the gateway has not named', async () => {
    const key = (await call('--no-wait')).stdout.trim();
    const { code, stdout, stderr } = await kept('status', key);

    expect(code).toBe(0);
    expect(stdout).toBe('journal  queued\n');
    expect(stderr).toContain('not asked');
  });

  test.each([
    ['no word', ['status'], 2],
    ['two words', ['status', '1', '2'], 2],
    ['--local without a journal', ['status', '1', '--local'], 2],
    ['a journal that is not there', ['status', '1', '--journal', 'no-such.journal'], 2],
    ['a message that the gateway does not know', ['status', '999'], 4],
  ])('ends for %s', async (_, args, expected) => {
    expect((await egw(args)).code).toBe(expected);
  });

  test('ends with 1 for a message that the journal does not know', async () => {
    await call('--no-wait');

    expect((await kept('status', 'no-such-key', '--local')).code).toBe(1);
  });
});

describe('egw poll', () => {
  /** A chain whose answer waits to be pulled. */
  const ask = (): Promise<CommandLineOutcome> =>
    egw(['call', 'async', 'CONTRACT', '--data', join(folder, 'contract.xml'), '--json']);
  const empty = async (): Promise<void> => {
    await emulator.idle();
    await egw(['poll', 'CONTRACT', '--journal', join(folder, 'drain.journal')]);
  };

  test('pulls, stores, confirms and prints a line for each message', async () => {
    await empty();
    await ask();
    await emulator.idle();
    const first = await kept('poll', 'CONTRACT', '--json');
    const second = await kept('poll', 'CONTRACT', '--json');

    expect([first.code, second.code]).toEqual([0, 0]);
    expect(JSON.parse(first.stdout)).toMatchObject({
      stored: 1,
      unconfirmed: 0,
      messages: [{ messageType: 'RESPONSE', state: 'unmatched' }],
    });
    expect(JSON.parse(second.stdout)).toMatchObject({ stored: 0, messages: [] });
    expect(first.stdout).not.toContain('зарегистрирован');
  });

  test.each([
    ['refused', ['fault-on-confirm'], 4],
    ['lost', ['delay', 'reset-after-reading'], 3],
  ] as const)('says when a message is stored and its confirmation was %s', async (_, scenarios, expected) => {
    await empty();
    await ask();
    await emulator.idle();
    for (const scenario of scenarios) emulator.misbehave(scenario);
    const { code, stderr } = await kept('poll', 'CONTRACT');

    expect(code).toBe(expected);
    expect(stderr).toContain('confirm');
    expect((await kept('journal', 'list')).stdout.trim().split('\n')).toHaveLength(1);
  });

  test.each([
    ['no journal', ['poll', 'CONTRACT'], 2],
    ['no service', ['poll', '--journal', 'JOURNAL'], 2],
    ['an amount that is none', ['poll', 'CONTRACT', '--journal', 'JOURNAL', '--amount', '0'], 2],
  ])('ends with %s by 2', async (_, args, expected) => {
    const outcome = await egw(args.map((arg) => (arg === 'JOURNAL' ? journal : arg)));

    expect(outcome.code).toBe(expected);
  });

  test('ends with 3 when nobody listens, and with 1 for an answer that nobody vouches for', async () => {
    const gone = `http://127.0.0.1:${await unusedPort()}/`;

    expect((await kept('poll', 'CONTRACT', '--async-endpoint', gone)).code).toBe(3);
    emulator.misbehave('tampered-body');
    expect((await kept('poll', 'CONTRACT')).code).toBe(1);
  });
});

describe('egw outbox', () => {
  test('settles a doubt: what was not sent goes out again', async () => {
    const key = await doubt();

    expect((await kept('outbox', 'list', '--in-doubt')).stdout).toContain(key);
    const resolved = await kept('outbox', 'resolve', key, '--as', 'not-sent', '--note', 'asked the operator');
    expect([resolved.code, resolved.stdout]).toEqual([0, 'queued\n']);
    expect((await kept('outbox', 'run', '--drain')).stdout).toContain(key);
    expect((await kept('outbox', 'list')).stderr).toContain('no message');
    const shown = (await kept('journal', 'show', key)).stdout;
    expect(shown).toContain('"asked the operator"');
  });

  test('ends draining with 5 when it leaves a doubt', async () => {
    await call('--no-wait');
    emulator.misbehave('lost-answer');

    expect((await kept('outbox', 'run', '--drain')).code).toBe(5);
  });

  test('works until it is told to end', async () => {
    await call('--no-wait');
    const controller = new AbortController();
    const { code, stdout } = await runCommandLine(main, ['outbox', 'run', '--journal', journal], {
      environment,
      signal: controller.signal,
      onStdout: (text) => {
        if (text.includes(' sent ')) controller.abort();
      },
    });

    expect(code).toBe(0);
    expect(stdout).toMatch(uuid);
  });

  test('gives a refused message another chance', async () => {
    emulator.misbehave('signed-fault');
    const { key } = JSON.parse((await call('--no-poll', '--json')).stdout);

    const retried = await kept('journal', 'retry', key, '--note', 'the registration was put right');
    expect([retried.code, retried.stdout]).toEqual([0, 'queued\n']);
    expect((await kept('outbox', 'run', '--drain')).code).toBe(0);
    expect((await kept('status', key, '--local')).stdout).toContain('journal');
  });

  test.each([
    ['no resolution', ['--note', 'x'], 2],
    ['an unknown resolution', ['--as', 'perhaps', '--note', 'x'], 2],
    ['no note', ['--as', 'sent'], 2],
    ['an empty note', ['--as', 'sent', '--note', ' '], 2],
    ['a note that is too long', ['--as', 'sent', '--note', 'x'.repeat(1001)], 2],
  ])('resolves nothing with %s', async (_, options, expected) => {
    const key = (await call('--no-wait')).stdout.trim();

    expect((await kept('outbox', 'resolve', key, ...options)).code).toBe(expected);
  });

  test('resolves and retries nothing that is not in doubt, or given up', async () => {
    const key = (await call('--no-wait')).stdout.trim();

    const resolved = await kept('outbox', 'resolve', key, '--as', 'sent', '--note', 'x', '--json');
    expect([resolved.code, JSON.parse(resolved.stdout).error.code]).toEqual([1, 'ERR_JOURNAL_STATE']);
    expect((await kept('journal', 'retry', key)).code).toBe(1);
    expect((await kept('outbox', 'resolve', 'no-such-key', '--as', 'sent', '--note', 'x')).code).toBe(1);
    expect((await kept('journal', 'retry', 'no-such-key')).code).toBe(1);
  });

  test('retries nothing that is in doubt, and says what to do instead', async () => {
    const key = await doubt();
    const { code, stderr } = await kept('journal', 'retry', key);

    expect(code).toBe(1);
    expect(stderr).toContain(`egw outbox resolve ${key}`);
  });

  test.each([
    ['run', ['outbox', 'run', '--drain', '--journal', 'no-such.journal']],
    ['list', ['outbox', 'list', '--journal', 'no-such.journal']],
    ['run without a journal', ['outbox', 'run', '--drain']],
  ])('makes no journal by looking at it: %s', async (_, args) => {
    expect((await egw(args)).code).toBe(2);
  });
});

describe('keys of a journal', () => {
  test('encrypt what is stored, and find messages by person', async () => {
    await writeFile(join(folder, 'keys'), `k1=${Buffer.alloc(32, 7).toString('base64')}\n`);
    await writeFile(join(folder, 'subject-key'), `${'ab'.repeat(32)}\n`);
    const keys = [
      '--encryption-key-file',
      join(folder, 'keys'),
      '--subject-key-file',
      join(folder, 'subject-key'),
    ];
    const sent = await call('--no-wait', '--subject', '001300900011', ...keys);
    const key = sent.stdout.trim();

    const found = await kept('journal', 'list', '--subject', '001300900011', '--json', ...keys);
    expect(JSON.parse(found.stdout).messages).toMatchObject([{ key }]);
    expect(found.stdout).not.toContain('001300900011');
    const none = await kept('journal', 'list', '--subject', '991340000017', ...keys);
    expect([none.code, none.stdout]).toEqual([0, '']);

    const out = join(folder, 'out.xml');
    expect((await kept('journal', 'show', key, '--bytes', out, ...keys)).code).toBe(0);
    expect(await readFile(out, 'utf8')).toContain('договор 17');
    expect((await readFile(journal)).includes(Buffer.from('договор 17'))).toBe(false);
    expect((await kept('journal', 'show', key)).code).toBe(0);
    const refused = await kept('journal', 'show', key, '--bytes', out, '--json');
    expect([refused.code, JSON.parse(refused.stdout).error.code]).toEqual([2, 'ERR_JOURNAL_KEY']);
  });

  test.each([
    ['no key', ''],
    ['no id', Buffer.alloc(32).toString('base64')],
    ['a key that is too short', 'k1=YWJj'],
    ['a key that is no base64', 'k1=не ключ'],
    ['a key twice', `k1=${'00'.repeat(32)}\nk1=${'11'.repeat(32)}`],
  ])('are refused with 2 for %s, and never printed', async (_, text) => {
    const { code, stderr } = await egw(['journal', 'list', '--journal', journal], {
      EGW_ENCRYPTION_KEY: text,
    });

    expect(code).toBe(2);
    if (text !== '') expect(stderr).not.toContain(text);
  });

  test('cannot be given as an argument', async () => {
    expect((await kept('journal', 'list', '--encryption-key', 'k1=00')).code).toBe(2);
  });
});

test('a journal that another version wrote, or that is none, is refused', async () => {
  await writeFile(journal, 'not a database at all, and long enough to be one: '.repeat(20));
  const { code, stdout } = await kept('journal', 'list', '--json');
  expect([code, JSON.parse(stdout).error.code]).toEqual([
    expect.any(Number),
    expect.stringMatching(/^ERR_JOURNAL_/),
  ]);
  expect(code).not.toBe(0);

  const other = await openJournal(join(folder, 'other.journal'));
  await other.close();
});
