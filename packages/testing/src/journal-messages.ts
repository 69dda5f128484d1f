import type { JournalEvent, MessageJournal } from '@egov-gateway/core';

/** The local key of a message in these tests. */
export function journalKey(number: number): string {
  return `0190a6e0-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

/** An event of the asynchronous channel. */
export function journalEvent(
  number: number,
  kind: JournalEvent['kind'],
  more: Partial<JournalEvent> = {},
): JournalEvent {
  return {
    localKey: journalKey(number),
    kind,
    serviceId: 'HR-001',
    channel: 'async',
    atMs: Date.UTC(2026, 10, 20),
    ...more,
  };
}

/** A message with bytes and subjects, from `signed` to the answer of its chain, or only to `until`. */
export async function liveThrough(
  journal: MessageJournal,
  number: number,
  atMs: number,
  until?: 'queued' | 'sent',
): Promise<void> {
  const localKey = journalKey(number);
  await journal.commit({
    events: [
      journalEvent(number, 'signed', {
        atMs,
        messageType: 'REQUEST',
        bytes: Buffer.from(`<request>${number}</request>`),
        reference: `договор ${number}`,
        subjects: ['001300900011', '991340000017'],
        expiresAtMs: atMs + 86_400_000,
      }),
    ],
    enqueue: [{ queue: 'outbox', localKey, dueAtMs: atMs }],
  });
  if (until === 'queued') return;
  await journal.commit({
    events: [journalEvent(number, 'sending', { atMs: atMs + 1, attempt: 1, untilMs: atMs + 60_000 })],
  });
  await journal.commit({
    events: [
      journalEvent(number, 'answered', {
        atMs: atMs + 2,
        messageId: `m-${number}`,
        correlationId: `c-${number}`,
        delivery: 'answered',
        bytes: Buffer.from(`<accepted>${number}</accepted>`),
      }),
    ],
    dequeue: [{ queue: 'outbox', localKey }],
  });
  if (until === 'sent') return;
  await receiveReply(journal, number, atMs + 3);
}

/** The answer to the message of this number comes in under the key 500 + number, and is handled. */
export async function receiveReply(journal: MessageJournal, number: number, atMs: number): Promise<void> {
  const localKey = journalKey(500 + number);
  const message = { localKey, direction: 'in', atMs } as const;
  await journal.commit({
    events: [
      journalEvent(number, 'received', {
        ...message,
        messageId: `r-${number}`,
        correlationId: `c-${number}`,
        messageType: 'RESPONSE',
        bytes: Buffer.from(`<response>${number}</response>`),
      }),
    ],
  });
  await journal.commit({
    events: [journalEvent(number, 'handled', message)],
    dequeue: [{ queue: 'inbox', localKey }],
  });
}

/** A polled message (key 800 + number) and the container it came in (700 + number), handled and confirmed. */
export async function pollMessage(journal: MessageJournal, number: number, atMs: number): Promise<void> {
  const container = journalKey(700 + number);
  const localKey = journalKey(800 + number);
  const message = { localKey, direction: 'in', atMs } as const;
  await journal.commit({
    events: [
      journalEvent(number, 'received', {
        localKey: container,
        direction: 'in',
        atMs,
        bytes: Buffer.from('<poll/>'),
      }),
      journalEvent(number, 'received', {
        ...message,
        messageType: 'REQUEST',
        messageId: `p-${number}`,
        correlationId: `pc-${number}`,
        contentHash: 'abc',
        container: { localKey: container, part: 0 },
      }),
    ],
    enqueue: [{ queue: 'confirmations', localKey, dueAtMs: atMs }],
  });
  await journal.commit({
    events: [journalEvent(number, 'confirmed', message), journalEvent(number, 'handled', message)],
    dequeue: [
      { queue: 'inbox', localKey },
      { queue: 'confirmations', localKey },
    ],
  });
}
