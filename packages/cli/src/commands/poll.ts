import type { MessageJournal, RecordedEvent, RecordedMessage } from '@egov-gateway/core';

import { asyncConnectionHelp, asyncConnectionOptions, withAsyncGateway } from '../async-connection.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { withJournal } from '../journal-file.ts';
import { messageLine, reportMessage } from '../message-report.ts';
import { onePositional, switchOption, wholeOption } from '../option-values.ts';
import { withSettings } from '../settings.ts';
import { notingTroubles, watchingStates } from '../worker-watch.ts';

/** `egw poll SERVICE_ID --journal FILE [--amount N]` */
export const poll: Command = {
  usage: 'poll SERVICE_ID --journal FILE [--amount N] [--json]',
  summary:
    'Pulls the messages of a service until there are no more: stores each of them, confirms it to the gateway, and prints\n' +
    'one line for each new one. They wait in the journal for the handler of your application.',
  help: [
    '--amount N            ask for so many at a time; 50 by default',
    '--json                one JSON object on stdout',
    ...asyncConnectionHelp,
  ],
  options: { amount: { type: 'string' }, json: { type: 'boolean' }, ...asyncConnectionOptions },
  async run(given, positionals, context) {
    const serviceId = onePositional(positionals, 'poll', 'SERVICE_ID');
    const values = await withSettings(given, context);
    const amount = wholeOption(values, 'amount');
    const asJson = switchOption(values, 'json');
    const { console } = context;
    return withJournal(values, context, { create: true }, (journal) =>
      withAsyncGateway(
        values,
        context,
        { journal, poll: amount === undefined ? {} : { amount } },
        async (gateway) => {
          const keys = new Set<string>();
          const report = await notingTroubles(console, () =>
            watchingStates(
              ({ localKey, previous }) => {
                if (previous === undefined) keys.add(localKey);
                console.status(`${keys.size} messages pulled …`);
              },
              async () => {
                console.status('asking …');
                const found = await gateway.poller?.runOnce(serviceId);
                console.status(`${keys.size} messages pulled, confirming …`);
                await gateway.confirmer.drain();
                return found ?? { stored: 0, repeated: 0, conflicting: 0, unreadable: 0 };
              },
            ),
          );
          const messages = await loadMessages(journal, keys);
          const unconfirmed = messages.filter((message) => confirmationOf(message) === undefined).length;
          const refused = messages.filter((message) => confirmationOf(message)?.code !== undefined).length;
          if (asJson)
            console.json({ ...report, unconfirmed, refused, messages: messages.map(reportMessage) });
          else for (const message of messages) console.line(messageLine(message));

          if (report.unreadable > 0) {
            console.note(
              `${report.unreadable} messages cannot be read: they are not confirmed, the gateway keeps them`,
            );
          }
          if (refused > 0) {
            console.note(
              `${refused} messages are stored, and the gateway refused their confirmation: egw journal show KEY has its code`,
            );
          }
          if (unconfirmed > 0) {
            console.note(
              `${unconfirmed} messages are stored and not confirmed yet: the gateway may hand them out again, which does no harm; egw outbox run goes on confirming`,
            );
          }
          if (unconfirmed > 0) return exitCodes.transport;
          if (refused > 0) return exitCodes.fault;
          return report.unreadable > 0 ? exitCodes.negative : exitCodes.done;
        },
      ),
    );
  },
};

async function loadMessages(journal: MessageJournal, keys: Iterable<string>): Promise<RecordedMessage[]> {
  const messages: RecordedMessage[] = [];
  for (const key of keys) {
    const message = await journal.message(key);
    if (message?.direction === 'in') messages.push(message);
  }
  return messages;
}

/** `undefined` as long as the gateway has not answered; with a code when it refused. */
function confirmationOf({ events }: RecordedMessage): RecordedEvent | undefined {
  return events.findLast(({ kind }) => kind === 'confirmed');
}
