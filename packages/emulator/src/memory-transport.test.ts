import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { faultCodeOf, post, readAnswer, requestEnvelope } from '../test/caller.ts';
import { echo } from '../test/echo-service.ts';
import { createEmulator } from './index.ts';

describe('transport', () => {
  test('rejects with the reason of a signal that is aborted already, and nothing arrives', async () => {
    const emulator = await createEmulator();
    const reason = new Error('never mind');
    const signal = AbortSignal.abort(reason);
    await expect(post(emulator.transport(), emulator.url, new Uint8Array(), { signal })).rejects.toBe(reason);
    expect(emulator.exchanges).toEqual([]);
  });

  test('rejects with the reason of a signal that is aborted on the way, and aborts the handler', async () => {
    const emulator = await createEmulator();
    const abort = new AbortController();
    const reason = new Error('enough');
    let seen: unknown;
    emulator.service(echo, (_text, { signal }) => {
      signal.addEventListener('abort', () => {
        seen = signal.reason;
      });
      abort.abort(reason);
      return new Promise<string>(() => undefined);
    });
    const envelope = await requestEnvelope(emulator);
    await expect(post(emulator.transport(), emulator.url, envelope, { signal: abort.signal })).rejects.toBe(
      reason,
    );
    expect(seen).toBe(reason);
    await expect.poll(() => emulator.exchanges).toMatchObject([{ result: 'failed' }]);
  });

  test('rejects what is under way, and what comes later, when the emulator is closed', async () => {
    const emulator = await createEmulator();
    emulator.misbehave('never-answer', { times: Number.POSITIVE_INFINITY });
    const envelope = await requestEnvelope(emulator);
    const running = codeOf(() => post(emulator.transport(), emulator.url, envelope));
    await expect.poll(() => emulator.exchanges.length).toBe(1);
    await emulator.close();
    expect(await running).toBe('ERR_SEND_NETWORK');
    expect(await codeOf(() => post(emulator.transport(), emulator.url, envelope))).toBe('ERR_SEND_NETWORK');
  });

  test('refuses a request beyond the limit as HTTP would', async () => {
    const emulator = await createEmulator({ maxRequestBytes: 100 });
    const answer = await post(emulator.transport(), emulator.url, new Uint8Array(101));
    expect(answer.status).toBe(413);
    expect(emulator.exchanges).toMatchObject([{ result: 'failed', httpStatus: 413 }]);
  });

  test('does not see what the caller does to its buffer later', async () => {
    const emulator = await createEmulator();
    emulator.service(echo, (text) => text);
    const envelope = Buffer.from(await requestEnvelope(emulator));
    const running = post(emulator.transport(), emulator.url, envelope);
    envelope.fill(0);
    expect(faultCodeOf(await running)).toBeNull();
    expect(Buffer.from(emulator.exchanges[0]?.request ?? []).toString()).toContain('<soap:Envelope');
  });

  test('serves 200 at once, each its own answer', async () => {
    const emulator = await createEmulator();
    emulator.service(echo, async (text) => {
      await new Promise((resolve) => setImmediate(resolve));
      return text;
    });
    const texts = Array.from({ length: 200 }, (_, index) => `№ ${index}`);
    const answers = await Promise.all(
      texts.map(async (text) => {
        const answer = await post(
          emulator.transport(),
          emulator.url,
          await requestEnvelope(emulator, { text }),
        );
        return (await readAnswer(emulator, answer)).data?.first?.text();
      }),
    );
    expect(answers).toEqual(texts);
    expect(new Set(emulator.exchanges.map(({ number }) => number)).size).toBe(200);
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses %s as maxResponseBytes', async (maxResponseBytes) => {
    const emulator = await createEmulator();
    expect(() => emulator.transport({ maxResponseBytes })).toThrow(TypeError);
  });
});

describe('createEmulator', () => {
  test.each([
    { acceptWithinMs: 0 },
    { answerWithinMs: 2 ** 31 },
    { maxRequestBytes: Number.NaN },
    { maxExchanges: 0 },
    { systems: [{ senderId: '' }] },
    { services: [{ id: 'A' }] },
  ])('refuses %j', async (options) => {
    await expect(createEmulator(options)).rejects.toThrow(TypeError);
  });

  test('stops checks that take longer than acceptWithinMs', async () => {
    const emulator = await createEmulator({
      acceptWithinMs: 5,
      isRevoked: () => new Promise<boolean>(() => undefined),
    });
    const answer = await post(emulator.transport(), emulator.url, await requestEnvelope(emulator));
    expect(faultCodeOf(answer)).toBe('EMU-ACCEPT-TIMEOUT');
    expect(emulator.exchanges[0]?.passed).toEqual(['signed']);
  });
});
