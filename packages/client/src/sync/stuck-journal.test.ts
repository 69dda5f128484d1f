import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import { channelNames, type Journal, type JournalEvent } from '@egov-gateway/core';
import { deferred, failureOf, syncAnswer } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { ping, verifier } from '../../test/ping-service.ts';
import { SyncClient } from './sync-client.ts';
import type { SyncClientOptions } from './sync-client-options.ts';

function clientFor(journal: Journal, options: Partial<SyncClientOptions> = {}): SyncClient {
  return new SyncClient({
    endpoint: 'https://gateway.invalid/',
    sender: { id: 'system', password: 'p' },
    signer: { sign: async (envelope) => envelope },
    verifier,
    transport: {
      exchange: async () => ({ status: 200, headers: { 'content-type': 'text/xml' }, body: syncAnswer() }),
    },
    journal,
    ...options,
  });
}

/** A journal that stores at once, and answers for events of this kind as `answer` does. */
function journalWith(slow: JournalEvent['kind'], answer: () => Promise<void>) {
  const events: JournalEvent[] = [];
  const append = async (event: JournalEvent) => {
    events.push(event);
    if (event.kind === slow) await answer();
  };
  return { events, append, history: () => events.map(({ kind, delivery }) => [kind, delivery]) };
}

const never = () => new Promise<never>(() => {});

// Whoever waits for it waits for ever: the time limit of a test ends that.
describe('a journal that does not answer', () => {
  test('for an outcome: the call keeps its answer and its time', async () => {
    const journal = journalWith('answered', never);
    expect(await clientFor(journal, { totalTimeoutMs: 100 }).call(ping, 'x')).toBe('pong');
    expect(journal.history()).toEqual([
      ['signed', undefined],
      ['answered', 'answered'],
    ]);
  });

  test('for an outcome: after a timeout it is not waited for', async () => {
    const journal = journalWith('failed', never);
    const transport = { exchange: never };
    expect(await failureOf(clientFor(journal, { totalTimeoutMs: 20, transport }).call(ping, 'x'))).toEqual({
      code: 'ERR_SEND_TIMEOUT',
      delivery: 'unknown',
    });
    expect(journal.history().at(-1)).toEqual(['failed', 'unknown']);
  });

  test.each(['before', 'while'])(
    'for an outcome: an abort %s it is recorded ends the wait',
    async (moment) => {
      const controller = new AbortController();
      const kind = moment === 'before' ? 'failed' : 'answered';
      const { promise: waiting, resolve: wait } = deferred();
      const journal = journalWith(kind, () => {
        wait();
        return never();
      });
      const transport = { exchange: never };
      const client = clientFor(journal, moment === 'before' ? { transport } : {});
      const outcome = client
        .call(ping, 'x', { signal: controller.signal })
        .catch((reason: unknown) => reason);
      if (moment === 'before') setImmediate(() => controller.abort('enough'));
      else void waiting.then(() => controller.abort('enough'));
      // What was answered and verified stays so.
      expect(await outcome).toBe(moment === 'before' ? 'enough' : 'pong');
    },
  );

  test('for an outcome: that is told on the channel', async () => {
    const { promise: heard, resolve } = deferred();
    const hear = () => resolve();
    subscribe(channelNames.journalError, hear);
    try {
      await clientFor(journalWith('answered', never), { totalTimeoutMs: 20 }).call(ping, 'x');
      await heard;
    } finally {
      unsubscribe(channelNames.journalError, hear);
    }
  });
});

describe('the record of signed bytes that were never sent', () => {
  test('that was stored, then rejected: followed by not-sent', async () => {
    const full = new Error('lost the connection to the database');
    const journal = journalWith('signed', () => Promise.reject(full));
    await expect(clientFor(journal).call(ping, 'x')).rejects.toBe(full);
    expect(journal.history()).toEqual([
      ['signed', undefined],
      ['failed', 'not-sent'],
    ]);
  });

  test.each(['resolved', 'rejected'])(
    'that is %s too late: followed by not-sent, afterwards',
    async (how) => {
      const stored = deferred();
      const followed = deferred();
      const journal = journalWith('signed', () => stored.promise);
      const append = async (event: JournalEvent) => {
        const work = journal.append(event);
        if (event.kind === 'failed') followed.resolve();
        await work;
        if (how === 'rejected') throw new Error('late');
      };
      expect(await failureOf(clientFor({ append }, { totalTimeoutMs: 10 }).call(ping, 'x'))).toEqual({
        code: 'ERR_SEND_TIMEOUT',
        delivery: 'not-sent',
      });
      expect(journal.history()).toEqual([['signed', undefined]]);
      stored.resolve();
      await followed.promise;
      expect(journal.history().at(-1)).toEqual(['failed', 'not-sent']);
    },
  );
});
