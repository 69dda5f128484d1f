import {
  type EnvelopeSigner,
  type EnvelopeVerifier,
  fixedClock,
  JournalError,
  type MessageJournal,
  type MessageStateEvent,
  newLocalKey,
} from '@egov-gateway/core';
import {
  asyncClientTypesNamespace,
  asyncTypesNamespace,
  readFault,
  readStatusNotificationAnswer,
} from '@egov-gateway/envelope';
import { createMemoryJournal } from '@egov-gateway/journal';
import { loadPem, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { fixture, fixtureText, manualTime, statusNotification } from '@egov-gateway/testing';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';
import { beforeAll, describe, expect, test } from 'vitest';

import { createPushReceiver, type PushReceiverOptions } from './push-receiver.ts';
import type { ServedExchange } from './served-exchange.ts';
import type { HttpAnswer } from './soap-endpoint.ts';

const atMs = Date.UTC(2027, 0, 12, 9);
const session = '{0f8fad5b-d9cb-469f-a165-70867728950e}';
const guid = /^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/;

let gateway: EnvelopeSigner;
let own: EnvelopeSigner;
let trustsGateway: EnvelopeVerifier;
let trustsOwn: EnvelopeVerifier;

async function signerOf(name: string, clock = fixedClock(atMs)): Promise<EnvelopeSigner> {
  const key = await loadPem({
    privateKey: fixtureText(`keys/${name}.key`),
    certificate: fixtureText(`keys/${name}.crt`),
  });
  return createEnvelopeSigner({ key, clock });
}

function verifierOf(...names: readonly string[]): EnvelopeVerifier {
  const certificates = names.map((name) => parseCertificate(fixture(`keys/${name}.crt`)));
  return createEnvelopeVerifier({ trust: pinnedCertificates(certificates), clock: fixedClock(atMs) });
}

beforeAll(async () => {
  gateway = await signerOf('gateway');
  own = await signerOf('organisation');
  trustsGateway = verifierOf('gateway');
  trustsOwn = verifierOf('organisation');
});

function bench(options: Partial<PushReceiverOptions> = {}) {
  const journal = options.journal ?? createMemoryJournal();
  const exchanges: ServedExchange[] = [];
  const states: MessageStateEvent[] = [];
  const receiver = createPushReceiver({
    journal,
    verifier: trustsGateway,
    signer: own,
    clock: fixedClock(atMs),
    unknownStatusWaitMs: 0,
    onExchange: (exchange) => exchanges.push(exchange),
    onStateChange: (event) => states.push(event),
    ...options,
  } as PushReceiverOptions);
  const postBytes = (body: Uint8Array): Promise<HttpAnswer> =>
    receiver.handle({
      method: 'POST',
      target: '/push',
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body,
    });
  const post = async (envelope: Uint8Array, signer = gateway): Promise<HttpAnswer> =>
    postBytes(await signer.sign(envelope));
  const inbox = async (): Promise<number> =>
    (await journal.take('inbox', { nowMs: atMs + 1, limit: 100, leaseMs: 1 })).length;
  return { receiver, journal, exchanges, states, postBytes, post, inbox };
}

/** What a fault says that the receiver signed. */
async function faultOf(answer: HttpAnswer): Promise<{ code: string; detail: string; namespace: string }> {
  expect(answer.status).toBe(500);
  const { body } = await trustsOwn.verify(answer.body);
  const fault = body.first;
  if (fault === undefined) throw new Error('no fault');
  const { errorInfo } = readFault(fault);
  expect(errorInfo?.sessionId).toMatch(guid);
  expect(errorInfo?.errorData).toBeUndefined();
  let detail = fault.first;
  while (detail !== undefined && detail.localName !== 'detail') detail = detail.next;
  return {
    code: errorInfo?.errorCode ?? '',
    detail: detail?.first?.localName ?? '',
    namespace: detail?.first?.namespace ?? '',
  };
}

/** A message of ours that the gateway has. */
async function sent(journal: MessageJournal, messageId: string): Promise<string> {
  const localKey = newLocalKey();
  const common = { localKey, serviceId: 'ECHO', channel: 'async', atMs } as const;
  await journal.commit({
    events: [
      { ...common, kind: 'signed', messageType: 'REQUEST', bytes: new Uint8Array([1]) },
      { ...common, kind: 'sending', attempt: 1, untilMs: atMs + 1000 },
      { ...common, kind: 'answered', messageId, correlationId: '3226347', delivery: 'answered' },
    ],
  });
  return localKey;
}

describe('createPushReceiver, changeMassageStatusNotification', () => {
  test.each([
    ['changeMassageStatusNotification', asyncClientTypesNamespace],
    ['changeMassageStatusNotification', asyncTypesNamespace],
    ['changeMessageStatusNotification', asyncClientTypesNamespace],
    ['ChangeMessageStatusNotification', asyncTypesNamespace],
  ] as const)('takes %s in %s and answers as the XSD spells it', async (spelling, namespace) => {
    const { post, journal, states, exchanges } = bench();
    const localKey = await sent(journal, '41');
    const answer = await post(statusNotification({ sessionId: session, operation: spelling, namespace }));
    const read = readStatusNotificationAnswer(await trustsOwn.verify(answer.body));
    expect(read).toMatchObject({ sessionId: session, namespace, verified: true });
    const message = await journal.message(localKey);
    expect(message).toMatchObject({ state: 'delivered', deliveryState: 'DELIVERED', code: 'S1' });
    expect(await journal.bytes(localKey, message?.version ?? 0)).toHaveProperty('byteLength');
    expect(states).toEqual([{ localKey, serviceId: 'ECHO', state: 'delivered', previous: 'sent' }]);
    expect(exchanges).toMatchObject([{ outcome: 'status', localKey, operation: spelling }]);
  });

  test('makes a fresh session when none came', async () => {
    const { post, journal } = bench();
    await sent(journal, '41');
    const answer = await post(statusNotification({ messageState: 'ON_DELIVERY' }));
    const read = readStatusNotificationAnswer(await trustsOwn.verify(answer.body));
    expect(read.sessionId).toMatch(guid);
  });

  test('keeps the same news once', async () => {
    const { post, journal, exchanges } = bench();
    const localKey = await sent(journal, '41');
    await post(statusNotification());
    await post(statusNotification());
    expect((await journal.message(localKey))?.version).toBe(4);
    expect(exchanges.map(({ outcome }) => outcome)).toEqual(['status', 'repeated']);
  });

  test('keeps nothing of news that are played back, in whatever order', async () => {
    const { post, journal, exchanges } = bench();
    const localKey = await sent(journal, '41');
    for (let times = 0; times < 3; times += 1) {
      await post(statusNotification({ messageState: 'ON_DELIVERY' }));
      await post(statusNotification({ messageState: 'DELIVERED' }));
    }
    expect(await journal.message(localKey)).toMatchObject({ version: 5, deliveryState: 'DELIVERED' });
    const repeated = Array.from({ length: 4 }, () => 'repeated');
    expect(exchanges.map(({ outcome }) => outcome)).toEqual(['status', 'status', ...repeated]);
  });

  test('keeps the same news of an unknown message once, and does not wait for it again', async () => {
    const time = manualTime(atMs);
    const { post, journal, exchanges } = bench({ unknownStatusWaitMs: 1000, timers: time.timers });
    const first = post(statusNotification({ messageId: '99' }));
    await expect.poll(() => time.pending).toBe(2);
    await time.advance(1000);
    await first;
    for (let times = 0; times < 3; times += 1) {
      expect((await post(statusNotification({ messageId: '99', sessionId: session }))).status).toBe(200);
    }
    expect((await journal.find({ messageId: '99' })).messages).toHaveLength(1);
    expect(exchanges.map(({ outcome }) => outcome)).toEqual([
      'status-unmatched',
      ...Array.from({ length: 3 }, () => 'repeated'),
    ]);
    expect(exchanges.map(({ localKey }) => localKey)).toEqual(Array(4).fill(exchanges[0]?.localKey));
    const other = post(statusNotification({ messageId: '99', messageState: 'NOT_DELIVERED' }));
    await expect.poll(() => time.pending).toBe(2);
    await time.advance(1000);
    await other;
    expect((await journal.find({ messageId: '99' })).messages).toHaveLength(2);
  });

  test('stores and answers news of a message that is not known', async () => {
    const { post, journal, inbox, exchanges } = bench();
    expect((await post(statusNotification({ messageId: '99' }))).status).toBe(200);
    const { messages } = await journal.find({ messageId: '99' });
    expect(messages).toMatchObject([
      { direction: 'in', state: 'handled', code: 'S1', deliveryState: 'DELIVERED' },
    ]);
    expect(await inbox()).toBe(0);
    expect(exchanges).toMatchObject([{ outcome: 'status-unmatched', localKey: messages[0]?.localKey }]);
  });

  test('waits a moment for the record of what the gateway answered', async () => {
    const time = manualTime(atMs);
    const { post, journal } = bench({ unknownStatusWaitMs: 1000, timers: time.timers });
    const answer = post(statusNotification());
    // The time for the answer, and the wait.
    await expect.poll(() => time.pending).toBe(2);
    const localKey = await sent(journal, '41');
    await time.advance(1000);
    expect((await answer).status).toBe(200);
    expect((await journal.message(localKey))?.state).toBe('delivered');
  });

  test('keeps news apart when two messages have the id, or when the message has not left', async () => {
    const { post, journal, exchanges } = bench();
    await sent(journal, '41');
    await sent(journal, '41');
    const queued = { localKey: newLocalKey(), serviceId: 'ECHO', channel: 'async', atMs } as const;
    await journal.append({ ...queued, kind: 'signed', messageType: 'REQUEST', messageId: '42' });
    await post(statusNotification());
    await post(statusNotification({ messageId: '42' }));
    expect(exchanges.map(({ outcome }) => outcome)).toEqual(['status-unmatched', 'status-unmatched']);
    expect((await journal.message(queued.localKey))?.state).toBe('queued');
  });

  test.each([
    ['an unknown state', { messageState: 'LOST' }],
    ['no message', { messageId: null }],
    ['two messages', { messageId: '41</messageId><messageId>42' }],
  ])('refuses %s with the fault of the operation', async (_title, notification) => {
    const { post, journal } = bench();
    expect(await faultOf(await post(statusNotification(notification)))).toEqual({
      code: 'SCE001',
      detail: 'changeMassageStatusNotificationFault1_changeMassageStatusNotificationFault',
      namespace: asyncClientTypesNamespace,
    });
    expect((await journal.find({})).messages).toEqual([]);
  });

  test('acknowledges nothing when the journal fails', async () => {
    const failing: MessageJournal = Object.assign(Object.create(createMemoryJournal()) as MessageJournal, {
      find: async () => {
        throw new JournalError('locked', { code: 'ERR_JOURNAL_LOCKED' });
      },
    });
    const answer = await bench({ journal: failing }).post(statusNotification());
    expect((await faultOf(answer)).code).toBe('SCE909');
  });
});
