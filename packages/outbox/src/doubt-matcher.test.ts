import { type JournalEvent, type MessageJournal, newLocalKey, VerifyError } from '@egov-gateway/core';
import { describe, expect, test } from 'vitest';

import { type Setup, setUp, text } from '../test/inbox-setup.ts';

describe('referenceOf', () => {
  const doubtful = async (journal: MessageJournal, fields: Partial<JournalEvent> = {}) => {
    const localKey = newLocalKey();
    const event = { localKey, channel: 'async', serviceId: 'A', atMs: 1 } as const;
    await journal.append({
      ...event,
      kind: 'signed',
      messageType: 'REQUEST',
      reference: 'contract 17',
      ...fields,
    });
    const { serviceId } = { ...event, ...fields };
    await journal.append({ ...event, serviceId, kind: 'sending', attempt: 1, untilMs: 2 });
    await journal.append({ ...event, serviceId, kind: 'doubted', code: 'INTERRUPTED' });
    return localKey;
  };
  const response = { messageType: 'RESPONSE', correlationId: 'CHAIN' } as const;
  const setUpMatching = (options: Setup = {}) =>
    setUp({
      handlers: { A: () => {}, B: () => {} },
      referenceOf: (message) => (message === '' ? undefined : message),
      ...options,
    });

  test('ends the one doubt that a reply of an unknown chain names', async () => {
    const { inbox, journal, receive, stateOf } = setUpMatching();
    const doubt = await doubtful(journal);
    const localKey = await receive(response, 'contract 17');
    expect(await stateOf(localKey)).toBe('unmatched');
    await inbox.drain();
    expect(await journal.message(doubt)).toMatchObject({ state: 'answered', correlationId: 'CHAIN' });
    expect(await stateOf(localKey)).toBe('handled');
  });

  test('finds a doubt that arises after the reply came', async () => {
    const { inbox, journal, time, receive, stateOf } = setUpMatching({ pollMs: 5_000 });
    const localKey = await receive(response, 'contract 17');
    inbox.start();
    await time.advance(60_000);
    expect(await stateOf(localKey)).toBe('unmatched');
    const doubt = await doubtful(journal);
    await time.advance(5_000);
    expect(await stateOf(doubt)).toBe('answered');
    expect(await stateOf(localKey)).toBe('handled');
    await inbox.stop();
  });

  test.each<[string, (journal: MessageJournal) => Promise<unknown>, string]>([
    ['another reference is named', (journal) => doubtful(journal), 'contract 18'],
    ['no reference is named', (journal) => doubtful(journal), ''],
    ['the doubt is of another service', (journal) => doubtful(journal, { serviceId: 'B' }), 'contract 17'],
    [
      'two doubts have the reference',
      async (journal) => {
        await doubtful(journal);
        await doubtful(journal);
      },
      'contract 17',
    ],
    [
      'one that is still to be sent has the reference as well',
      async (journal) => {
        await doubtful(journal);
        const event = { localKey: 'waiting', channel: 'async', serviceId: 'A', atMs: 1 } as const;
        await journal.append({ ...event, kind: 'signed', reference: 'contract 17' });
      },
      'contract 17',
    ],
    [
      'the message in doubt has a chain of its own',
      (journal) => doubtful(journal, { messageType: 'UPDATE', correlationId: 'OTHER' }),
      'contract 17',
    ],
  ])('ends no doubt when %s', async (_, prepare, content) => {
    const { inbox, journal, receive, stateOf } = setUpMatching();
    await prepare(journal);
    const localKey = await receive(response, content);
    await inbox.drain();
    expect(await stateOf(localKey)).toBe('unmatched');
    const { messages } = await journal.find({ direction: 'out', states: ['sent', 'answered'] });
    expect(messages).toEqual([]);
  });

  test('believes no reply that cannot be opened', async () => {
    const { inbox, journal, receive, stateOf } = setUpMatching({
      open: async () => {
        throw new VerifyError('', { code: 'ERR_VERIFY_DIGEST' });
      },
    });
    const doubt = await doubtful(journal);
    const localKey = await receive(response, 'contract 17');
    await inbox.drain();
    expect([await stateOf(doubt), await stateOf(localKey)]).toEqual(['in-doubt', 'unmatched']);
  });

  test('opens a reply once, however often it looks', async () => {
    let opened = 0;
    const { inbox, journal, time, receive } = setUpMatching({
      open: async (bytes) => {
        opened += 1;
        return text(bytes);
      },
    });
    await doubtful(journal);
    await receive(response, 'contract 18');
    inbox.start();
    await time.advance(3_600_000);
    expect(opened).toBe(1);
    await inbox.stop();
  });
});
