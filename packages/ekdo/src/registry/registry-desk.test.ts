import { createMemoryJournal } from '@egov-gateway/journal';
import { codeOf, failureOf } from '@egov-gateway/testing';
import { makeSamplePdf } from '@egov-gateway/testing/pdf';
import { describe, expect, test } from 'vitest';

import { clientParty, sampleDocument, samplePdf } from '../../test/client-party.ts';
import { entry, network, nowMs, otherPdf, registryParty, uploads } from '../../test/registry-party.ts';
import { json } from '../../test/scripted-portal.ts';
import { EkdoRegistry } from './ekdo-registry.ts';

describe('resolve', () => {
  const doubtful = async (path = '/docs') => {
    const all = registryParty();
    all.portal.next(path, network('unknown'));
    await all.registry.send(entry);
    return all;
  };

  test('with the id that the portal shows: the signature follows', async () => {
    const { registry, make, portal } = await doubtful();
    const finding = { as: 'sent', id: 'seen-7', note: 'in the outgoing documents' } as const;
    expect(await registry.resolve('order-1', finding)).toMatchObject({ state: 'uploaded', id: 'seen-7' });
    expect(await make().send(entry)).toMatchObject({ state: 'sent', id: 'seen-7' });
    expect(uploads(portal)).toBe(1);
    expect((await registry.history('order-1')).map(({ kind, step }) => `${step} ${kind}`)).toEqual([
      'document signed',
      'document failed',
      'document resolved',
      'signature signed',
      'signature answered',
    ]);
  });

  test('as not sent: it goes out again', async () => {
    const { registry, portal } = await doubtful();
    await registry.resolve('order-1', { as: 'not-sent', note: 'not in the portal' });
    expect(await registry.send(entry)).toMatchObject({ state: 'sent', id: 'id-1' });
    expect(uploads(portal)).toBe(2);
  });

  test('as closed: a person does the rest', async () => {
    const { registry, portal } = await doubtful();
    expect(await registry.resolve('order-1', { as: 'closed', note: 'signed by hand' })).toMatchObject({
      state: 'closed',
    });
    expect(await registry.send(entry, { again: true })).toMatchObject({ state: 'closed', repeated: true });
    expect(uploads(portal)).toBe(1);
  });

  test('of a signature needs no id', async () => {
    const { registry } = await doubtful('/docs/id-1/signature');
    expect(await registry.resolve('order-1', { as: 'sent', note: 'it is in force' })).toMatchObject({
      state: 'signed',
      id: 'id-1',
    });
    expect(await registry.send(entry)).toMatchObject({ state: 'sent', id: 'id-1', repeated: true });
  });

  test.each([
    ['no id of a document', { as: 'sent', note: 'x' }],
    ['an id that is none', { as: 'sent', id: '../token', note: 'x' }],
    ['no note', { as: 'not-sent', note: ' ' }],
    ['a long note', { as: 'not-sent', note: 'x'.repeat(1001) }],
    ['another word', { as: 'maybe', note: 'x' }],
    ['a word of every object', { as: 'toString', note: 'x' }],
    ['nothing', undefined],
  ])('refuses %s', async (_what, finding) => {
    const { registry } = await doubtful();
    await expect(registry.resolve('order-1', finding as never)).rejects.toThrow(TypeError);
    expect(await registry.status('order-1')).toMatchObject({ state: 'in-doubt' });
  });

  test('refuses the id of another document: a signature would go there', async () => {
    const { registry, portal } = registryParty();
    await registry.send(entry);
    portal.next('/docs', network('unknown'));
    await registry.send({ ...entry, key: 'order-2', bytes: otherPdf });
    const finding = { as: 'sent', id: 'id-1', note: 'x' } as const;
    expect(await failureOf(registry.resolve('order-2', finding))).toEqual({
      code: 'ERR_PORTAL_ID_TAKEN',
      delivery: 'not-sent',
    });
    expect(await registry.status('order-2')).toMatchObject({ state: 'in-doubt' });
  });

  test('refuses what is not in doubt, or not there', async () => {
    const { registry } = registryParty();
    const finding = { as: 'not-sent', note: 'x' } as const;
    expect(await codeOf(() => registry.resolve('order-1', finding))).toBe('ERR_JOURNAL_NOT_FOUND');
    await registry.send(entry);
    expect(await codeOf(() => registry.resolve('order-1', finding))).toBe('ERR_JOURNAL_STATE');
    expect(await codeOf(() => registry.askStatus('order-9'))).toBe('ERR_JOURNAL_NOT_FOUND');
  });
});

describe('ready', () => {
  test('tells what may be sent, and why the rest may not', async () => {
    const { registry, portal, signed } = registryParty();
    await registry.send(entry);
    portal.next('/docs', network('unknown'), json({}, 422)).next('/docs/id-2/signature', network('not-sent'));
    const titled = (title: string) => makeSamplePdf({ conformance: 'A', title });
    const [doubt, refused, half] = ['doubt', 'refused', 'half'].map((key) => ({
      ...entry,
      key,
      bytes: titled(key),
    }));
    for (const one of [doubt, refused, half]) if (one !== undefined) await registry.send(one);
    const before = signed();
    const selection = await registry.ready([
      entry,
      doubt ?? entry,
      refused ?? entry,
      half ?? entry,
      { ...entry, key: 'new', bytes: async () => titled('new') },
      { ...entry, key: 'new', bytes: titled('newer') },
      { ...entry, key: 'copy', bytes: titled('new') },
      { ...entry, key: 'broken', bytes: samplePdf.subarray(0, 100) },
      { ...entry, key: 'plain', bytes: makeSamplePdf() },
    ]);
    expect(selection.map((one) => [one.key, one.ready ? one.next : one.reason])).toEqual([
      ['order-1', 'sent'],
      ['doubt', 'in-doubt'],
      ['refused', 'refused'],
      ['half', 'signature'],
      ['new', 'document'],
      ['new', 'repeated-key'],
      ['copy', 'repeated-content'],
      ['broken', 'invalid'],
      ['plain', 'document'],
    ]);
    expect(selection.at(-1)?.warnings.map(({ rule }) => rule)).toContain('conformance-b');
    expect(signed()).toBe(before);
  });
});

describe('list and record', () => {
  test('show what was sent, newest first, and by state', async () => {
    const { registry, portal } = registryParty();
    await registry.send(entry);
    portal.next('/docs', network('unknown'));
    await registry.send({ ...entry, key: 'order-2', bytes: otherPdf });
    const keys = async (query?: Parameters<typeof registry.list>[0]) => {
      const all: string[] = [];
      for await (const { key } of registry.list(query)) all.push(key);
      return all;
    };
    expect(await keys()).toEqual(['order-2', 'order-1']);
    expect(await keys({ states: ['in-doubt'] })).toEqual(['order-2']);
    expect(await keys({ toMs: nowMs })).toEqual([]);
    await expect(keys({ state: 'sent' } as never)).rejects.toThrow(TypeError);
    expect(await registry.record('order-2')).toMatchObject({
      fileName: sampleDocument.fileName,
      byteLength: otherPdf.length,
      signature: { kind: 'unep' },
    });
    expect(await registry.record('order-3')).toBeUndefined();
  });

  test('another portal of the same journal is another registry', async () => {
    const { registry, journal } = registryParty();
    await registry.send(entry);
    const other = new EkdoRegistry({ journal, serviceId: 'ekdo-test' });
    expect(await other.status('order-1')).toBeUndefined();
    await expect(other.send(entry)).rejects.toThrow(/client is missing/);
  });

  test('without a journal there is no registry', () => {
    expect(() => new EkdoRegistry({ client: clientParty().client, journal: undefined as never })).toThrow(
      TypeError,
    );
    expect(() => new EkdoRegistry({ client: {} as never, journal: createMemoryJournal() })).toThrow(
      TypeError,
    );
  });
});
