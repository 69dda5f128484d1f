/** What tests of the inbox share: one on a journal in memory, and messages that come in. */
import diagnostics from 'node:diagnostics_channel';

import {
  channelNames,
  type JournalEvent,
  type MessageJournal,
  type MessageState,
  newLocalKey,
  type WorkerErrorEvent,
} from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { type ManualTime, manualTime } from '@egov-gateway/testing';
import { afterEach, beforeEach } from 'vitest';

import { createInbox, type Inbox, type InboxOptions } from '../src/inbox.ts';

/** What workers told on the diagnostics channel in the test that runs; to be called once in a file. */
export function workerErrors(): readonly WorkerErrorEvent[] {
  const told: WorkerErrorEvent[] = [];
  const listen = (event: unknown) => told.push(event as WorkerErrorEvent);
  beforeEach(() => diagnostics.subscribe(channelNames.workerError, listen));
  afterEach(() => {
    diagnostics.unsubscribe(channelNames.workerError, listen);
    told.length = 0;
  });
  return told;
}

export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
/** Opens a text, or one of the parts of it that `|` separates. */
export const open = async (bytes: Uint8Array, _atMs: number, part?: number): Promise<string> =>
  part === undefined ? text(bytes) : (text(bytes).split('|')[part] ?? '');

/** Options of {@link setUp}: those of the inbox, all of them with a default. */
export interface Setup extends Partial<Omit<InboxOptions<string>, 'journal'>> {
  readonly journal?: MessageJournal;
}

/** An inbox of messages that are texts. */
export interface InboxSetup {
  readonly time: ManualTime;
  readonly journal: MessageJournal;
  readonly inbox: Inbox<string>;
  /** Stores a message; a REQUEST of service A unless the fields say otherwise. Returns its key. */
  receive(fields?: Partial<JournalEvent>, content?: string): Promise<string>;
  stateOf(localKey: string): Promise<MessageState | undefined>;
}

export function setUp({ journal = createMemoryJournal(), ...options }: Setup = {}): InboxSetup {
  const time = manualTime();
  const inbox = createInbox<string>({
    open,
    clock: time.clock,
    timers: time.timers,
    random: () => 0,
    ...options,
    journal,
  });
  const receive = async (fields: Partial<JournalEvent> = {}, content = 'x') => {
    const localKey = newLocalKey();
    await journal.append({
      localKey,
      direction: 'in',
      channel: 'async',
      kind: 'received',
      serviceId: 'A',
      messageType: 'REQUEST',
      messageId: `M-${localKey}`,
      correlationId: `C-${localKey}`,
      bytes: new TextEncoder().encode(content),
      atMs: time.clock.now(),
      ...fields,
    });
    return localKey;
  };
  const stateOf = async (localKey: string) => (await journal.message(localKey))?.state;
  return { time, journal, inbox, receive, stateOf };
}

/** What handlers send back. */
export const reply = {
  bytes: new Uint8Array(3),
  serviceId: 'A',
  messageType: 'RESPONSE',
  correlationId: 'C',
} as const;
