/** What the tests of every store share: the stores, and events to put into them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { JournalChange, JournalEvent, MessageJournal, MessageState } from '@egov-gateway/core';
import { afterAll, afterEach, beforeEach } from 'vitest';

import { availableDrivers, type DatabaseDriver } from '../src/database.ts';
import { createMemoryJournal } from '../src/memory/memory-journal.ts';
import { openJournal } from '../src/sqlite/open-journal.ts';

/** A kind of store. */
export type StoreName = 'memory' | DatabaseDriver;

/** Memory, and SQLite under every driver that is there. */
export const stores: readonly StoreName[] = ['memory', ...(await availableDrivers())];

/** Friday noon. */
export const noon: number = Date.UTC(2026, 10, 20, 12);
export const serviceId = 'CONTRACTS';
/** No person has it. */
export const iin = '001300900011';

const folder = mkdtempSync(join(tmpdir(), 'egov-gateway-journal-'));
let files = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A new store. */
export async function openStore(store: StoreName): Promise<MessageJournal> {
  if (store === 'memory') return createMemoryJournal();
  files += 1;
  return openJournal(join(folder, `${files}.journal`), {
    driver: store,
    subjectKey: new Uint8Array(32).fill(7),
    clock: { now: () => noon },
  });
}

/** A store for each test of the surrounding `describe`. */
export interface FreshStore {
  readonly journal: MessageJournal;
  commit(
    events: readonly JournalEvent[],
    more?: Partial<JournalChange>,
  ): ReturnType<MessageJournal['commit']>;
  stateOf(localKey: string): Promise<MessageState | undefined>;
  taken(queue: 'outbox' | 'inbox' | 'confirmations', nowMs?: number): Promise<readonly string[]>;
}

/** Opens a store before each test and closes it afterwards. */
export function freshStore(store: StoreName): FreshStore {
  let journal: MessageJournal;
  beforeEach(async () => {
    journal = await openStore(store);
  });
  afterEach(() => journal.close());
  return {
    get journal() {
      return journal;
    },
    commit: (events, more) => journal.commit({ events, ...more }),
    stateOf: async (localKey) => (await journal.message(localKey))?.state,
    taken: (queue, nowMs = noon) => journal.take(queue, { nowMs, limit: 100, leaseMs: 1000 }),
  };
}

/** An asynchronous event at noon. */
export function event(
  partial: Partial<JournalEvent> & Pick<JournalEvent, 'kind' | 'localKey'>,
): JournalEvent {
  return { serviceId, channel: 'async', atMs: noon, ...partial };
}

export function signed(localKey: string, more: Partial<JournalEvent> = {}): JournalEvent {
  return event({ localKey, kind: 'signed', messageType: 'REQUEST', bytes: bytesOf(localKey), ...more });
}

export function sending(localKey: string, more: Partial<JournalEvent> = {}): JournalEvent {
  return event({ localKey, kind: 'sending', attempt: 1, untilMs: noon + 60_000, ...more });
}

/** A RESPONSE of the chain `chain-1`. */
export function received(localKey: string, more: Partial<JournalEvent> = {}): JournalEvent {
  return event({
    localKey,
    kind: 'received',
    direction: 'in',
    messageType: 'RESPONSE',
    messageId: `id-${localKey}`,
    correlationId: 'chain-1',
    bytes: bytesOf('answer'),
    ...more,
  });
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(`<m>${text}</m>`);
}
