import type { KeptReason } from '@egov-gateway/journal';

import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { archiveFolder, archiveLine } from '../journal-days.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { requiredOption, switchOption, wholeOption } from '../option-values.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

const reasons: Readonly<Record<KeptReason, string>> = {
  unfinished: 'a message of it is not finished',
  queued: 'a message of it is on a queue, or is not confirmed',
  connected: 'a message of it goes on on a day that stays',
};

/** `egw journal retain --keep-days N --out DIR --journal FILE [--dry-run]` */
export const journalRetain: Command = {
  usage: 'journal retain --keep-days N --out DIR --journal FILE [--dry-run] [--json]',
  summary:
    'Moves old days out of the journal: each is archived, the archive is read back, and only then the day is dropped. A day\n' +
    'stays as long as a message of it is not finished. What is dropped is in its archive and nowhere else.',
  help: [
    '--keep-days N         days that stay in any case, counted back from today in UTC',
    '--out DIR             folder of the archives; made when it is not there',
    '--dry-run             only say what would go',
    '--json                one JSON object on stdout',
    ...journalHelpAlone,
  ],
  options: {
    'keep-days': { type: 'string' },
    out: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    ...journalOptions,
    ...configOption,
  },
  async run(given, positionals, context) {
    if (positionals.length > 0) throw new UsageError('journal retain takes options only');
    const values = await withSettings(given, context);
    const keepDays = wholeOption(values, 'keep-days', 0);
    if (keepDays === undefined) throw new UsageError('--keep-days N is missing');
    const { console, signal } = context;
    return withJournal(values, context, { create: false }, async (journal) => {
      const dryRun = switchOption(values, 'dry-run');
      const folder = dryRun ? requiredOption(values, 'out') : await archiveFolder(values);
      let done = 0;
      console.status('looking …');
      const { dropped, droppable, kept } = await journal.retain({
        keepDays,
        folder,
        signal,
        dryRun,
        onArchive: ({ day }) => {
          done += 1;
          console.status(`${done} days archived, ${day} …`);
        },
      });
      if (switchOption(values, 'json')) {
        console.json({ dropped, droppable, kept });
        return exitCodes.done;
      }
      for (const archive of dropped) console.line(archiveLine(archive));
      for (const day of droppable) console.line(`${day}  would go`);
      for (const { day, reason, localKey } of kept)
        console.line(`${day}  stays: ${reasons[reason]} (${localKey})`);
      if (dropped.length + droppable.length + kept.length === 0) console.note('no day is old enough');
      return exitCodes.done;
    });
  },
};
