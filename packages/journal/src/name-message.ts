/**
 * What follows when the gateway names a message of ours.
 *
 * @module
 */
import type { JournalEvent } from '@egov-gateway/core';

import type { ChangeWriter } from './apply-change.ts';
import { advance, type MessageHead } from './life/project-message.ts';
import { conflictingId } from './life/transitions.ts';

/**
 * The id of a message that we sent became known, by an answer or somebody's word. An id that another message has names
 * neither: this one is doubted, so that somebody asks. Else what was told of the id before, and kept apart, is told of it.
 */
export function nameMessage(
  writer: ChangeWriter,
  head: MessageHead,
  by: Pick<JournalEvent, 'kind' | 'atMs'>,
): void {
  const { localKey, direction, channel, serviceId, messageId } = head;
  if (direction !== 'out' || channel !== 'async' || messageId === undefined) return;
  const { tables } = writer;
  const identity = { localKey, direction, channel, serviceId, atMs: by.atMs };
  const namesakes = tables.named(messageId).filter((other) => other.localKey !== localKey);
  const isShared = namesakes.some((other) => other.direction === 'out');
  // Whoever resolves a doubt knows about it.
  if (by.kind === 'answered' && (isShared || beginsKnownChain(writer, head))) {
    const event = { ...identity, kind: 'doubted', code: conflictingId } as const;
    writer.append({ event, bytes: undefined, subjects: undefined });
  }
  if (isShared) return;
  for (const record of namesakes) {
    // The record of a state: it came in, holds no message, and tells one. Its bytes stay with it.
    const { deliveryState } = record;
    if (record.messageType !== undefined || deliveryState === undefined) continue;
    const { code } = tables.firstEvent(record.localKey) ?? {};
    const event = { ...identity, kind: 'status', deliveryState, code } as const;
    // Not to one that is to go out again.
    if (advance(tables.head(localKey), event) !== undefined)
      writer.append({ event, bytes: undefined, subjects: undefined });
  }
}

/** Each REQUEST begins a chain of its own. */
function beginsKnownChain({ tables }: ChangeWriter, head: MessageHead): boolean {
  const { localKey, messageType, correlationId, serviceId } = head;
  if (messageType !== 'REQUEST' || correlationId === undefined) return false;
  return tables
    .chain({ correlationId, serviceId, direction: 'out', messageType }, 2)
    .some((other) => other.localKey !== localKey);
}
