import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fixture, runCommandLine } from '@egov-gateway/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { main } from './main.ts';
import { wholeOption } from './option-values.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egw-usage-'));
  await writeFile(join(folder, 'hr.csv'), fixture('labor-contracts/hires.csv'));
  await writeFile(
    join(folder, 'end.csv'),
    'ID договора;Дата прекращения;Основание прекращения\nid-1;13.01.2026;05\n',
  );
  await writeFile(join(folder, 'employer.p12'), fixture('keys/organisation.p12'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A command line about the files of the folder, and what it says on stderr. */
async function said(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const located = args.map((word) => (/\.(csv|p12)$/.test(word) ? join(folder, word) : word));
  const outcome = await runCommandLine(main, located, { environment });
  expect([outcome.code, outcome.stdout]).toEqual([2, '']);
  return outcome.stderr;
}

const register = ['labor-contracts', 'register'];
const key = { EGW_EMPLOYER_KEY: 'x', EGW_EMPLOYER_PASSWORD: 'test-only' };

describe('egw labor-contracts, used wrongly', () => {
  test.each<[string, readonly string[], string, string, string]>([
    ['no FILE', register, 'нужен ровно один FILE', 'дәл бір FILE керек', 'takes one FILE'],
    [
      'a FILE that is not there',
      [...register, 'none.csv', '--dry-run'],
      'не читается: такого файла или папки нет',
      'оқылмайды: мұндай файл немесе бума жоқ',
      'cannot be read: there is no such file or folder',
    ],
    [
      'an option that there is not',
      [...register, 'hr.csv', '--dryrun'],
      'egw: нет параметра --dryrun: все параметры выводит --help',
      'egw: --dryrun параметрі жоқ',
      'there is no option --dryrun: --help lists them all',
    ],
    [
      'an option without its value',
      [...register, 'hr.csv', '--set'],
      '--set: значение не указано',
      '--set: мәні көрсетілмеген',
      "Option '--set <value>' argument missing",
    ],
    [
      'no service id',
      [...register, 'hr.csv'],
      'не указан параметр --service-id: serviceId трудовых договоров',
      '--service-id параметрі көрсетілмеген: еңбек шарттарының',
      '--service-id is missing: serviceId of labour contracts, ask its owner',
    ],
    [
      'no key of the employer',
      [...register, 'hr.csv', '--service-id', 'X'],
      'не указан параметр --employer-key: файл ключа подписи работодателя',
      '--employer-key параметрі көрсетілмеген',
      '--employer-key is missing: the file of the signing key of the employer',
    ],
    [
      'a field that there is not',
      [...register, 'hr.csv', '--dry-run', '--set', 'iin=1'],
      '--set: такого поля нет',
      '--set: мұндай өріс жоқ',
      '--set names a field that there is not',
    ],
    [
      'a field without a value',
      [...register, 'hr.csv', '--dry-run', '--set', 'conscript'],
      '--set — это ПОЛЕ=ЗНАЧЕНИЕ',
      '--set — ӨРІС=МӘН',
      '--set is FIELD=VALUE',
    ],
    [
      'an unknown order of dates',
      [...register, 'hr.csv', '--dry-run', '--date-order', 'x'],
      '--date-order — одно из значений: day-month, month-day',
      '--date-order — мына мәндердің бірі: day-month, month-day',
      '--date-order is one of day-month, month-day',
    ],
    [
      'a book without a name',
      [...register, 'hr.csv', '--dry-run', '--book', 'x'],
      '--book — это position=ФАЙЛ',
      'немесе conscript=ФАЙЛ',
      '--book is position=FILE',
    ],
    [
      'a mapping written over the table',
      [...register, 'hr.csv', '--dry-run', '--set', 'conscript=1', '--save-mapping', 'hr.csv'],
      'это не файл соответствий',
      'бірақ ол сәйкестік файлы емес',
      'is no mapping file',
    ],
    [
      'results written over the table',
      [...register, 'hr.csv', '--dry-run', '--set', 'conscript=1', '--results', 'end.csv'],
      'это не файл результатов: назовите другой в --results',
      'ол нәтижелер файлы емес',
      'is no file of results',
    ],
    [
      'an option of the other channel',
      [...register, 'hr.csv', '--no-poll'],
      '--no-poll относится к асинхронному каналу: добавьте --async',
      '--no-poll асинхронды арнаға жатады',
      '--no-poll is of the asynchronous channel: add --async',
    ],
    [
      'two contradictions',
      [...register, 'hr.csv', '--async', '--no-wait', '--wait-ms', '1'],
      '--no-wait противоречит --wait-ms',
      'бір-біріне қайшы',
      '--no-wait contradicts --wait-ms',
    ],
    [
      'a doubt without what was found',
      ['labor-contracts', 'resolve', 'KEY'],
      'не указан параметр --as: sent или not-sent',
      '--as параметрі көрсетілмеген: sent немесе not-sent',
      '--as is missing: sent or not-sent',
    ],
    [
      'an id of what was not sent',
      [...['labor-contracts', 'resolve', 'KEY', '--as', 'not-sent'], '--note', 'x', '--registered-id', '1'],
      '--registered-id бывает только с --as sent',
      '--registered-id тек --as sent параметрімен',
      '--registered-id goes with --as sent',
    ],
  ])('says in three languages: %s', async (name, args, ru, kk, en) => {
    for (const [language, words] of Object.entries({ ru, kk, en })) {
      if (name !== 'an option without its value') {
        expect(await said([...args, '--language', language])).toContain(words);
      }
      expect(await said(args, { LANG: `${language}_KZ.UTF-8` })).toContain(words);
    }
  });

  test.each([
    ['ru', 'строк в таблице: 1, а прекращение договора не отменить', 'добавьте --confirm-terminations 1'],
    ['kk', 'кестеде 1 жол бар', '--confirm-terminations 1 қосыңыз'],
    ['en', 'the table has 1 row, and terminations cannot be taken back', 'add --confirm-terminations 1'],
  ])('asks in %s to confirm terminations, and for a journal', async (language, words, remedy) => {
    const environment = { ...key, EGW_EMPLOYER_KEY: join(folder, 'employer.p12'), EGW_SERVICE_ID: 'X' };
    const args = ['labor-contracts', 'terminate', 'end.csv', `--language=${language}`];
    const refused = await said(args, environment);
    expect(refused).toContain(words);
    expect(refused).toContain(remedy);
    expect(await said([...args, '--confirm-terminations', '1'], environment)).toContain('--journal FILE');
  });

  test('says it in the language of the system when that of the option is none', async () => {
    const args = [...register, 'hr.csv', '--language', 'fr'];
    expect(await said(args, { LANG: 'ru_RU.UTF-8' })).toContain('--language — одно из значений: ru, kk, en');
  });

  test('keeps the message of JSON English', async () => {
    const args = [...register, 'hr.csv', '--json', '--language', 'ru'];
    const { code, stdout } = await runCommandLine(main, args, { environment: {} });
    expect([code, JSON.parse(stdout).error.message]).toEqual([
      2,
      '--service-id is missing: serviceId of labour contracts, ask its owner',
    ]);
  });
});

describe('wholeOption', () => {
  test.each([
    [
      'wait-ms',
      'целое число миллисекунд от 1 до 2147483647',
      '1 не одан үлкен бүтін сан (миллисекунд), ең көбі 2147483647',
    ],
    ['concurrency', 'целое число от 1', '1 не одан үлкен бүтін сан'],
  ])('says in three languages what --%s is', (name, ru, kk) => {
    const read = (): unknown => wholeOption({ [name]: 'x' }, name);
    expect(read).toThrow(/ is a whole number/);
    expect(read).toThrow(
      expect.objectContaining({
        said: expect.objectContaining({ ru: `--${name} — ${ru}`, kk: `--${name} — ${kk}` }),
      }),
    );
  });
});

describe('commands that speak other languages', () => {
  test.each([
    ['English only', ['journal', 'list', '--lost'], 'there is no option --lost: --help lists them all'],
    ['Russian, but no Kazakh', ['ekdo', 'send', '--language', 'kk'], 'ekdo send takes one FOLDER'],
    ['Russian', ['ekdo', 'send', '--language', 'ru'], 'ekdo send: нужен ровно один FOLDER'],
  ])('say what is wrong in one of theirs: %s', async (_name, args, words) => {
    expect(await said(args, { LANG: 'kk_KZ.UTF-8' })).toContain(words);
  });
});
