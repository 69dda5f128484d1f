import { createOutbox } from '@egov-gateway/outbox';

import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { reportMessage } from '../message-report.ts';
import { noteHelp, noteOption, readNote } from '../note-option.ts';
import { onePositional, switchOption } from '../option-values.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import { sendsNothing } from './outbox-resolve.ts';

/** `egw outbox cancel KEY --note TEXT --journal FILE` */
export const outboxCancel: Command = {
  usage: 'outbox cancel KEY --note TEXT --journal FILE [--json]',
  summary:
    'Gives up a message that waits to be sent: it is not sent. One that may have left in an earlier attempt is in doubt.',
  help: [
    noteHelp('why'),
    '--json                the message as one JSON object on stdout',
    ...journalHelpAlone,
  ],
  options: { ...noteOption, json: { type: 'boolean' }, ...journalOptions, ...configOption },
  async run(given, positionals, context) {
    const key = onePositional(positionals, 'outbox cancel', 'KEY');
    const values = await withSettings(given, context);
    const note = readNote(values);
    return withJournal(values, context, { create: false }, async (journal) => {
      await createOutbox({ journal, deliver: sendsNothing }).cancel(key, note);
      const message = await journal.message(key);
      if (switchOption(values, 'json')) context.console.json(message && reportMessage(message));
      else context.console.line(message?.state ?? 'unknown');
      if (message?.state === 'in-doubt') {
        context.console.note('an earlier attempt may have reached the gateway: egw outbox resolve');
      }
      return exitCodes.done;
    });
  },
};
