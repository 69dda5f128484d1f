import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { switchOption } from '../option-values.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

/** `egw journal seal --journal FILE [--today]` */
export const journalSeal: Command = {
  usage: 'journal seal --journal FILE [--today] [--json]',
  summary:
    'Seals the days that are over, which the first event of a new day does as well, and prints their hashes. Keep the\n' +
    'newest hash somewhere else: it proves later that nothing before it was changed.',
  help: [
    '--today               seal today too: what is written later today counts as tomorrow’s',
    '--json                one JSON object on stdout',
    ...journalHelpAlone,
  ],
  options: { today: { type: 'boolean' }, json: { type: 'boolean' }, ...journalOptions, ...configOption },
  async run(given, positionals, context) {
    if (positionals.length > 0) throw new UsageError('journal seal takes options only');
    const values = await withSettings(given, context);
    const { console } = context;
    return withJournal(values, context, { create: false }, async (journal) => {
      const manifests = await journal.seal({ today: switchOption(values, 'today') });
      const days = manifests.map(({ number, day, hash, segments }) => ({
        number,
        day,
        events: segments.reduce((sum, { count }) => sum + count, 0),
        hash,
      }));
      if (switchOption(values, 'json')) console.json({ days });
      else for (const { day, events, hash } of days) console.line(`${day}  ${events} events  ${hash}`);
      if (days.length === 0) console.note('nothing was left to seal');
      return exitCodes.done;
    });
  },
};
