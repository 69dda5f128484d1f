import {
  type Clock,
  type JournalChange,
  JournalError,
  type JournalEvent,
  type MessageJournal,
  pause,
  type RecordedMessage,
  type Timers,
} from '@egov-gateway/core';

import { backoffMs, type ResolvedBackoff } from './backoff.ts';
import type { Committer } from './commit.ts';
import { eventOf } from './conclusion.ts';
import { codeOf, isJournalTrouble } from './failure.ts';
import { HandlerTurns } from './handler-turns.ts';
import { CollectedEffects, type InboxTransaction } from './inbox-transaction.ts';
import type { EnqueueOptions, PreparedMessage, QueuedMessage } from './prepared-message.ts';
import { type Open, readStored, type StoredMessage } from './stored-message.ts';
import type { WorkerTelemetry } from './worker-telemetry.ts';

/** Codes of the inbox's own events, beside `ERR_…`. */
export const inboxCodes: {
  /** The handler threw. */
  readonly failed: 'HANDLER_FAILED';
  /** The handler did not end in time. */
  readonly timeout: 'HANDLER_TIMEOUT';
} = { failed: 'HANDLER_FAILED', timeout: 'HANDLER_TIMEOUT' };

/**
 * Handles a message. When it resolves, the message is handled and everything that was put into `tx` happens with it;
 * when it throws, nothing of that does and it is called again later.
 */
export type InboxHandler<Message> = (message: Message, tx: InboxTransaction) => unknown;

/** An attempt of a handler that failed. The error may say anything about the message: mind where it is written to. */
export interface HandlerErrorEvent {
  readonly localKey: string;
  readonly serviceId: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** `ERR_…`, or one of {@link inboxCodes}. */
  readonly code: string;
  readonly error: unknown;
  /** Whether it was the last one: the message is `dead`. */
  readonly isLast: boolean;
}

/** What {@link HandleWork} works with. @internal */
export interface HandleWorkOptions<Message> {
  readonly journal: MessageJournal;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly telemetry: Pick<WorkerTelemetry, 'failed'>;
  readonly open: Open<Message>;
  readonly handlerOf: (serviceId: string) => InboxHandler<Message> | undefined;
  readonly accept: (prepared: PreparedMessage, options: EnqueueOptions) => QueuedMessage;
  /** Messages of one service handled at a time. */
  readonly perService: number;
  /** How long what was taken is left alone by others. */
  readonly leaseMs: number;
  readonly maxAttempts: number;
  readonly backoff: ResolvedBackoff;
  readonly handlerTimeoutMs: number;
  /** A message of a service that nobody handles. */
  readonly onNoHandler: (serviceId: string) => void;
  readonly onHandlerError: (event: HandlerErrorEvent) => void;
  /** Messages were accepted for sending. */
  readonly onAccepted: () => void;
}

/** How long a message rests that nobody handles, milliseconds. */
const NO_HANDLER_REST_MS = 60_000;
/** How long a message rests whose bytes cannot be read, milliseconds. */
const UNREADABLE_REST_MS = 300_000;
/** So many messages wait in memory for their turn; what comes beyond rests on the queue. */
const MAX_WAITING = 2_000;
/** How long a message rests that finds no room to wait, milliseconds. */
const CROWDED_REST_MS = 30_000;
/** How old a lease may be when a handler begins, milliseconds. */
const FRESH_LEASE_MS = 1_000;

/** What ended a handler, beside itself. */
class Interruption extends Error {
  readonly isStop: boolean;
  constructor(isStop: boolean) {
    super(isStop ? 'the worker stops' : 'the handler did not end in time');
    this.isStop = isStop;
  }
}

/**
 * Everything that is done with one message of the queue `inbox`.
 *
 * @internal
 */
export class HandleWork<Message> {
  readonly #options: HandleWorkOptions<Message>;
  readonly #turns: HandlerTurns;

  constructor(options: HandleWorkOptions<Message>) {
    this.#options = options;
    this.#turns = new HandlerTurns(options.perService);
  }

  /** Services of which nothing more is to come now. */
  get crowded(): readonly string[] {
    return this.#turns.crowded;
  }

  /** @throws {JournalError} when the journal is in trouble */
  async work(
    localKey: string,
    stopping: AbortSignal,
    park: (turn: Promise<void>) => Promise<boolean>,
  ): Promise<'done' | 'back' | 'unstarted'> {
    const { journal, clock, handlerOf, onNoHandler } = this.#options;
    const takenAtMs = clock.now();
    const record = await journal.message(localKey);
    if (!isWaiting(record)) return this.#drop(localKey);
    if (handlerOf(record.serviceId) === undefined) {
      onNoHandler(record.serviceId);
      await this.#postpone(record, clock.now() + NO_HANDLER_REST_MS);
      return 'back';
    }
    const { serviceId } = record;
    const chain = record.correlationId ?? localKey;
    const leave = this.#turns.take(serviceId, chain);
    if (leave !== undefined) {
      try {
        return await this.#handle(record, stopping);
      } finally {
        leave();
      }
    }
    if (this.#turns.waiting >= MAX_WAITING) {
      await this.#postpone(record, clock.now() + CROWDED_REST_MS);
      return 'back';
    }
    const place = this.#turns.wait(serviceId, chain);
    try {
      if (!(await park(place.turn))) return 'unstarted';
      return await this.#handleLater(localKey, takenAtMs, stopping);
    } finally {
      place.leave();
    }
  }

  /** Handles what has waited: it may have changed, and what is left of its lease may be too short. */
  async #handleLater(localKey: string, takenAtMs: number, stopping: AbortSignal): Promise<'done' | 'back'> {
    const { journal, clock, leaseMs } = this.#options;
    const nowMs = clock.now();
    // It is somebody else's, or due again.
    if (nowMs >= takenAtMs + leaseMs) return 'back';
    const record = await journal.message(localKey);
    if (!isWaiting(record)) return this.#drop(localKey);
    if (nowMs > takenAtMs + FRESH_LEASE_MS) await this.#postpone(record, nowMs + leaseMs);
    return this.#handle(record, stopping);
  }

  async #drop(localKey: string): Promise<'done'> {
    await this.#options.journal.commit({ events: [], dequeue: [{ queue: 'inbox', localKey }] });
    return 'done';
  }

  async #handle(record: RecordedMessage, stopping: AbortSignal): Promise<'done' | 'back'> {
    const { accept, handlerOf, open } = this.#options;
    const controller = new AbortController();
    const effects = new CollectedEffects({ record, signal: controller.signal, accept });
    const stored = await this.#stored(record, stopping);
    if (stored === undefined) return 'back';
    try {
      await this.#inTime(
        async () =>
          handlerOf(record.serviceId)?.(await open(stored.bytes, stored.atMs, stored.part), effects),
        controller,
        stopping,
      );
    } catch (error) {
      // Whatever it threw is its own failure: an error of a journal, too, may be that of another one.
      if (error instanceof Interruption && error.isStop)
        await this.#postpone(record, this.#options.clock.now());
      else await this.#fail(record, error, stopping);
      return 'back';
    } finally {
      effects.close();
    }
    return this.#handled(record, effects, stopping);
  }

  /** The bytes; `undefined` when they cannot be read: that is of this message alone, and it is put back or given up. */
  async #stored(record: RecordedMessage, stopping: AbortSignal): Promise<StoredMessage | undefined> {
    const { journal, clock, telemetry } = this.#options;
    try {
      return await readStored(journal, record);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ERR_JOURNAL_KEY' || code === 'ERR_JOURNAL_DAMAGED') {
        // An operator can mend it: the message rests, and the worker says so.
        telemetry.failed(error);
        await this.#postpone(record, clock.now() + UNREADABLE_REST_MS);
      } else if (isJournalTrouble(error)) {
        throw error;
      } else {
        await this.#fail(record, error, stopping);
      }
      return undefined;
    }
  }

  /** Records that the handler has ended well, together with everything that it collected. */
  async #handled(
    record: RecordedMessage,
    effects: CollectedEffects,
    stopping: AbortSignal,
  ): Promise<'done' | 'back'> {
    const { clock, onAccepted } = this.#options;
    const { localKey } = record;
    const handled = eventOf(record, { kind: 'handled', atMs: clock.now(), attempt: effects.attempt });
    try {
      // While the journal is in trouble this goes on: what the handler did elsewhere has been done.
      await this.#commit(record, stopping, (current) => ({
        events: [handled, ...effects.events],
        expect: [
          { localKey, version: current },
          ...effects.events.map((event) => ({ localKey: event.localKey, version: 0 })),
        ],
        enqueue: effects.entries,
        dequeue: [{ queue: 'inbox', localKey }],
        ...(effects.statements.length === 0 ? {} : { statements: effects.statements }),
      }));
    } catch (error) {
      if (isJournalTrouble(error)) throw error;
      // What it collected cannot be kept.
      await this.#fail(record, error, stopping);
      return 'back';
    }
    if (effects.entries.length > 0) onAccepted();
    return 'done';
  }

  /** The end of the handler, or of its time, or of the worker. */
  async #inTime(
    run: () => Promise<unknown>,
    controller: AbortController,
    stopping: AbortSignal,
  ): Promise<void> {
    const { timers, handlerTimeoutMs } = this.#options;
    const settled = new AbortController();
    let interrupt: (isStop: boolean) => void = () => {};
    const interrupted = new Promise<never>((_resolve, reject) => {
      interrupt = (isStop) => {
        const reason = new Interruption(isStop);
        reject(reason);
        controller.abort(reason);
      };
    });
    interrupted.catch(() => {});
    const onStop = () => interrupt(true);
    stopping.addEventListener('abort', onStop);
    if (stopping.aborted) onStop();
    void pause(timers, handlerTimeoutMs, settled.signal).then(() => {
      if (!settled.signal.aborted) interrupt(false);
    });
    try {
      await Promise.race([run(), interrupted]);
    } finally {
      stopping.removeEventListener('abort', onStop);
      settled.abort();
    }
  }

  /**
   * Commits what ends an attempt. Being confirmed, or coming once more, changes a message as well and is no reason to call
   * its handler again; somebody else's attempt is a reason to walk away.
   */
  async #commit(
    record: RecordedMessage,
    stopping: AbortSignal,
    changeAt: (version: number) => JournalChange,
  ): Promise<void> {
    const { journal, committer } = this.#options;
    let { version } = record;
    for (;;) {
      if ((await committer.insist(changeAt(version), stopping)) !== undefined) return;
      const current = await journal.message(record.localKey);
      if (current?.state !== 'received' || current.attempts !== record.attempts) return;
      if (current.version === version) {
        throw new JournalError('the handler sends a message under a localKey that is taken', {
          code: 'ERR_JOURNAL_CONFLICT',
        });
      }
      version = current.version;
    }
  }

  async #fail(record: RecordedMessage, error: unknown, stopping: AbortSignal): Promise<void> {
    const { clock, random, maxAttempts, backoff, onHandlerError } = this.#options;
    const { localKey, serviceId } = record;
    const attempt = record.attempts + 1;
    const triedSince = attemptsSinceRetry(record) + 1;
    const isLast = triedSince >= maxAttempts;
    const code = failureCode(error);
    const atMs = clock.now();
    const events: JournalEvent[] = [eventOf(record, { kind: 'unhandled', atMs, attempt, code })];
    if (isLast) {
      events.push(eventOf(record, { kind: 'dead', atMs, code, note: `${maxAttempts} attempts are used up` }));
    }
    onHandlerError({ localKey, serviceId, attempt, code, error, isLast });
    const dueAtMs = atMs + backoffMs(backoff, triedSince, random);
    await this.#commit(record, stopping, (version) => ({
      events,
      expect: [{ localKey, version }],
      ...(isLast
        ? { dequeue: [{ queue: 'inbox', localKey }] }
        : { enqueue: [{ queue: 'inbox', localKey, dueAtMs }] }),
    }));
  }

  async #postpone({ localKey }: RecordedMessage, dueAtMs: number): Promise<void> {
    await this.#options.journal.commit({
      events: [],
      enqueue: [{ queue: 'inbox', localKey, dueAtMs }],
    });
  }
}

/** Whether a message waits for its handler. */
function isWaiting(record: RecordedMessage | undefined): record is RecordedMessage {
  return record?.direction === 'in' && record.state === 'received';
}

/** How often the handler failed since a person gave the message back to it. */
function attemptsSinceRetry({ events }: RecordedMessage): number {
  const from = events.findLastIndex((event) => event.kind === 'resolved');
  return events.slice(from + 1).filter((event) => event.kind === 'unhandled').length;
}

function failureCode(error: unknown): string {
  if (error instanceof Interruption) return inboxCodes.timeout;
  const code = codeOf(error);
  return code === 'UNEXPECTED' ? inboxCodes.failed : code;
}
