import { resolveContractDoubt } from '@egov-gateway/labor-contracts';

import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { tableLanguages } from '../language.ts';
import { readLanguage } from '../language-option.ts';
import { noteHelp, noteOption, readNote } from '../note-option.ts';
import { choiceOption, onePositional, requiredOption, textOption } from '../option-values.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import type { Said } from '../usage-error.ts';
import { UsageError } from '../usage-error.ts';
import { missingOption } from '../usage-words.ts';

const noResolution = missingOption('as', {
  ru: 'sent или not-sent',
  kk: 'sent немесе not-sent',
  en: 'sent or not-sent',
});

const strayId: Said = {
  ru: '--registered-id бывает только с --as sent и не пустой',
  kk: '--registered-id тек --as sent параметрімен бірге беріледі және бос болмайды',
  en: '--registered-id goes with --as sent, and is not empty',
};

/** `egw labor-contracts resolve KEY --as sent|not-sent --note TEXT` */
export const resolveContract: Command = {
  usage: 'labor-contracts resolve KEY --as sent|not-sent --note TEXT --service-id ID --journal FILE',
  summary:
    'Records what you found out in ЕСУТД about a contract in doubt. KEY is the journal_key of the results. Afterwards the same\n' +
    'batch sends it again, or takes it for done.',
  help: [
    '--as RESOLUTION       sent: ЕСУТД has done it; not-sent: it has not, and the next batch sends it again',
    noteHelp('how you know'),
    '--registered-id ID    the id in ЕСУТД, when you found it; with --as sent',
    '--service-id ID       serviceId of labour contracts (or EGW_SERVICE_ID)',
    '--language L          ru, kk or en; by default that of the system',
    ...journalHelpAlone,
  ],
  languages: tableLanguages,
  options: {
    as: { type: 'string' },
    ...noteOption,
    'registered-id': { type: 'string' },
    'service-id': { type: 'string' },
    language: { type: 'string' },
    ...journalOptions,
    ...configOption,
  },
  async run(given, positionals, context) {
    const localKey = onePositional(positionals, 'labor-contracts resolve', 'KEY');
    // What is wrong with the command line is all that is said in it.
    readLanguage(given, context, tableLanguages);
    const values = await withSettings(given, context);
    const resolution = choiceOption(values, 'as', ['sent', 'not-sent']);
    if (resolution === undefined) throw new UsageError(noResolution);
    const note = readNote(values);
    const registeredId = textOption(values, 'registered-id');
    if (registeredId !== undefined && (resolution !== 'sent' || registeredId.trim() === '')) {
      throw new UsageError(strayId);
    }
    const serviceId = requiredOption(values, 'service-id');
    return withJournal(values, context, { create: false }, async (journal) => {
      await resolveContractDoubt(journal, serviceId, { localKey, resolution, note, registeredId });
      context.console.line(resolution);
      return exitCodes.done;
    });
  },
};
