import type { MessageJournal } from '@egov-gateway/core';

/** What a test does around the calls of a journal. */
export interface JournalWatch {
  /** Before the call reaches the journal; what it throws is what the caller gets. */
  readonly before?:
    | ((method: keyof MessageJournal, args: readonly unknown[]) => void | Promise<void>)
    | undefined;
  /** After the journal has done it, before the caller hears of it. */
  readonly after?:
    | ((method: keyof MessageJournal, args: readonly unknown[]) => void | Promise<void>)
    | undefined;
}

/** The journal, with every call watched: to make it fail, or to end its user between two of them. */
export function watchedJournal(journal: MessageJournal, watch: JournalWatch): MessageJournal {
  return new Proxy(journal, {
    get(target, name) {
      const method = name as keyof MessageJournal;
      const original: unknown = Reflect.get(target, method, target);
      if (typeof original !== 'function') return original;
      return async (...args: readonly unknown[]) => {
        await watch.before?.(method, args);
        const result: unknown = await Reflect.apply(original, target, args);
        await watch.after?.(method, args);
        return result;
      };
    },
  });
}
