import { createOutbox } from '@egov-gateway/outbox';

import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { reportMessage } from '../message-report.ts';
import { noteHelp, noteOption, readNote } from '../note-option.ts';
import { choiceOption, onePositional, switchOption, textOption } from '../option-values.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

const resolutions = ['sent', 'not-sent', 'abandoned'] as const;

/** `egw outbox resolve KEY --as sent|not-sent|abandoned --note TEXT [--correlation-id ID] --journal FILE` */
export const outboxResolve: Command = {
  usage:
    'outbox resolve KEY --as sent|not-sent|abandoned --note TEXT [--correlation-id ID] --journal FILE [--json]',
  summary: 'Records what you found out about a message in doubt. It stays in the journal, under your note.',
  help: [
    '--as RESOLUTION       sent: the gateway has it; not-sent: it has not, and the same bytes go out again;',
    '                      abandoned: neither counts any more',
    noteHelp('how you know'),
    '--correlation-id ID   with sent: its chain, as the support desk of the gateway names it. Replies that wait, and later',
    '                      ones, then find the message',
    '--message-id ID       with sent: what the gateway calls the message, for egw status',
    '--json                the message as one JSON object on stdout',
    ...journalHelpAlone,
  ],
  options: {
    as: { type: 'string' },
    ...noteOption,
    'correlation-id': { type: 'string' },
    'message-id': { type: 'string' },
    json: { type: 'boolean' },
    ...journalOptions,
    ...configOption,
  },
  async run(given, positionals, context) {
    const key = onePositional(positionals, 'outbox resolve', 'KEY');
    const values = await withSettings(given, context);
    const resolution = choiceOption(values, 'as', resolutions);
    if (resolution === undefined) throw new UsageError(`--as is missing: one of ${resolutions.join(', ')}`);
    const note = readNote(values);
    const names = {
      correlationId: textOption(values, 'correlation-id'),
      messageId: textOption(values, 'message-id'),
    };
    assertNames(names, resolution);
    return withJournal(values, context, { create: false }, async (journal) => {
      await createOutbox({ journal, deliver: sendsNothing }).resolve(key, resolution, note, names);
      const message = await journal.message(key);
      if (switchOption(values, 'json')) context.console.json(message && reportMessage(message));
      else context.console.line(message?.state ?? 'unknown');
      if (message?.state === 'queued') context.console.note('egw outbox run, or your application, sends it');
      return exitCodes.done;
    });
  },
};

/** @throws {UsageError} when the gateway's names come with a resolution that denies them, or are empty or too long */
function assertNames(names: Readonly<Record<string, string | undefined>>, resolution: string): void {
  for (const name of Object.values(names)) {
    if (name === undefined) continue;
    if (resolution !== 'sent') {
      throw new UsageError('--correlation-id and --message-id go with --as sent: the gateway gives them');
    }
    if (name.trim() === '' || name.length > 1000) {
      throw new UsageError('--correlation-id and --message-id have 1 to 1000 characters');
    }
  }
}

/** For outboxes that only write down what a person says. */
export async function sendsNothing(): Promise<never> {
  throw new TypeError('nothing is sent here');
}
