import type { MessageState } from '@egov-gateway/core';

import { asyncConnectionHelp, asyncConnectionOptions, withAsyncGateway } from '../async-connection.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { exitCodeOfMessage } from '../exit-code-of.ts';
import { withJournal } from '../journal-file.ts';
import { instant, messageLine, reportMessage } from '../message-report.ts';
import { choiceOption, listOption, switchOption, wholeOption } from '../option-values.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';
import { aborted, notingTroubles, watchingStates } from '../worker-watch.ts';

/** `egw outbox run --journal FILE [--drain]` */
export const outboxRun: Command = {
  usage: 'outbox run --journal FILE [--drain] [--poll SERVICE_ID…] [--on-unknown hold|resend] [--json]',
  summary:
    'Works on the queues of a journal until Ctrl-C: sends what waits, confirms what was pulled, and prints one line for\n' +
    'each message that enters another state. Several may work on one journal. Ctrl-C lets what is on the wire finish.',
  help: [
    '--drain               end as soon as nothing more is due now',
    '--poll SERVICE_ID     pull the messages of this service too; repeat it for several',
    '--on-unknown P        hold (default) or resend, when nobody knows whether the gateway took a message: resend only',
    '                      where the owners of all services in the journal recognise repetitions',
    '--max-per-hour N      attempts for each service in any sixty minutes; no limit by default',
    '--concurrency N       messages on the wire at a time; 16 by default',
    '--json                one JSON object a line on stdout',
    ...asyncConnectionHelp,
  ],
  options: {
    drain: { type: 'boolean' },
    poll: { type: 'string', multiple: true },
    'on-unknown': { type: 'string' },
    'max-per-hour': { type: 'string' },
    concurrency: { type: 'string' },
    json: { type: 'boolean' },
    ...asyncConnectionOptions,
  },
  async run(given, positionals, context) {
    if (positionals.length > 0) throw new UsageError('outbox run takes options only');
    const values = await withSettings(given, context);
    const { console, signal } = context;
    const asJson = switchOption(values, 'json');
    const isDraining = switchOption(values, 'drain');
    const services = listOption(values, 'poll');
    const maxPerHour = wholeOption(values, 'max-per-hour');
    const concurrency = wholeOption(values, 'concurrency');
    const outbox = {
      defaults: { onUnknown: choiceOption(values, 'on-unknown', ['hold', 'resend']) ?? 'hold', maxPerHour },
      ...(concurrency === undefined ? {} : { concurrency }),
    };
    return withJournal(values, context, { create: false }, (journal) =>
      withAsyncGateway(
        values,
        context,
        { journal, outbox, ...(services.length > 0 ? {} : { poll: false }) },
        async (gateway) => {
          for (const serviceId of services) gateway.poller?.add(serviceId);
          const counts = new Map<MessageState, number>();
          const ends = new Map<string, number>();
          let told: Promise<unknown> = Promise.resolve();
          const tell = async (localKey: string): Promise<void> => {
            const message = await journal.message(localKey);
            if (message === undefined || message.state === 'sending') return;
            ends.set(localKey, exitCodeOfMessage(message));
            if (asJson) console.jsonLine({ at: instant(Date.now()), ...reportMessage(message) });
            else console.line(messageLine(message));
          };
          await notingTroubles(console, () =>
            watchingStates(
              ({ localKey, state }) => {
                counts.set(state, (counts.get(state) ?? 0) + 1);
                console.status(`${summary(counts)} …`);
                told = told.then(() => tell(localKey));
              },
              async () => {
                console.status('working … Ctrl-C ends');
                if (isDraining) {
                  for (const serviceId of services) await gateway.poller?.runOnce(serviceId);
                  await Promise.all([gateway.outbox.drain(), gateway.confirmer.drain()]);
                } else {
                  gateway.outbox.start();
                  gateway.confirmer.start();
                  gateway.poller?.start();
                  await aborted(signal);
                  console.status('finishing what is on the wire …');
                  await gateway.stop();
                }
              },
            ),
          );
          await told;
          console.note(counts.size === 0 ? 'nothing happened' : summary(counts));
          return isDraining ? worst(ends.values()) : exitCodes.done;
        },
      ),
    );
  },
};

function summary(counts: ReadonlyMap<MessageState, number>): string {
  return [...counts]
    .filter(([state]) => state !== 'sending')
    .map(([state, count]) => `${state} ${count}`)
    .join(', ');
}

/** A doubt above all; what waits for another attempt is no failure yet. */
function worst(codes: Iterable<number>): number {
  const all = new Set(codes);
  const order = [exitCodes.undecided, exitCodes.fault, exitCodes.negative, exitCodes.transport];
  return order.find((code) => all.has(code)) ?? exitCodes.done;
}
