import { mkdir, symlink } from 'node:fs/promises';

import { fixturesUrl } from '@egov-gateway/testing';
import { makeSamplePdf } from '@egov-gateway/testing/pdf';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { PortalFolder } from '../test/portal-folder.ts';

let it: PortalFolder;
beforeEach(async () => {
  it = await PortalFolder.open();
});
afterEach(() => it.close());

describe('egw ekdo check', () => {
  test('says of one file what is wrong with it and what to do', async () => {
    const path = await it.write('a.pdf', makeSamplePdf({ conformance: 'B' }));
    const plain = await it.egw(['check', path], { environment: { LANG: 'ru_RU.UTF-8' } });
    expect(plain.code).toBe(0);
    expect(plain.stdout).toMatch(/^\S+a\.pdf\n {2}предупреждение: .+ \([a-z-]+\)\. .+\n$/);
    expect(plain.stderr).toContain('Это распознавание, а не валидация');
    expect((await it.egw(['check', path, '--wanted', 'B'])).stdout).toContain('nothing was found');
  });

  test('prints a table of a folder, and details of those that are not clean', async () => {
    await it.document('b.pdf');
    await it.document('a.PDF', { bytes: makeSamplePdf({ conformance: 'B' }) });
    await it.write('folder/c.pdf', 'nothing of that kind');
    await it.write('folder/d.txt', 'x');
    await mkdir(it.file('folder/e.pdf.d'));
    const { code, stdout } = await it.egw(['check', it.documents], { environment: {} });
    const lines = stdout.split('\n');
    expect(code).toBe(1);
    expect(lines[0]).toMatch(/^file +MB +claims +errors +warnings +may be sent$/);
    expect(lines[1]).toMatch(/a\.PDF +0\.00\d +PDF\/A-1b +0 +1 +yes$/);
    expect(lines[2]).toMatch(/b\.pdf +0\.00\d +PDF\/A-1a +0 +0 +yes$/);
    expect(lines[3]).toMatch(/c\.pdf +0\.00\d +— +[1-9] +\d+ +NO$/);
    expect(stdout.match(/\(not-pdf\)/g)).toHaveLength(1);
    expect(stdout).not.toContain('d.txt');
  });

  test('leaves out what macOS puts beside files, unless it is named', async () => {
    await it.document('a.pdf');
    const beside = await it.write('folder/._a.pdf', 'no document');
    const { code, stdout, stderr } = await it.egw(['check', it.documents, '--json']);
    const { files } = JSON.parse(stdout) as { files: { file: string }[] };
    expect([code, files.length]).toEqual([0, 1]);
    expect(stderr).toContain('not checked: 1 file of macOS');
    expect((await it.egw(['check', beside])).code).toBe(1);
  });

  test.each([
    ['check', []],
    ['check', ['nowhere']],
    ['check', ['EMPTY']],
    ['send', ['nowhere', '--list', 'x']],
    ['registry', ['a', 'b']],
  ])('says in Russian what is wrong with %s %j', async (command, words) => {
    const args = words.map((word) => (word === 'EMPTY' ? it.documents : word));
    const { code, stderr } = await it.egw([command, ...args, '--language', 'ru']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/[а-я]{4}/)]);
  });

  test('a file that cannot be opened stops no other one', async () => {
    await it.document('a.pdf');
    await symlink(it.file('nowhere'), it.file('folder/gone.pdf'));
    await mkdir(it.file('folder/folder.pdf'));
    const { code, stdout } = await it.egw(['check', it.documents, '--language', 'ru']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/a\.pdf +0\.00\d +PDF\/A-1a +0 +0 +да\n/);
    expect(stdout).toMatch(/gone\.pdf +0\.000 +— +1 +0 +НЕТ\n/);
    expect(stdout).toContain('ошибка: Файл не открывается (unreadable).');
    expect(stdout).not.toContain('folder.pdf');
    const { files } = JSON.parse((await it.egw(['check', it.documents, '--json'])).stdout);
    expect(files[1]).toMatchObject({ uploadable: false, claim: null, findings: [{ code: 'unreadable' }] });
  });

  test('prints one JSON object with words in both languages', async () => {
    const path = await it.write('a.pdf', '');
    const { code, stdout } = await it.egw(['check', path, '--json']);
    const { files } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(files).toMatchObject([
      {
        path,
        uploadable: false,
        byteLength: 0,
        claim: null,
        findings: [{ code: 'empty', severity: 'error' }],
      },
    ]);
    expect(Object.keys(files[0].findings[0].message)).toEqual(['ru', 'en']);
  });

  test('does not read a file that is too large', async () => {
    const path = await it.write('a.pdf', new Uint8Array(15 * 1024 * 1024 + 1));
    const { stdout } = await it.egw(['check', path, '--json']);
    const { files } = JSON.parse(stdout);
    expect(files).toMatchObject([{ byteLength: 15_728_641, findings: [{ code: 'too-big' }] }]);
  });

  test('takes the documents of the fixtures, of which one is of level B', async () => {
    const { code, stdout } = await it.egw(['check', new URL('ekdo/folder', fixturesUrl).pathname, '--json']);
    const { files } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(files.map(({ claim }: { claim: { conformance: string } }) => claim.conformance)).toEqual([
      'B',
      'A',
      'A',
    ]);
  });

  test('what stands in a name cannot steer the terminal', async () => {
    const path = await it.write('a\u001b[31m.pdf', makeSamplePdf());
    expect((await it.egw(['check', path])).stdout).not.toContain('\u001b');
  });

  test.each([
    ['nothing', []],
    ['a file that is not there', ['no-such.pdf']],
    ['an unknown level', ['no-such.pdf', '--wanted', 'C']],
    ['an unknown language', ['no-such.pdf', '--language', 'kk']],
  ])('ends with 2 for %s', async (_name, words) => {
    expect((await it.egw(['check', ...words])).code).toBe(2);
  });

  test('ends with 2 for a folder without PDF files', async () => {
    const { code, stderr } = await it.egw(['check', it.documents]);
    expect(code).toBe(2);
    expect(stderr).toContain('no file whose name ends in .pdf');
  });
});
