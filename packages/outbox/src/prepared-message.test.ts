import { JournalError, newLocalKey } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { codeOf, watchedJournal } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { createOutbox, type OutboxOptions } from './outbox.ts';
import type { PreparedMessage } from './prepared-message.ts';

function request(): PreparedMessage {
  return { bytes: new TextEncoder().encode('x'), serviceId: 'A', messageType: 'REQUEST' };
}

function setUp(journal = createMemoryJournal(), options: Partial<OutboxOptions> = {}) {
  const deliver = async () => ({ messageId: 'M' });
  return { journal, outbox: createOutbox({ journal, deliver, ...options }) };
}

describe('enqueue', () => {
  test('keeps what the message is to be found by', async () => {
    const { outbox, journal } = setUp();
    const { localKey } = await outbox.enqueue(request(), {
      reference: 'contract 17',
      subjects: ['001300900011'],
      expiresAtMs: Date.UTC(2028, 0, 1),
    });
    const { messages } = await journal.find({ subject: '001300900011', reference: 'contract 17' });
    expect(messages.map((message) => [message.localKey, message.expiresAtMs])).toEqual([
      [localKey, Date.UTC(2028, 0, 1)],
    ]);
  });

  test('refuses a second message under a key', async () => {
    const { outbox } = setUp();
    const localKey = newLocalKey();
    await outbox.enqueue(request(), { localKey });
    expect(await codeOf(() => outbox.enqueue(request(), { localKey }))).toBe('ERR_JOURNAL_CONFLICT');
  });

  test('rejects with the journal, nothing being accepted', async () => {
    const journal = watchedJournal(createMemoryJournal(), {
      before: (method) => {
        if (method === 'commit') throw new JournalError('', { code: 'ERR_JOURNAL_FULL' });
      },
    });
    const { outbox } = setUp(journal);
    expect(await codeOf(() => outbox.enqueue(request()))).toBe('ERR_JOURNAL_FULL');
  });

  test.each<[string, object, object]>([
    ['empty bytes', { bytes: new Uint8Array() }, {}],
    ['text in place of bytes', { bytes: 'x' }, {}],
    ['no service', { serviceId: '' }, {}],
    ['a service whose name is too long', { serviceId: 'x'.repeat(1_001) }, {}],
    ['a type that is none', { messageType: 'request' }, {}],
    ['a REQUEST with a chain', { correlationId: 'C' }, {}],
    ['a RESPONSE without a chain', { messageType: 'RESPONSE' }, {}],
    ['an empty messageId', { messageId: '' }, {}],
    ['an unknown option', {}, { refrence: 'x' }],
    ['an empty key', {}, { localKey: '' }],
    ['an empty reference', {}, { reference: '' }],
    ['an expiry that is no number', {}, { expiresAtMs: Number.NaN }],
    ['a negative instant', {}, { notBeforeMs: -1 }],
    ['a date in place of an instant', {}, { notBeforeMs: new Date(0) }],
  ])('refuses %s', async (_, message, options) => {
    const { outbox } = setUp();
    await expect(outbox.enqueue({ ...request(), ...message } as never, options)).rejects.toThrow(TypeError);
  });

  test('refuses a message without an id of its own where it may be sent twice, and says why', async () => {
    const services = { A: { onUnknown: 'resend' } } as const;
    const { outbox, journal } = setUp(createMemoryJournal(), { services });
    expect(outbox.onUnknown('A')).toBe('resend');
    expect(outbox.onUnknown('B')).toBe('hold');
    await expect(outbox.enqueue(request())).rejects.toThrow(
      /^messageId is missing: the policy of the service is onUnknown 'resend'/,
    );
    expect((await journal.find({})).messages).toEqual([]);
    const { localKey } = await outbox.enqueue({ ...request(), messageId: 'own' });
    expect(await journal.message(localKey)).toMatchObject({ messageId: 'own' });
    await outbox.enqueue({ ...request(), serviceId: 'B' });
  });
});
