import { fixedClock, JournalError, type MessageJournal, SendError } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { codeOf, deferred } from '@egov-gateway/testing';
import { makeSamplePdf } from '@egov-gateway/testing/pdf';
import { describe, expect, test } from 'vitest';

import { clientParty, sampleDocument, samplePdf } from '../../test/client-party.ts';
import { json, response } from '../../test/scripted-portal.ts';
import { testSigner } from '../../test/test-signer.ts';
import type { EkdoClientOptions } from '../client/client-options.ts';
import { EkdoRegistry } from './ekdo-registry.ts';
import type { EkdoEntry } from './ready-documents.ts';

const nowMs = Date.UTC(2026, 0, 13, 5);
const entry: EkdoEntry = { key: 'order-1', ...sampleDocument };
const otherPdf = makeSamplePdf({ conformance: 'A', title: 'EMU 2' });

function party(options: Partial<EkdoClientOptions> = {}, journal: MessageJournal = createMemoryJournal()) {
  const { client, portal } = clientParty(options);
  let signed = 0;
  const signDetached: EkdoClientOptions['signDetached'] = (bytes) => {
    signed += 1;
    return testSigner()(bytes);
  };
  const own =
    options.signDetached === undefined
      ? clientParty({ ...options, signDetached, transport: portal }).client
      : client;
  const make = () => new EkdoRegistry({ client: own, journal, clock: fixedClock(nowMs) });
  return { journal, portal, make, registry: make(), signed: () => signed };
}

/** The journal with a method of another mind. */
function changed(journal: MessageJournal, methods: Partial<MessageJournal>): MessageJournal {
  return new Proxy(journal, {
    get(target, name: keyof MessageJournal) {
      return methods[name] ?? target[name].bind(target);
    },
  });
}

const network = (delivery: 'not-sent' | 'unknown') =>
  new SendError('x', { code: 'ERR_SEND_NETWORK', delivery });
const uploads = (paths: readonly string[]) => paths.filter((path) => path === '/docs').length;

describe('EkdoRegistry', () => {
  test('sends a document once, whatever process asks', async () => {
    const { registry, make, portal } = party();
    expect(await registry.send(entry)).toMatchObject({
      state: 'sent',
      id: 'id-1',
      portalStatus: 'Вступил в силу',
      repeated: false,
    });
    for (const again of [registry, make()]) {
      expect(await again.send(entry, { again: true })).toMatchObject({
        state: 'sent',
        id: 'id-1',
        repeated: true,
      });
    }
    expect(uploads(portal.paths)).toBe(1);
    expect(await registry.status('order-1')).toMatchObject({
      state: 'in-force',
      step: 'signature',
      id: 'id-1',
      portalStatus: 'Вступил в силу',
      steps: [
        { step: 'document', state: 'done', attempt: 1 },
        { step: 'signature', state: 'done', attempt: 1 },
      ],
    });
  });

  test('is signed, not in force, as long as the portal has not said so', async () => {
    const { registry, portal } = party();
    portal.next('/docs/id-1/signature', json({}));
    expect(await registry.send(entry)).toMatchObject({ state: 'sent', portalStatus: undefined });
    expect(await registry.status('order-1')).toMatchObject({ state: 'signed' });
    portal.next('/docs/id-1', json({ status: 'На проверке' }));
    expect(await registry.askStatus('order-1')).toMatchObject({
      state: 'signed',
      portalStatus: 'На проверке',
    });
    expect(await registry.askStatus('order-1')).toMatchObject({ state: 'in-force' });
    const before = (await registry.history('order-1')).length;
    await registry.askStatus('order-1');
    expect(await registry.history('order-1')).toHaveLength(before);
  });

  test('two calls at a time, in one process and in two, upload once', async () => {
    const { registry, make, portal } = party();
    const gate = deferred();
    portal.next('/docs', async () => {
      await gate.promise;
      return json({ id: 'id-1' });
    });
    const first = registry.send(entry);
    const second = registry.send(entry);
    while (uploads(portal.paths) === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await make().send(entry)).toMatchObject({ state: 'in-doubt', repeated: true });
    expect(await codeOf(() => registry.resolve('order-1', { as: 'not-sent', note: 'x' }))).toBe(
      'ERR_JOURNAL_STATE',
    );
    gate.resolve();
    expect([await first, await second]).toMatchObject([
      { state: 'sent', repeated: false },
      { state: 'sent', repeated: true },
    ]);
    expect(uploads(portal.paths)).toBe(1);
  });

  test('two processes that begin at the same instant upload once', async () => {
    const { registry, make, portal } = party();
    const outcomes = await Promise.all([registry.send(entry), make().send(entry)]);
    expect(outcomes.map(({ state }) => state).sort()).toEqual(['in-doubt', 'sent']);
    expect(uploads(portal.paths)).toBe(1);
  });

  test('goes on with the signature when the document is there, and signs nothing anew', async () => {
    const { registry, make, portal, signed } = party();
    portal.next('/docs/id-1/signature', network('not-sent'));
    expect(await registry.send(entry)).toMatchObject({ state: 'not-sent', step: 'signature', id: 'id-1' });
    expect(await registry.status('order-1')).toMatchObject({ state: 'uploaded', id: 'id-1' });
    expect(await make().send(entry)).toMatchObject({ state: 'sent', id: 'id-1', repeated: false });
    expect(uploads(portal.paths)).toBe(1);
    expect(signed()).toBe(1);
    const [one, two] = portal.requests.filter(({ url }) => url.pathname.endsWith('signature'));
    expect(Buffer.from(one?.body ?? []).equals(Buffer.from(two?.body ?? []))).toBe(true);
  });

  test('does not put a signature of other bytes to a document that is there', async () => {
    const { registry, portal, signed } = party();
    portal.next('/docs/id-1/signature', network('not-sent'));
    await registry.send(entry);
    expect(await registry.send({ ...entry, bytes: otherPdf })).toMatchObject({
      state: 'invalid',
      issues: [{ rule: 'changed-content' }],
    });
    expect(signed()).toBe(1);
    expect(portal.paths.filter((path) => path.endsWith('signature'))).toHaveLength(1);
  });

  test('without the record of what was uploaded, it is nobody’s guess', async () => {
    const journal = createMemoryJournal();
    const forgetful: MessageJournal = changed(journal, { bytes: async () => undefined });
    const { registry, portal } = party({}, forgetful);
    portal.next('/docs/id-1/signature', network('not-sent'));
    await registry.send(entry);
    expect(await registry.send(entry)).toMatchObject({
      state: 'invalid',
      issues: [{ rule: 'unknown-content' }],
    });
    expect(await registry.record('order-1')).toBeUndefined();
  });

  test.each([
    ['a broken connection', network('unknown'), 'ERR_SEND_NETWORK'],
    ['a page', response('<html>', { type: 'text/html' }), 'ERR_PORTAL_HTML'],
    ['502', response('', { status: 502 }), 'ERR_PORTAL_UNAVAILABLE'],
    ['no id', json({}), 'ERR_PORTAL_ID_MISSING'],
  ])('%s leaves the document in doubt, and it is not sent again', async (_what, answer, code) => {
    const { registry, make, portal } = party();
    portal.next('/docs', answer);
    expect(await registry.send(entry)).toMatchObject({
      state: 'in-doubt',
      step: 'document',
      code,
      repeated: false,
    });
    expect(await make().send(entry, { again: true })).toMatchObject({ state: 'in-doubt', repeated: true });
    expect(uploads(portal.paths)).toBe(1);
    expect(await registry.status('order-1')).toMatchObject({ state: 'in-doubt', code });
  });

  test('a process that died while it sent leaves it in doubt', async () => {
    const { registry, make, portal } = party();
    portal.next('/docs', () => new Promise<never>(() => {}));
    registry.send(entry).catch(() => {});
    while (uploads(portal.paths) === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await make().status('order-1')).toMatchObject({ state: 'in-doubt', step: 'document' });
    expect(await make().send(entry)).toMatchObject({ state: 'in-doubt' });
  });

  test('an id that another document has is a doubt', async () => {
    const { registry, portal } = party();
    await registry.send(entry);
    portal.next('/docs', json({ id: 'id-1' }));
    const second = { ...entry, key: 'order-2', bytes: otherPdf };
    expect(await registry.send(second)).toMatchObject({ state: 'in-doubt', code: 'ERR_PORTAL_ID_TAKEN' });
    expect(portal.paths.filter((path) => path.endsWith('signature'))).toHaveLength(1);
  });

  test.each([
    ['document', '/docs', undefined],
    ['signature', '/docs/id-1/signature', 'id-1'],
  ])('a refused %s is the outcome until it is asked for once more', async (step, path, id) => {
    const { registry, make, portal, signed } = party();
    portal.next(path, json({ reason: 'words' }, 422));
    const refusal = { state: 'refused', step, id, code: 'ERR_PORTAL_REFUSED' };
    expect(await registry.send(entry)).toMatchObject({ ...refusal, answer: '{"reason":"words"}' });
    expect(await make().send(entry)).toMatchObject({ ...refusal, repeated: true });
    expect(await registry.send(entry, { again: true })).toMatchObject({ state: 'sent' });
    expect(signed()).toBe(2);
    expect((await registry.status('order-1'))?.steps.filter((one) => one.step === step)).toMatchObject([
      { attempt: 1, state: 'refused' },
      { attempt: 2, state: 'done' },
    ]);
  });

  test('what never left is sent by the next call; without a token there is nothing to record', async () => {
    const { registry, portal } = party();
    portal.next('/token', json({}, 401)).next('/docs', network('not-sent'));
    expect(await registry.send(entry)).toMatchObject({ state: 'not-sent', code: 'ERR_PORTAL_CREDENTIALS' });
    expect(await registry.status('order-1')).toBeUndefined();
    expect(await registry.send(entry)).toMatchObject({ state: 'not-sent', code: 'ERR_SEND_NETWORK' });
    expect(await registry.status('order-1')).toMatchObject({ state: 'not-sent' });
    expect(await registry.send(entry)).toMatchObject({ state: 'sent' });
  });

  test('finds what is wrong before it signs, sends or records anything', async () => {
    const { registry, journal, signed, portal } = party();
    expect(await registry.send({ ...entry, bytes: new Uint8Array(9) })).toMatchObject({ state: 'invalid' });
    expect([signed(), portal.requests.length]).toEqual([0, 0]);
    expect((await journal.find({})).messages).toEqual([]);
  });

  test('a signer that fails sends and records nothing', async () => {
    const { registry, journal } = party({ signDetached: () => Promise.reject(new Error('no card')) });
    expect(await codeOf(() => registry.send(entry))).toBe('ERR_SIGN_KEY');
    expect((await journal.find({})).messages).toEqual([]);
  });

  test('a cancelled upload is in doubt, and rejects with the reason of the caller', async () => {
    const { registry, portal } = party();
    const controller = new AbortController();
    portal.next('/docs', () => {
      controller.abort(new Error('enough'));
      return new Promise<never>(() => {});
    });
    await expect(registry.send(entry, { signal: controller.signal })).rejects.toThrow('enough');
    expect(await registry.status('order-1')).toMatchObject({ state: 'in-doubt', code: 'ABORTED' });
  });

  test('an upload that was cancelled while the journal was writing has not left', async () => {
    const journal = createMemoryJournal();
    const gate = deferred();
    const controller = new AbortController();
    const slow: MessageJournal = changed(journal, {
      append: async (event) => {
        if (event.kind === 'signed') {
          controller.abort(new Error('enough'));
          await gate.promise;
        }
        return journal.append(event);
      },
    });
    const { registry, portal } = party({}, slow);
    const outcome = registry.send(entry, { signal: controller.signal });
    outcome.catch(() => {});
    gate.resolve();
    await expect(outcome).rejects.toThrow('enough');
    expect(uploads(portal.paths)).toBe(0);
    expect(await registry.status('order-1')).toMatchObject({ state: 'not-sent' });
  });

  test('nothing is sent when the journal cannot record it', async () => {
    const journal = createMemoryJournal();
    const full: MessageJournal = changed(journal, {
      append: () => Promise.reject(new JournalError('full', { code: 'ERR_JOURNAL_FULL' })),
    });
    const { registry, portal } = party({}, full);
    expect(await codeOf(() => registry.send(entry))).toBe('ERR_JOURNAL_FULL');
    expect(uploads(portal.paths)).toBe(0);
  });

  test('a record that is lost after the upload names the id', async () => {
    const journal = createMemoryJournal();
    const losing: MessageJournal = changed(journal, {
      append: (event) =>
        event.kind === 'answered'
          ? Promise.reject(new JournalError('full', { code: 'ERR_JOURNAL_FULL' }))
          : journal.append(event),
    });
    const { registry } = party({}, losing);
    const error = await registry.send(entry).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_JOURNAL_FULL', delivery: 'answered', messageId: 'id-1' });
    expect(await registry.status('order-1')).toMatchObject({ state: 'in-doubt' });
  });

  test.each(['', 'a\nb', 'x'.repeat(201), 7 as never])('refuses the key %j', async (key) => {
    const { registry } = party();
    await expect(registry.send({ ...entry, key })).rejects.toThrow(TypeError);
  });
});

describe('resolve', () => {
  const doubtful = async (path = '/docs') => {
    const all = party();
    all.portal.next(path, network('unknown'));
    await all.registry.send(entry);
    return all;
  };

  test('with the id that the portal shows: the signature follows', async () => {
    const { registry, make, portal } = await doubtful();
    const finding = { as: 'sent', id: 'seen-7', note: 'in the outgoing documents' } as const;
    expect(await registry.resolve('order-1', finding)).toMatchObject({ state: 'uploaded', id: 'seen-7' });
    expect(await make().send(entry)).toMatchObject({ state: 'sent', id: 'seen-7' });
    expect(uploads(portal.paths)).toBe(1);
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
    expect(uploads(portal.paths)).toBe(2);
  });

  test('as closed: a person does the rest', async () => {
    const { registry, portal } = await doubtful();
    expect(await registry.resolve('order-1', { as: 'closed', note: 'signed by hand' })).toMatchObject({
      state: 'closed',
    });
    expect(await registry.send(entry, { again: true })).toMatchObject({ state: 'closed', repeated: true });
    expect(uploads(portal.paths)).toBe(1);
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

  test('refuses what is not in doubt, or not there', async () => {
    const { registry } = party();
    const finding = { as: 'not-sent', note: 'x' } as const;
    expect(await codeOf(() => registry.resolve('order-1', finding))).toBe('ERR_JOURNAL_NOT_FOUND');
    await registry.send(entry);
    expect(await codeOf(() => registry.resolve('order-1', finding))).toBe('ERR_JOURNAL_STATE');
    expect(await codeOf(() => registry.askStatus('order-9'))).toBe('ERR_JOURNAL_NOT_FOUND');
  });
});

describe('ready', () => {
  test('tells what may be sent, and why the rest may not', async () => {
    const { registry, portal, signed } = party();
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
    const { registry, portal } = party();
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
    const { registry, journal } = party();
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
