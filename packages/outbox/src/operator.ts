import {
  type Clock,
  type JournalChange,
  JournalError,
  type MessageJournal,
  type MessageState,
  type QueueName,
  type RecordedMessage,
  type Resolution,
} from '@egov-gateway/core';

import type { Committer } from './commit.ts';
import { eventOf, outboxCodes } from './conclusion.ts';
import { attemptHistory } from './message-history.ts';

/** What {@link resolveMessage} and {@link retryMessage} work with. @internal */
export interface OperatorPorts {
  readonly journal: MessageJournal;
  readonly committer: Committer;
  readonly clock: Clock;
}

/** What the gateway gave a message whose answer was lost, as its support desk says. */
export interface GatewayNames {
  /** The chain: replies of it that wait are handed to their handler now, later ones when they come. */
  readonly correlationId?: string | undefined;
  /** Of the message, to ask for its status by. */
  readonly messageId?: string | undefined;
}

const resolutions: readonly Resolution[] = ['sent', 'not-sent', 'abandoned'];

/**
 * Records what a person found out about a message in doubt.
 *
 * @throws {TypeError} when the resolution is none, the note is missing, or names come with anything but `sent`
 * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND`, `ERR_JOURNAL_STATE` when the message is not in doubt,
 *   `ERR_JOURNAL_CONFLICT` when it changed meanwhile
 * @internal
 */
export async function resolveMessage(
  ports: OperatorPorts,
  localKey: string,
  resolution: Resolution,
  note: string,
  names: GatewayNames = {},
): Promise<void> {
  const { correlationId, messageId } = names;
  for (const [name, value] of Object.entries({ correlationId, messageId })) {
    if (value !== undefined) assertName(name, value, resolution);
  }
  if (!resolutions.includes(resolution)) {
    throw new TypeError(`resolution must be one of ${resolutions.join(', ')}`);
  }
  const message = await messageIn(ports.journal, localKey, 'out', ['in-doubt']);
  await settle(ports, message, { resolution, note: assertNote(note), correlationId, messageId });
}

/**
 * Gives a message that was given up another chance: an outgoing one is sent again, the same bytes, an incoming one
 * handled again.
 *
 * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND`, `ERR_JOURNAL_STATE` when the message was not given up or is too late,
 *   `ERR_JOURNAL_CONFLICT` when it changed meanwhile
 * @internal
 */
export async function retryMessage(
  ports: OperatorPorts,
  localKey: string,
  direction: 'out' | 'in',
  note = 'retried',
): Promise<void> {
  const states: readonly MessageState[] = direction === 'out' ? ['dead', 'rejected'] : ['dead'];
  const message = await messageIn(ports.journal, localKey, direction, states);
  if (message.expiresAtMs !== undefined && message.expiresAtMs <= ports.clock.now()) {
    throw new JournalError(`message ${localKey} is past its deadline: prepare a new one`, {
      code: 'ERR_JOURNAL_STATE',
    });
  }
  await settle(ports, message, { resolution: 'not-sent', note: assertNote(note) });
}

/**
 * Gives up a message that waits to be sent: it is not sent any more. What may have left already in an attempt of unknown
 * outcome is in doubt afterwards, because to stop it is no news of it.
 *
 * @throws {TypeError} when the note is missing
 * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND`, `ERR_JOURNAL_STATE` when the message does not wait, `ERR_JOURNAL_CONFLICT`
 *   when it changed meanwhile
 * @internal
 */
export async function cancelMessage(ports: OperatorPorts, localKey: string, note: string): Promise<void> {
  const reason = assertNote(note);
  const message = await messageIn(ports.journal, localKey, 'out', ['queued', 'draft']);
  const kind = attemptHistory(message).hasUnknown ? 'doubted' : 'dead';
  const atMs = ports.clock.now();
  await commitOrConflict(ports, {
    events: [eventOf(message, { kind, atMs, code: outboxCodes.cancelled, note: reason })],
    expect: [{ localKey, version: message.version }],
    dequeue: [{ queue: 'outbox', localKey }],
  });
}

async function messageIn(
  journal: MessageJournal,
  localKey: string,
  direction: 'out' | 'in',
  states: readonly MessageState[],
): Promise<RecordedMessage> {
  const message = await journal.message(localKey);
  if (message?.direction !== direction) {
    throw new JournalError(
      `there is no message ${localKey} that ${direction === 'out' ? 'goes out' : 'came in'}`,
      {
        code: 'ERR_JOURNAL_NOT_FOUND',
      },
    );
  }
  if (!states.includes(message.state)) {
    throw new JournalError(`message ${localKey} is ${message.state}, expected ${states.join(' or ')}`, {
      code: 'ERR_JOURNAL_STATE',
    });
  }
  return message;
}

async function settle(
  ports: OperatorPorts,
  message: RecordedMessage,
  finding: GatewayNames & { readonly resolution: Resolution; readonly note: string },
): Promise<void> {
  const { localKey, version, direction } = message;
  const queue: QueueName = direction === 'out' ? 'outbox' : 'inbox';
  const atMs = ports.clock.now();
  await commitOrConflict(ports, {
    events: [eventOf(message, { kind: 'resolved', atMs, ...finding })],
    expect: [{ localKey, version }],
    ...(finding.resolution === 'not-sent'
      ? { enqueue: [{ queue, localKey, dueAtMs: atMs }] }
      : { dequeue: [{ queue, localKey }] }),
  });
}

async function commitOrConflict({ committer }: OperatorPorts, change: JournalChange): Promise<void> {
  if ((await committer.commit(change)) !== undefined) return;
  throw new JournalError(`message ${change.events[0]?.localKey} changed meanwhile: look at it again`, {
    code: 'ERR_JOURNAL_CONFLICT',
  });
}

function assertName(name: string, value: unknown, resolution: Resolution): void {
  if (resolution !== 'sent') throw new TypeError(`${name} goes with 'sent' only: the gateway gave it`);
  if (typeof value === 'string' && value !== '' && value.length <= 1_000) return;
  throw new TypeError(`${name} must be a string of 1 to 1000 characters`);
}

function assertNote(note: unknown): string {
  if (typeof note === 'string' && note.trim() !== '' && note.length <= 1_000) return note;
  throw new TypeError('note must say in 1 to 1000 characters how it is known');
}
