import {
  type Clock,
  type EnvelopeSigner,
  type EnvelopeVerifier,
  fixedClock,
  type MessageStateEvent,
} from '@egov-gateway/core';
import { asyncClientTypesNamespace, readFault } from '@egov-gateway/envelope';
import { createMemoryJournal } from '@egov-gateway/journal';
import { loadPem, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { asyncPush, fixture, fixtureText, statusNotification, syncFault } from '@egov-gateway/testing';
import { acceptUnverified, createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';
import { beforeAll, describe, expect, test } from 'vitest';

import { createPushReceiver, type PushReceiverOptions } from './push-receiver.ts';
import type { ServedExchange } from './served-exchange.ts';
import type { HttpAnswer } from './soap-endpoint.ts';

const atMs = Date.UTC(2027, 0, 12, 9);
const guid = /^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/;

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

function verifierAt(clock: Clock): EnvelopeVerifier {
  const trust = pinnedCertificates([parseCertificate(fixture('keys/gateway.crt'))]);
  return createEnvelopeVerifier({ trust, clock });
}

beforeAll(async () => {
  gateway = await signerOf('gateway');
  stranger = await signerOf('other-bin');
  expired = await signerOf('expired', fixedClock(parseCertificate(fixture('keys/expired.crt')).notAfterMs));
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

describe('createPushReceiver refuses', () => {
  const cases: readonly (readonly [string, string, () => Uint8Array | Promise<Uint8Array>])[] = [
    ['an unsigned message', 'SCE007', () => asyncPush()],
    ['an unsigned fault', 'SCE007', () => syncFault()],
    ['a signed fault', 'SCE001', () => gateway.sign(syncFault())],
    ['a message by somebody else', 'SCE006', () => stranger.sign(asyncPush())],
    [
      'a message that was changed',
      'SCE006',
      async () => Buffer.from(String(Buffer.from(await gateway.sign(asyncPush()))).replace('>pay<', '>pax<')),
    ],
    ['no XML', 'SCE001', () => Buffer.from('hello')],
    ['no bytes', 'SCE001', () => new Uint8Array()],
    ['XML that is no envelope', 'SCE001', () => Buffer.from('<a/>')],
    ['a document type', 'SCE001', () => Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')],
    ['an operation of the gateway', 'SCE001', () => gateway.sign(asyncPush({ operation: 'getMessages' }))],
    ['that of the other channel', 'SCE001', () => gateway.sign(asyncPush({ operation: 'SendMessage' }))],
    ['an unknown namespace', 'SCE001', () => gateway.sign(asyncPush({ namespace: 'urn:example:v11' }))],
    ['no messageId', 'SCE001', () => gateway.sign(asyncPush({ messageId: null }))],
    ['an empty messageId', 'SCE001', () => gateway.sign(asyncPush({ messageId: ' ' }))],
    ['no correlationId', 'SCE001', () => gateway.sign(asyncPush({ correlationId: null }))],
    ['an id that no journal keeps', 'SCE001', () => gateway.sign(asyncPush({ messageId: 'x'.repeat(5000) }))],
    ['an unknown type', 'SCE001', () => gateway.sign(asyncPush({ messageType: 'QUESTION' }))],
    ['two senders', 'SCE001', () => gateway.sign(asyncPush({ senderId: 'a</senderId><senderId>b' }))],
  ];

  test.each(cases)('%s with %s, and stores nothing', async (_title, code, make) => {
    const { postBytes, journal, exchanges } = bench();
    expect((await faultOf(await postBytes(await make()))).code).toBe(code);
    expect((await journal.find({})).messages).toEqual([]);
    expect(exchanges).toMatchObject([{ outcome: 'refused', httpStatus: 500 }]);
  });

  test('a signer whose certificate has expired, with the code of that', async () => {
    const { post } = bench({ verifier: verifierOf('gateway', 'expired') });
    expect((await faultOf(await post(asyncPush(), expired))).code).toBe('SCE005');
  });

  test.each([
    [['somebody']],
    [() => false],
    [({ password }: { password: string | undefined }) => password === 'agreed'],
  ])('a sender that is not allowed', async (allowedSenders) => {
    const { post, journal } = bench({ allowedSenders });
    expect((await faultOf(await post(asyncPush()))).code).toBe('EGW-SENDER');
    expect((await journal.find({})).messages).toEqual([]);
  });

  test.each([[['OTHER']], [() => false], [() => 'yes' as unknown as boolean]])(
    'a message of a service that is not ours',
    async (services) => {
      const { post, journal } = bench({ services });
      expect((await faultOf(await post(asyncPush()))).code).toBe('SCE004');
      expect((await journal.find({})).messages).toEqual([]);
    },
  );

  test.each([
    [undefined],
    ['all' as const],
    [['OTHER', 'ECHO']],
    [(serviceId: string) => serviceId === 'ECHO'],
  ])('no message of a service that is', async (services) => {
    expect((await bench({ services }).post(asyncPush())).status).toBe(200);
  });

  const day = 86_400_000;
  test.each([
    ['older than 30 days', 31 * day, {}],
    ['later than 30 days from now', -31 * day, {}],
    ['older than was agreed', 2 * day, { maxPushAgeMs: day }],
  ])('a message that is %s, played back', async (_title, laterMs, options) => {
    const clock = fixedClock(atMs + laterMs);
    const { post, journal } = bench({ clock, ...options });
    expect((await faultOf(await post(asyncPush()))).code).toBe('EGW-OUTDATED');
    expect((await faultOf(await post(statusNotification()))).code).toBe('EGW-OUTDATED');
    expect((await journal.find({})).messages).toEqual([]);
  });

  test('a message without a date that can be read', async () => {
    const dated = Buffer.from(asyncPush()).toString();
    const { post } = bench();
    for (const date of ['', 'yesterday', '2027-02-30T14:00:00+05:00']) {
      const message = Buffer.from(dated.replace('2027-01-12T14:00:00.000+05:00', date));
      expect((await faultOf(await post(message))).code).toBe(date === '' ? 'SCE001' : 'EGW-OUTDATED');
    }
  });

  test('no message of any date, when any is taken', async () => {
    const clock = fixedClock(atMs + 3650 * day);
    const { post } = bench({ clock, maxPushAgeMs: false, verifier: verifierAt(clock) });
    expect((await post(asyncPush())).status).toBe(200);
  });

  test('nobody whom the function knows by certificate', async () => {
    const { post } = bench({
      allowedSenders: ({ signer, serviceId }) => signer?.bin !== null && serviceId === 'ECHO',
    });
    expect((await post(asyncPush())).status).toBe(200);
  });

  test('with the codes that were agreed on', async () => {
    const { postBytes } = bench({ faults: { unsigned: { code: 'AGREED-7', text: 'нет подписи' } } });
    expect((await faultOf(await postBytes(asyncPush()))).code).toBe('AGREED-7');
  });

  test('in the namespace of the request', async () => {
    const { post } = bench({ allowedSenders: ['somebody'] });
    expect(await faultOf(await post(asyncPush({ namespace: asyncClientTypesNamespace })))).toEqual({
      code: 'EGW-SENDER',
      detail: 'sendMessageFault1_sendMessageFault',
      namespace: asyncClientTypesNamespace,
    });
  });

  test('an unsigned notification, with the fault of its own operation', async () => {
    const { postBytes } = bench();
    expect((await faultOf(await postBytes(statusNotification()))).detail).toBe(
      'changeMassageStatusNotificationFault1_changeMassageStatusNotificationFault',
    );
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
    ['no journal', { journal: {} }],
    ['a misspelt limit', { maxBodybytes: 1 }],
    ['a misspelt list', { allowedSender: ['a'] }],
    ['no services', { services: [] }],
    ['a service without an id', { services: [''] }],
    ['services that are no list', { services: 'ECHO' }],
    ['an age that is none', { maxPushAgeMs: -1 }],
    ['an age that is unlimited', { maxPushAgeMs: Number.POSITIVE_INFINITY }],
    ['an offset that is none', { utcOffset: 'UTC+5' }],
    ['a fault without words', { faults: { format: { code: 'X1' } } }],
    ['a fault without a code', { faults: { internal: { code: '', text: 'x' } } }],
    ['a fault that is none', { faults: { timeout: 'X1' } }],
    ['a fault for no reason', { faults: { formal: { code: 'X1', text: 'x' } } }],
  ];
  test.each(wrong)('to be made with %s', (_title, options) => {
    expect(() => bench(options)).toThrow(TypeError);
  });
});

describe('createPushReceiver', () => {
  test('answers with plain 500 when it cannot even write a fault, and goes on', async () => {
    let nowMs = atMs;
    const clock = { now: () => nowMs };
    const { postBytes, post, exchanges } = bench({ clock });
    nowMs = Number.NaN;
    const answer = await postBytes(Buffer.from('<x/>'));
    expect(answer.status).toBe(500);
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(exchanges).toMatchObject([{ outcome: 'failed', reason: 'failed', error: expect.any(Error) }]);
    nowMs = atMs;
    expect((await post(asyncPush())).status).toBe(200);
  });
});
