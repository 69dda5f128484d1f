import {
  type AsyncMessageType,
  type DeliveryState,
  type EnvelopeSigner,
  type EnvelopeVerifier,
  fixedClock,
  type JournalChange,
  JournalError,
  type MessageJournal,
  type MessageStateEvent,
  newLocalKey,
} from '@egov-gateway/core';
import {
  asyncClientTypesNamespace,
  asyncTypesNamespace,
  readAsyncAccepted,
  readFault,
  readStatusNotificationAnswer,
  type WrittenEnvelope,
  writeAsyncDelivery,
  writeFault,
  writeGetMessages,
  writeStatusNotification,
} from '@egov-gateway/envelope';
import { createMemoryJournal } from '@egov-gateway/journal';
import { loadPem, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { deferred, fixture, fixtureText, manualTime } from '@egov-gateway/testing';
import { acceptUnverified, createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';
import { beforeAll, describe, expect, test } from 'vitest';

import { createPushReceiver, type PushReceiverOptions } from './push-receiver.ts';
import type { ServedExchange } from './served-exchange.ts';
import type { HttpAnswer, SoapEndpoint } from './soap-endpoint.ts';

const atMs = Date.UTC(2027, 0, 12, 9);
const session = '{0f8fad5b-d9cb-469f-a165-70867728950e}';
const guid = /^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/;
const text = {
  validate: () => [],
  write: (value: string, writer: { text(value: string): void }) => writer.text(value),
  read: () => '',
};

let gateway: EnvelopeSigner;
let stranger: EnvelopeSigner;
let expired: EnvelopeSigner;
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
  stranger = await signerOf('other-bin');
  own = await signerOf('organisation');
  expired = await signerOf('expired', fixedClock(parseCertificate(fixture('keys/expired.crt')).notAfterMs));
  trustsGateway = verifierOf('gateway');
  trustsOwn = verifierOf('organisation');
});

interface Push {
  readonly messageId?: string;
  readonly correlationId?: string;
  readonly messageType?: AsyncMessageType;
  readonly data?: string;
  readonly sessionId?: string;
  readonly senderId?: string;
}

function push(message: Push = {}, namespace?: typeof asyncClientTypesNamespace): WrittenEnvelope {
  const { messageType = 'REQUEST', data = 'pay', senderId = 'gateway', sessionId } = message;
  const info = {
    messageId: message.messageId ?? '216386080',
    correlationId: message.correlationId ?? '3226347',
    messageType,
    serviceId: 'ECHO',
    messageDateMs: atMs,
    sender: { senderId },
    sessionId,
  };
  return writeAsyncDelivery({ info, data: { codec: text, value: data } }, { namespace });
}

function status(messageId: string, messageState: DeliveryState, more: { sessionId?: string } = {}) {
  return {
    notificationId: 'note-1',
    messageId,
    messageState,
    status: { statusCode: 'S1', statusMessage: 'told', statusDateMs: atMs },
    requestDateMs: atMs,
    ...more,
  };
}

interface Bench {
  readonly receiver: SoapEndpoint;
  readonly journal: MessageJournal;
  readonly exchanges: ServedExchange[];
  readonly states: MessageStateEvent[];
  post(envelope: WrittenEnvelope, signer?: EnvelopeSigner): Promise<HttpAnswer>;
  postBytes(body: Uint8Array): Promise<HttpAnswer>;
  inbox(): Promise<number>;
}

function bench(options: Partial<PushReceiverOptions> = {}): Bench {
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
  return {
    receiver,
    journal,
    exchanges,
    states,
    postBytes,
    post: async ({ bytes, layout }, signer = gateway) => postBytes(await signer.sign(bytes, layout)),
    inbox: async () =>
      (await journal.take('inbox', { nowMs: Number.MAX_SAFE_INTEGER - 60_000, limit: 100, leaseMs: 1 }))
        .length,
  };
}

/** The SceXXX code of a fault that is signed by the receiver. */
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

describe('createPushReceiver, sendMessage', () => {
  test('stores the exact bytes, queues the message and only then answers with its ids, signed', async () => {
    const { post, journal, inbox, exchanges, states } = bench();
    const envelope = push({ sessionId: session });
    const bytes = await gateway.sign(envelope.bytes, envelope.layout);
    const answer = await post(envelope, { sign: async () => bytes });
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
    const answer = await bench().post(push({}, asyncClientTypesNamespace));
    const accepted = readAsyncAccepted(await trustsOwn.verify(answer.body));
    expect(accepted.namespace).toBe(asyncClientTypesNamespace);
  });

  test.each([undefined, 'SIGN_NOT_EXIST'])(
    'makes a fresh session when none came that can be echoed: %s',
    async (sessionId) => {
      const { postBytes } = bench();
      const { bytes } = push({ sessionId: session });
      const replaced = Buffer.from(bytes)
        .toString('utf8')
        .replace(
          `<sessionId>${session}</sessionId>`,
          sessionId === undefined ? '' : `<sessionId>${sessionId}</sessionId>`,
        );
      const answer = await postBytes(await gateway.sign(Buffer.from(replaced)));
      const accepted = readAsyncAccepted(await trustsOwn.verify(answer.body));
      expect(accepted.sessionId).toMatch(guid);
      expect(accepted.sessionId).not.toBe(session);
    },
  );

  test('answers without a signature when it has no signer', async () => {
    const answer = await bench({ signer: undefined }).post(push());
    expect(readAsyncAccepted(acceptUnverified(answer.body))).toMatchObject({ messageId: '216386080' });
  });

  test('takes unsigned messages only with verification off', async () => {
    const { postBytes } = bench({ verifier: undefined, verification: 'off', acceptUnverified });
    expect((await postBytes(push().bytes)).status).toBe(200);
  });

  test('answers a repetition as before and stores it once, with a new signature too', async () => {
    const { post, journal, inbox, exchanges } = bench();
    await post(push({ sessionId: session }));
    const answer = await post(push({}));
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
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(push())));
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(200));
    expect((await journal.find({ direction: 'in' })).messages).toHaveLength(1);
    expect(await inbox()).toBe(1);
    expect(exchanges.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
  });

  test('stores another message under the same id beside the first, marked', async () => {
    const { post, journal, exchanges } = bench();
    await post(push({ data: 'one' }));
    expect((await post(push({ data: 'two' }))).status).toBe(200);
    const { messages } = await journal.find({ messageId: '216386080' });
    expect(messages.map(({ code }) => code)).toEqual(['CONFLICTING_ID', undefined]);
    expect(exchanges.map(({ outcome }) => outcome)).toEqual(['stored', 'conflicting']);
  });

  test('stores a reply whose chain is not known, and links one whose chain is', async () => {
    const { post, journal, states } = bench();
    await post(push({ messageType: 'RESPONSE', messageId: '7', correlationId: 'other' }));
    const localKey = await sent(journal, '41');
    await post(push({ messageType: 'RESPONSE', messageId: '8' }));
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
    const answer = await post(push());
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
    const late = post(push());
    await expect.poll(() => time.pending).toBe(1);
    await time.advance(1000);
    expect(await faultOf(await late)).toMatchObject({ code: 'EGW-TIMEOUT' });
    gate.resolve();
    isHeld = false;
    expect((await post(push())).status).toBe(200);
    expect((await memory.find({ direction: 'in' })).messages).toHaveLength(1);
    await receiver.close();
  });

  test('answers although its key refuses to sign the fault', async () => {
    const broken: EnvelopeSigner = { sign: () => Promise.reject(new Error('HSM gone')) };
    const { post, journal, exchanges } = bench({ signer: broken });
    const answer = await post(push());
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
    expect((await post(push())).status).toBe(200);
  });
});

describe('createPushReceiver refuses', () => {
  const cases: readonly (readonly [string, string, () => Promise<Uint8Array>])[] = [
    ['an unsigned message', 'SCE007', async () => push().bytes],
    ['an unsigned fault', 'SCE007', async () => writeFault({ faultString: 'no' }).bytes],
    ['a signed fault', 'SCE001', () => signed(gateway, writeFault({ faultString: 'no' }))],
    ['a message by somebody else', 'SCE006', () => signed(stranger, push())],
    [
      'a message that was changed',
      'SCE006',
      async () =>
        Buffer.from(
          Buffer.from(await signed(gateway, push()))
            .toString()
            .replace('>pay<', '>pax<'),
        ),
    ],
    ['no XML', 'SCE001', async () => Buffer.from('hello')],
    ['no bytes', 'SCE001', async () => new Uint8Array()],
    ['XML that is no envelope', 'SCE001', async () => Buffer.from('<a/>')],
    ['a document type', 'SCE001', async () => Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')],
    [
      'an operation of the gateway',
      'SCE001',
      () => signed(gateway, writeGetMessages({ serviceId: 'ECHO', requestDateMs: atMs })),
    ],
    [
      'the operation of the other channel',
      'SCE001',
      () => signed(gateway, replaced(push(), /sendMessage/g, 'SendMessage')),
    ],
    [
      'an unknown namespace',
      'SCE001',
      () => signed(gateway, replaced(push(), /AsyncChannel\/v10/g, 'AsyncChannel/v11')),
    ],
    [
      'a message without an id',
      'SCE001',
      () => signed(gateway, replaced(push(), /<messageId>.*?<\/messageId>/, '<messageId/>')),
    ],
    [
      'a message without a chain',
      'SCE001',
      () => signed(gateway, replaced(push(), /<correlationId>.*?<\/correlationId>/, '')),
    ],
    ['an id that no journal keeps', 'SCE001', () => signed(gateway, push({ messageId: 'x'.repeat(5000) }))],
    ['an unknown type', 'SCE001', () => signed(gateway, replaced(push(), />REQUEST</, '>QUESTION<'))],
  ];

  test.each(cases)('%s with %s, and stores nothing', async (_title, code, make) => {
    const { postBytes, journal, exchanges } = bench();
    expect((await faultOf(await postBytes(await make()))).code).toBe(code);
    expect((await journal.find({})).messages).toEqual([]);
    expect(exchanges).toMatchObject([{ outcome: 'refused', httpStatus: 500 }]);
  });

  test('a signer whose certificate has expired, with the code of that', async () => {
    const { post } = bench({ verifier: verifierOf('gateway', 'expired') });
    expect((await faultOf(await post(push(), expired))).code).toBe('SCE005');
  });

  test.each([
    [['somebody']],
    [() => false],
    [({ password }: { password: string | undefined }) => password === 'agreed'],
  ])('a sender that is not allowed', async (allowedSenders) => {
    const { post, journal } = bench({ allowedSenders });
    expect((await faultOf(await post(push()))).code).toBe('EGW-SENDER');
    expect((await journal.find({})).messages).toEqual([]);
  });

  test('nobody whom the function knows by certificate', async () => {
    const { post } = bench({
      allowedSenders: ({ signer, serviceId }) => signer?.bin !== null && serviceId === 'ECHO',
    });
    expect((await post(push())).status).toBe(200);
  });

  test('with the codes that were agreed on', async () => {
    const { postBytes } = bench({ faults: { unsigned: { code: 'AGREED-7', text: 'нет подписи' } } });
    expect((await faultOf(await postBytes(push().bytes))).code).toBe('AGREED-7');
  });

  test('in the namespace of the request', async () => {
    const { post } = bench({ allowedSenders: ['somebody'] });
    expect(await faultOf(await post(push({}, asyncClientTypesNamespace)))).toEqual({
      code: 'EGW-SENDER',
      detail: 'sendMessageFault1_sendMessageFault',
      namespace: asyncClientTypesNamespace,
    });
  });

  const wrong: readonly (readonly [string, object])[] = [
    ['no verifier', { verifier: undefined }],
    ['a verifier although verification is off', { verification: 'off', acceptUnverified }],
    ['verification off without the function', { verifier: undefined, verification: 'off' }],
    ['acceptUnverified although verification is on', { acceptUnverified }],
    ['an unknown verification', { verification: 'maybe' }],
    ['an empty list of senders', { allowedSenders: [] }],
    ['a path without a slash', { path: 'push' }],
    ['no time at all', { answerTimeoutMs: 0 }],
    ['a size that is no number', { maxBodyBytes: Number.NaN }],
    ['no room', { maxConcurrent: 0 }],
  ];
  test.each(wrong)('to be made with %s', (_title, options) => {
    expect(() => bench(options)).toThrow(TypeError);
  });
});

async function signed(signer: EnvelopeSigner, { bytes, layout }: WrittenEnvelope): Promise<Uint8Array> {
  return signer.sign(bytes, layout);
}

/** Without a layout: the signer finds its way through what was changed. */
function replaced({ bytes }: WrittenEnvelope, from: RegExp, to: string): WrittenEnvelope {
  return {
    bytes: Buffer.from(Buffer.from(bytes).toString().replace(from, to)),
  } as unknown as WrittenEnvelope;
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
    const answer = await post(
      writeStatusNotification(status('41', 'DELIVERED', { sessionId: session }), { spelling, namespace }),
    );
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
    const answer = await post(writeStatusNotification(status('41', 'ON_DELIVERY')));
    const read = readStatusNotificationAnswer(await trustsOwn.verify(answer.body));
    expect(read.sessionId).toMatch(guid);
  });

  test('keeps the same news once', async () => {
    const { post, journal, exchanges } = bench();
    const localKey = await sent(journal, '41');
    await post(writeStatusNotification(status('41', 'DELIVERED')));
    await post(writeStatusNotification(status('41', 'DELIVERED')));
    expect((await journal.message(localKey))?.version).toBe(4);
    expect(exchanges.map(({ outcome }) => outcome)).toEqual(['status', 'repeated']);
  });

  test('stores and answers news of a message that is not known', async () => {
    const { post, journal, inbox, exchanges } = bench();
    expect((await post(writeStatusNotification(status('99', 'DELIVERED')))).status).toBe(200);
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
    const answer = post(writeStatusNotification(status('41', 'DELIVERED')));
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
    await post(writeStatusNotification(status('41', 'DELIVERED')));
    await post(writeStatusNotification(status('42', 'DELIVERED')));
    expect(exchanges.map(({ outcome }) => outcome)).toEqual(['status-unmatched', 'status-unmatched']);
    expect((await journal.message(queued.localKey))?.state).toBe('queued');
  });

  test.each([
    ['an unknown state', />DELIVERED</, '>LOST<'],
    ['no message', /<messageId>.*?<\/messageId>/, ''],
    ['two statuses', /<status>.*<\/status>/, '$&$&'],
  ])('refuses %s with the fault of the operation', async (_title, from, to) => {
    const { postBytes, journal } = bench();
    const bytes = await signed(
      gateway,
      replaced(writeStatusNotification(status('41', 'DELIVERED')), from, to),
    );
    expect(await faultOf(await postBytes(bytes))).toEqual({
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
    const answer = await bench({ journal: failing }).post(writeStatusNotification(status('41', 'DELIVERED')));
    expect((await faultOf(answer)).code).toBe('SCE909');
  });
});
