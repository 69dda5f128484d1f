import { readFile, rm, stat, symlink } from 'node:fs/promises';

import { type CommandLineOutcome, fixture, runCommandLine } from '@egov-gateway/testing';
import { makeSamplePdf } from '@egov-gateway/testing/pdf';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { employee, PortalFolder } from '../test/portal-folder.ts';
import { main } from './main.ts';

let it: PortalFolder;
beforeEach(async () => {
  it = await PortalFolder.open();
});
afterEach(() => it.close());

describe('egw ekdo send', () => {
  test('sends every document with its signature, and names it as the portal wants', async () => {
    const list = await it.documentsAndList('1', '2');
    const { code, stdout, stderr } = await it.send(list);

    expect([code, stdout]).toEqual([0, 'sent 2\n']);
    expect(it.portal.documents.map(({ fileName }) => fileName)).toEqual([
      `${employee} Приказ № 1-к от 02.11.2026.pdf`,
      `${employee} Приказ № 2-к от 02.11.2026.pdf`,
    ]);
    expect(it.portal.documents.every(({ signature }) => signature?.kind === 'unep')).toBe(true);
    expect(await it.results()).toEqual([
      ['2', 'k-1', 'sent', 'id', ''],
      ['3', 'k-2', 'sent', 'id', ''],
    ]);
    expect((await stat(it.file('list.csv.results.csv'))).mode & 0o077).toBe(0);
    expect(stdout + stderr).not.toContain('Тестов');
  });

  test('sends nothing twice, with or without its results', async () => {
    const list = await it.documentsAndList('1', '2');
    await it.send(list);
    expect((await it.send(list)).stdout).toBe('sent before 2\n');
    expect((await it.send(list, ['--results', it.file('other.csv')])).stdout).toBe('sent before 2\n');
    expect(it.portal.documents).toHaveLength(2);
  });

  test('a dry run puts nothing in the place of the results of sending', async () => {
    const list = await it.documentsAndList('1');
    const dryRun = (name: string) => it.send(list, ['--dry-run', '--results', it.file(name)]);
    it.portal.misbehave('cut-after-accepting');
    await it.send(list);
    for (const state of ['in-doubt', 'sent']) {
      const { code, stderr } = await dryRun('list.csv.results.csv');
      expect([code, stderr]).toEqual([2, expect.stringContaining('a dry run needs another file')]);
      expect((await it.results()).map(([, key, was]) => [key, was])).toEqual([['k-1', state]]);
      const id = it.portal.documents[0]?.id ?? '';
      await it.egw(['resolve', 'k-1', '--as', 'sent', '--document-id', id, '--note', 'seen there']);
      await it.send(list);
    }
    expect([(await dryRun('dry.csv')).code, (await dryRun('dry.csv')).code]).toEqual([0, 0]);
  });

  test('takes no document of a rehearsal for one that is in the portal', async () => {
    const list = await it.documentsAndList('1', '2');
    await it.send(list);
    const { code, stderr } = await it.send(list, ['--journal', it.file('another.db')]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('after a rehearsal name another file')]);
    expect((await it.results()).map(([, , state]) => state)).toEqual(['sent', 'sent']);
    expect(it.portal.documents).toHaveLength(2);
  });

  test('tells that a file was changed after it was sent, and does not mind that it is gone', async () => {
    const list = await it.documentsAndList('1', '2');
    await it.send(list);
    await it.document('1.pdf', { bytes: makeSamplePdf({ conformance: 'A', title: 'another' }) });
    await rm(it.file('folder/2.pdf'));
    const changed = 'row 2: another file was sent under this key, and this one is not';
    const { code, stdout, stderr } = await it.send(list);
    expect([code, stdout]).toEqual([0, 'sent before 2\n']);
    expect(stderr).toContain(changed);
    // Without its results too; then row 3 is looked at like a new one, and has no file.
    const other = await it.send(list, ['--results', it.file('other.csv')]);
    expect([other.code, other.stdout]).toEqual([1, 'sent before 1\ninvalid 1\n']);
    expect(other.stderr).toContain(changed);
    expect(it.portal.documents).toHaveLength(2);
  });

  test('the results say of which column every problem is', async () => {
    const list = await it.list(`1.pdf;;Приказ;;31.02.2026;k-1`);
    expect((await it.send(list)).code).toBe(1);
    expect(await readFile(it.file('list.csv.results.csv'), 'utf8')).toContain(
      ';«Дата документа»: это не дата. «ФИО работника»: значения нет. «№ документа»: значения нет.;',
    );
  });

  test('the results say all about a document in sentences', async () => {
    await it.document('1.pdf');
    it.portal.misbehave('cut-before-reading');
    expect((await it.send(await it.list(`1.pdf;${employee};Приказ;17/к;02.11.2026;k-1`))).code).toBe(5);
    const results = await readFile(it.file('list.csv.results.csv'), 'utf8');
    expect(results).toContain('"Неизвестно, принял ли портал. Символы, запрещённые в именах файлов');
    expect(results).toMatch(/сам он повторно не отправляется\. На портале ищите его под исправленным/);
  });

  test('goes on where it was interrupted', async () => {
    const list = await it.documentsAndList('1', '2', '3');
    const gone = new AbortController();
    gone.abort(new DOMException('stopped', 'AbortError'));
    const none = await it.send(list, [], { signal: gone.signal });
    expect([none.code, it.portal.documents.length]).toEqual([3, 0]);
    expect(none.stderr).toContain('interrupted; the same command goes on from here');
    expect((await it.send(list)).stdout).toBe('sent 3\n');
  });

  test('a document that is refused stops no other one; it is sent again when told to', async () => {
    const list = await it.documentsAndList('1', '2');
    it.portal.misbehave('bad-request');
    const first = await it.send(list);
    expect([first.code, first.stdout]).toEqual([1, 'refused 1\nsent 1\n']);
    expect(first.stderr).toContain('row 2: the portal refused it (ERR_PORTAL_REFUSED).');
    expect((await it.send(list)).stdout).toBe('refused before 1\nsent before 1\n');
    const again = await it.send(list, ['--again', '--language', 'ru']);
    expect(again.stdout).toBe('отправлено 1\nранее отправлено 1\n');
  });

  test('what may have arrived is in doubt until somebody settles it', async () => {
    const list = await it.documentsAndList('1', '2');
    it.portal.misbehave('cut-after-accepting');
    expect((await it.send(list)).code).toBe(5);
    expect((await it.send(list)).stdout).toBe('in-doubt before 1\nsent before 1\n');
    expect(it.portal.documents).toHaveLength(2);

    const id = it.portal.documents[0]?.id ?? '';
    expect((await it.egw(['resolve', 'k-1', '--as', 'sent', '--note', 'seen'])).code).toBe(2);
    const settled = await it.egw([
      ...['resolve', 'k-1', '--as', 'sent', '--document-id', id, '--note', 'seen in the portal'],
    ]);
    expect([settled.code, settled.stdout]).toEqual([0, 'uploaded\n']);
    expect((await it.send(list)).code).toBe(0);
    expect(it.portal.documents.map(({ signature }) => signature?.kind)).toEqual(['unep', 'unep']);
    expect(it.portal.documents).toHaveLength(2);
  });

  test('sends again what is known not to have arrived', async () => {
    const list = await it.documentsAndList('1');
    it.portal.misbehave('cut-before-reading');
    expect((await it.send(list)).code).toBe(5);
    expect((await it.egw(['resolve', 'k-1', '--as', 'not-sent', '--note', 'not there'])).stdout).toBe(
      'not-sent\n',
    );
    expect((await it.send(list)).stdout).toBe('sent 1\n');
    expect((await it.egw(['resolve', 'k-1', '--as', 'not-sent', '--note', 'not there'])).code).toBe(1);
  });

  test('stops at once when the portal does not take the account', async () => {
    const list = await it.documentsAndList('1', '2', '3');
    const credentials = await it.write('wrong.json', JSON.stringify({ login: 'a', password: 'secret-word' }));
    const { code, stdout, stderr } = await it.send(list, ['--portal-credentials', credentials]);
    expect([code, stdout]).toEqual([3, 'not-sent 1\n']);
    expect(stderr).toContain('stopped: the portal does not take the account');
    expect(stderr).not.toContain('secret-word');
    expect((await it.send(list)).stdout).toBe('sent 3\n');
  });

  test('a refusal of an earlier run does not stop this one', async () => {
    const list = await it.documentsAndList('1', '2');
    it.portal.misbehave('forbidden');
    const first = await it.send(list);
    expect([first.code, first.stdout]).toEqual([3, 'refused 1\n']);
    expect((await it.send(list)).stdout).toBe('refused before 1\nsent 1\n');
  });

  test('a portal that takes no more requests for now has refused no document', async () => {
    const list = await it.documentsAndList('1', '2');
    it.portal.misbehave('too-many-requests');
    const first = await it.send(list);
    expect([first.code, first.stdout]).toEqual([3, 'not-sent 1\n']);
    expect(first.stderr).toContain('wants you to wait (ERR_PORTAL_LIMIT). Check');
    expect((await it.send(list)).stdout).toBe('sent 2\n');
  });

  test('stops when nobody answers, and loses nothing', async () => {
    const names = ['1', '2', '3', '4', '5', '6', '7'];
    const list = await it.documentsAndList(...names);
    const gone = await it.portal.listen();
    await gone.close();
    const { code, stdout } = await it.send(list, ['--portal-url', gone.url.href, '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ end: 'unreachable', counts: { 'not-sent': 5 } });
    expect((await it.send(list)).stdout).toBe('sent 7\n');
  });

  test('notices that nobody answers although rows between are wrong', async () => {
    const names = ['1', '2', '3', '4', '5', '6'];
    await it.documentsAndList(...names);
    const list = await it.list(...names.flatMap((name) => [it.row(name), it.row(`no-file-${name}`)]));
    const gone = await it.portal.listen();
    await gone.close();
    const { stdout } = await it.send(list, ['--portal-url', gone.url.href, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ end: 'unreachable', counts: { 'not-sent': 5, invalid: 4 } });
  });

  test('keeps the words of a refusal in the results, and does not print them', async () => {
    const list = await it.documentsAndList('1');
    it.portal.misbehave('forbidden', { step: 'signature' });
    const { stdout, stderr } = await it.send(list);
    const [, line = ''] = (await readFile(it.file('list.csv.results.csv'), 'utf8')).split('\r\n');
    const answer = line.slice(line.lastIndexOf(';'));
    expect(answer).toContain('EMU');
    expect(stdout + stderr).not.toContain('EMU-');
  });
});

describe('a list', () => {
  test.each([
    ['a file that is not there', '9.pdf;X;Приказ;1;02.11.2026;k', 'no-file'],
    ['a path out of the folder', '../list.csv;X;Приказ;1;02.11.2026;k', 'outside-folder'],
    ['an absolute path', '/etc/hosts;X;Приказ;1;02.11.2026;k', 'outside-folder'],
    ['a date with the month first', '1.pdf;X;Приказ;1;11/02/2026;k', 'impossible-date'],
    ['a day that there is not', '1.pdf;X;Приказ;1;31.02.2026;k', 'impossible-date'],
    ['no key', '1.pdf;X;Приказ;1;02.11.2026;', 'missing-value'],
    ['no name', '1.pdf;;Приказ;1;02.11.2026;k', 'missing-value'],
    ['a number of dots', '1.pdf;X;Приказ;...;02.11.2026;k', 'required'],
  ])('with %s has its own code, and the others go on', async (_name, row, rule) => {
    await it.documentsAndList('1');
    const list = await it.list(row, it.row('1'));
    const { code, stderr } = await it.send(list);
    expect(code).toBe(1);
    expect(stderr).toContain(`(${rule}).`);
    expect((await it.results()).map(([row, , state]) => `${row} ${state}`)).toEqual(['2 invalid', '3 sent']);
    expect(it.portal.documents).toHaveLength(1);
  });

  test.each(['NFC', 'NFD'] as const)(
    'finds a file whose name lies there in another form than %s',
    async (form) => {
      const other = form === 'NFC' ? 'NFD' : 'NFC';
      await it.document('Приказ №1 Йў.pdf'.normalize(other));
      const row = `${'Приказ №1 Йў.pdf'.normalize(form)};${employee};Приказ;1;02.11.2026;k-1`;
      expect((await it.send(await it.list(row))).stdout).toBe('sent 1\n');
      expect(it.portal.documents[0]?.fileName).toBe(`${employee} Приказ № 1 от 02.11.2026.pdf`);
    },
  );

  test.runIf(process.platform === 'linux').each([
    ['sending', []],
    ['a dry run', ['--dry-run']],
  ] as const)('with a file that cannot be read goes on with the next one: %s', async (_name, options) => {
    await it.documentsAndList('1', '2');
    await rm(it.file('folder/1.pdf'));
    await symlink('/proc/self/mem', it.file('folder/1.pdf'));
    const { code, stdout, stderr } = await it.send(await it.list(it.row('1'), it.row('2')), options);
    expect(code).toBe(1);
    expect(stderr).toContain('(unreadable).');
    expect(stdout).toMatch(/^invalid 1\n(?:sent|ready) 1\n$/);
  });

  test('with a key twice sends the first of them only', async () => {
    await it.documentsAndList('1', '2');
    const list = await it.list(it.row('1'), it.row('2').replace('k-2', 'k-1'));
    expect((await it.send(list)).stderr).toContain('(duplicate-key)');
    expect(it.portal.documents).toHaveLength(1);
  });

  test.each([
    [
      'a column missing',
      'file;employee;subtype;number;date\n1.pdf;X;Y;1;02.11.2026',
      'there is no column "key"',
    ],
    [
      'two columns of one meaning',
      'file;Файл;employee;subtype;number;date;key\na;b;c;d;e;f;g',
      'means the same',
    ],
    ['nothing in it', '', 'no rows'],
  ])('with %s is none', async (_name, content, words) => {
    const { code, stderr } = await it.send(await it.write('bad.csv', content));
    expect(code).toBe(1);
    expect(stderr).toContain(words);
  });

  test('says of which kind each signature is, in the words of the portal', async () => {
    await it.document('1.pdf');
    const head = 'file;employee;subtype;number;date;key;Вид подписи';
    const row = `1.pdf;${employee};Приказ;1;2026-11-02;k-1`;
    const unknown = await it.write('a.csv', `${head}\n${row};подпись`);
    expect((await it.send(unknown)).stderr).toContain('(unknown-signature-kind)');
    await it.send(await it.write('b.csv', `${head}\n${row};УНЭП`), ['--signature-kind', 'pep']);
    expect(it.portal.documents[0]?.signature?.kind).toBe('unep');
  });
});

describe('egw ekdo send --dry-run', () => {
  test('checks PDF, name and signature without portal and journal', async () => {
    await it.document('1.pdf');
    await it.document('2.pdf', { bytes: makeSamplePdf({ conformance: 'B' }) });
    await it.document('3.pdf', { signature: 'none' });
    await it.document('4.pdf', { bytes: new TextEncoder().encode('<html>') });
    await it.write('folder/5.pdf', makeSamplePdf({ conformance: 'A', title: 'changed' }));
    await it.write('folder/5.pdf.sig', await readFile(it.file('folder/1.pdf.sig')));
    const list = await it.list(...['1', '2', '3', '4', '5'].map((name) => it.row(name)));
    const { code, stdout, stderr } = await it.send(list, ['--dry-run', '--language', 'ru'], {
      environment: {},
    });
    expect([code, stdout]).toEqual([1, 'готово к отправке 2\nс ошибками 3\n']);
    expect(stderr).toContain('строка 4: нет файла подписи рядом с документом (no-signature)');
    expect(stderr).toContain('\nпредупреждение: строка 3: уровень соответствия B');
    expect(stderr).toContain('(not-pdf)');
    expect(stderr).toMatch(/строка 6: подпись сделана не для этих байтов.+\(digest-differs\)/);
    expect(stderr).not.toContain('Тестов');
    expect(it.portal.tokensGiven).toBe(0);
  });

  test('does not guess which of two signatures is meant', async () => {
    await it.document('1.pdf');
    await it.document('1.pdf', { signature: '.p7s' });
    expect((await it.send(await it.list(it.row('1')), ['--dry-run'])).stderr).toContain('(two-signatures)');
  });

  test('refuses a Kazakh key for a УКЭП, and says why', async () => {
    await it.document('1.pdf');
    const certificate = await it.write('kz.crt', fixture('keys/organisation.crt'));
    const options = ['--dry-run', '--signature-kind', 'ukep', '--signer-certificate', certificate];
    const { code, stderr } = await it.send(await it.list(it.row('1')), options);
    expect(code).toBe(1);
    expect(stderr).toContain('(kazakh-key)');
    expect(stderr).toContain('No key of the Kazakh authority will do here');
  });

  test('finds a document of 15 Мб and one byte', async () => {
    await it.document('1.pdf');
    await it.write('folder/1.pdf', new Uint8Array(15 * 1024 * 1024 + 1));
    const { stderr } = await it.send(await it.list(it.row('1')), ['--dry-run']);
    expect(stderr).toContain('(too-big)');
  });
});

describe('egw emulator --ekdo-port', () => {
  test('serves the portal as well, and the command that it prints works', async () => {
    const list = await it.documentsAndList('1', '2');
    const controller = new AbortController();
    let announced = '';
    let outcome: CommandLineOutcome | undefined;
    const running = runCommandLine(main, ['emulator', '--port', '0', '--ekdo-port', '0'], {
      signal: controller.signal,
      onStdout: (text) => {
        if (announced !== '' || !text.includes('Ctrl-C')) return;
        announced = text;
        const command = /^egw (ekdo send .+)$/m.exec(text.replaceAll(/ \\\n +/g, ' '))?.[1] ?? '';
        const words = command.replace('FOLDER', it.documents).replace('LIST', list).split(' ');
        void runCommandLine(main, words, {}).then((ended) => {
          outcome = ended;
          controller.abort();
        });
      },
    });
    expect((await running).code).toBe(0);
    expect(outcome).toMatchObject({ code: 0, stdout: 'sent 2\n' });
    expect(it.portal.documents).toEqual([]);
  });

  test('tells its address as JSON, and ends with 2 when there is no such port', async () => {
    const controller = new AbortController();
    const { code, stdout } = await runCommandLine(
      main,
      ['emulator', '--port', '0', '--ekdo-port', '0', '--tls', '--json'],
      { signal: controller.signal, onStdout: () => controller.abort() },
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ekdoUrl: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+\/$/),
      files: { portalCredentials: expect.stringContaining('portal-credentials.json') },
    });
    for (const port of ['99999', new URL(it.environment['EGW_PORTAL_URL'] ?? '').port]) {
      const { code: taken } = await runCommandLine(main, ['emulator', '--port', '0', '--ekdo-port', port], {
        signal: controller.signal,
      });
      expect(taken).toBe(2);
    }
  });
});
