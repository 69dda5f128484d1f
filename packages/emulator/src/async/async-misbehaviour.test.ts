import { fixedClock, SendError } from '@egov-gateway/core';
import { describe, expect, onTestFinished, test } from 'vitest';

import { AsyncParty } from '../../test/async-party.ts';
import { echo } from '../../test/echo-service.ts';
import { createEmulator, type Emulator } from '../index.ts';

const clock = fixedClock(Date.UTC(2026, 10, 1, 6));
const DAY_MS = 86_400_000;

/** An emulator whose echo service answers at once, and its test system, which is pushed to. */
async function start(): Promise<{ emulator: Emulator; party: AsyncParty }> {
  const emulator = await createEmulator({ clock });
  onTestFinished(() => emulator.close());
  const party = new AsyncParty(emulator, { clock });
  emulator.asyncService(echo, (text) => `${text}!`).pushTo('test-system', party.receive);
  return { emulator, party };
}

const messages = ({ pushed }: AsyncParty): readonly (string | undefined)[] =>
  pushed.filter(({ kind }) => kind === 'message').map(({ text }) => text);

describe('misbehave', () => {
  test('lost-answer: the message is accepted all the same', async () => {
    const { emulator, party } = await start();
    emulator.misbehave('lost-answer');
    await expect(party.message('a')).rejects.toThrow(SendError);
    await emulator.idle();
    expect(messages(party)).toEqual(['a!']);
    expect(emulator.exchanges[0]).toMatchObject({ misbehaviour: 'lost-answer', result: 'misbehaved' });
    expect(emulator.misbehavioursLeft).toBe(0);
  });

  test('duplicate-push', async () => {
    const { emulator, party } = await start();
    emulator.pushTo('test-system', undefined).misbehave('duplicate-push');
    await party.message('a');
    await emulator.idle();
    emulator.pushTo('test-system', party.receive);
    await emulator.idle();
    expect(messages(party)).toEqual(['a!', 'a!']);
    expect(party.pushed[0]).toEqual(party.pushed[1]);
  });

  test('push-out-of-order', async () => {
    const { emulator, party } = await start();
    await party.message('a');
    await emulator.idle();
    emulator.misbehave('push-out-of-order');
    await party.message('b');
    await emulator.idle();
    expect(messages(party)).toEqual(['a!']);
    await party.message('c');
    await emulator.idle();
    expect(messages(party).slice(1).sort()).toEqual(['b!', 'c!']);
    expect(messages(party)).not.toEqual(['a!', 'b!', 'c!']);
  });

  test('push-out-of-order: alone, after its delay', async () => {
    const { emulator, party } = await start();
    emulator.pushTo('test-system', undefined).misbehave('push-out-of-order', { delayMs: 5000 });
    await party.message('a');
    await emulator.idle();
    emulator.pushTo('test-system', party.receive);
    await emulator.advance(4999);
    expect(messages(party)).toEqual([]);
    await emulator.advance(1);
    expect(messages(party)).toEqual(['a!']);
  });

  test('late-answer: a day later', async () => {
    const { emulator, party } = await start();
    emulator.misbehave('late-answer');
    await party.message('a');
    await emulator.advance(DAY_MS - 1);
    expect(messages(party)).toEqual([]);
    await emulator.advance(1);
    expect(messages(party)).toEqual(['a!']);
  });

  test('late-answer: of one that is given by hand', async () => {
    const { emulator, party } = await start();
    emulator.asyncService(echo, () => undefined);
    const { correlationId = '' } = await party.message('a');
    await emulator.idle();
    emulator.misbehave('late-answer', { delayMs: 10 });
    await emulator.chain(correlationId)?.respond('b');
    await emulator.idle();
    expect(messages(party)).toEqual([]);
    await emulator.advance(10);
    expect(messages(party)).toEqual(['b']);
  });

  test('status-stuck: answered, and ON_DELIVERY for ever', async () => {
    const { emulator, party } = await start();
    emulator.misbehave('status-stuck');
    const { messageId } = await party.message('a');
    await emulator.advance(30 * DAY_MS);
    expect(messages(party)).toEqual(['a!']);
    expect((await party.status(messageId)).messageState).toBe('ON_DELIVERY');
    expect(party.pushed.some(({ kind }) => kind === 'status')).toBe(false);
  });

  test('duplicate-gateway-ids: of a message, and of a reply only', async () => {
    const { emulator, party } = await start();
    const first = await party.message('a');
    await emulator.idle();
    emulator.misbehave('duplicate-gateway-ids', { messageType: 'RESPONSE' });
    const second = await party.message('b');
    await emulator.idle();
    expect(second.messageId).not.toBe(first.messageId);
    expect(second.correlationId).not.toBe(first.correlationId);
    const reply = party.pushed.find(({ text }) => text === 'b!');
    expect(reply?.messageId).toBe(second.messageId);
  });

  test('unknown-chain-reply: before the right one', async () => {
    const { emulator, party } = await start();
    emulator.misbehave('unknown-chain-reply');
    const { correlationId } = await party.message('a');
    await emulator.idle();
    const [stray, reply] = party.pushed.filter(({ kind }) => kind === 'message');
    expect(stray).toMatchObject({ what: 'RESPONSE', text: 'a!' });
    expect(stray?.correlationId).not.toBe(correlationId);
    expect(reply?.correlationId).toBe(correlationId);
  });

  test('fault-on-confirm: the message stays', async () => {
    const { emulator, party } = await start();
    emulator.pushTo('test-system', undefined).misbehave('fault-on-confirm');
    await party.message('a');
    await emulator.idle();
    const { messages: pulled } = await party.pull();
    const messageId = pulled[0]?.info.messageId ?? '';
    await expect(party.confirm(messageId)).rejects.toMatchObject({
      errorInfo: { errorCode: 'EMU-SCRIPTED' },
    });
    expect(await party.pulled()).toHaveLength(1);
    await party.confirm(messageId);
    expect(await party.pulled()).toHaveLength(0);
  });

  test.each(['unsigned-push', 'wrong-key-push', 'tampered-push'] as const)(
    '%s: refused by the receiver, right at the next attempt',
    async (name) => {
      const { emulator, party } = await start();
      emulator.misbehave(name);
      await party.message('a');
      await emulator.idle();
      expect(party.pushed).toHaveLength(1);
      await emulator.advance(1000);
      expect(party.pushed).toHaveLength(2);
    },
  );

  test('oversized-push: as large as it is told', async () => {
    const { emulator, party } = await start();
    const sizes: number[] = [];
    emulator.pushTo('test-system', (request) => {
      sizes.push(request.body.length);
      return party.receive(request);
    });
    emulator.misbehave('oversized-push', { pushBytes: 1_000_000 });
    await party.message('a');
    await emulator.idle();
    expect(sizes[0]).toBe(1_000_000);
    expect(sizes[1]).toBeLessThan(10_000);
  });

  test('a scenario of an exchange works here, too, and one of the other channel waits', async () => {
    const { emulator, party } = await start();
    emulator.misbehave('tampered-body').misbehave('empty-data');
    await expect(party.message('a')).rejects.toMatchObject({ code: 'ERR_VERIFY_DIGEST' });
    await party.message('b');
    expect(emulator.misbehavioursLeft).toBe(1);
    emulator.behave();
    expect(emulator.misbehavioursLeft).toBe(0);
  });

  test('signed-fault: nothing is accepted', async () => {
    const { emulator, party } = await start();
    emulator.misbehave('signed-fault');
    await expect(party.message('a')).rejects.toMatchObject({ errorInfo: { errorCode: 'EMU-SCRIPTED' } });
    expect(emulator.chains).toEqual([]);
  });

  test('takes only what a scenario knows', async () => {
    const { emulator } = await start();
    const add = (options: object): unknown => emulator.misbehave('late-answer', options);
    for (const options of [{ pushBytes: 1 }, { times: 0 }, { delayMs: -1 }, { delayMs: Number.NaN }]) {
      expect(() => add(options)).toThrow(TypeError);
    }
    emulator.misbehave('late-answer', { times: Number.POSITIVE_INFINITY, serviceId: 'OTHER' });
  });
});
