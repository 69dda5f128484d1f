import { fixedClock } from '@egov-gateway/core';
import { asyncClientTypesNamespace } from '@egov-gateway/envelope';
import { parseCertificate } from '@egov-gateway/keys';
import { asyncPush, fixture, statusNotification, syncFault } from '@egov-gateway/testing';
import { acceptUnverified } from '@egov-gateway/wsse';
import { describe, expect, test } from 'vitest';

import { atMs, bench, faultOf, gateway, signerOf, verifierOf } from '../../test/push-bench.ts';

const stranger = await signerOf('other-bin');
const expired = await signerOf(
  'expired',
  fixedClock(parseCertificate(fixture('keys/expired.crt')).notAfterMs),
);

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
    const { post } = bench({ verifier: verifierOf(['gateway', 'expired']) });
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
    const { post } = bench({ clock, maxPushAgeMs: false, verifier: verifierOf(['gateway'], clock) });
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
