import { resolveContractDoubt } from '@egov-gateway/labor-contracts';

import {
  type Command,
  choiceOption,
  onePositional,
  requiredOption,
  textOption,
  UsageError,
} from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { noteHelp, noteOption, readNote } from '../note-option.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';

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
    ...journalHelpAlone,
  ],
  options: {
    as: { type: 'string' },
    ...noteOption,
    'registered-id': { type: 'string' },
    'service-id': { type: 'string' },
    ...journalOptions,
    ...configOption,
  },
  async run(given, positionals, context) {
    const localKey = onePositional(positionals, 'labor-contracts resolve', 'KEY');
    const values = await withSettings(given, context);
    const resolution = choiceOption(values, 'as', ['sent', 'not-sent']);
    if (resolution === undefined) throw new UsageError('--as is missing: sent or not-sent');
    const note = readNote(values);
    const registeredId = textOption(values, 'registered-id');
    if (registeredId !== undefined && (resolution !== 'sent' || registeredId.trim() === '')) {
      throw new UsageError('--registered-id goes with --as sent, and is not empty');
    }
    const serviceId = requiredOption(values, 'service-id');
    return withJournal(values, context, { create: false }, async (journal) => {
      await resolveContractDoubt(journal, serviceId, { localKey, resolution, note, registeredId });
      context.console.line(resolution);
      return exitCodes.done;
    });
  },
};
