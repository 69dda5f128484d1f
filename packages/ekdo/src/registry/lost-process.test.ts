import { JournalError, type JournalEvent, type MessageJournal } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { describe, expect, test } from 'vitest';

import { entry, registryParty, uploads } from '../../test/registry-party.ts';

/** A journal whose writing fails once: before or after it has written. */
function failingJournal(which: number, when: 'before' | 'after'): MessageJournal {
  const journal = createMemoryJournal();
  let writes = 0;
  const around = async <Value>(write: () => Promise<Value>): Promise<Value> => {
    const fails = ++writes === which;
    const lost = (): JournalError => new JournalError('x', { code: 'ERR_JOURNAL_IO' });
    if (fails && when === 'before') throw lost();
    const value = await write();
    if (fails) throw lost();
    return value;
  };
  return new Proxy(journal, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method = (...given: unknown[]): unknown => value.apply(target, given);
      if (name !== 'append' && name !== 'commit') return method;
      return (...given: [JournalEvent]) => around(async () => method(...given));
    },
  });
}

const writes = [1, 2, 3, 4].flatMap((which) => [['before', which] as const, ['after', which] as const]);

describe('a process that is lost', () => {
  test.each(writes)('%s write %i to the journal: nothing goes out twice by itself', async (when, which) => {
    const { portal, make } = registryParty({}, failingJournal(which, when));
    await expect(make().send(entry)).rejects.toThrow(JournalError);
    const after = await make().send(entry);
    const last = await make().send(entry);
    expect(uploads(portal)).toBeLessThanOrEqual(1);
    expect(portal.paths.filter((path) => path.endsWith('/signature')).length).toBeLessThanOrEqual(1);
    // What the journal does not know for sure waits for a person; the rest is finished.
    expect(['sent', 'in-doubt']).toContain(after.state);
    expect(last.state).toBe(after.state);
  });
});
