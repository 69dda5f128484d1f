import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { employee, PortalFolder } from '../test/portal-folder.ts';

let it: PortalFolder;
let list: string;
beforeEach(async () => {
  it = await PortalFolder.open();
  list = await it.documentsAndList('1');
});
afterEach(() => it.close());

/** What the emulated portal takes, as its support would tell it. */
const told = {
  routes: { token: '/token', documents: '/docs', signature: '/docs/{id}/signature', status: '/docs/{id}' },
  codecs: {
    token: { login: 'login', password: 'password', userId: 'userId', token: 'token' },
    authorization: 'bearer',
    document: { body: 'json', file: 'file', fileName: 'fileName', group: 'group', id: 'id' },
    signature: { body: 'json', signature: 'signature', kind: 'type', certificate: 'certificate' },
    status: { status: 'status' },
  },
};

async function send(portal: unknown, options: readonly string[] = ['--signature-kind', 'unep']) {
  const file = await it.write('portal.json', typeof portal === 'string' ? portal : JSON.stringify(portal));
  return it.egw(['send', it.documents, '--list', list, '--portal', file, ...options]);
}

describe('the portal file', () => {
  test('describes the portal in full, without any guess', async () => {
    expect((await send(told)).stdout).toBe('sent 1\n');
    expect(it.portal.documents[0]).toMatchObject({ fileName: `${employee} Приказ № 1-к от 02.11.2026.pdf` });
  });

  test('is what the documents show', async () => {
    const text = readFileSync(new URL('../../../docs/domains/ekdo.md', import.meta.url), 'utf8');
    const shown = /^```json\n(\{[\s\S]*?"baseUrl"[\s\S]*?)^```$/m.exec(text)?.[1] ?? '';
    await send(shown, ['--dry-run']).then(({ code }) => expect(code).toBe(0));
    const { code, stderr } = await send(shown, ['--dry-run', '--signature-kind', 'pep']);
    expect(code).toBe(1);
    expect(stderr).toContain('(other-signature-kind)');
  });

  test('says group and kind of signature of each subtype', async () => {
    const subtypes = { ПРИКАЗ: { group: 'G-17', signatures: ['УНЭП'] } };
    expect((await send({ ...told, subtypes }, [])).stdout).toBe('sent 1\n');
    expect(it.portal.documents[0]).toMatchObject({ group: 'G-17', signature: { kind: 'unep' } });
  });

  test.each([
    [
      'another kind of signature than its subtype has',
      { Приказ: { group: 'G', signatures: ['ukep'] } },
      'other-signature-kind',
    ],
    ['a subtype without a group', { Договор: { group: 'G' } }, 'no-group'],
  ])('finds %s', async (_name, subtypes, code) => {
    const outcome = await send({ ...told, subtypes });
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain(`(${code}).`);
    expect(it.portal.documents).toEqual([]);
  });

  test('takes what it does not say from the guesses only when they are asked for', async () => {
    const { token, ...routes } = told.routes;
    const some = { ...told, routes };
    const without = await send(some);
    expect(without.code).toBe(2);
    expect(without.stderr).toContain('the portal file lacks routes.token: ask the support of the portal');
    expect((await send(some, ['--signature-kind', 'unep', '--unverified-preset', 'json'])).stdout).toBe(
      'sent 1\n',
    );
    expect(token).toBe('/token');
  });

  test.each([
    ['no JSON', '{'],
    ['an unknown name', { ...told, password: 'x' }],
    ['a route that is no path', { ...told, routes: { ...told.routes, token: 'token' } }],
    [
      'a route of a signature without its id',
      { ...told, routes: { ...told.routes, signature: '/signature' } },
    ],
    ['a header that is none', { ...told, codecs: { ...told.codecs, authorization: { header: 'X Token' } } }],
    ['an address that is none', { ...told, baseUrl: 'portal' }],
    [
      'an unknown body',
      { ...told, codecs: { ...told.codecs, document: { ...told.codecs.document, body: 'xml' } } },
    ],
    ['an unknown kind of signature', { ...told, subtypes: { Приказ: { group: 'G', signatures: ['эцп'] } } }],
    ['a subtype twice', { ...told, subtypes: { Приказ: { group: 'G' }, приказ: { group: 'H' } } }],
    ['routes that lead out', { ...told, routes: { ...told.routes, documents: '/../docs' } }],
  ])('ends with 2 for %s', async (_name, portal) => {
    const { code, stderr } = await send(portal);
    expect(code).toBe(2);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(it.portal.tokensGiven).toBe(0);
  });
});

describe('egw ekdo send, used wrongly', () => {
  test.each([
    ['the guesses asked for by another name', ['--unverified-preset', 'soap']],
    ['an unknown kind of signature', ['--unverified-preset', 'json', '--signature-kind', 'эцп']],
    ['no folder', ['--unverified-preset', 'json', 'other']],
  ])('ends with 2 for %s', async (_name, options) => {
    expect((await it.egw(['send', it.documents, '--list', list, ...options])).code).toBe(2);
  });

  test.each(['EGW_PORTAL_URL', 'EGW_PORTAL_CREDENTIALS', 'EGW_JOURNAL', 'EGW_ALLOW_INSECURE_HTTP'])(
    'ends with 2 without %s',
    async (name) => {
      const { [name]: _, ...environment } = it.environment;
      expect((await it.send(list, [], { environment })).code).toBe(2);
      expect(it.portal.tokensGiven).toBe(0);
    },
  );

  test.each([
    ['no JSON', 'login: secret-word'],
    ['an empty password', JSON.stringify({ login: 'secret-word', password: '' })],
    ['a name too many', JSON.stringify({ login: 'a', password: 'secret-word', token: 'x' })],
  ])('ends with 2 for credentials that are %s, and prints nothing of them', async (_name, text) => {
    const file = await it.write('bad.json', text);
    const { code, stdout, stderr } = await it.send(list, ['--portal-credentials', file]);
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain('secret-word');
  });
});
