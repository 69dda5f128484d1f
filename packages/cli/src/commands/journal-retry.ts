import { JournalError, type MessageJournal, type RecordedMessage } from '@egov-gateway/core';
import { createInbox, createOutbox } from '@egov-gateway/outbox';

import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { reportMessage } from '../message-report.ts';
import { noteHelp, noteOption, readNote } from '../note-option.ts';
import { onePositional, switchOption } from '../option-values.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import { sendsNothing } from './outbox-resolve.ts';

/** `egw journal retry KEY --journal FILE [--note TEXT]` */
export const journalRetry: Command = {
  usage: 'journal retry KEY --journal FILE [--note TEXT] [--json]',
  summary:
    'Gives a message another chance: one that goes out and was given up or refused is sent again, the same bytes; one that\n' +
    'came in is handed to its handler again. A message in doubt is not retried: see egw outbox resolve.',
  help: [
    noteHelp('why'),
    '--json                the message as one JSON object on stdout',
    ...journalHelpAlone,
  ],
  options: { ...noteOption, json: { type: 'boolean' }, ...journalOptions, ...configOption },
  async run(given, positionals, context) {
    const key = onePositional(positionals, 'journal retry', 'KEY');
    const values = await withSettings(given, context);
    const note = readNote(values, 'retried');
    const { console } = context;
    return withJournal(values, context, { create: false }, async (journal) => {
      const message = await journal.message(key);
      if (message === undefined) {
        throw new JournalError('the journal has no message with this key', { code: 'ERR_JOURNAL_NOT_FOUND' });
      }
      await retry(journal, message, note);
      const changed = (await journal.message(key)) ?? message;
      if (switchOption(values, 'json')) console.json(reportMessage(changed));
      else console.line(changed.state);
      const who =
        message.direction === 'out'
          ? 'egw outbox run, or your application, sends it'
          : 'your application handles it';
      console.note(who);
      return exitCodes.done;
    });
  },
};

async function retry(journal: MessageJournal, message: RecordedMessage, note: string): Promise<void> {
  const { localKey, direction, state, events } = message;
  if (direction === 'out' && state === 'in-doubt') {
    throw new JournalError(
      `nobody knows whether the gateway has this message: find out, then egw outbox resolve ${localKey}`,
      { code: 'ERR_JOURNAL_STATE' },
    );
  }
  if (direction === 'out') return createOutbox({ journal, deliver: sendsNothing }).retry(localKey, note);
  if (state === 'received' && events.at(-1)?.kind === 'unhandled') {
    // It waits for another try anyway: now, then.
    await journal.commit({ events: [], enqueue: [{ queue: 'inbox', localKey, dueAtMs: Date.now() }] });
    return;
  }
  await createInbox({ journal, open: sendsNothing }).retry(localKey, note);
}
