import type { Clock, JournalEvent, MessageJournal, MessageQuery, RecordedMessage } from '@egov-gateway/core';

import type { Committer } from './commit.ts';
import { eventOf, outboxCodes } from './conclusion.ts';

/** How old a synchronous exchange is when its process must have ended, milliseconds: none takes this long. */
export const INTERRUPTED_AFTER_MS = 3_600_000;

/** Messages that are looked at in one go. */
const PAGE = 100;

/** Exchanges that have no outcome, and the event that each of them ends with. */
const kinds: readonly (readonly [MessageQuery, JournalEvent['kind']])[] = [
  [{ channel: 'sync', direction: 'out', states: ['sending'] }, 'doubted'],
  [{ channel: 'sync', direction: 'in', states: ['received'] }, 'dead'],
];

/**
 * Ends synchronous exchanges whose process ended in the middle: nobody else would. A call that went out is in doubt from
 * then on, because it may have been taken; a request that came in is `dead`, because whoever asked has long had an error.
 *
 * @throws {JournalError} when the journal is in trouble
 * @internal
 */
export async function concludeInterrupted(options: {
  readonly journal: MessageJournal;
  readonly committer: Committer;
  readonly clock: Clock;
}): Promise<void> {
  const { journal, committer, clock } = options;
  const atMs = clock.now();
  const conclude = async (message: RecordedMessage, kind: JournalEvent['kind']) => {
    if (atMs - message.changedAtMs < INTERRUPTED_AFTER_MS) return;
    const { localKey, version } = message;
    const event = eventOf(message, { kind, atMs, code: outboxCodes.interrupted });
    await committer.commit({ events: [event], expect: [{ localKey, version }] });
  };
  for (const [query, kind] of kinds) {
    let after: string | undefined;
    do {
      const toMs = atMs - INTERRUPTED_AFTER_MS;
      const { messages, next } = await journal.find({ ...query, toMs, limit: PAGE, after });
      for (const message of messages) await conclude(message, kind);
      after = next;
    } while (after !== undefined);
  }
}
