import { JournalError, type MessageJournal, type RecordedMessage } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';

import { asyncConnectionHelp, asyncConnectionOptions, withAsyncGateway } from '../async-connection.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { withJournal } from '../journal-file.ts';
import { reportMessage, row } from '../message-report.ts';
import { type OptionValues, onePositional, switchOption, textOption } from '../option-values.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

/** `egw status MESSAGE_ID|KEY [--journal FILE] [--local]` */
export const status: Command = {
  usage: 'status MESSAGE_ID|KEY [--journal FILE] [--local] [--json]',
  summary:
    'Asks the gateway where a message stands. With a journal, takes the key of a message too, records what is new, and says\n' +
    'where the message stands by the journal.',
  help: [
    '--local               ask the journal alone',
    '--json                one JSON object on stdout',
    ...asyncConnectionHelp,
  ],
  options: { local: { type: 'boolean' }, json: { type: 'boolean' }, ...asyncConnectionOptions },
  async run(given, positionals, context) {
    const id = onePositional(positionals, 'status', 'MESSAGE_ID or KEY');
    const values = await withSettings(given, context);
    if (textOption(values, 'journal') !== undefined) {
      return withJournal(values, context, { create: false }, async (journal) =>
        tell(journal, await findMessage(journal, id), id, values, context),
      );
    }
    if (switchOption(values, 'local'))
      throw new UsageError('--local asks the journal: --journal FILE is missing');
    return tell(createMemoryJournal(), undefined, id, values, context);
  },
};

async function tell(
  journal: MessageJournal,
  message: RecordedMessage | undefined,
  id: string,
  values: OptionValues,
  context: CommandContext,
): Promise<number> {
  const { console, signal } = context;
  const isLocal = switchOption(values, 'local');
  if (isLocal && message === undefined) {
    throw new JournalError('the journal has no message with this key or messageId', {
      code: 'ERR_JOURNAL_NOT_FOUND',
    });
  }
  const messageId = message === undefined ? id : message.direction === 'out' ? message.messageId : undefined;
  const answer =
    isLocal || messageId === undefined
      ? undefined
      : await withAsyncGateway(values, context, { journal, poll: false }, ({ client }) =>
          client.status(messageId, { signal }),
        );
  const known = message && ((await journal.message(message.localKey)) ?? message);
  if (switchOption(values, 'json')) {
    console.json({
      message: known === undefined ? null : reportMessage(known),
      gateway:
        answer === undefined
          ? null
          : {
              messageState: answer.messageState,
              statusCode: answer.status.statusCode,
              statusMessage: answer.status.statusMessage,
              statusDate: answer.status.statusDate,
              verified: answer.verified,
            },
    });
    return exitCodes.done;
  }
  if (known !== undefined) {
    console.line(row(['journal', known.state, ...(known.code === undefined ? [] : [known.code])]));
  }
  if (answer !== undefined) {
    console.line(row(['gateway', answer.messageState, answer.status.statusCode, answer.status.statusDate]));
  } else if (!isLocal) {
    console.note('the gateway was not asked: it has given this message no id');
  }
  return exitCodes.done;
}

/** By key, else by the id that the gateway gave. */
async function findMessage(journal: MessageJournal, id: string): Promise<RecordedMessage | undefined> {
  const message = await journal.message(id);
  if (message !== undefined) return message;
  const { messages } = await journal.find({ messageId: id, direction: 'out', channel: 'async', limit: 2 });
  return messages.length === 1 ? messages[0] : undefined;
}
