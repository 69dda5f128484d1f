/**
 * Chains: the messages of one `correlationId` find each other in whatever order they come.
 *
 * @module
 */
import type { AsyncMessageType } from '@egov-gateway/core';

import type { ChangeWriter } from './apply-change.ts';
import type { JournalTables } from './journal-tables.ts';
import type { MessageHead } from './life/project-message.ts';

/**
 * What a message of a chain answers to: the REQUEST that we sent, else the REQUEST that came in, else the first message
 * that we sent. Only of the same service: an id of another service proves nothing.
 */
export function originOf(
  tables: JournalTables,
  chain: { readonly correlationId: string; readonly serviceId: string },
): MessageHead | undefined {
  const { correlationId, serviceId } = chain;
  return (
    tables.chain({ correlationId, serviceId, direction: 'out', messageType: 'REQUEST' }, 1)[0] ??
    tables.chain({ correlationId, serviceId, direction: 'in', messageType: 'REQUEST' }, 1)[0] ??
    tables.chain({ correlationId, serviceId, direction: 'out' }, 1)[0]
  );
}

/** The chain of a message became known: messages of it that waited are linked and go to their handler. */
export function linkChain(writer: ChangeWriter, head: MessageHead, atMs: number): void {
  const { correlationId, serviceId, channel } = head;
  if (channel !== 'async' || correlationId === undefined) return;
  if (head.direction === 'in' && head.messageType !== 'REQUEST') return;
  const { tables } = writer;
  const unmatched = { correlationId, serviceId, direction: 'in', state: 'unmatched' } as const;
  // Almost always there is none, and asking for one is cheap.
  if (tables.chain(unmatched, 1).length === 0) return;
  const waiting = tables.chain(unmatched, Number.MAX_SAFE_INTEGER);
  const origin = originOf(tables, { correlationId, serviceId });
  if (origin === undefined) return;
  for (const reply of waiting) {
    writer.append({
      event: { ...identity(reply), kind: 'linked', correlationId, relatedKey: origin.localKey, atMs },
      bytes: undefined,
      subjects: undefined,
    });
    appendReplied(writer, origin, reply, atMs);
    tables.putQueue({ queue: 'inbox', localKey: reply.localKey, dueAtMs: atMs });
  }
}

/** Tells an outgoing message that a reply of its chain is here. */
export function appendReplied(
  writer: ChangeWriter,
  origin: MessageHead,
  reply: { readonly localKey: string; readonly messageType?: AsyncMessageType | undefined },
  atMs: number,
): void {
  if (origin.direction !== 'out' || reply.messageType === undefined) return;
  writer.append({
    event: {
      ...identity(origin),
      kind: 'replied',
      messageType: reply.messageType,
      correlationId: origin.correlationId,
      relatedKey: reply.localKey,
      atMs,
    },
    bytes: undefined,
    subjects: undefined,
  });
}

function identity(head: MessageHead) {
  const { localKey, direction, channel, serviceId } = head;
  return { localKey, direction, channel, serviceId };
}
