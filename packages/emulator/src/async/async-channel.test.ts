import { GatewayFault } from '@egov-gateway/core';
import { writeDeliveryNotification, writeGetMessages, writeStatusRequest } from '@egov-gateway/envelope';
import { describe, expect, test } from 'vitest';

import { AsyncParty } from '../../test/async-party.ts';
import { clock, start, startMs, twoSystems } from '../../test/async-systems.ts';
import { faultCodeOf } from '../../test/caller.ts';
import { echo } from '../../test/echo-service.ts';
import { fault } from '../index.ts';

describe('sendMessage', () => {
  test('gives a REQUEST short decimal ids, and its state can be asked for', async () => {
    const { emulator, party } = await start();
    emulator.asyncService(echo, () => undefined);
    const { messageId, correlationId, verified } = await party.message('сәлем');
    expect(messageId).toMatch(/^\d{9}$/);
    expect(correlationId).toMatch(/^\d{10}$/);
    expect(verified).toBe(true);
    await emulator.idle();
    expect(await party.status(messageId)).toMatchObject({
      messageState: 'DELIVERED',
      status: { statusCode: 'EMU-DELIVERED' },
    });
  });

  test('gives ids of another kind when asked to', async () => {
    const { emulator, party } = await start({ async: { ids: (kind, n) => `${kind}-${n}` } });
    emulator.asyncService(echo, () => undefined);
    expect(await party.message('x')).toMatchObject({ messageId: 'message-1', correlationId: 'chain-1' });
  });

  test.each([
    ['a service that nobody provides', { serviceId: 'NONE' }, 'SCE004'],
    ['a reply to no chain', { type: 'UPDATE', correlationId: '1' }, 'EMU-UNKNOWN-CHAIN'],
  ] as const)('refuses %s', async (_case, outgoing, code) => {
    const { emulator, party } = await start();
    emulator.asyncService(echo, () => undefined);
    expect(faultCodeOf(await party.post('x', outgoing))).toBe(code);
    expect(emulator.chains).toEqual([]);
  });

  test.each([
    ['a REQUEST with a correlationId', 'REQUEST', '<correlationId>1</correlationId>', 'SCE001'],
    ['a RESPONSE without one', 'RESPONSE', '', 'SCE001'],
    ['a type that is none', 'QUESTION', '', 'SCE001'],
    ['fields out of order', 'REQUEST', '<routeId>1</routeId>', 'SCE001'],
  ])('refuses %s', async (_case, type, extra, code) => {
    const { emulator, party } = await start();
    emulator.asyncService(echo, () => undefined);
    const xml =
      '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
      '<t:sendMessage xmlns:t="http://bip.bee.kz/AsyncChannel/v10/Types"><request><messageInfo>' +
      `${extra}<serviceId>ECHO</serviceId><messageType>${type}</messageType>` +
      '<messageDate>2026-11-01T11:00:00.000+05:00</messageDate>' +
      '<sender><senderId>test-system</senderId><password>test-only</password></sender>' +
      '</messageInfo><messageData><data/></messageData></request></t:sendMessage></soap:Body></soap:Envelope>';
    const answer = await emulator.transport().exchange({
      url: new URL('/bip-async/', emulator.asyncUrl),
      headers: { 'content-type': 'text/xml' },
      body: Buffer.from(xml),
      signal: new AbortController().signal,
    });
    expect(faultCodeOf(answer)).toBe(code);
    expect(Buffer.from(answer.body).toString()).toContain('sendMessageFault1_sendMessageFault');
    expect(party.pushed).toEqual([]);
  });

  test('goes through the same checks as the synchronous channel', async () => {
    const { emulator } = await start();
    emulator.asyncService(echo, () => undefined);
    const wrong = new AsyncParty(emulator, { clock, password: 'wrong' });
    expect(faultCodeOf(await wrong.post('x'))).toBe('EMU-WRONG-PASSWORD');
    emulator.suspend('test-system');
    const suspended = new AsyncParty(emulator, { clock });
    expect(faultCodeOf(await suspended.post('x'))).toBe('EMU-SUSPENDED');
  });

  const sender = { senderId: 'test-system', password: 'wrong' };
  test.each([
    ['getMessageStatus', writeStatusRequest({ messageId: '1', requestDateMs: startMs, sender })],
    ['getMessages', writeGetMessages({ serviceId: 'ECHO', sender })],
    [
      'sendDeliveryNotification',
      writeDeliveryNotification({
        messageId: '1',
        serviceId: 'ECHO',
        receiveStatus: 'accepted',
        requestDateMs: startMs,
        sender,
      }),
    ],
  ])('a check refuses %s with the fault of that operation', async (operation, written) => {
    const { party } = await start();
    const answer = await party.send(written);
    expect(faultCodeOf(answer)).toBe('EMU-WRONG-PASSWORD');
    expect(Buffer.from(answer.body).toString()).toContain(`${operation}Fault1_${operation}Fault`);
  });

  test('is no operation of the synchronous endpoint', async () => {
    const { emulator } = await start();
    const party = new AsyncParty(emulator, { clock, url: emulator.url });
    expect(faultCodeOf(await party.post('x'))).toBe('SCE001');
  });
});

describe('a built-in service', () => {
  test('answers now: status and RESPONSE are pushed', async () => {
    const { emulator, party } = await start();
    emulator.asyncService(echo, (text) => `${text}!`).pushTo('test-system', party.receive);
    const { messageId, correlationId } = await party.message('a');
    await emulator.idle();
    expect(party.pushed).toMatchObject([
      { kind: 'status', messageId, what: 'DELIVERED' },
      { kind: 'message', correlationId, what: 'RESPONSE', text: 'a!' },
    ]);
    expect(emulator.chain(correlationId ?? '')?.messages.map(({ state }) => state)).toEqual([
      'DELIVERED',
      'DELIVERED',
    ]);
  });

  test('answers later, with a preliminary answer before', async () => {
    const { emulator, party } = await start();
    emulator.pushTo('test-system', party.receive).asyncService(echo, async (text, chain) => {
      await chain.notify('taken up');
      await chain.respond(`${text}!`, { afterMs: 3_600_000 });
    });
    await party.message('a');
    await emulator.idle();
    expect(party.pushed.map(({ what }) => what)).toEqual(['NOTIFICATION', 'DELIVERED']);
    await emulator.advance(3_599_999);
    expect(party.pushed).toHaveLength(2);
    await emulator.advance(1);
    expect(party.pushed[2]).toMatchObject({ what: 'RESPONSE', text: 'a!' });
  });

  test('answers when the test says so', async () => {
    const { emulator, party } = await start();
    emulator.asyncService(echo, () => undefined);
    const { correlationId = '' } = await party.message('a');
    await emulator.idle();
    expect(await party.pulled()).toEqual([]);
    await emulator.chain(correlationId)?.respond('done');
    expect(await party.pulled()).toEqual(['RESPONSE done']);
  });

  test('is called after its delay, by the clock that is moved', async () => {
    const { emulator, party } = await start({ async: { handlerDelayMs: 500 } });
    emulator.asyncService(echo, (text) => text);
    const { messageId } = await party.message('a');
    await emulator.advance(499);
    expect((await party.status(messageId)).messageState).toBe('ON_DELIVERY');
    await emulator.advance(1);
    expect((await party.status(messageId)).messageState).toBe('DELIVERED');
  });

  test('is told of an UPDATE', async () => {
    const { emulator, party } = await start();
    const seen: string[] = [];
    emulator.asyncService(echo, () => undefined, { onUpdate: (text) => void seen.push(text) });
    const { correlationId = '' } = await party.message('a');
    await party.message('b', { type: 'UPDATE', correlationId });
    await emulator.idle();
    expect(seen).toEqual(['b']);
  });

  test.each([
    ['refuses', () => fault({ errorCode: 'X1', errorMessage: 'no' }), 'X1'],
    [
      'throws',
      () => {
        throw new Error('broken');
      },
      'EMU-HANDLER-ERROR',
    ],
    ['answers what its contract refuses', () => 'x'.repeat(101), 'EMU-ANSWER-INVALID'],
  ] as const)('that %s leaves the REQUEST undelivered', async (_case, handler, code) => {
    const { emulator, party } = await start();
    emulator.asyncService(echo, handler).pushTo('test-system', party.receive);
    const { messageId } = await party.message('a');
    await emulator.idle();
    expect(party.pushed).toMatchObject([{ kind: 'status', messageId, what: 'NOT_DELIVERED', code }]);
    expect(emulator.asyncErrors).toHaveLength(code === 'X1' ? 0 : 1);
  });

  test('refuses data that is not its own', async () => {
    const { emulator, party } = await start();
    emulator.asyncService({ ...echo, id: 'EHEALTH_MEDICAL_EXEMPTION_SEARCH' }, (text) => text);
    const { messageId } = await party.message('x'.repeat(100), {
      serviceId: 'EHEALTH_MEDICAL_EXEMPTION_SEARCH',
    });
    await emulator.idle();
    expect((await party.status(messageId)).messageState).toBe('DELIVERED');
    const other = await start();
    const { messageId: unfit } = await other.party.message('x', {
      serviceId: 'EHEALTH_MEDICAL_EXEMPTION_SEARCH',
    });
    await other.emulator.idle();
    expect(other.emulator.chains[0]?.messages).toMatchObject([{ messageId: unfit, code: 'SCE001' }]);
  });

  test('of another system cannot be answered for it', async () => {
    const { emulator, initiator } = await twoSystems();
    const { correlationId = '' } = await initiator.message('a');
    await expect(emulator.chain(correlationId)?.respond('x')).rejects.toThrow(TypeError);
    await expect(emulator.chain(correlationId)?.notify('x', { afterMs: -1 })).rejects.toThrow(TypeError);
  });
});

describe('two systems', () => {
  test('by PUSH: request, preliminary answer, update and answer', async () => {
    const { emulator, initiator, provider } = await twoSystems();
    emulator.pushTo('test-system', initiator.receive).pushTo('provider', provider.receive);
    const { messageId, correlationId = '' } = await initiator.message('a');
    await emulator.idle();
    expect(provider.pushed).toMatchObject([
      { kind: 'message', messageId, correlationId, what: 'REQUEST', text: 'a' },
    ]);
    await provider.message('b', { type: 'NOTIFICATION', correlationId });
    await initiator.message('c', { type: 'UPDATE', correlationId });
    await provider.message('d', { type: 'RESPONSE', correlationId });
    await emulator.idle();
    expect(provider.pushed.filter(({ kind }) => kind === 'message').map(({ text }) => text)).toEqual([
      'a',
      'c',
    ]);
    expect(initiator.pushed.filter(({ kind }) => kind === 'message').map(({ text }) => text)).toEqual([
      'b',
      'd',
    ]);
    expect(emulator.chains).toHaveLength(1);
    expect(emulator.chains[0]?.messages.every(({ state }) => state === 'DELIVERED')).toBe(true);
  });

  test('by PULL: nothing leaves a queue before it is confirmed', async () => {
    const { initiator, provider } = await twoSystems();
    const { messageId, correlationId = '' } = await initiator.message('a');
    expect(await provider.pulled()).toEqual(['REQUEST a']);
    expect(await provider.pulled()).toEqual(['REQUEST a']);
    expect(await initiator.pulled()).toEqual([]);
    expect((await initiator.status(messageId)).messageState).toBe('ON_DELIVERY');
    await provider.confirm(messageId);
    expect(await provider.pulled()).toEqual([]);
    expect((await initiator.status(messageId)).messageState).toBe('DELIVERED');
    await provider.message('b', { type: 'RESPONSE', correlationId });
    expect(await initiator.pulled({ correlationId })).toEqual(['RESPONSE b']);
  });

  test('one by PUSH, the other by PULL', async () => {
    const { emulator, initiator, provider } = await twoSystems();
    emulator.pushTo('test-system', initiator.receive);
    const { messageId, correlationId = '' } = await initiator.message('a');
    await provider.confirm(messageId);
    await provider.message('b', { type: 'RESPONSE', correlationId });
    await emulator.idle();
    expect(initiator.pushed.map(({ what }) => what)).toEqual(['DELIVERED', 'RESPONSE']);
  });

  test('keep what waits for a system until it has an address', async () => {
    const { emulator, initiator, provider } = await twoSystems();
    await initiator.message('a');
    await emulator.idle();
    emulator.pushTo('provider', provider.receive);
    await emulator.idle();
    expect(provider.pushed.map(({ text }) => text)).toEqual(['a']);
  });

  test('cannot see, confirm or answer what is not theirs', async () => {
    const { emulator, initiator, provider } = await twoSystems();
    const { certificate } = emulator.testSystem.signingKey;
    emulator.register({ senderId: 'stranger', password: 's', certificates: [certificate] });
    const stranger = new AsyncParty(emulator, { clock, senderId: 'stranger', password: 's' });
    const { messageId, correlationId = '' } = await initiator.message('a');
    expect(await stranger.pulled()).toEqual([]);
    const refused = async (work: Promise<unknown>): Promise<string | undefined> => {
      const error = await work.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      return error instanceof GatewayFault ? error.errorInfo?.errorCode : undefined;
    };
    expect(await refused(stranger.status(messageId))).toBe('EMU-UNKNOWN-MESSAGE');
    expect(await refused(provider.status(messageId))).toBe('EMU-UNKNOWN-MESSAGE');
    expect(await refused(stranger.confirm(messageId))).toBe('EMU-UNKNOWN-MESSAGE');
    expect(await refused(initiator.confirm(messageId))).toBe('EMU-UNKNOWN-MESSAGE');
    expect(await refused(stranger.message('x', { type: 'RESPONSE', correlationId }))).toBe(
      'EMU-UNKNOWN-CHAIN',
    );
  });
});

describe('sendDeliveryNotification', () => {
  test('not accepted, RESEND: the message stays', async () => {
    const { initiator, provider } = await twoSystems();
    const { messageId } = await initiator.message('a');
    await provider.confirm(messageId, { receiveStatus: 'notAccepted', resend: true });
    expect(await provider.pulled()).toEqual(['REQUEST a']);
    expect((await initiator.status(messageId)).messageState).toBe('ON_DELIVERY');
  });

  test('not accepted, NOT_RESEND: the sender is told why', async () => {
    const { emulator, initiator, provider } = await twoSystems();
    emulator.pushTo('test-system', initiator.receive);
    const { messageId } = await initiator.message('a');
    const error = { errorCode: 'X9', errorMessage: 'no', errorDateMs: startMs };
    await provider.confirm(messageId, { receiveStatus: 'notAccepted', error });
    await emulator.idle();
    expect(await provider.pulled()).toEqual([]);
    expect(initiator.pushed).toMatchObject([{ what: 'NOT_DELIVERED', code: 'X9' }]);
  });

  test('may come again', async () => {
    const { initiator, provider } = await twoSystems();
    const { messageId } = await initiator.message('a');
    const first = await provider.confirm(messageId);
    expect(await provider.confirm(messageId)).not.toBe(first);
  });
});

describe('getMessages', () => {
  test('hands out as many as asked for, oldest first', async () => {
    const { initiator, provider } = await twoSystems({ async: { pullAmount: 3 } });
    for (const text of ['a', 'b', 'c', 'd']) await initiator.message(text);
    expect(await provider.pulled({ amount: 2 })).toEqual(['REQUEST a', 'REQUEST b']);
    expect(await provider.pulled({ amount: 0 })).toHaveLength(3);
    expect(await provider.pulled()).toHaveLength(3);
  });

  test('filters by message', async () => {
    const { initiator, provider } = await twoSystems();
    await initiator.message('a');
    const { messageId } = await initiator.message('b');
    expect(await provider.pulled({ messageId })).toEqual(['REQUEST b']);
  });

  test('refuses a service that is none', async () => {
    const { party } = await start();
    await expect(party.pull({ serviceId: 'NONE' })).rejects.toThrow(GatewayFault);
  });
});
