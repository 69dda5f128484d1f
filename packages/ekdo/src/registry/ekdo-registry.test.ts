import { JournalError, type MessageJournal } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { codeOf, deferred, failureOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { entry, network, otherPdf, registryParty, uploads } from '../../test/registry-party.ts';
import { json, response } from '../../test/scripted-portal.ts';

/** The journal with a method of another mind. */
function changed(journal: MessageJournal, methods: Partial<MessageJournal>): MessageJournal {
  return new Proxy(journal, {
    get(target, name: keyof MessageJournal) {
      return methods[name] ?? target[name].bind(target);
    },
  });
}

describe('EkdoRegistry', () => {
  test('sends a document once, whatever process asks', async () => {
    const { registry, make, portal } = registryParty();
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
    expect(uploads(portal)).toBe(1);
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
    const { registry, portal } = registryParty();
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
    const { registry, make, portal } = registryParty();
    const gate = deferred();
    portal.next('/docs', async () => {
      await gate.promise;
      return json({ id: 'id-1' });
    });
    const first = registry.send(entry);
    const second = registry.send(entry);
    while (uploads(portal) === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await make().send(entry)).toMatchObject({ state: 'in-doubt', repeated: true });
    expect(await codeOf(() => registry.resolve('order-1', { as: 'not-sent', note: 'x' }))).toBe(
      'ERR_JOURNAL_STATE',
    );
    gate.resolve();
    expect([await first, await second]).toMatchObject([
      { state: 'sent', repeated: false },
      { state: 'sent', repeated: true },
    ]);
    expect(uploads(portal)).toBe(1);
  });

  test('a call that is cancelled takes nothing from another one for the same document', async () => {
    const { registry, portal } = registryParty();
    const gate = deferred();
    portal.next('/token', async () => {
      await gate.promise;
      return json({ token: 't' });
    });
    const controller = new AbortController();
    const first = registry.send(entry, { signal: controller.signal });
    const others = [registry.send(entry), registry.send(entry)];
    controller.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    gate.resolve();
    expect((await Promise.all(others)).map(({ state, repeated }) => [state, repeated])).toEqual([
      ['sent', false],
      ['sent', true],
    ]);
    expect(uploads(portal)).toBe(1);
  });

  test('two questions for a status at the same time record one answer', async () => {
    const { registry, portal } = registryParty();
    await registry.send(entry);
    const told = json({ status: 'На проверке' });
    portal.next('/docs/id-1', told, told);
    const both = await Promise.all([registry.askStatus('order-1'), registry.askStatus('order-1')]);
    expect(both.map(({ portalStatus }) => portalStatus)).toEqual(['На проверке', 'На проверке']);
    const asked = (await registry.history('order-1')).filter(({ step }) => step === 'status');
    expect(asked.map(({ kind }) => kind)).toEqual(['signed', 'answered']);
  });

  test('two processes that begin at the same instant upload once', async () => {
    const { registry, make, portal } = registryParty();
    const outcomes = await Promise.all([registry.send(entry), make().send(entry)]);
    expect(outcomes.map(({ state }) => state).sort()).toEqual(['in-doubt', 'sent']);
    expect(uploads(portal)).toBe(1);
  });

  test('goes on with the signature when the document is there, and signs nothing anew', async () => {
    const { registry, make, portal, signed } = registryParty();
    portal.next('/docs/id-1/signature', network('not-sent'));
    expect(await registry.send(entry)).toMatchObject({ state: 'not-sent', step: 'signature', id: 'id-1' });
    expect(await registry.status('order-1')).toMatchObject({ state: 'uploaded', id: 'id-1' });
    expect(await make().send(entry)).toMatchObject({ state: 'sent', id: 'id-1', repeated: false });
    expect(uploads(portal)).toBe(1);
    expect(signed()).toBe(1);
    const [one, two] = portal.requests.filter(({ url }) => url.pathname.endsWith('signature'));
    expect(Buffer.from(one?.body ?? []).equals(Buffer.from(two?.body ?? []))).toBe(true);
  });

  test('does not put a signature of other bytes to a document that is there', async () => {
    const { registry, portal, signed } = registryParty();
    portal.next('/docs/id-1/signature', network('not-sent'));
    await registry.send(entry);
    expect(await registry.send({ ...entry, bytes: otherPdf })).toMatchObject({
      state: 'invalid',
      issues: [{ rule: 'changed-content' }],
    });
    expect(signed()).toBe(1);
    expect(portal.paths.filter((path) => path.endsWith('signature'))).toHaveLength(1);
  });

  test('tells that other bytes under the key of a document that was sent are not sent', async () => {
    const { registry, portal } = registryParty();
    await registry.send(entry);
    expect(await registry.send({ ...entry, bytes: otherPdf })).toMatchObject({
      state: 'sent',
      repeated: true,
      warnings: [{ rule: 'changed-content' }],
    });
    const gone = (): never => {
      throw new Error('no such file');
    };
    for (const bytes of [entry.bytes, gone]) {
      expect(await registry.send({ ...entry, bytes })).toMatchObject({ state: 'sent', warnings: [] });
    }
    expect(uploads(portal)).toBe(1);
  });

  test('a journal that fails once the portal has the document leaves it in doubt', async () => {
    const journal = createMemoryJournal();
    const busy: MessageJournal = changed(journal, {
      find: async (query) => {
        if (query.messageId === undefined) return journal.find(query);
        throw new JournalError('x', { code: 'ERR_JOURNAL_IO' });
      },
    });
    const { registry, make, portal } = registryParty({}, busy);
    const doubt = { state: 'in-doubt', step: 'document', code: 'ERR_JOURNAL_IO' };
    expect(await registry.send(entry)).toMatchObject(doubt);
    expect(await make().send(entry)).toMatchObject({ ...doubt, repeated: true });
    expect(uploads(portal)).toBe(1);
  });

  test.each([
    ['in doubt', network('unknown')],
    ['refused', json({}, 422)],
  ])(
    'tells that the step may have arrived when nobody could record that it is %s',
    async (_which, answer) => {
      const journal = createMemoryJournal();
      let writes = 0;
      const full: MessageJournal = changed(journal, {
        append: async (event) => {
          if (++writes === 2) throw new JournalError('x', { code: 'ERR_JOURNAL_IO' });
          return journal.append(event);
        },
      });
      const { registry, portal } = registryParty({}, full);
      portal.next('/docs', answer);
      expect(await failureOf(registry.send(entry))).toEqual({ code: 'ERR_JOURNAL_IO', delivery: 'unknown' });
      expect(await registry.send(entry)).toMatchObject({ state: 'in-doubt' });
      expect(uploads(portal)).toBe(1);
    },
  );

  test('without the record of what was uploaded, it is nobody’s guess', async () => {
    const journal = createMemoryJournal();
    const forgetful: MessageJournal = changed(journal, { bytes: async () => undefined });
    const { registry, portal } = registryParty({}, forgetful);
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
    const { registry, make, portal } = registryParty();
    portal.next('/docs', answer);
    expect(await registry.send(entry)).toMatchObject({
      state: 'in-doubt',
      step: 'document',
      code,
      repeated: false,
    });
    expect(await make().send(entry, { again: true })).toMatchObject({ state: 'in-doubt', repeated: true });
    expect(uploads(portal)).toBe(1);
    expect(await registry.status('order-1')).toMatchObject({ state: 'in-doubt', code });
  });

  test('a process that died while it sent leaves it in doubt', async () => {
    const { registry, make, portal } = registryParty();
    portal.next('/docs', () => new Promise<never>(() => {}));
    registry.send(entry).catch(() => {});
    while (uploads(portal) === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await make().status('order-1')).toMatchObject({ state: 'in-doubt', step: 'document' });
    expect(await make().send(entry)).toMatchObject({ state: 'in-doubt' });
  });

  test('an id that another document has is a doubt', async () => {
    const { registry, portal } = registryParty();
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
    const { registry, make, portal, signed } = registryParty();
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
    const { registry, portal } = registryParty();
    portal.next('/token', json({}, 401)).next('/docs', network('not-sent'));
    expect(await registry.send(entry)).toMatchObject({ state: 'not-sent', code: 'ERR_PORTAL_CREDENTIALS' });
    expect(await registry.status('order-1')).toBeUndefined();
    expect(await registry.send(entry)).toMatchObject({ state: 'not-sent', code: 'ERR_SEND_NETWORK' });
    expect(await registry.status('order-1')).toMatchObject({ state: 'not-sent' });
    expect(await registry.send(entry)).toMatchObject({ state: 'sent' });
  });

  test('finds what is wrong before it signs, sends or records anything', async () => {
    const { registry, journal, signed, portal } = registryParty();
    expect(await registry.send({ ...entry, bytes: new Uint8Array(9) })).toMatchObject({ state: 'invalid' });
    expect([signed(), portal.requests.length]).toEqual([0, 0]);
    expect((await journal.find({})).messages).toEqual([]);
  });

  test('a signer that fails sends and records nothing', async () => {
    const { registry, journal } = registryParty({ signDetached: () => Promise.reject(new Error('no card')) });
    expect(await codeOf(() => registry.send(entry))).toBe('ERR_SIGN_KEY');
    expect((await journal.find({})).messages).toEqual([]);
  });

  test('a cancelled upload is in doubt, and rejects with the reason of the caller', async () => {
    const { registry, portal } = registryParty();
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
    const { registry, portal } = registryParty({}, slow);
    const outcome = registry.send(entry, { signal: controller.signal });
    outcome.catch(() => {});
    gate.resolve();
    await expect(outcome).rejects.toThrow('enough');
    expect(uploads(portal)).toBe(0);
    expect(await registry.status('order-1')).toMatchObject({ state: 'not-sent' });
  });

  test('nothing is sent when the journal cannot record it', async () => {
    const journal = createMemoryJournal();
    const full: MessageJournal = changed(journal, {
      append: () => Promise.reject(new JournalError('full', { code: 'ERR_JOURNAL_FULL' })),
    });
    const { registry, portal } = registryParty({}, full);
    expect(await codeOf(() => registry.send(entry))).toBe('ERR_JOURNAL_FULL');
    expect(uploads(portal)).toBe(0);
  });

  test('a record that is lost after the upload names the id', async () => {
    const journal = createMemoryJournal();
    const losing: MessageJournal = changed(journal, {
      append: (event) =>
        event.kind === 'answered'
          ? Promise.reject(new JournalError('full', { code: 'ERR_JOURNAL_FULL' }))
          : journal.append(event),
    });
    const { registry } = registryParty({}, losing);
    const error = await registry.send(entry).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_JOURNAL_FULL', delivery: 'answered', messageId: 'id-1' });
    expect(await registry.status('order-1')).toMatchObject({ state: 'in-doubt' });
  });

  test.each(['', 'a\nb', 'x'.repeat(201), 7 as never])('refuses the key %j', async (key) => {
    const { registry } = registryParty();
    await expect(registry.send({ ...entry, key })).rejects.toThrow(TypeError);
  });
});
