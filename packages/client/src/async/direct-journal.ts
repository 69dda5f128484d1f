import type { Journal, JournalEvent, MessageJournal } from '@egov-gateway/core';

import { publishStates } from '../worker-telemetry.ts';

/**
 * A journal that keeps messages, not events alone.
 *
 * @internal
 */
export function isMessageJournal(journal: Journal): journal is MessageJournal {
  return typeof (journal as Partial<MessageJournal>).commit === 'function';
}

/** How much longer than the send the record of its outcome may take, milliseconds. */
const GRACE_MS = 60_000;

/**
 * The journal of a message that is sent at once, without an outbox. In a journal that outboxes work on, the attempt
 * begins in the same change that accepts the message, so that no worker can take it meanwhile; and the message
 * ends with the send, because the caller is told whether to send again: `dead` when nothing left, `doubted` when nobody
 * knows.
 *
 * @internal
 */
export function journalOfDirectSend(
  journal: Journal,
  { timeoutMs }: { readonly timeoutMs: number },
): Journal {
  if (!isMessageJournal(journal)) return journal;
  let isAccepted = true;
  return {
    async append(event) {
      if (event.kind === 'signed') {
        isAccepted = false;
        const attempt = attemptOf(event, timeoutMs);
        const { changed } = await journal.commit({
          events: [event, attempt],
          // When this process dies meanwhile, a worker finds the attempt as soon as its time is over.
          enqueue: [{ queue: 'outbox', localKey: event.localKey, dueAtMs: attempt.untilMs }],
        });
        isAccepted = true;
        publishStates(changed, event.serviceId);
        return;
      }
      // A change is kept whole or not at all: a message that was not accepted has no outcome to be kept.
      if (!isAccepted && (await journal.message(event.localKey)) === undefined) return;
      const { changed } = await journal.commit({
        events: [event, ...endOf(event)],
        dequeue: [{ queue: 'outbox', localKey: event.localKey }],
      });
      publishStates(changed, event.serviceId);
    },
  };
}

function attemptOf(event: JournalEvent, timeoutMs: number): JournalEvent & { readonly untilMs: number } {
  return { ...identityOf(event), kind: 'sending', attempt: 1, untilMs: event.atMs + timeoutMs + GRACE_MS };
}

function endOf(event: JournalEvent): JournalEvent[] {
  if (event.kind !== 'failed') return [];
  const { code, delivery } = event;
  return [{ ...identityOf(event), kind: delivery === 'not-sent' ? 'dead' : 'doubted', code }];
}

function identityOf({ localKey, serviceId, channel, messageType, atMs }: JournalEvent) {
  return { localKey, serviceId, channel, messageType, atMs };
}
