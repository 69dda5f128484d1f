/**
 * Messages that come in: known ones are recognised, new ones find their chain and their queue.
 *
 * @module
 */
import type { JournalReceipt } from '@egov-gateway/core';
import { JournalError } from '@egov-gateway/core';

import type { ChangeWriter, PreparedEvent } from './apply-change.ts';
import type { JournalTables } from './journal-tables.ts';
import { conflictingId } from './life/transitions.ts';
import { appendReplied, linkChain, originOf } from './link-chain.ts';

/**
 * Stores a received message once. The same message again is `repeated` under the key of the first one; another one under
 * its id is kept as a message of its own, with the code `CONFLICTING_ID`.
 *
 * @throws {JournalError} ERR_JOURNAL_NOT_FOUND when its container is not here, ERR_JOURNAL_STATE when its key is taken
 */
export function receive(writer: ChangeWriter, prepared: PreparedEvent): JournalReceipt['receptions'][number] {
  const { tables } = writer;
  const { event } = prepared;
  if (event.container !== undefined && tables.head(event.container.localKey) === undefined) {
    throw new JournalError('a message was not stored: the journal does not have its container', {
      code: 'ERR_JOURNAL_NOT_FOUND',
    });
  }
  const isContainer = event.channel === 'async' && event.messageType === undefined;
  const namesakes =
    event.messageId === undefined || isContainer ? [] : tables.receivedUnder(event.messageId, event.channel);
  for (const localKey of namesakes) {
    if (!isSameMessage(tables, localKey, prepared)) continue;
    const { relatedKey: _, messageType: __, ...again } = event;
    writer.append({ ...prepared, event: { ...again, kind: 'repeated', localKey } });
    return { localKey, reception: 'repeated' };
  }

  const conflicting = namesakes.length > 0;
  const { correlationId, serviceId } = event;
  const origin =
    event.channel === 'async' && event.messageType !== undefined && correlationId !== undefined
      ? originOf(tables, { correlationId, serviceId })
      : undefined;
  const head = writer.append({
    ...prepared,
    event: {
      ...event,
      ...(conflicting ? { code: conflictingId } : {}),
      // A REQUEST begins a chain; it replies to nothing.
      ...(origin === undefined || event.messageType === 'REQUEST' ? {} : { relatedKey: origin.localKey }),
    },
  });
  if (event.channel === 'async' && head.state === 'received') {
    tables.putQueue({ queue: 'inbox', localKey: event.localKey, dueAtMs: event.atMs });
  }
  if (event.messageType === 'REQUEST') linkChain(writer, head, event.atMs);
  else if (origin !== undefined) appendReplied(writer, origin, head, event.atMs);
  return { localKey: event.localKey, reception: conflicting ? 'conflicting' : 'stored' };
}

/**
 * Whether a message that is here says the same: by its content hash, else by its exact bytes, else, when one of them was
 * polled and its bytes are those of the whole poll, by service, chain and type.
 */
function isSameMessage(tables: JournalTables, localKey: string, prepared: PreparedEvent): boolean {
  const { event, bytes, contentHashes } = prepared;
  const first = tables.firstEvent(localKey);
  if (first === undefined) return false;
  if (
    first.serviceId !== event.serviceId ||
    first.correlationId !== event.correlationId ||
    first.messageType !== event.messageType
  ) {
    return false;
  }
  if (first.contentHash !== undefined && contentHashes !== undefined) {
    return contentHashes.includes(first.contentHash);
  }
  if (bytes === undefined || first.byteLength === 0) return true;
  if (first.byteLength !== bytes.byteLength) return false;
  const known = tables.bytes(localKey, 1);
  return known !== undefined && Buffer.compare(known, bytes) === 0;
}
