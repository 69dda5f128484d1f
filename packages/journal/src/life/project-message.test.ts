import type { JournalEventKind } from '@egov-gateway/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { statesOf } from '../message-query.ts';
import { advance, type KeptEvent, projectMessage } from './project-message.ts';

function kept(partial: Partial<KeptEvent> & Pick<KeptEvent, 'kind'>): KeptEvent {
  return {
    localKey: 'a',
    direction: 'out',
    channel: 'async',
    serviceId: 'S',
    atMs: 1,
    version: 1,
    position: 1,
    byteLength: 0,
    ...partial,
  };
}

const kinds: readonly JournalEventKind[] = [
  'built',
  'signed',
  'sending',
  'answered',
  'refused',
  'failed',
  'doubted',
  'resolved',
  'status',
  'replied',
  'expired',
  'dead',
  'received',
  'repeated',
  'confirmed',
  'linked',
  'handled',
  'unhandled',
];

const anyEvent = fc
  .record(
    {
      kind: fc.constantFrom(...kinds),
      delivery: fc.constantFrom('not-sent', 'unknown', 'answered'),
      resolution: fc.constantFrom('sent', 'not-sent', 'abandoned'),
      deliveryState: fc.constantFrom('ON_DELIVERY', 'DELIVERED', 'NOT_DELIVERED', 'DELIVERY_STOPPED'),
      messageType: fc.constantFrom('REQUEST', 'NOTIFICATION', 'UPDATE', 'RESPONSE'),
      relatedKey: fc.constantFrom('b', 'c'),
      code: fc.constantFrom('X', 'Y'),
    },
    { requiredKeys: ['kind'] },
  )
  .map((event) => kept(event as Parameters<typeof kept>[0]));

describe('projectMessage', () => {
  test('is undefined without events', () => {
    expect(projectMessage([])).toBeUndefined();
  });

  test('counts attempts, collects related keys, and keeps the last code and the newest names', () => {
    const message = projectMessage([
      kept({ kind: 'signed', messageType: 'UPDATE', correlationId: 'old', reference: 'r', atMs: 5 }),
      kept({ kind: 'sending' }),
      kept({ kind: 'failed', delivery: 'unknown', code: 'ERR_SEND_TIMEOUT' }),
      kept({ kind: 'sending' }),
      kept({ kind: 'answered', messageId: '1', correlationId: 'new' }),
      kept({ kind: 'replied', messageId: 'of the reply', messageType: 'NOTIFICATION', relatedKey: 'n' }),
      kept({ kind: 'replied', messageType: 'RESPONSE', relatedKey: 'r', atMs: 9 }),
    ]);
    expect(message).toMatchObject({
      messageType: 'UPDATE',
      messageId: '1',
      correlationId: 'new',
      reference: 'r',
      state: 'answered',
      version: 7,
      attempts: 2,
      relatedKeys: ['n', 'r'],
      code: 'ERR_SEND_TIMEOUT',
      createdAtMs: 5,
      changedAtMs: 9,
    });
  });

  test('does not throw over a history that cannot be, and never takes it for done', () => {
    expect(projectMessage([kept({ kind: 'answered' })])?.state).toBe('in-doubt');
    expect(projectMessage([kept({ kind: 'handled', direction: 'in' })])?.state).toBe('unmatched');
    expect(projectMessage([kept({ kind: 'signed' }), kept({ kind: 'handled' })])?.state).toBe('queued');
  });

  test('has a state for every history, one for each event, and tells the same twice', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 12 }), (events) => {
        const message = projectMessage(events);
        expect(statesOf.out).toContain(message?.state);
        expect(message?.events.map(({ state }) => state).at(-1)).toBe(message?.state);
        expect(message?.version).toBe(events.length);
        expect(projectMessage(events)).toEqual(message);
      }),
    );
  });

  test('is what advance leads to, event by event, when every event is possible', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 30 }), (events) => {
        let head: ReturnType<typeof advance>;
        const possible: KeptEvent[] = [];
        for (const event of [kept({ kind: 'signed' }), ...events]) {
          const next = advance(head, event);
          if (next === undefined) continue;
          head = next;
          possible.push(event);
        }
        const { state, version, attempts } = projectMessage(possible) ?? {};
        expect({ state, version, attempts }).toEqual({
          state: head?.state,
          version: head?.version,
          attempts: head?.attempts,
        });
      }),
    );
  });
});
