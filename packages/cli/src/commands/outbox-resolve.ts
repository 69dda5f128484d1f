import { createOutbox } from '@egov-gateway/outbox';

import {
  type Command,
  choiceOption,
  onePositional,
  requiredOption,
  switchOption,
  UsageError,
} from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { reportMessage } from '../message-report.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';

const resolutions = ['sent', 'not-sent', 'abandoned'] as const;

/** `egw outbox resolve KEY --as sent|not-sent|abandoned --note TEXT --journal FILE` */
export const outboxResolve: Command = {
  usage: 'outbox resolve KEY --as sent|not-sent|abandoned --note TEXT --journal FILE [--json]',
  summary: 'Records what you found out about a message in doubt. It stays in the journal, under your note.',
  help: [
    '--as RESOLUTION       sent: the gateway has it; not-sent: it has not, and the same bytes go out again;',
    '                      abandoned: neither counts any more',
    '--note TEXT           how you know, in 1 to 1000 characters; it is printed later: no personal data',
    '--json                the message as one JSON object on stdout',
    ...journalHelpAlone,
  ],
  options: {
    as: { type: 'string' },
    note: { type: 'string' },
    json: { type: 'boolean' },
    ...journalOptions,
    ...configOption,
  },
  async run(given, positionals, context) {
    const key = onePositional(positionals, 'outbox resolve', 'KEY');
    const values = await withSettings(given, context);
    const resolution = choiceOption(values, 'as', resolutions);
    if (resolution === undefined) throw new UsageError(`--as is missing: one of ${resolutions.join(', ')}`);
    const note = readNote(requiredOption(values, 'note'));
    return withJournal(values, context, { create: false }, async (journal) => {
      await createOutbox({ journal, deliver: sendsNothing }).resolve(key, resolution, note);
      const message = await journal.message(key);
      if (switchOption(values, 'json')) context.console.json(message && reportMessage(message));
      else context.console.line(message?.state ?? 'unknown');
      if (message?.state === 'queued') context.console.note('egw outbox run, or your application, sends it');
      return exitCodes.done;
    });
  },
};

/** @throws {UsageError} when it is empty or too long */
export function readNote(note: string): string {
  if (note.trim() !== '' && note.length <= 1000) return note;
  throw new UsageError('--note says in 1 to 1000 characters how it is known');
}

/** For outboxes that only write down what a person says. */
export async function sendsNothing(): Promise<never> {
  throw new TypeError('nothing is sent here');
}
