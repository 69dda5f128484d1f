import {
  JournalError,
  type MessageJournal,
  type RecordedEvent,
  type RecordedMessage,
} from '@egov-gateway/core';

import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { instant, reportEvent, reportMessage, row } from '../message-report.ts';
import { placeOfBytes } from '../open-message.ts';
import { onePositional, switchOption, textOption, wholeOption } from '../option-values.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

/** `egw journal show KEY|MESSAGE_ID --journal FILE [--bytes OUT] [--event N]` */
export const journalShow: Command = {
  usage: 'journal show KEY|MESSAGE_ID --journal FILE [--bytes OUT [--event N]] [--json]',
  summary:
    'Shows where a message stands and everything that happened to it. What is in it is written to a file, and only on\n' +
    'request: these are personal data.',
  help: [
    '--bytes OUT           write the exact bytes that went out or came in to this file, - for stdout',
    '--event N             those of this event; by default the first that has any (of a pulled message: the answer that',
    '                      carried it)',
    '--json                one JSON object on stdout',
    ...journalHelpAlone,
    'A file of encryption keys has a line ID=KEY for each key, the current one first; a key of subjects is all of its file.',
  ],
  options: {
    bytes: { type: 'string' },
    event: { type: 'string' },
    json: { type: 'boolean' },
    ...journalOptions,
    ...configOption,
  },
  async run(given, positionals, context) {
    const id = onePositional(positionals, 'journal show', 'KEY or MESSAGE_ID');
    const values = await withSettings(given, context);
    const { console } = context;
    const out = textOption(values, 'bytes');
    const number = wholeOption(values, 'event');
    const asJson = switchOption(values, 'json');
    if (number !== undefined && out === undefined) throw new UsageError('--event needs --bytes OUT');
    if (out === '-' && asJson) throw new UsageError('--bytes - and --json both write to stdout: choose one');

    return withJournal(values, context, { create: false }, async (journal) => {
      const message = await messageOf(journal, id);
      if (out !== undefined) {
        const bytes = await bytesOf(journal, message, number);
        await console.write(out, bytes);
        if (out === '-') return exitCodes.done;
        console.note(`${bytes.byteLength} bytes written to ${out}`);
      }
      if (asJson) console.json({ ...reportMessage(message), events: message.events.map(reportEvent) });
      else {
        const facts = Object.entries(reportMessage(message)).filter(
          ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
        );
        const width = Math.max(...facts.map(([name]) => name.length));
        for (const [name, value] of facts) {
          console.line(row([name.padEnd(width), Array.isArray(value) ? value.join(' ') : String(value)]));
        }
        console.line('');
        for (const event of message.events) console.line(eventLine(event));
      }
      return exitCodes.done;
    });
  },
};

function eventLine(event: RecordedEvent): string {
  const { version, atMs, kind, state, attempt, delivery, deliveryState, resolution, code, note, byteLength } =
    event;
  return row([
    String(version).padStart(3),
    instant(atMs),
    kind.padEnd(9),
    `→ ${state}`,
    ...(attempt === undefined ? [] : [`attempt ${attempt}`]),
    ...[delivery, deliveryState, resolution, code].filter((one) => one !== undefined),
    ...(byteLength === 0 ? [] : [`${byteLength} bytes`]),
    ...(note === undefined ? [] : [`"${note}"`]),
  ]);
}

async function messageOf(journal: MessageJournal, id: string): Promise<RecordedMessage> {
  const message = await journal.message(id);
  if (message !== undefined) return message;
  const { messages } = await journal.find({ messageId: id, limit: 2 });
  const [only, second] = messages;
  if (second !== undefined) {
    throw new UsageError(
      'several messages have this messageId: egw journal list --message-id names their keys',
    );
  }
  if (only !== undefined) return only;
  throw new JournalError('the journal has no message with this key or messageId', {
    code: 'ERR_JOURNAL_NOT_FOUND',
  });
}

async function bytesOf(
  journal: MessageJournal,
  message: RecordedMessage,
  number: number | undefined,
): Promise<Uint8Array> {
  const place =
    number === undefined
      ? await placeOfBytes(journal, message)
      : { localKey: message.localKey, event: { version: number } };
  const bytes = place && (await journal.bytes(place.localKey, place.event.version));
  if (bytes !== undefined) return bytes;
  throw new JournalError(
    number === undefined ? 'the message has no bytes' : `event ${number} of the message has no bytes`,
    {
      code: 'ERR_JOURNAL_NOT_FOUND',
    },
  );
}
