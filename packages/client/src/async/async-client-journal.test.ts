import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import { channelNames, type Journal, type JournalEvent, type MessageJournal } from '@egov-gateway/core';
import { readStatusRequest } from '@egov-gateway/envelope';
import { createMemoryJournal } from '@egov-gateway/journal';
import { asyncAccepted, asyncFault, asyncStatus, failureOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { now, ping, scripted, sendError, type Turn, thrownBy } from '../../test/scripted-client.ts';

describe('send with a journal of messages', () => {
  async function sent(turns: Turn | readonly Turn[], journal: MessageJournal = createMemoryJournal()) {
    const { client } = scripted(turns, { journal });
    const outcome = await client
      .send(ping, 'x', { reference: 'contract 1' })
      .catch((error: unknown) => error);
    const [message] = (await journal.find({ reference: 'contract 1' })).messages;
    return { outcome, message, journal };
  }

  test('keeps the bytes before they leave and the ids of the gateway', async () => {
    const journal = createMemoryJournal();
    const { client, requests } = scripted(asyncAccepted(), { journal });
    const { localKey, correlationId } = await client.send(ping, 'x', { reference: 'contract 1' });
    expect(correlationId).toBe('3226347');
    const message = await journal.message(localKey);
    expect(message).toMatchObject({
      state: 'sent',
      direction: 'out',
      channel: 'async',
      serviceId: 'PING',
      messageType: 'REQUEST',
      messageId: '216386080',
      correlationId: '3226347',
      reference: 'contract 1',
      attempts: 1,
    });
    expect(message?.events.map(({ kind }) => kind)).toEqual(['signed', 'sending', 'answered']);
    expect(await journal.bytes(localKey, 1)).toEqual(requests[0]?.body);
    expect(await journal.bytes(localKey, 3)).toEqual(asyncAccepted());
  });

  test.each([
    ['nothing left', sendError('not-sent'), 'dead', ['failed', 'dead']],
    ['nobody knows', sendError('unknown'), 'in-doubt', ['failed', 'doubted']],
    ['the answer is of another kind', asyncStatus(), 'in-doubt', ['failed', 'doubted']],
    [
      'a verified fault',
      { status: 500, headers: { 'content-type': 'text/xml' }, body: asyncFault() },
      'rejected',
      ['refused'],
    ],
  ])('ends with the send: %s', async (_name, turn, state, kinds) => {
    const { message, journal } = await sent(turn);
    expect(message?.state).toBe(state);
    expect(message?.events.slice(2).map(({ kind }) => kind)).toEqual(kinds);
    expect(await journal.sweep(now + 3_600_000)).toBe(0);
    expect(await journal.nextDueMs('outbox')).toBeUndefined();
  });

  test('an outbox that sweeps meanwhile does not take it', async () => {
    const journal = createMemoryJournal();
    let due: number | undefined;
    let swept: number | undefined;
    const { client } = scripted(asyncAccepted(), {
      journal,
      transport: {
        exchange: async () => {
          // It is on its queue already, where `verify` expects it.
          swept = await journal.sweep(now);
          due = await journal.nextDueMs('outbox');
          return { status: 200, headers: { 'content-type': 'text/xml' }, body: asyncAccepted() };
        },
      },
    });
    await client.send(ping, 'x');
    expect(swept).toBe(0);
    expect(due).toBeGreaterThan(now + 60_000);
    expect(await journal.nextDueMs('outbox')).toBeUndefined();
  });

  test('a journal that refuses stops it before anything leaves, and nothing is kept', async () => {
    const journal = createMemoryJournal();
    const failures: unknown[] = [];
    const listen = (event: unknown) => failures.push(event);
    subscribe(channelNames.journalError, listen);
    const { client, requests } = scripted(asyncAccepted(), {
      journal: Object.assign(Object.create(journal), {
        commit: async () => Promise.reject(new Error('disk')),
        message: (key: string) => journal.message(key),
      }),
    });
    await expect(client.send(ping, 'x')).rejects.toThrow('disk');
    unsubscribe(channelNames.journalError, listen);
    expect(requests).toEqual([]);
    expect(failures).toEqual([]);
  });

  test('tells the states of the message', async () => {
    const states: unknown[] = [];
    const listen = (event: unknown) => states.push(event);
    subscribe(channelNames.messageState, listen);
    const journal = createMemoryJournal();
    const { client } = scripted([asyncAccepted(), asyncStatus()], { journal });
    const { messageId, localKey } = await client.send(ping, 'x');
    await client.status(messageId);
    unsubscribe(channelNames.messageState, listen);
    const common = { localKey, serviceId: 'PING' };
    expect(states).toEqual([
      { ...common, state: 'sending', previous: undefined },
      { ...common, state: 'sent', previous: 'sending' },
      { ...common, state: 'delivered', previous: 'sent' },
    ]);
  });

  test('tries again what is certain not to have left, as one attempt', async () => {
    const { message, outcome } = await sent([sendError('not-sent'), asyncAccepted()]);
    expect(outcome).toMatchObject({ messageId: '216386080' });
    expect(message).toMatchObject({ state: 'sent', attempts: 1 });
  });

  test('a plain journal hears of the same events as on the synchronous channel', async () => {
    const events: JournalEvent[] = [];
    const journal: Journal = { append: async (event) => void events.push(event) };
    await scripted(asyncAccepted(), { journal }).client.send(ping, 'x', { messageId: 'own-1' });
    await thrownBy(scripted(sendError('unknown'), { journal }).client.send(ping, 'x'));
    expect(events).toMatchObject([
      { kind: 'signed', channel: 'async', messageType: 'REQUEST', messageId: 'own-1', serviceId: 'PING' },
      { kind: 'answered', messageId: '216386080', correlationId: '3226347', delivery: 'answered' },
      { kind: 'signed' },
      { kind: 'failed', code: 'ERR_SEND_NETWORK', delivery: 'unknown' },
    ]);
  });
});

describe('status', () => {
  test('asks by id and returns what the gateway says', async () => {
    const { client, body } = scripted(asyncStatus('ON_DELIVERY'));
    expect(await client.status('216386080')).toMatchObject({
      messageState: 'ON_DELIVERY',
      status: { statusCode: 'S-1', statusMessage: 'слова' },
      verified: true,
    });
    expect(readStatusRequest(body())).toMatchObject({
      messageId: '216386080',
      sender: { senderId: 'system' },
    });
  });

  test('records what is new with the message', async () => {
    const journal = createMemoryJournal();
    const answers = [asyncAccepted(), asyncStatus('ON_DELIVERY'), asyncStatus('ON_DELIVERY'), asyncStatus()];
    const { client } = scripted(answers, { journal });
    const { localKey, messageId } = await client.send(ping, 'x');
    for (let times = 0; times < 3; times += 1) await client.status(messageId);
    const message = await journal.message(localKey);
    expect(message).toMatchObject({ state: 'delivered', deliveryState: 'DELIVERED', code: 'S-1' });
    expect(message?.events.map(({ kind }) => kind)).toEqual([
      'signed',
      'sending',
      'answered',
      'status',
      'status',
    ]);
    expect(await journal.bytes(localKey, 5)).toEqual(asyncStatus());
  });

  test('an answer stands whatever becomes of its record', async () => {
    const find = async () => Promise.reject(new Error('locked'));
    const journal = Object.assign(createMemoryJournal(), { find });
    const { client } = scripted(asyncStatus(), { journal });
    const failures: unknown[] = [];
    const listen = (event: unknown) => failures.push(event);
    subscribe(channelNames.journalError, listen);
    expect(await client.status('216386080')).toMatchObject({ messageState: 'DELIVERED' });
    unsubscribe(channelNames.journalError, listen);
    expect(failures).toMatchObject([
      { kind: 'status', messageId: '216386080', operation: 'getMessageStatus' },
    ]);
  });

  test('a state that is none, and an empty id, are refused', async () => {
    const { client } = scripted(asyncStatus('LOST'));
    expect(await failureOf(client.status('1'))).toEqual({ code: 'ERR_PARSE_VALUE', delivery: 'unknown' });
    expect(await failureOf(client.status(''))).toEqual({
      code: 'ERR_VALIDATE_CONTRACT',
      delivery: 'not-sent',
    });
  });
});
