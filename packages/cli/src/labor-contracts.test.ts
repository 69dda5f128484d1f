import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { businessError, createEmulator, type Emulator, type EmulatorServer } from '@egov-gateway/emulator';
import { createLaborContracts } from '@egov-gateway/labor-contracts';
import {
  type CommandLineInput,
  type CommandLineOutcome,
  fixture,
  runCommandLine,
} from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { main } from './main.ts';

const header =
  'БИН;ИИН;№ договора;Дата договора;Дата начала;Должность (НКЗ);Штатная должность;Воинский учёт;ФИО';
const rowOf = (number: string, iin = '001300900011'): string =>
  `991340000017;${iin};${number};12.01.2026;13.01.2026;2511-1-002;Бағдарламашы;1;x`;
const contracts = createLaborContracts({ serviceId: 'CONTRACTS' });

let root: string;
let folder: string;
let emulator: Emulator;
let server: EmulatorServer;
let environment: Record<string, string>;
let registered: string[] = [];
let onRequest: (number: string) => void = () => {};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'egw-labor-'));
  emulator = await createEmulator();
  server = await emulator.listen();
  emulator.service(contracts.service, (document) => {
    const text = typeof document === 'string' ? document : new TextDecoder().decode(document);
    const number = /<contractNumber>([^<]*)</.exec(text)?.[1] ?? /<contractId>([^<]*)</.exec(text)?.[1] ?? '';
    if (number === 'REFUSED') return businessError({ code: 'SCSE014', message: 'слова' });
    registered.push(number);
    onRequest(number);
    const { root: element } = parseXml(
      new TextEncoder().encode(`<a><b/><c><id>id-${registered.length}</id></c></a>`),
    );
    return { registeredId: undefined, root: element, text: element.toXml() };
  });
  const { testSystem } = emulator;
  await writeFile(join(root, 'test.p12'), testSystem.pkcs12);
  await writeFile(join(root, 'gateway.pem'), emulator.gatewayCertificatePem);
  await writeFile(join(root, 'employer.p12'), fixture('keys/organisation.p12'));
  await writeFile(join(root, 'other.p12'), fixture('keys/other-bin.p12'));
});

afterAll(async () => {
  await emulator.close();
  await rm(root, { recursive: true, force: true });
});

let count = 0;
beforeEach(async () => {
  count += 1;
  folder = join(root, String(count));
  await mkdir(folder);
  registered = [];
  onRequest = () => {};
  const { testSystem } = emulator;
  environment = {
    EGW_ENDPOINT: server.url.href,
    EGW_SENDER_ID: testSystem.senderId,
    EGW_SENDER_PASSWORD: testSystem.password,
    EGW_KEY: join(root, 'test.p12'),
    EGW_KEY_PASSWORD: testSystem.pkcs12Password,
    EGW_TRUST: join(root, 'gateway.pem'),
    EGW_ALLOW_INSECURE_HTTP: 'true',
    EGW_SERVICE_ID: 'CONTRACTS',
    EGW_EMPLOYER_KEY: join(root, 'employer.p12'),
    EGW_EMPLOYER_PASSWORD: 'test-only',
    EGW_JOURNAL: join(folder, 'journal.db'),
  };
});

async function table(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const egw = (args: readonly string[], input: CommandLineInput = {}): Promise<CommandLineOutcome> =>
  runCommandLine(main, ['labor-contracts', ...args], { environment, ...input });

const resultsOf = async (path: string): Promise<string[][]> =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(';').slice(0, 7));

describe('egw labor-contracts register', () => {
  test('does every row that is right, and says of each what became of it', async () => {
    const path = await table(
      'hr.csv',
      [header, rowOf('1'), rowOf('2', '001300900012'), rowOf('REFUSED'), rowOf('1'), rowOf('4')].join('\n'),
    );
    const { code, stdout, stderr } = await egw(['register', path, '--concurrency', '1']);

    expect(code).toBe(1);
    expect(stdout.split('\n').slice(0, -1).sort()).toEqual(['accepted 2', 'invalid 2', 'refused 1']);
    expect(registered).toEqual(['1', '4']);
    expect(await resultsOf(`${path}.results.csv`)).toEqual([
      ['2', 'register', '991340000017:1', 'accepted', 'id-1', '15', ''],
      ['3', 'register', '991340000017:2', 'invalid', '', '', 'SCSE045'],
      ['4', 'register', '991340000017:REFUSED', 'refused', '', '9.1', 'SCSE014'],
      ['5', 'register', '991340000017:1', 'invalid', '', '', 'duplicate-row'],
      ['6', 'register', '991340000017:4', 'accepted', 'id-2', '15', ''],
    ]);
    expect(stderr).toContain('these columns are not sent: «ФИО»');
    expect(stderr).toMatch(/row 3, column «ИИН»: .+ \(SCSE045\)\. \S/);
    expect(stderr).not.toContain('001300900012');
  });

  test('goes on where it was interrupted, with or without its results, and sends nothing twice', async () => {
    const numbers = Array.from({ length: 12 }, (_, index) => String(index + 1));
    const path = await table('hr.csv', [header, ...numbers.map((number) => rowOf(number))].join('\n'));
    const controller = new AbortController();
    onRequest = (number) => {
      if (number === '5') controller.abort();
    };
    const first = await egw(['register', path, '--concurrency', '2', '--json'], {
      signal: controller.signal,
    });
    expect(first.code).toBe(3);
    expect(JSON.parse(first.stdout)).toMatchObject({ end: 'interrupted' });
    const before = registered.length;
    expect(before).toBeLessThan(12);
    // As a process leaves it that was killed while it wrote.
    const results = `${path}.results.csv`;
    await writeFile(results, (await readFile(results, 'utf8')).slice(0, -40));

    const second = await egw(['register', path, '--json']);
    expect(second.code).toBe(0);
    expect([...registered].sort()).toEqual([...numbers].sort());
    expect((await resultsOf(results)).map(([row, , , state]) => `${row} ${state}`)).toEqual(
      numbers.map((_, index) => `${index + 2} accepted`),
    );

    await rm(results);
    const third = await egw(['register', path, '--json']);
    expect(JSON.parse(third.stdout)).toMatchObject({ counts: { 'accepted before': 12 } });
    expect(registered).toHaveLength(12);
  });

  test('sends once more what was refused when it is told to', async () => {
    const path = await table('hr.csv', [header, rowOf('REFUSED')].join('\n'));
    const run = async (...options: string[]): Promise<unknown> =>
      JSON.parse((await egw(['register', path, '--json', ...options])).stdout).counts;
    expect(await run()).toEqual({ refused: 1 });
    expect(await run()).toEqual({ 'refused before': 1 });
    expect(await run('--again')).toEqual({ refused: 1 });
  });

  test('leaves in doubt what was not answered, until somebody settles it', async () => {
    const path = await table('hr.csv', [header, rowOf('1'), rowOf('2')].join('\n'));
    emulator.misbehave('reset-after-reading');
    expect((await egw(['register', path, '--concurrency', '1'])).code).toBe(5);
    const doubt = await egw(['register', path, '--json']);
    expect(doubt.code).toBe(5);
    expect(JSON.parse(doubt.stdout).counts).toEqual({ 'in-doubt before': 1, 'done before': 1 });
    const lines = (await readFile(`${path}.results.csv`, 'utf8')).split('\r\n');
    const key =
      lines
        .find((line) => line.includes('in-doubt'))
        ?.split(';')
        .at(-1) ?? '';
    const settled = await egw(['resolve', key, '--as', 'not-sent', '--note', 'looked it up']);
    expect([settled.code, settled.stdout]).toEqual([0, 'not-sent\n']);
    expect((await egw(['register', path])).code).toBe(0);
    expect([...registered].sort()).toEqual(expect.arrayContaining(['1', '2']));
    expect((await egw(['resolve', key, '--as', 'sent', '--note', 'x'])).code).toBe(1);
  });

  test('takes what was in doubt for done, under the id that somebody found', async () => {
    const path = await table('hr.csv', [header, rowOf('1')].join('\n'));
    emulator.misbehave('reset-after-reading');
    expect((await egw(['register', path])).code).toBe(5);
    const results = async (): Promise<string> => readFile(`${path}.results.csv`, 'utf8');
    const key = /contract\.register\.[0-9a-f]{32}\.1/.exec(await results())?.[0] ?? '';
    const found = ['--as', 'sent', '--note', 'looked it up', '--registered-id', 'FOUND-1'];
    expect((await egw(['resolve', key, ...found])).code).toBe(0);
    expect((await egw(['register', path])).code).toBe(0);
    expect(await results()).toContain('FOUND-1');
  });

  test('ends when nobody listens, and loses nothing', async () => {
    const gone = await emulator.listen();
    await gone.close();
    const path = await table(
      'hr.csv',
      [header, ...Array.from({ length: 30 }, (_, i) => rowOf(`${i}`))].join('\n'),
    );
    const outcome = await egw(['register', path, '--json'], {
      environment: { ...environment, EGW_ENDPOINT: gone.url.href },
    });
    expect(outcome.code).toBe(3);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ end: 'unreachable' });
    expect((await egw(['register', path])).code).toBe(0);
    expect(new Set(registered).size).toBe(30);
    expect(registered).toHaveLength(30);
  });

  test('takes no file for its results that is something else', async () => {
    const path = await table('hr.csv', [header, rowOf('1')].join('\n'));
    expect((await egw(['register', path, '--results', path])).code).toBe(2);
    expect(await readFile(path, 'utf8')).toContain('ФИО');
    expect(registered).toEqual([]);
  });
});

describe('egw labor-contracts --dry-run', () => {
  const none = { environment: {} };

  test('checks every row without key, gateway or journal', async () => {
    const path = await table('hr.csv', [header, rowOf('1'), rowOf('2', '1300900011')].join('\n'));
    const outcome = await egw(['register', path, '--dry-run', '--language', 'ru'], none);
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toBe('готово к отправке 1\nс ошибками 1\n');
    expect(outcome.stderr).toContain('строка 3, столбец «ИИН»: у номера потеряны нули в начале (lost-zeros)');
    expect(registered).toEqual([]);
  });

  test.each([
    ['ru_RU.UTF-8', '1: нет столбца «Номер договора»'],
    ['kk_KZ.UTF-8', '1-жол: «Шарт нөмірі» бағаны жоқ (missing-column). Мына атаулардың бірімен'],
    ['en_GB.UTF-8', 'row 1: there is no column for “Contract number”'],
  ])('speaks the language of the system: %s', async (LANG, words) => {
    const path = await table('hr.csv', 'ИИН\n1');
    const { stderr } = await egw(['register', path, '--dry-run'], { environment: { LANG } });
    expect(stderr).toContain(words);
  });

  test.each([
    [
      'ru',
      'строка 2, столбец «Дата договора»',
      'Пишите ГГГГ-ММ-ДД или ДД.ММ.ГГГГ.',
      'предупреждение: строка 3',
      ['с ошибками 1', 'готово к отправке 1'],
    ],
    [
      'kk',
      '2-жол, «Дата договора» бағаны',
      'ЖЖЖЖ-АА-КК немесе КК.АА.ЖЖЖЖ түрінде жазыңыз.',
      'ескерту: 3-жол',
      ['қатесі бар 1', 'жіберуге дайын 1'],
    ],
    [
      'en',
      'row 2, column «Дата договора»',
      'Write YYYY-MM-DD or DD.MM.YYYY.',
      'warning: row 3',
      ['invalid 1', 'ready 1'],
    ],
  ])('names row, column and remedy in %s', async (language, place, remedy, warning, counts) => {
    const path = await table(
      'hr.csv',
      [header, rowOf('1').replace('12.01', '31.02'), rowOf('2').replace('2511-1-002', 'маман')].join('\n'),
    );
    const { code, stdout, stderr } = await egw(['register', path, '--dry-run', '--language', language], none);
    expect([code, stdout]).toEqual([1, `${counts.join('\n')}\n`]);
    expect(stderr).toContain(place);
    expect(stderr).toContain(remedy);
    expect(stderr).toContain(warning);
  });

  test('notices a key of another employer', async () => {
    const path = await table('hr.csv', [header, rowOf('1')].join('\n'));
    const { stderr } = await egw(['register', path, '--dry-run'], {
      environment: { EGW_EMPLOYER_KEY: join(root, 'other.p12'), EGW_EMPLOYER_PASSWORD: 'test-only' },
    });
    expect(stderr).toContain('row 2, column «БИН»');
    expect(stderr).toContain('SCSE046');
  });

  test('keeps the mapping, and takes it again', async () => {
    const plain = header.replace('ИИН', 'Человек');
    const path = await table('hr.csv', [plain, rowOf('1')].join('\n'));
    const mapping = join(folder, 'mapping.json');
    await writeFile(mapping, JSON.stringify({ columns: { employeeIin: 'Человек' } }));
    const kept = join(folder, 'kept.json');
    const args = ['register', path, '--dry-run', '--save-mapping', kept, '--mapping'];
    expect((await egw([...args, mapping], none)).code).toBe(0);
    expect(JSON.parse(await readFile(kept, 'utf8')).columns).toMatchObject({
      employeeIin: 'Человек',
      contractDate: 'Дата договора',
    });
    expect((await egw([...args, kept], none)).code).toBe(0);
  });

  test.each([
    ['a PDF document', '%PDF-1.7', 1, 'a PDF document'],
    ['nothing', '', 1, 'no rows'],
    [
      'a web page',
      '<html><table><tr><td>1</td></tr></table></html>',
      1,
      'Open it in Excel and save it as .xlsx.',
    ],
    ['a letter', 'Dear colleague,\nregards', 1, 'no titles of columns were found'],
    ['broken quotes', 'a;b\n"1;2', 1, 'row 2'],
  ])('says that the file is %s', async (_name, content, code, words) => {
    const outcome = await egw(['register', await table('hr.csv', content), '--dry-run'], none);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toContain(words);
  });
});

describe('egw labor-contracts terminate', () => {
  const terminations =
    'ID договора;Дата увольнения;Причина увольнения\nid-1;13.01.2026;05\nid-2;13.01.2026;01';

  test('wants the number of rows confirmed', async () => {
    const path = await table('end.csv', terminations);
    const refused = await egw(['terminate', path]);
    expect([refused.code, registered]).toEqual([2, []]);
    expect(refused.stderr).toContain('--confirm-terminations 2');
    expect((await egw(['terminate', path, '--confirm-terminations', '3'])).code).toBe(2);
    expect((await egw(['terminate', path, '--confirm-terminations', '2'])).code).toBe(0);
    expect([...registered].sort()).toEqual(['id-1', 'id-2']);
  });
});

describe('egw labor-contracts, used wrongly', () => {
  test.each([
    ['no file', ['register']],
    ['two files', ['register', 'a', 'b']],
    ['a file that is not there', ['register', 'no-such-file']],
    ['a value for no field', ['register', 'x.csv', '--dry-run', '--set', 'iin=1']],
    ['a book of no name', ['register', 'x.csv', '--book', 'a=b']],
    ['an unknown order', ['register', 'x.csv', '--dry-run', '--date-order', 'ymd']],
    ['an unknown language', ['register', 'x.csv', '--language', 'fr']],
    [
      'a confirmation where there is nothing to confirm',
      ['register', 'x.csv', '--confirm-terminations', '1'],
    ],
    ['a resolution without a note', ['resolve', 'x', '--as', 'sent']],
    [
      'an id of what was not sent',
      ['resolve', 'x', '--as', 'not-sent', '--note', 'x', '--registered-id', '1', '--service-id', 'X'],
    ],
  ])('ends with 2 for %s', async (_name, args) => {
    await table('x.csv', [header, rowOf('1')].join('\n'));
    const located = args.map((word) => (word === 'x.csv' ? join(folder, word) : word));
    expect((await egw(located)).code).toBe(2);
    expect(registered).toEqual([]);
  });

  test.each(['EGW_SERVICE_ID', 'EGW_EMPLOYER_KEY', 'EGW_EMPLOYER_PASSWORD', 'EGW_JOURNAL', 'EGW_ENDPOINT'])(
    'ends with 2 without %s',
    async (name) => {
      const { [name]: _, ...rest } = environment;
      const path = await table('hr.csv', [header, rowOf('1')].join('\n'));
      expect((await egw(['register', path], { environment: rest })).code).toBe(2);
    },
  );
});
