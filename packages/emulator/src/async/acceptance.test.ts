import { describe, expect, test } from 'vitest';

import type { AsyncParty } from '../../test/async-party.ts';
import { start, twoSystems } from '../../test/async-systems.ts';
import { faultCodeOf } from '../../test/caller.ts';
import { echo } from '../../test/echo-service.ts';

describe('dedupe', () => {
  const send = (party: AsyncParty): Promise<string> =>
    party.message('a', { messageId: 'own-1' }).then(({ messageId }) => messageId);

  test('none: the same message again is another one', async () => {
    const { emulator, party } = await start();
    emulator.asyncService(echo, () => undefined);
    expect(await send(party)).not.toBe(await send(party));
    expect(emulator.chains).toHaveLength(2);
  });

  test('message-id: the answer of the first time, and no second effect', async () => {
    const effects: string[] = [];
    const onEffect = ({
      senderMessageId,
      text,
    }: {
      senderMessageId: string | undefined;
      text: string;
    }): void => {
      effects.push(`${senderMessageId} ${text}`);
    };
    const { emulator, party } = await start({ async: { dedupe: 'message-id', onEffect } });
    let calls = 0;
    emulator.asyncService(echo, () => {
      calls += 1;
      return undefined;
    });
    const [first, second] = [await send(party), await send(party)];
    await emulator.idle();
    expect(second).toBe(first);
    expect([calls, effects]).toEqual([1, ['own-1 a']]);
    expect(emulator.chains).toHaveLength(1);
  });

  test('message-id, while the first is still being accepted', async () => {
    const { emulator, party } = await start({ async: { dedupe: 'message-id' } });
    emulator.asyncService(echo, () => undefined);
    const [first, second] = await Promise.all([send(party), send(party)]);
    expect(second).toBe(first);
  });

  test('message-id: with duplicates as faults', async () => {
    const { emulator, party } = await start({ async: { dedupe: 'message-id', duplicates: 'fault' } });
    emulator.asyncService(echo, () => undefined);
    await send(party);
    expect(faultCodeOf(await party.post('a', { messageId: 'own-1' }))).toBe('EMU-DUPLICATE-ID');
  });

  test('message-id: the same id of another sender is another message', async () => {
    const { initiator, provider } = await twoSystems({ async: { dedupe: 'message-id' } });
    expect(await send(initiator)).not.toBe(await send(provider));
  });
});

describe('onEffect', () => {
  test('that throws does not cost the sender its answer', async () => {
    const onEffect = (): never => {
      throw new Error('ledger');
    };
    const { emulator, party } = await start({ async: { onEffect } });
    emulator.asyncService(echo, () => undefined);
    expect((await party.message('a')).messageId).toMatch(/^\d+$/);
    expect(emulator.exchanges[0]?.error).toBeInstanceOf(Error);
  });
});
