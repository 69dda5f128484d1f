import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { archiveFolder, archiveLine, readDays } from '../journal-days.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { switchOption } from '../option-values.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

/** `egw journal export --out DIR --journal FILE [--day DAY…]` */
export const journalExport: Command = {
  usage: 'journal export --out DIR --journal FILE [--day YYYY-MM-DD…] [--json]',
  summary:
    'Writes sealed days to archives, one file a day, which egw journal verify checks without the journal. Nothing is\n' +
    'deleted. Archives hold what the journal holds: personal data, encrypted if the journal is.',
  help: [
    '--out DIR             folder of the archives; made when it is not there',
    '--day YYYY-MM-DD      this day in UTC; repeat it for several; by default every sealed day that is in the journal',
    '--json                one JSON object on stdout',
    ...journalHelpAlone,
  ],
  options: {
    out: { type: 'string' },
    day: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    ...journalOptions,
    ...configOption,
  },
  async run(given, positionals, context) {
    if (positionals.length > 0) throw new UsageError('journal export takes options only');
    const values = await withSettings(given, context);
    const { console, signal } = context;
    const days = readDays(values);
    return withJournal(values, context, { create: false }, async (journal) => {
      const folder = await archiveFolder(values);
      let done = 0;
      console.status('reading …');
      const archives = await journal.archive({
        folder,
        ...(days === undefined ? {} : { days }),
        signal,
        onArchive: ({ day }) => {
          done += 1;
          console.status(`${done}${days === undefined ? '' : ` of ${days.length}`} days written, ${day} …`);
        },
      });
      if (switchOption(values, 'json')) console.json({ archives });
      else for (const archive of archives) console.line(archiveLine(archive));
      if (archives.length === 0) {
        console.note(
          'no day is sealed yet: a day is sealed by the first event of a later one, or by egw journal seal',
        );
      }
      return exitCodes.done;
    });
  },
};
