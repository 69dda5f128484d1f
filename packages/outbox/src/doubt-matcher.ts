import type { Clock, MessageJournal, RecordedMessage } from '@egov-gateway/core';

import type { Committer } from './commit.ts';
import { eventOf } from './conclusion.ts';
import { type Open, readStored } from './stored-message.ts';

/** What {@link DoubtMatcher} works with. @internal */
export interface DoubtMatcherOptions<Message> {
  readonly journal: MessageJournal;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly open: Open<Message>;
  readonly referenceOf: (message: Message) => string | undefined | Promise<string | undefined>;
}

/** Replies that are looked at in one go; the next look continues. */
const PAGE = 100;
const MAX_REMEMBERED = 1_000;

/**
 * Finds the doubt that a reply of an unknown chain ends: a message whose answer was lost never learned its chain, but the
 * reply names the application's own reference. Only one message of the service may have it.
 *
 * @internal
 */
export class DoubtMatcher<Message> {
  readonly #options: DoubtMatcherOptions<Message>;
  /** References of replies that were opened already, the oldest dropped first. */
  readonly #references = new Map<string, string | undefined>();
  /** Where the next look goes on. */
  #place: string | undefined;

  constructor(options: DoubtMatcherOptions<Message>) {
    this.#options = options;
  }

  /** Looks at some replies that wait. Does nothing while no message is in doubt. @throws {JournalError} */
  async look(stopping: AbortSignal): Promise<void> {
    const { journal } = this.#options;
    const doubts = { direction: 'out', channel: 'async', states: ['in-doubt'], limit: 1 } as const;
    if ((await journal.find(doubts)).messages.length === 0) return;
    const { messages, next } = await journal.find({
      direction: 'in',
      channel: 'async',
      states: ['unmatched'],
      limit: PAGE,
      after: this.#place,
    });
    for (const reply of messages) {
      if (stopping.aborted) return;
      await this.#match(reply);
    }
    this.#place = next;
  }

  async #match(reply: RecordedMessage): Promise<void> {
    const { journal, committer, clock } = this.#options;
    const { correlationId, serviceId } = reply;
    if (correlationId === undefined) return;
    const reference = await this.#referenceOf(reply);
    if (reference === undefined) return;
    const { messages } = await journal.find({
      serviceId,
      reference,
      direction: 'out',
      channel: 'async',
      // One that is on its way could be the one that is meant as well.
      states: ['in-doubt', 'sending', 'queued'],
      limit: 2,
    });
    const [doubt] = messages;
    if (doubt === undefined || messages.length > 1 || !isOpenDoubt(doubt)) return;
    await committer.commit({
      events: [
        eventOf(doubt, {
          kind: 'resolved',
          atMs: clock.now(),
          resolution: 'sent',
          correlationId,
          relatedKey: reply.localKey,
          note: 'a reply names its reference',
        }),
      ],
      expect: [
        { localKey: doubt.localKey, version: doubt.version },
        { localKey: reply.localKey, version: reply.version },
      ],
      dequeue: [{ queue: 'outbox', localKey: doubt.localKey }],
    });
  }

  async #referenceOf(reply: RecordedMessage): Promise<string | undefined> {
    const { localKey } = reply;
    if (this.#references.has(localKey)) return this.#references.get(localKey);
    const reference = await this.#read(reply);
    for (const oldest of this.#references.keys()) {
      if (this.#references.size < MAX_REMEMBERED) break;
      this.#references.delete(oldest);
    }
    this.#references.set(localKey, reference);
    return reference;
  }

  async #read(reply: RecordedMessage): Promise<string | undefined> {
    const { journal, open, referenceOf } = this.#options;
    try {
      const { bytes, atMs, part } = await readStored(journal, reply);
      const reference = await referenceOf(await open(bytes, atMs, part));
      return typeof reference === 'string' && reference !== '' ? reference : undefined;
    } catch {
      // It is not to be trusted, or not to be read: then it says nothing about any doubt, and stays unmatched.
      return undefined;
    }
  }
}

/** In doubt, with a name to find it by, and without a chain of its own. */
function isOpenDoubt({ state, reference, correlationId }: RecordedMessage): boolean {
  return state === 'in-doubt' && reference !== undefined && correlationId === undefined;
}
