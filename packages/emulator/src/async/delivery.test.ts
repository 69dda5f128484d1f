import { describe, expect, test } from 'vitest';

import { refusePush, soap } from '../../test/async-party.ts';
import { twoSystems } from '../../test/async-systems.ts';

describe('a push that fails', () => {
  test('is repeated by the schedule, and stopped at its end', async () => {
    const { emulator, initiator } = await twoSystems({ async: { push: { retryDelaysMs: [1000, 60_000] } } });
    let attempts = 0;
    emulator.pushTo('provider', async () => {
      attempts += 1;
      throw new Error('not there');
    });
    const { messageId } = await initiator.message('a');
    await emulator.idle();
    expect(attempts).toBe(1);
    await emulator.advance(999);
    expect(attempts).toBe(1);
    await emulator.advance(1);
    expect(attempts).toBe(2);
    expect((await initiator.status(messageId)).messageState).toBe('ON_DELIVERY');
    await emulator.advance(3_600_000);
    expect(attempts).toBe(3);
    expect((await initiator.status(messageId)).messageState).toBe('DELIVERY_STOPPED');
  });

  test.each([
    ['HTTP 503', () => soap(503, new Uint8Array())],
    ['an answer that is no SOAP', () => soap(200, Buffer.from('ok'))],
    ['a fault', () => refusePush('X2')],
  ])('with %s succeeds at the next attempt', async (_case, first) => {
    const { emulator, initiator, provider } = await twoSystems();
    let attempts = 0;
    emulator.pushTo('provider', async (request) => {
      attempts += 1;
      return attempts === 1 ? first() : provider.receive(request);
    });
    await initiator.message('a');
    await emulator.idle();
    await emulator.advance(1000);
    expect(provider.pushed.map(({ text }) => text)).toEqual(['a']);
  });

  test('with a fault is the end when the option says so', async () => {
    const { emulator, initiator } = await twoSystems({ async: { push: { onFault: 'stop' } } });
    emulator.pushTo('test-system', initiator.receive).pushTo('provider', async () => refusePush('X3'));
    await initiator.message('a');
    await emulator.idle();
    expect(initiator.pushed).toMatchObject([{ what: 'NOT_DELIVERED', code: 'X3' }]);
  });

  test('and does not hold up those to others, nor those behind it', async () => {
    const { emulator, initiator, provider } = await twoSystems();
    let attempts = 0;
    emulator.pushTo('provider', async (request) => {
      attempts += 1;
      return attempts === 1 ? refusePush('X') : provider.receive(request);
    });
    await initiator.message('a');
    await initiator.message('b');
    await emulator.idle();
    expect(provider.pushed.map(({ text }) => text)).toEqual(['b']);
    await emulator.advance(1000);
    expect(provider.pushed.map(({ text }) => text)).toEqual(['b', 'a']);
  });

  test('is not sent to a system that is suspended', async () => {
    const { emulator, initiator, provider } = await twoSystems();
    emulator.pushTo('provider', provider.receive).suspend('provider');
    await initiator.message('a');
    await emulator.idle();
    expect(provider.pushed).toEqual([]);
    emulator.resume('provider');
    await emulator.advance(1000);
    expect(provider.pushed).toHaveLength(1);
  });
});
