import type { MessageQuery, RecordedMessage } from '@egov-gateway/core';

import type { Command, CommandContext } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { queryHelp, queryOptions, readQuery } from '../journal-query.ts';
import { messageLine, messageTable, reportMessage } from '../message-report.ts';
import { type OptionValues, switchOption } from '../option-values.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

/** What {@link listMessages} knows besides. */
export const headerHelp =
  '--header              names of the columns, and the columns below one another: as on a terminal anyway';

/** `egw journal list --journal FILE [--state STATE…]` */
export const journalList: Command = {
  usage: 'journal list --journal FILE [--service ID] [--state STATE…] [--from T] [--to T] [--json]',
  summary:
    'Lists messages, newest first. Everything that is given must hold. What is in them is never printed.',
  help: [
    ...queryHelp,
    '--all                 with the answers to polls, which are kept as records of their own',
    headerHelp,
    '--json                one JSON object on stdout',
    ...journalHelpAlone,
  ],
  options: {
    ...queryOptions,
    all: { type: 'boolean' },
    header: { type: 'boolean' },
    json: { type: 'boolean' },
    ...journalOptions,
    ...configOption,
  },
  async run(given, positionals, context) {
    if (positionals.length > 0) throw new UsageError('journal list takes options only');
    const values = await withSettings(given, context);
    return listMessages(readQuery(values), values, context);
  },
};

/** Prints a page of messages. */
export async function listMessages(
  query: MessageQuery,
  values: OptionValues,
  context: CommandContext,
): Promise<number> {
  const { console } = context;
  return withJournal(values, context, { create: false }, async (journal) => {
    const page = await journal.find(query);
    const { next } = page;
    const messages = switchOption(values, 'all') ? page.messages : page.messages.filter(isMessage);
    if (switchOption(values, 'json')) {
      console.json({ messages: messages.map(reportMessage), next: next ?? null });
      return exitCodes.done;
    }
    const hasTitles = messages.length > 0 && (switchOption(values, 'header') || console.isTerminal);
    for (const line of hasTitles ? messageTable(messages) : messages.map(messageLine)) console.line(line);
    if (messages.length === 0) console.note('no message is like that');
    if (next !== undefined) console.note(`there are more: add --after ${next}`);
    return exitCodes.done;
  });
}

/** The answer to a poll is kept for its bytes; the messages that came in it are records beside it. */
function isMessage({ direction, channel, messageType, messageId }: RecordedMessage): boolean {
  return direction === 'out' || channel === 'sync' || messageType !== undefined || messageId !== undefined;
}
