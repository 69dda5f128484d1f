import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type CommandLineInput, runCommandLine } from '@egov-gateway/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { ContractBench, contractTable } from '../test/contract-bench.ts';
import { main } from './main.ts';

let folder: string;
let bench: ContractBench;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egw-holidays-'));
  bench = await ContractBench.open();
});
afterAll(async () => {
  await bench.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => bench.fresh());

/** The year that it is, and the one after: the test may run at midnight of New Year's Eve. */
const thisYear = new Date().getUTCFullYear();
const current = `${thisYear}-01-01\n${thisYear + 1}-01-01\n`;

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const egw = (args: readonly string[], environment: CommandLineInput['environment'] = {}) =>
  runCommandLine(main, ['labor-contracts', ...args, '--set', 'employerBin=991340000017'], { environment });

/** Signed on Monday, 13 January 2020: without holidays, the fifth working day is Monday, 20 January. */
const hires = (): Promise<string> =>
  file('hires.csv', contractTable(['1', '2']).replaceAll('12.01.2026', '13.01.2020'));

describe('egw labor-contracts --holidays', () => {
  test.each([
    [
      'ru',
      'предупреждение: строка 2',
      'срок внесения нового договора, 5 рабочих дней с подписания, истёк 21.01.2020',
    ],
    ['kk', 'ескерту: 2-жол', '5 жұмыс күндік мерзімі 21.01.2020 күні өтті'],
    ['en', 'warning: row 2', 'the term for a new contract, 5 working days from signing, ended on 2020-01-21'],
  ])('warns of each row whose term has passed, in %s, and refuses none', async (language, place, words) => {
    const holidays = await file('holidays.txt', `20.01.2020 # made up\n${current}`);
    const { code, stderr } = await egw([
      'register',
      await hires(),
      '--dry-run',
      '--holidays',
      holidays,
      '--language',
      language,
    ]);
    expect(code).toBe(0);
    const lines = stderr.split('\n').filter((line) => line.includes(words));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(place);
    expect(lines[0]).toContain('(SCSE088). ');
    expect(stderr).not.toContain('--holidays FILE');
  });

  test('counts a weekend that is worked', async () => {
    const holidays = await file('holidays.txt', `2020-03-09\n+2020-01-18\n${current}`);
    const { stderr } = await egw(['register', await hires(), '--dry-run', '--holidays', holidays]);
    expect(stderr).toContain('ended on 2020-01-18 (SCSE088)');
  });

  test('says of a year that the file does not have that the term is uncertain, by row', async () => {
    const holidays = await file('holidays.txt', current);
    const { code, stderr } = await egw(['register', await hires(), '--dry-run', '--holidays', holidays]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning: row 3, .+ holidays may have put it off, they are not known: 2020/);
    expect(stderr).not.toContain('SCSE088');
  });

  test('warns in the run and in its results too, and not of rows that were done before', async () => {
    const path = await bench.table(contractTable(['H-1', 'H-2']).replaceAll('12.01.2026', '13.01.2020'));
    const options = ['--holidays', await file('holidays.txt', `2020-01-20\n${current}`)];
    const first = await bench.register(path, options);
    expect([first.code, first.stdout]).toEqual([0, 'accepted 2\n']);
    expect(first.stderr.split('ended on 2020-01-21')).toHaveLength(3);
    const results = await readFile(`${path}.results.csv`, 'utf8');
    expect(results.split('ended on 2020-01-21')).toHaveLength(3);
    expect(results).toContain('предупреждение: «Дата договора»: Срок внесения нового договора');
    expect(results).toContain('Сохраните доказательства причин опоздания');

    await rm(`${path}.results.csv`);
    const again = await bench.register(path, options);
    expect([again.code, again.stdout]).toEqual([0, 'accepted before 2\n']);
    expect(again.stderr + (await readFile(`${path}.results.csv`, 'utf8'))).not.toContain('ended on');
  });

  test('warns of rows that are kept for later, once', async () => {
    const path = await bench.table(contractTable(['K-1']).replaceAll('12.01.2026', '13.01.2020'));
    const options = ['--no-wait', '--holidays', await file('holidays.txt', `2020-01-20\n${current}`)];
    expect((await bench.register(path, options)).stderr.split('ended on 2020-01-21')).toHaveLength(2);
    expect((await bench.register(path, options)).stderr).not.toContain('ended on');
  });

  test('comes from the configuration file as well', async () => {
    await file('holidays.txt', `2020-01-20\n${current}`);
    const config = await file('egw.config.json', JSON.stringify({ holidays: 'holidays.txt' }));
    const { stderr } = await egw(['register', await hires(), '--dry-run', '--config', config]);
    expect(stderr).toContain('ended on 2020-01-21 (SCSE088)');
  });

  test.each([
    ['ru', '2026-02-30', 'строка 3: такой даты нет в календаре', 'Пишите ГГГГ-ММ-ДД или ДД.ММ.ГГГГ'],
    ['kk', '2026-02-30', '3-жол: күнтізбеде мұндай күн жоқ', 'ЖЖЖЖ-АА-КК немесе КК.АА.ЖЖЖЖ түрінде'],
    ['en', '2026-02-30', 'row 3: the calendar has no such date', 'Write YYYY-MM-DD or DD.MM.YYYY'],
    ['ru', `1.1.${thisYear}`, 'строка 3: этот день уже есть в строке 1', 'Оставьте одну из двух строк'],
    ['en', '+2026-01-12', 'row 3: a day from Monday to Friday is marked with +', 'Compare the date with the'],
  ])(
    'refuses a file that is wrong before anything else, in %s: %s',
    async (language, line, place, remedy) => {
      const holidays = await file('wrong.txt', `${current}${line}\n`);
      const path = await bench.table(contractTable(['R-1']));
      const { code, stderr } = await bench.register(path, ['--holidays', holidays, '--language', language]);
      expect(code).toBe(1);
      expect(stderr).toContain(`${holidays}: ${place}`);
      expect(stderr).toContain(remedy);
      expect(bench.registered('R-')).toEqual([]);
    },
  );

  test('refuses a file without the current year, as JSON too', async () => {
    const holidays = await file('old.txt', '2020-01-01\n');
    const args = ['register', await hires(), '--dry-run', '--holidays', holidays];
    expect((await egw([...args, '--language', 'ru'])).stderr).toContain(
      'допишите все дни этого года'.slice(1),
    );
    const { code, stdout } = await egw([...args, '--json']);
    expect([code, JSON.parse(stdout).problems[0].code]).toEqual([1, 'holidays-year']);
  });

  test('says only so much of a file that is something else', async () => {
    const holidays = await file('other.csv', 'x\n'.repeat(200));
    const { code, stderr } = await egw(['register', await hires(), '--dry-run', '--holidays', holidays]);
    expect([code, stderr.split('\n').length - 1]).toEqual([1, 51]);
  });

  test('ends with 2 when there is no such file', async () => {
    const args = ['register', await hires(), '--dry-run', '--holidays', join(folder, 'none.txt')];
    expect((await egw(args)).code).toBe(2);
  });
});

describe('egw labor-contracts without --holidays', () => {
  test.each([
    ['ru', 'срок, возможно, истёк: строки 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 и ещё 2. Посчитаны только суббота'],
    ['kk', 'жолдар: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 және тағы 2. Тек сенбі мен жексенбі ескерілді'],
    ['en', 'a term may have passed: rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more. Only Saturdays and'],
  ])(
    'says once, in %s, that terms may have passed and that holidays are not known',
    async (language, words) => {
      const numbers = Array.from({ length: 12 }, (_, index) => String(index));
      const path = await file('many.csv', contractTable(numbers).replaceAll('12.01.2026', '13.01.2020'));
      const { code, stderr } = await egw(['register', path, '--dry-run', '--language', language]);
      expect(code).toBe(0);
      expect(stderr.split('--holidays FILE')).toHaveLength(2);
      expect(stderr).toContain(words);
      expect(stderr).not.toContain('SCSE088');
    },
  );

  test('says nothing where no term can have passed', async () => {
    const today = new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 10);
    const path = await file('today.csv', contractTable(['1']).replaceAll(/1[23]\.01\.2026/g, today));
    expect((await egw(['register', path, '--dry-run'])).stderr).toBe('');
  });

  test('counts days of the calendar, which holidays do not change', async () => {
    const changes =
      'ID договора;Номер ДС;Дата ДС;Дата начала;Должность (НКЗ);Штатная должность\n' +
      '1;ДС-1;13.01.2020;13.01.2020;2511-1-002;2511-1-002';
    const { stderr } = await egw(['change', await file('changes.csv', changes), '--dry-run']);
    expect(stderr).toContain('15 calendar days from signing, ended on 2020-01-28 (SCSE089).');
    expect(stderr).not.toContain('--holidays FILE');
  });
});
