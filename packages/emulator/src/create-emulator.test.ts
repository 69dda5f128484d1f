import { fixedClock } from '@egov-gateway/core';
import { describe, expect, test } from 'vitest';

import { faultCodeOf, post, readAnswer, requestEnvelope } from '../test/caller.ts';
import { echo } from '../test/echo-service.ts';
import { createEmulator } from './index.ts';

describe('createEmulator', () => {
  test('needs no configuration: a system, a key, a service and two endpoints are built in', async () => {
    await using emulator = await createEmulator();
    emulator.service(echo, (text) => text.toUpperCase());
    const answer = await post(emulator.transport(), emulator.url, await requestEnvelope(emulator));
    const { info, data, verified } = await readAnswer(emulator, answer);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(verified).toBe(true);
    expect(info.status.code).toBe('SCSS001');
    expect(data?.first?.text()).toBe('СӘЛЕМ');
    expect(emulator.exchanges).toMatchObject([
      {
        number: 1,
        result: 'answered',
        httpStatus: 200,
        serviceId: 'ECHO',
        senderId: 'test-system',
        passed: [
          'transport-signature',
          'envelope',
          'authorisation',
          'journal',
          'service',
          'answer',
          'addressee',
          'signed',
        ],
      },
    ]);
  });

  test('writes dates of its own clock, and an id and a session of its own', async () => {
    const clock = fixedClock(Date.UTC(2026, 0, 13, 5));
    await using emulator = await createEmulator({ clock });
    emulator.service(echo, (text) => text);
    const messageId = 'request-1';
    const answer = await post(
      emulator.transport(),
      emulator.url,
      await requestEnvelope(emulator, { messageId, clock }),
    );
    const { info } = await readAnswer(emulator, answer, clock);
    expect(info.responseDate).toBe('2026-01-13T10:00:00.000+05:00');
    expect(info.messageId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(info.sessionId).toMatch(/^\{[0-9a-f-]{36}\}$/);
    expect(emulator.exchanges[0]).toMatchObject({ receivedAtMs: clock.now(), messageId });
  });

  test.each([
    { register: {} },
    { async: { pulled: 1 } },
    { async: { push: { signed: true } } },
    { asyncStore: { path: 'x', file: 'y' } },
    { laborContracts: { employer: [] } },
    { consent: { statuses: { given: 'x' } } },
    { registers: { people: [] } },
    { responseSigning: { keyinfo: 'issuer-serial' } },
  ])('refuses options that nothing reads: %j', async (options) => {
    await expect(createEmulator(options as object)).rejects.toThrow(/has no option/);
  });

  test('refuses with SCE004 what no service is registered for', async () => {
    await using emulator = await createEmulator();
    const answer = await post(emulator.transport(), emulator.url, await requestEnvelope(emulator));
    expect(answer.status).toBe(500);
    expect(faultCodeOf(answer)).toBe('SCE004');
  });
});
