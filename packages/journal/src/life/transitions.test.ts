import type { JournalEvent, MessageState } from '@egov-gateway/core';
import { describe, expect, test } from 'vitest';

import { statesOf } from '../message-query.ts';
import { asyncOutgoing, incoming, type MessageStage, nextState, syncOutgoing } from './transitions.ts';

type Case = Pick<JournalEvent, 'kind'> & Partial<JournalEvent>;

const out = (event: Case) => ({ channel: 'async', direction: 'out', ...event }) as const;
const sync = (event: Case) => ({ channel: 'sync', direction: 'out', ...event }) as const;
const into = (event: Case) => ({ channel: 'async', direction: 'in', ...event }) as const;

describe('nextState', () => {
  test.each<[MessageStage, Case, MessageState]>([
    ['new', { kind: 'built' }, 'draft'],
    ['new', { kind: 'signed' }, 'queued'],
    ['draft', { kind: 'signed' }, 'queued'],
    ['queued', { kind: 'sending' }, 'sending'],
    ['retrying', { kind: 'sending' }, 'sending'],
    ['sending', { kind: 'answered' }, 'sent'],
    ['sending', { kind: 'refused' }, 'rejected'],
    ['sending', { kind: 'failed', delivery: 'not-sent' }, 'queued'],
    ['sending', { kind: 'failed', delivery: 'unknown' }, 'queued'],
    ['sending', { kind: 'failed', delivery: 'answered' }, 'in-doubt'],
    ['sending', { kind: 'doubted' }, 'in-doubt'],
    ['retrying', { kind: 'doubted' }, 'in-doubt'],
    ['retrying', { kind: 'answered' }, 'sent'],
    ['in-doubt', { kind: 'answered' }, 'sent'],
    ['in-doubt', { kind: 'resolved', resolution: 'sent' }, 'sent'],
    ['in-doubt', { kind: 'resolved', resolution: 'not-sent' }, 'queued'],
    ['in-doubt', { kind: 'resolved', resolution: 'abandoned' }, 'dead'],
    ['in-doubt', { kind: 'replied', messageType: 'NOTIFICATION' }, 'sent'],
    ['in-doubt', { kind: 'replied', messageType: 'RESPONSE' }, 'answered'],
    ['in-doubt', { kind: 'status', deliveryState: 'ON_DELIVERY' }, 'sent'],
    ['sent', { kind: 'status', deliveryState: 'ON_DELIVERY' }, 'sent'],
    ['sent', { kind: 'status', deliveryState: 'DELIVERED' }, 'delivered'],
    ['sent', { kind: 'status', deliveryState: 'NOT_DELIVERED' }, 'rejected'],
    ['sent', { kind: 'status', deliveryState: 'DELIVERY_STOPPED' }, 'rejected'],
    ['delivered', { kind: 'status', deliveryState: 'NOT_DELIVERED' }, 'delivered'],
    ['delivered', { kind: 'replied', messageType: 'UPDATE' }, 'delivered'],
    ['delivered', { kind: 'replied', messageType: 'RESPONSE' }, 'answered'],
    ['answered', { kind: 'status', deliveryState: 'NOT_DELIVERED' }, 'answered'],
    ['rejected', { kind: 'replied', messageType: 'RESPONSE' }, 'answered'],
    ['queued', { kind: 'replied', messageType: 'RESPONSE' }, 'queued'],
    ['retrying', { kind: 'failed', delivery: 'not-sent' }, 'queued'],
    ['queued', { kind: 'expired' }, 'expired'],
    ['queued', { kind: 'dead' }, 'dead'],
    ['dead', { kind: 'resolved', resolution: 'not-sent' }, 'queued'],
    ['dead', { kind: 'answered' }, 'sent'],
  ])('asynchronous, out: %s, then %j, is %s', (stage, event, state) => {
    expect(nextState(stage, out(event))).toBe(state);
  });

  test.each<[MessageStage, Case]>([
    ['new', { kind: 'answered' }],
    ['new', { kind: 'sending' }],
    ['new', { kind: 'received' }],
    ['draft', { kind: 'sending' }],
    ['draft', { kind: 'answered' }],
    ['queued', { kind: 'answered' }],
    ['queued', { kind: 'refused' }],
    ['queued', { kind: 'doubted' }],
    ['queued', { kind: 'failed', delivery: 'unknown' }],
    ['queued', { kind: 'status', deliveryState: 'DELIVERED' }],
    ['queued', { kind: 'signed' }],
    ['sending', { kind: 'sending' }],
    ['sending', { kind: 'expired' }],
    ['sending', { kind: 'resolved', resolution: 'not-sent' }],
    ['in-doubt', { kind: 'sending' }],
    ['in-doubt', { kind: 'expired' }],
    ['sent', { kind: 'sending' }],
    ['sent', { kind: 'doubted' }],
    ['sent', { kind: 'dead' }],
    ['sent', { kind: 'resolved', resolution: 'not-sent' }],
    ['answered', { kind: 'dead' }],
    ['answered', { kind: 'resolved', resolution: 'not-sent' }],
    ['dead', { kind: 'sending' }],
    ['sent', { kind: 'handled' }],
    ['in-doubt', { kind: 'failed' }],
    ['in-doubt', { kind: 'resolved' }],
  ])('asynchronous, out: %s, then %j, is impossible', (stage, event) => {
    expect(nextState(stage, out(event))).toBeUndefined();
  });

  test.each<[MessageStage, Case, MessageState | undefined]>([
    ['new', { kind: 'signed' }, 'sending'],
    ['sending', { kind: 'answered' }, 'answered'],
    ['sending', { kind: 'refused' }, 'rejected'],
    ['sending', { kind: 'failed', delivery: 'unknown' }, 'in-doubt'],
    ['sending', { kind: 'failed', delivery: 'not-sent' }, 'dead'],
    ['in-doubt', { kind: 'answered' }, 'answered'],
    ['answered', { kind: 'failed', delivery: 'unknown' }, undefined],
    ['new', { kind: 'failed', delivery: 'not-sent' }, undefined],
    ['sending', { kind: 'replied', messageType: 'RESPONSE' }, undefined],
  ])('synchronous, out: %s, then %j, is %s', (stage, event, state) => {
    expect(nextState(stage, sync(event))).toBe(state);
  });

  test.each<[MessageStage, Case, MessageState | undefined]>([
    ['new', { kind: 'received', messageType: 'REQUEST' }, 'received'],
    ['new', { kind: 'received', messageType: 'RESPONSE' }, 'unmatched'],
    ['new', { kind: 'received', messageType: 'RESPONSE', relatedKey: 'a' }, 'received'],
    ['new', { kind: 'received' }, 'handled'],
    ['new', { kind: 'received', channel: 'sync' }, 'received'],
    ['unmatched', { kind: 'linked' }, 'received'],
    ['handled', { kind: 'linked' }, 'handled'],
    ['received', { kind: 'handled' }, 'handled'],
    ['received', { kind: 'unhandled' }, 'received'],
    ['received', { kind: 'dead' }, 'dead'],
    ['handled', { kind: 'confirmed' }, 'handled'],
    ['handled', { kind: 'repeated' }, 'handled'],
    ['dead', { kind: 'resolved', resolution: 'not-sent' }, 'received'],
    ['received', { kind: 'received', messageType: 'REQUEST' }, undefined],
    ['handled', { kind: 'handled' }, undefined],
    ['handled', { kind: 'unhandled' }, undefined],
    ['handled', { kind: 'dead' }, undefined],
    ['dead', { kind: 'handled' }, undefined],
    ['received', { kind: 'answered' }, undefined],
    ['received', { kind: 'sending' }, undefined],
    ['new', { kind: 'signed' }, undefined],
  ])('in: %s, then %j, is %s', (stage, event, state) => {
    expect(nextState(stage, into(event))).toBe(state);
  });

  test.each([
    ['asyncOutgoing', asyncOutgoing, statesOf.out],
    ['syncOutgoing', syncOutgoing, statesOf.out],
    ['incoming', incoming, statesOf.in],
  ])('%s says one thing about each state, and knows no other states', (_name, transitions, states) => {
    for (const [name, rows] of Object.entries(transitions)) {
      const from = rows.flatMap(([, ...stages]) => stages);
      expect(new Set(from).size, name).toBe(from.length);
      for (const stage of from) expect([...states, 'new', 'retrying'], name).toContain(stage);
      for (const [to] of rows) expect([...states, 'same'], name).toContain(to);
    }
  });
});
