import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { PortalFolder } from '../test/portal-folder.ts';

let it: PortalFolder;
beforeEach(async () => {
  it = await PortalFolder.open();
});
afterEach(() => it.close());

describe('egw ekdo registry', () => {
  test('lists what was sent, newest first, with the word of the portal', async () => {
    const list = await it.documentsAndList('1', '2');
    it.portal.misbehave('bad-request');
    await it.send(list);
    const { code, stdout, stderr } = await it.egw(['registry']);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, -1)).toEqual([
      expect.stringMatching(/^k-2 {2}in-force {2}— +\S+ +Вступил в силу +\d{4}-\d\d-\d\dT\S+Z$/),
      expect.stringMatching(/^k-1 {2}refused +document {2}— +ERR_PORTAL_REFUSED +\d{4}-\d\d-\d\dT\S+Z$/),
    ]);
    expect(stdout + stderr).not.toContain('Тестов');
    expect((await it.egw(['registry', '--state', 'refused'])).stdout).not.toContain('k-2');
  });

  test('names the columns with --header', async () => {
    await it.send(await it.documentsAndList('1'));
    const { stdout } = await it.egw(['registry', '--header']);
    expect(stdout).toMatch(/^KEY +STATE +STEP +DOCUMENT +PORTAL SAYS +CHANGED\nk-1 +in-force .+\n$/);
    expect((await it.egw(['registry', '--header', '--state', 'closed'])).stdout).toBe('');
  });

  test('speaks Russian: columns, states, steps and events, JSON and --state not', async () => {
    const list = await it.documentsAndList('1', '2');
    it.portal.misbehave('bad-request');
    await it.send(list);
    const { stdout } = await it.egw(['registry', '--header', '--language', 'ru']);
    expect(stdout.split('\n').slice(0, -1)).toEqual([
      expect.stringMatching(/^КЛЮЧ +СОСТОЯНИЕ +ШАГ +ДОКУМЕНТ +ОТВЕТ ПОРТАЛА +ИЗМЕНЕНО$/),
      expect.stringMatching(/^k-2 +вступило в силу +— .+ Вступил в силу /),
      expect.stringMatching(/^k-1 +отказано +документ +— +ERR_PORTAL_REFUSED /),
    ]);
    const one = await it.egw(['registry', 'k-2', '--language', 'ru']);
    expect(one.stdout).toMatch(/ {2}документ 1 {2}отправляется\n.+ {2}документ 1 {2}принято {2}/);
    const json = JSON.parse((await it.egw(['registry', '--json', '--language', 'ru'])).stdout);
    expect(json.documents[1]).toMatchObject({ state: 'refused', step: 'document' });
    const refused = await it.egw(['registry', '--state', 'refused', '--language', 'ru']);
    expect(refused.stdout).toMatch(/^k-1 +отказано .+\n$/);
  });

  test('says in Russian what to do about a doubt, and what a person has done', async () => {
    it.portal.misbehave('cut-before-reading');
    await it.send(await it.documentsAndList('1'));
    const ru = ['--language', 'ru'];
    const doubt = await it.egw(['registry', ...ru]);
    expect(doubt.stdout).toContain('исход неизвестен');
    expect(doubt.stderr).toContain('исход неизвестен: найдите документ на портале, затем egw ekdo resolve');
    await it.egw(['resolve', 'k-1', '--as', 'closed', '--note', 'x']);
    expect((await it.egw(['registry', 'k-1', ...ru])).stdout).toContain(
      'решено человеком  закончено вручную  x',
    );
    expect((await it.egw(['registry', '--state', 'signed', ...ru])).stderr).toBe('таких документов нет\n');
    expect((await it.egw(['registry', 'k-9', ...ru])).stderr).toContain('нет документа с таким ключом');
    expect((await it.egw(['registry', '--language', 'kk'])).code).toBe(2);
  });

  test('settles in Russian, and says in Russian why not', async () => {
    it.portal.misbehave('cut-before-reading');
    await it.send(await it.documentsAndList('1'));
    const resolve = (...words: string[]) => it.egw(['resolve', ...words, '--language', 'ru']);
    for (const [words, said] of [
      [['k-1', '--note', 'x'], 'не указан параметр --as: sent, not-sent или closed'],
      [['k-1', '--as', 'sent', '--note', 'x'], 'не указан параметр --document-id: к нему относится подпись'],
      [['k-1', '--as', 'closed', '--document-id', '1', '--note', 'x'], 'только с --as sent'],
      [['k-1', '--as', 'closed', '--note', ' '], '--note — от 1 до 1000 знаков'],
      [['k-9', '--as', 'closed', '--note', 'x'], 'нет документа с таким ключом'],
    ] as const) {
      expect((await resolve(...words)).stderr).toContain(said);
    }
    expect((await resolve('k-1', '--as', 'not-sent', '--note', 'x')).stdout).toBe('не отправлено\n');
    expect((await resolve('k-1', '--as', 'sent', '--note', 'x')).stderr).toContain(
      '— «не отправлено», а решение',
    );
  });

  test('a document that another run has begun with may still be on its way', async () => {
    const list = await it.documentsAndList('1');
    it.portal.misbehave('never-answer');
    const other = it.send(list, ['--results', it.file('other.csv'), '--timeout-ms', '3000']);
    await expect.poll(() => it.portal.documents.length).toBe(1);
    const { code, stderr } = await it.send(list);
    expect(code).toBe(5);
    expect(stderr).toContain('another run began to send it and has not ended');
    await other;
  });

  test('tells the history of one document, with what a person found out', async () => {
    const list = await it.documentsAndList('1');
    it.portal.misbehave('cut-before-reading');
    await it.send(list);
    expect((await it.egw(['registry'])).stderr).toContain('egw ekdo resolve KEY');
    await it.egw(['resolve', 'k-1', '--as', 'not-sent', '--note', 'looked it up']);
    await it.send(list);
    const { stdout } = await it.egw(['registry', 'k-1']);
    const kinds = stdout
      .split('\n')
      .slice(1, -1)
      .map((line) => line.trim().split('  ').slice(1).join(' '));
    expect(kinds).toEqual([
      'document 1 sending',
      expect.stringMatching(/^document 1 failed ERR_SEND_/),
      'document 1 resolved by a person not-sent looked it up',
      'document 2 sending',
      expect.stringMatching(/^document 2 accepted /),
      'signature 1 sending',
      expect.stringMatching(/^signature 1 accepted .* Вступил в силу$/),
    ]);
  });

  test('prints one JSON object with every history', async () => {
    await it.send(await it.documentsAndList('1'));
    const { documents } = JSON.parse((await it.egw(['registry', '--json'])).stdout);
    expect(documents).toMatchObject([
      { key: 'k-1', state: 'in-force', portalStatus: 'Вступил в силу', code: null, history: { length: 4 } },
    ]);
    expect(JSON.parse((await it.egw(['registry', 'k-1', '--json'])).stdout)).toEqual(documents[0]);
  });

  test('a person may do the rest', async () => {
    const list = await it.documentsAndList('1');
    it.portal.misbehave('cut-after-accepting', { step: 'signature' });
    expect((await it.send(list)).code).toBe(5);
    expect((await it.egw(['resolve', 'k-1', '--as', 'closed', '--note', 'signed by hand'])).stdout).toBe(
      'closed\n',
    );
    expect((await it.send(list)).stdout).toBe('closed before 1\n');
  });

  test('ends with 1 for a document that is not there, with 0 for an empty list', async () => {
    await it.send(await it.documentsAndList('1'));
    expect((await it.egw(['registry', 'k-9'])).code).toBe(1);
    expect((await it.egw(['resolve', 'k-9', '--as', 'not-sent', '--note', 'x'])).code).toBe(1);
    const settled = await it.egw(['resolve', 'k-1', '--as', 'not-sent', '--note', 'x']);
    expect([settled.code, settled.stdout]).toEqual([1, '']);
    expect(settled.stderr).toMatch(/only one in doubt is settled: egw ekdo registry KEY/);
    const none = await it.egw(['registry', '--state', 'in-doubt']);
    expect([none.code, none.stdout]).toEqual([0, '']);
  });

  test.each([
    ['two keys', ['registry', 'a', 'b']],
    ['an unknown state', ['registry', '--state', 'lost']],
    ['no key', ['resolve', '--as', 'sent', '--note', 'x']],
    ['no resolution', ['resolve', 'k-1', '--note', 'x']],
    ['an unknown resolution', ['resolve', 'k-1', '--as', 'abandoned', '--note', 'x']],
    ['no note', ['resolve', 'k-1', '--as', 'not-sent']],
    ['a blank note', ['resolve', 'k-1', '--as', 'not-sent', '--note', ' ']],
    [
      'an id of what was not sent',
      ['resolve', 'k-1', '--as', 'not-sent', '--document-id', '1', '--note', 'x'],
    ],
    ['a journal that is not there', ['registry']],
  ])('ends with 2 for %s', async (_name, words) => {
    expect((await it.egw(words)).code).toBe(2);
  });
});
