import type { Command } from '../command.ts';
import { journalHelpAlone } from '../journal-file.ts';
import { readQuery } from '../journal-query.ts';
import { switchOption } from '../option-values.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';
import { headerHelp, listMessages } from './journal-list.ts';

/** `egw outbox list --journal FILE` */
export const outboxList: Command = {
  usage: 'outbox list --journal FILE [--in-doubt] [--service ID] [--json]',
  summary:
    'Lists what has not left for certain: queued, being sent, in doubt. The same as egw journal list with its states.',
  help: [
    '--in-doubt            those alone that wait for egw outbox resolve',
    '--service ID          of this service',
    '--limit N             messages on a page, 1000 at most; 50 by default',
    '--after PLACE         the page behind another one, which named its end',
    headerHelp,
    '--json                one JSON object on stdout',
    ...journalHelpAlone,
  ],
  options: {
    'in-doubt': { type: 'boolean' },
    service: { type: 'string' },
    limit: { type: 'string' },
    after: { type: 'string' },
    header: { type: 'boolean' },
    json: { type: 'boolean' },
    ...journalOptions,
    ...configOption,
  },
  async run(given, positionals, context) {
    if (positionals.length > 0) throw new UsageError('outbox list takes options only');
    const values = await withSettings(given, context);
    const states = switchOption(values, 'in-doubt')
      ? (['in-doubt'] as const)
      : (['queued', 'sending', 'in-doubt'] as const);
    return listMessages({ ...readQuery(values), direction: 'out', states }, values, context);
  },
};
