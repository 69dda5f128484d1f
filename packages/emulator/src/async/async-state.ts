/**
 * The messages of the asynchronous channel, found by every key they are asked for.
 *
 * @module
 */
import { randomInt } from 'node:crypto';

import { type AsyncChange, type AsyncStore, memoryStore } from './async-store.ts';
import { isOpen, type StoredMessage, type StoredNotice } from './stored-message.ts';

/** A change in the making. @internal */
export interface Draft {
  /** A new message gets the next place. */
  readonly nextSequence: () => number;
  put(message: StoredMessage): StoredMessage;
  putNotice(notice: StoredNotice): StoredNotice;
}

/** @internal */
export class AsyncState {
  readonly #store: AsyncStore;
  readonly #messages = new Map<number, StoredMessage>();
  readonly #byMessageId = new Map<string, number>();
  readonly #bySender = new Map<string, number>();
  readonly #chains = new Map<string, number[]>();
  /** By receiver: what is not delivered yet. */
  readonly #open = new Map<string | undefined, Map<number, StoredMessage>>();
  readonly #notices = new Map<number, StoredNotice>();
  readonly #idBase: number;
  #sequence = 0;
  #lastMessage = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #onChange: (change: AsyncChange) => void = () => undefined;

  private constructor(store: AsyncStore, idBase: number) {
    this.#store = store;
    this.#idBase = idBase;
  }

  /** @throws {JournalError} of the store */
  static async load(store: AsyncStore = memoryStore): Promise<AsyncState> {
    const snapshot = await store.load();
    // Not from 1: an emulator that starts again must not give the ids of before.
    const idBase = snapshot?.idBase ?? randomInt(100_000_000, 900_000_000);
    if (snapshot === undefined) await store.begin(idBase);
    const state = new AsyncState(store, idBase);
    if (snapshot !== undefined) state.#apply(snapshot);
    return state;
  }

  /** What the gateway's ids are counted from. */
  get idBase(): number {
    return this.#idBase;
  }

  /** Told of every change after it is durable. */
  onChange(listener: (change: AsyncChange) => void): void {
    this.#onChange = listener;
  }

  /**
   * Decides on a change with nobody else doing so, makes it durable, and only then lets it be seen.
   *
   * @throws whatever `work` or the store throws; then nothing has changed
   */
  transact<Value>(work: (draft: Draft) => Value): Promise<Value> {
    const done = this.#queue.then(() => this.#commit(work));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #commit<Value>(work: (draft: Draft) => Value): Promise<Value> {
    const messages = new Map<number, StoredMessage>();
    const notices = new Map<number, StoredNotice>();
    let sequence = this.#sequence;
    const value = work({
      nextSequence: () => {
        sequence += 1;
        return sequence;
      },
      put: (message) => {
        messages.set(message.sequence, message);
        return message;
      },
      putNotice: (notice) => {
        notices.set(notice.sequence, notice);
        return notice;
      },
    });
    if (messages.size === 0 && notices.size === 0) return value;
    const change = { messages: [...messages.values()], notices: [...notices.values()] };
    await this.#store.commit(change);
    this.#apply(change);
    this.#onChange(change);
    return value;
  }

  message(sequence: number): StoredMessage | undefined {
    return this.#messages.get(sequence);
  }

  /** The one accepted last. */
  get last(): StoredMessage | undefined {
    return this.#messages.get(this.#lastMessage);
  }

  /** The first one that was given this id. */
  byMessageId(messageId: string): StoredMessage | undefined {
    return this.#found(this.#byMessageId.get(messageId));
  }

  /** What a sender sent under an id of its own. */
  bySender(senderId: string, senderMessageId: string): StoredMessage | undefined {
    return this.#found(this.#bySender.get(senderKey(senderId, senderMessageId)));
  }

  /** The messages of a chain in order of acceptance; empty when there is no such chain. */
  chain(correlationId: string): readonly StoredMessage[] {
    return (this.#chains.get(correlationId) ?? []).flatMap((sequence) => this.#found(sequence) ?? []);
  }

  get correlationIds(): readonly string[] {
    return [...this.#chains.keys()];
  }

  /** What a receiver has not got yet; `undefined` asks for the built-in services. */
  open(receiver: string | undefined): readonly StoredMessage[] {
    return [...(this.#open.get(receiver)?.values() ?? [])];
  }

  get openCount(): number {
    return [...this.#open.values()].reduce((sum, messages) => sum + messages.size, 0);
  }

  notice(sequence: number): StoredNotice | undefined {
    return this.#notices.get(sequence);
  }

  /** Everything that may have to be done: for the start. */
  get pending(): AsyncChange {
    return {
      messages: [...this.#open.values()].flatMap((messages) => [...messages.values()]),
      notices: [...this.#notices.values()],
    };
  }

  /** What `onEffect` has not been told of, oldest first. */
  get unnoted(): readonly StoredMessage[] {
    return [...this.#messages.values()].filter((message) => !message.isNoted);
  }

  /** Lets go of the store when everything that was begun is written. */
  async close(): Promise<void> {
    await this.#queue;
    await this.#store.close();
  }

  #found(sequence: number | undefined): StoredMessage | undefined {
    return sequence === undefined ? undefined : this.#messages.get(sequence);
  }

  #apply({ messages, notices }: AsyncChange): void {
    for (const message of messages) this.#keep(message);
    for (const notice of notices) {
      this.#sequence = Math.max(this.#sequence, notice.sequence);
      if (notice.isDone) this.#notices.delete(notice.sequence);
      else this.#notices.set(notice.sequence, notice);
    }
  }

  #keep(message: StoredMessage): void {
    const { sequence, messageId, correlationId, from, senderMessageId, to } = message;
    this.#sequence = Math.max(this.#sequence, sequence);
    this.#lastMessage = Math.max(this.#lastMessage, sequence);
    if (!this.#messages.has(sequence)) {
      if (!this.#byMessageId.has(messageId)) this.#byMessageId.set(messageId, sequence);
      if (from !== undefined && senderMessageId !== undefined) {
        const key = senderKey(from, senderMessageId);
        if (!this.#bySender.has(key)) this.#bySender.set(key, sequence);
      }
      const chain = this.#chains.get(correlationId);
      if (chain === undefined) this.#chains.set(correlationId, [sequence]);
      else chain.push(sequence);
    }
    this.#messages.set(sequence, message);
    const open = this.#open.get(to) ?? new Map<number, StoredMessage>();
    if (isOpen(message)) this.#open.set(to, open.set(sequence, message));
    else open.delete(sequence);
  }
}

/** A length in front: no two pairs make the same key. */
function senderKey(senderId: string, senderMessageId: string): string {
  return `${senderId.length}:${senderId}${senderMessageId}`;
}
