import { createInbox } from '@egov-gateway/outbox';

import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { onePositional, switchOption } from '../option-values.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';

/** So many at a time: nothing is done with any of them. */
const concurrency = 50;

/** `egw inbox handled SERVICE_ID --journal FILE` */
export const inboxHandled: Command = {
  usage: 'inbox handled SERVICE_ID --journal FILE [--json]',
  summary:
    'Says that whatever came in for a service is handled: for services without a handler, whose answers were read already,\n' +
    'as egw labor-contracts --async does. No handler of an application is given these messages any more, and egw journal\n' +
    'retain may drop their days. They stay in the journal until then.',
  help: ['--json                the count as one JSON object on stdout', ...journalHelpAlone],
  options: { json: { type: 'boolean' }, ...journalOptions, ...configOption },
  async run(given, positionals, context) {
    const serviceId = onePositional(positionals, 'inbox handled', 'SERVICE_ID');
    const values = await withSettings(given, context);
    const { console, signal } = context;
    return withJournal(values, context, { create: false }, async (journal) => {
      let handled = 0;
      const inbox = createInbox({
        journal,
        open: async (bytes) => bytes,
        handlers: {
          [serviceId]: () => {
            handled += 1;
          },
        },
        concurrency,
        serviceConcurrency: concurrency,
      });
      while (!signal.aborted) {
        if ((await inbox.runOnce()) === 0) break;
        console.status(`${handled} handled`);
      }
      if (switchOption(values, 'json')) console.json({ handled });
      else console.line(`handled ${handled}`);
      return exitCodes.done;
    });
  },
};
