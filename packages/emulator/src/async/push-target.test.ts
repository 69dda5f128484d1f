import { describe, expect, test } from 'vitest';

import { createEmulator } from '../index.ts';
import { pushTarget } from './push-target.ts';

const answer = { status: 200, headers: {}, body: new Uint8Array() };
const request = {
  url: new URL('http://receiver.invalid/a?b=1'),
  headers: { 'content-type': 'text/xml' },
  body: new Uint8Array([1]),
  signal: new AbortController().signal,
};

describe('an address for pushes', () => {
  test.each([
    'http://127.0.0.1:1/push',
    new URL('https://receiver.example/'),
    { url: 'http://127.0.0.1:1/' },
  ])('may be a URL', (address) => {
    expect(pushTarget(address).transport).toBeUndefined();
  });

  test('may be a transport, a function, or an endpoint in the same process', async () => {
    const seen: unknown[] = [];
    const exchange = async (): Promise<typeof answer> => answer;
    const handle = async (given: unknown): Promise<typeof answer> => {
      seen.push(given);
      return answer;
    };
    for (const address of [
      { exchange },
      exchange,
      { handle },
      { url: 'https://receiver.example', transport: { exchange } },
    ]) {
      expect(await pushTarget(address).transport?.exchange(request)).toBe(answer);
    }
    expect(seen).toMatchObject([{ method: 'POST', target: '/a?b=1', body: request.body }]);
  });

  test.each(['', 'not a url', 'ftp://receiver.example/', '/push'])('is not %j', async (address) => {
    expect(() => pushTarget(address)).toThrow(TypeError);
    await expect(
      createEmulator({ systems: [{ senderId: 'a', bin: '991340000017', push: address }] }),
    ).rejects.toThrow(TypeError);
  });

  test('belongs to a system that is registered', async () => {
    const emulator = await createEmulator();
    expect(() => emulator.pushTo('nobody', 'http://127.0.0.1:1/')).toThrow(TypeError);
    await emulator.close();
  });
});

describe('options of the asynchronous channel', () => {
  test.each([
    { dedupe: 'always' },
    { duplicates: 'ignore' },
    { ids: 'hex' },
    { handlerDelayMs: -1 },
    { handlerDelayMs: 0.5 },
    { pullAmount: 0 },
    { push: { retryDelaysMs: [Number.NaN] } },
    { push: { onFault: 'panic' } },
    { push: { answers: 'maybe' } },
    { push: { timeoutMs: 2 ** 31 } },
  ])('refuse %j', async (options) => {
    await expect(createEmulator({ async: options as object })).rejects.toThrow(TypeError);
  });

  test('refuse two endpoints with one path on both channels', async () => {
    await expect(createEmulator({ asyncEndpoints: [{ path: '/bip-sync' }] })).rejects.toThrow(TypeError);
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('advance refuses %d', async (ms) => {
    const emulator = await createEmulator();
    await expect(emulator.advance(ms)).rejects.toThrow(TypeError);
    await emulator.close();
  });
});
