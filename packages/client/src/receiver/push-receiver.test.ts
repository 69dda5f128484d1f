import {
  type EnvelopeSigner,
  type JournalChange,
  JournalError,
  type MessageJournal,
} from '@egov-gateway/core';
import {
  asyncClientTypesNamespace,
  asyncTypesNamespace,
  readAsyncAccepted,
  readFault,
} from '@egov-gateway/envelope';
import { createMemoryJournal } from '@egov-gateway/journal';
import { asyncPush, deferred, manualTime } from '@egov-gateway/testing';
import { acceptUnverified } from '@egov-gateway/wsse';
import { describe, expect, test } from 'vitest';

import { atMs, bench, faultOf, gateway, guid, sent, trustsOwn } from '../../test/push-bench.ts';

const session = '{0f8fad5b-d9cb-469f-a165-70867728950e}';

describe('createPushReceiver, sendMessage', () => {
  test('stores the exact bytes, queues the message and only then answers with its ids, signed', async () => {
    const { postBytes, journal, inbox, exchanges, states } = bench();
    const bytes = await gateway.sign(asyncPush({ sessionId: session }));
    const answer = await postBytes(bytes);
    expect(answer.status).toBe(200);
    const accepted = readAsyncAccepted(await trustsOwn.verify(answer.body));
    expect(accepted).toMatchObject({
      messageId: '216386080',
      correlationId: '3226347',
      sessionId: session,
      responseDate: '2027-01-12T14:00:00.000+05:00',
      verified: true,
      namespace: asyncTypesNamespace,
    });
    const { messages } = await journal.find({ messageId: '216386080' });
    expect(messages).toMatchObject([
      { direction: 'in', channel: 'async', serviceId: 'ECHO', messageType: 'REQUEST', state: 'received' },
    ]);
    const localKey = messages[0]?.localKey ?? '';
    expect(await journal.bytes(localKey, 1)).toEqual(bytes);
    expect(await inbox()).toBe(1);
    expect(exchanges).toMatchObject([
      { outcome: 'stored', httpStatus: 200, operation: 'sendMessage', localKey, sessionId: session },
    ]);
    expect(states).toEqual([{ localKey, serviceId: 'ECHO', state: 'received', previous: undefined }]);
  });

  test('answers in the namespace of the request', async () => {
    const answer = await bench().post(asyncPush({ namespace: asyncClientTypesNamespace }));
    const accepted = readAsyncAccepted(await trustsOwn.verify(answer.body));
    expect(accepted.namespace).toBe(asyncClientTypesNamespace);
  });

  test.each([null, 'SIGN_NOT_EXIST'])('makes a fresh session when %s came', async (sessionId) => {
    const answer = await bench().post(asyncPush({ sessionId }));
    const accepted = readAsyncAccepted(await trustsOwn.verify(answer.body));
    expect(accepted.sessionId).toMatch(guid);
  });

  test('answers without a signature when it has no signer', async () => {
    const answer = await bench({ signer: undefined }).post(asyncPush());
    expect(readAsyncAccepted(acceptUnverified(answer.body))).toMatchObject({ messageId: '216386080' });
  });

  test('takes unsigned messages only with verification off', async () => {
    const { postBytes } = bench({ verifier: undefined, verification: 'off', acceptUnverified });
    expect((await postBytes(asyncPush())).status).toBe(200);
  });

  test('answers a repetition as before and stores it once, with a new signature too', async () => {
    const { post, journal, inbox, exchanges } = bench();
    await post(asyncPush({ sessionId: session }));
    const answer = await post(asyncPush());
    expect(readAsyncAccepted(await trustsOwn.verify(answer.body))).toMatchObject({
      messageId: '216386080',
      correlationId: '3226347',
    });
    expect((await journal.find({ direction: 'in' })).messages).toHaveLength(1);
    expect(await inbox()).toBe(1);
    expect(exchanges.map(({ outcome }) => outcome)).toEqual(['stored', 'repeated']);
  });

  test('stores exactly one of many that come at once', async () => {
    const { post, journal, inbox, exchanges } = bench();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(asyncPush())));
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(200));
    expect((await journal.find({ direction: 'in' })).messages).toHaveLength(1);
    expect(await inbox()).toBe(1);
    expect(exchanges.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
  });

  test('stores another message under the same id beside the first, marked', async () => {
    const { post, journal, exchanges } = bench();
    await post(asyncPush({ data: 'one' }));
    expect((await post(asyncPush({ data: 'two' }))).status).toBe(200);
    const { messages } = await journal.find({ messageId: '216386080' });
    expect(messages.map(({ code }) => code)).toEqual(['CONFLICTING_ID', undefined]);
    expect(exchanges.map(({ outcome }) => outcome)).toEqual(['stored', 'conflicting']);
  });

  test('stores a reply whose chain is not known, and links one whose chain is', async () => {
    const { post, journal, states } = bench();
    await post(asyncPush({ messageType: 'RESPONSE', messageId: '7', correlationId: 'other' }));
    const localKey = await sent(journal, '41');
    await post(asyncPush({ messageType: 'RESPONSE', messageId: '8' }));
    const { messages } = await journal.find({ direction: 'in' });
    expect(messages.map(({ messageId, state }) => [messageId, state])).toEqual([
      ['8', 'received'],
      ['7', 'unmatched'],
    ]);
    expect((await journal.message(localKey))?.state).toBe('answered');
    expect(states).toContainEqual({ localKey, serviceId: 'ECHO', state: 'answered', previous: 'sent' });
  });

  test('acknowledges nothing when the journal fails', async () => {
    const failing: MessageJournal = Object.assign(Object.create(createMemoryJournal()) as MessageJournal, {
      commit: async () => {
        throw new JournalError('full', { code: 'ERR_JOURNAL_FULL' });
      },
    });
    const { post, exchanges } = bench({ journal: failing });
    const answer = await post(asyncPush());
    expect(await faultOf(answer)).toEqual({
      code: 'SCE909',
      detail: 'sendMessageFault1_sendMessageFault',
      namespace: asyncTypesNamespace,
    });
    expect(Buffer.from(answer.body).toString()).not.toMatch(/JOURNAL|full/);
    expect(exchanges).toMatchObject([
      { outcome: 'failed', reason: 'internal', error: { code: 'ERR_JOURNAL_FULL' } },
    ]);
  });

  test('acknowledges nothing that the journal has not finished, and recognises it when it comes again', async () => {
    const memory = createMemoryJournal();
    const gate = deferred();
    let isHeld = true;
    const slow: MessageJournal = new Proxy(memory, {
      get: (target, name, receiver) =>
        name === 'commit' && isHeld
          ? async (change: JournalChange) => {
              await gate.promise;
              return target.commit(change);
            }
          : (Reflect.get(target, name, receiver) as () => void).bind(target),
    });
    const time = manualTime(atMs);
    const { post, receiver } = bench({ journal: slow, timers: time.timers, answerTimeoutMs: 1000 });
    const late = post(asyncPush());
    await expect.poll(() => time.pending).toBe(1);
    await time.advance(1000);
    expect(await faultOf(await late)).toMatchObject({ code: 'EGW-TIMEOUT' });
    gate.resolve();
    isHeld = false;
    expect((await post(asyncPush())).status).toBe(200);
    expect((await memory.find({ direction: 'in' })).messages).toHaveLength(1);
    await receiver.close();
  });

  test('answers although its key refuses to sign the fault', async () => {
    const broken: EnvelopeSigner = { sign: () => Promise.reject(new Error('HSM gone')) };
    const { post, journal, exchanges } = bench({ signer: broken });
    const answer = await post(asyncPush());
    expect(answer.status).toBe(500);
    expect(readFault(acceptUnverified(answer.body).body.first as never).errorInfo?.errorCode).toBe('SCE909');
    // Stored, and recognised when it comes again.
    expect((await journal.find({ direction: 'in' })).messages).toHaveLength(1);
    expect(exchanges).toMatchObject([{ outcome: 'failed', reason: 'internal' }]);
  });

  test('is not disturbed by listeners that throw', async () => {
    const { post } = bench({
      onExchange: () => {
        throw new Error('log');
      },
      onStateChange: () => Promise.reject(new Error('mirror')),
    });
    expect((await post(asyncPush())).status).toBe(200);
  });
});
