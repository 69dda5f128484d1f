import type { StoredMessage, StoredNotice } from './stored-message.ts';

/** What becomes durable together. @internal */
export interface AsyncChange {
  readonly messages: readonly StoredMessage[];
  readonly notices: readonly StoredNotice[];
}

/** Everything a store knows. @internal */
export interface AsyncSnapshot extends AsyncChange {
  /** What the gateway's ids are counted from. */
  readonly idBase: number;
}

/** Where the asynchronous channel keeps its messages. What it has to do is only to remember. @internal */
export interface AsyncStore {
  /** What there was before; `undefined` when nothing was. */
  load(): AsyncSnapshot | undefined | Promise<AsyncSnapshot | undefined>;
  /** Called once, when nothing was there. */
  begin(idBase: number): void | Promise<void>;
  /** Durable when it returns. @throws when it is not: nothing of the change counts then */
  commit(change: AsyncChange): void | Promise<void>;
  close(): void | Promise<void>;
}

/** Remembers nothing: the state in memory is all there is. @internal */
export const memoryStore: AsyncStore = {
  load: () => undefined,
  begin: () => undefined,
  commit: () => undefined,
  close: () => undefined,
};
