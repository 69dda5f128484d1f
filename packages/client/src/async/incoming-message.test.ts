import type { DataCodec, EnvelopeVerifier } from '@egov-gateway/core';
import { asUnverified, asyncMessages, codeOf, passedAsVerified } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { ping, text } from '../../test/scripted-client.ts';
import { createOpener, type OpenerOptions } from './incoming-message.ts';
import type { AnyAsyncService } from './service-values.ts';

const receivedAtMs = Date.UTC(2026, 0, 13, 5);
const bytes = asyncMessages([
  { messageId: 'm-1', data: 'pong' },
  { messageId: 'm-2', messageType: 'NOTIFICATION', data: 'soon' },
  { messageType: 'OTHER' },
  { serviceId: 'OTHER' },
  { data: '<a/>' },
]);

function opener(options: Partial<OpenerOptions> = {}, service: AnyAsyncService = ping) {
  const judgedAt: unknown[] = [];
  const verifier: EnvelopeVerifier = {
    verify: async (envelope, { atMs } = {}) => {
      judgedAt.push(atMs);
      return passedAsVerified(parseXml(envelope).root);
    },
  };
  const open = createOpener({
    verifier,
    acceptUnverified: undefined,
    serviceOf: (id) => (id === service.id ? service : undefined),
    ...options,
  });
  return { open, judgedAt };
}

describe('createOpener', () => {
  test('opens the message at its place, judged as of the instant it came', async () => {
    const { open, judgedAt } = opener();
    expect(await open(bytes, receivedAtMs, 0)).toMatchObject({
      type: 'RESPONSE',
      data: 'pong',
      messageId: 'm-1',
      correlationId: '3226347',
      serviceId: 'PING',
      senderId: 'gateway',
      receivedAtMs,
      verified: true,
    });
    expect(judgedAt).toEqual([receivedAtMs]);
  });

  test('reads each type with its own codec', async () => {
    const shout: DataCodec<string> = { ...text, read: (data) => data.text().toUpperCase() };
    const { open } = opener({}, { ...ping, notification: shout });
    expect(await open(bytes, receivedAtMs, 1)).toMatchObject({ type: 'NOTIFICATION', data: 'SOON' });
  });

  test.each([
    ['that cannot be read', 2, 'ERR_PARSE_VALUE'],
    ['of a service that is not known here', 3, 'ERR_PARSE_VALUE'],
    ['whose data is not what the service says', 4, 'ERR_PARSE_NOT_TEXT'],
    ['that is not there', 5, 'ERR_PARSE_MISSING_ELEMENT'],
  ])('refuses a message %s', async (_name, part, code) => {
    expect(await codeOf(() => opener().open(bytes, receivedAtMs, part))).toBe(code);
  });

  test('refuses bytes of another kind: a page of messages is no push', async () => {
    expect(await codeOf(() => opener().open(bytes, receivedAtMs))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
  });

  test('refuses what nobody signed, unless verification is off', async () => {
    const unsigned = async (envelope: Uint8Array) => asUnverified(parseXml(envelope).root);
    const { open } = opener({ verifier: { verify: unsigned } });
    expect(await codeOf(() => open(bytes, receivedAtMs, 0))).toBe('ERR_VERIFY_UNSIGNED');
    const off = opener({
      verifier: undefined,
      acceptUnverified: (envelope) => asUnverified(parseXml(envelope).root),
    });
    expect(await off.open(bytes, receivedAtMs, 0)).toMatchObject({ verified: false, data: 'pong' });
    await expect(opener({ verifier: undefined }).open(bytes, receivedAtMs, 0)).rejects.toThrow(TypeError);
  });
});
