/** What came of the messages: the journal against the ledgers. */
import { openJournal } from '@egov-gateway/journal';
import { openDatabase } from '@egov-gateway/journal/database';

import { readLedger } from './ledger.mjs';

const open = ['draft', 'queued', 'sending', 'sent', 'delivered', 'received', 'unmatched'];

/** How many messages are not at their end, at most 1000. */
export async function countOpen(journalPath) {
  const journal = await openJournal(journalPath);
  try {
    const { messages } = await journal.find({ states: open, limit: 1000 });
    return messages.length;
  } finally {
    await journal.close();
  }
}

function countBy(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/**
 * Lost: accepted, and neither answered nor in doubt, or answered without an effect anywhere. Doubled: taken by the gateway
 * under two ids, or two effects of one reply.
 */
export async function verdict({ journalPath, accepted, effects }) {
  const journal = await openJournal(journalPath);
  const states = new Map();
  const report = await journal.verify();
  for (let after; ; ) {
    const page = await journal.find({ direction: 'out', limit: 1000, ...(after && { after }) });
    for (const { reference, state } of page.messages) states.set(reference, state);
    if (page.next === undefined) break;
    after = page.next;
  }
  await journal.close();

  const database = await openDatabase(journalPath);
  const handled = countBy(
    database
      .prepare('SELECT reference FROM effect')
      .all()
      .map((row) => row.reference),
  );
  database.close();
  // The provider may see a message again after its own crash: the gateway's id tells it is the same one.
  const taken = countBy(
    new Map(readLedger(effects).map(([messageId, reference]) => [messageId, reference])).values(),
  );

  const names = readLedger(accepted).map(([reference]) => reference);
  const isLost = (name) => {
    const state = states.get(name);
    if (state === 'answered') return !taken.has(name) || !handled.has(name);
    return state !== 'in-doubt';
  };
  const lost = names.filter(isLost);
  const doubled = [...states.keys()].filter(
    (name) => (taken.get(name) ?? 0) > 1 || (handled.get(name) ?? 0) > 1,
  );
  const inDoubt = [...states.values()].filter((state) => state === 'in-doubt').length;
  return { accepted: names.length, lost, doubled, inDoubt, fault: report.fault };
}
