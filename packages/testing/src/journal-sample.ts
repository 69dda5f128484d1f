import type { Clock, MessageJournal } from '@egov-gateway/core';

import { journalEvent, liveThrough, pollMessage, receiveReply } from './journal-messages.ts';

/** What the sample needs of a journal besides living. */
interface SampleJournal<Heads> extends MessageJournal {
  heads(): Promise<Heads>;
  retain(options: { readonly keepDays: number; readonly folder: string }): Promise<unknown>;
}

/** Position of the second event of the second day, in the middle of its segment. */
export const samplePosition = 22;

/**
 * Writes four days, from 2026-11-20, two writers each. The first three are sealed, the 20th is archived to `folder` and
 * dropped; on the 23rd messages wait on the queues.
 *
 * @returns the heads after every day, as an owner would have kept them
 */
export async function writeSampleJournal<Heads>(
  open: (clock: Clock) => Promise<SampleJournal<Heads>>,
  folder: string,
): Promise<readonly Heads[]> {
  const kept: Heads[] = [];
  for (let day = 0; day < 4; day += 1) {
    const nowMs = Date.UTC(2026, 10, 20 + day);
    const first = await open({ now: () => nowMs });
    const second = await open({ now: () => nowMs });
    for (const [index, journal] of [first, second].entries()) {
      await liveThrough(journal, day * 10 + index, nowMs);
      await pollMessage(journal, day * 10 + index, nowMs);
    }
    if (day === 2) {
      // Two days apart: `sent` on the 22nd, answered on the 23rd.
      await liveThrough(first, 29, nowMs, 'sent');
      await first.retain({ keepDays: 1, folder });
    }
    if (day === 3) {
      await receiveReply(first, 29, nowMs);
      await liveThrough(first, 39, nowMs, 'queued');
      await first.append(
        journalEvent(38, 'received', {
          direction: 'in',
          messageType: 'REQUEST',
          messageId: 'r-38',
          bytes: Buffer.from('x'),
        }),
      );
    }
    kept.push(await first.heads());
    await first.close();
    await second.close();
  }
  return kept;
}
