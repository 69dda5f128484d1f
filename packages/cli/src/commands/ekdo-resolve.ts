import { EkdoRegistry } from '@egov-gateway/ekdo';

import { type Command, choiceOption, onePositional, textOption, UsageError } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { noteHelp, noteOption, readNote } from '../note-option.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';

/** `egw ekdo resolve KEY --as sent|not-sent|closed --note TEXT` */
export const ekdoResolve: Command = {
  usage: 'ekdo resolve KEY --as sent|not-sent|closed [--document-id ID] --note TEXT --journal FILE',
  summary:
    'Records what you found in the portal about a document in doubt. KEY is that of the list. Afterwards egw ekdo send goes on\n' +
    'with it.',
  help: [
    '--as RESOLUTION       sent: the portal has it; not-sent: it has not, and it is sent again; closed: a person does the rest there',
    '--document-id ID      its id, as the portal shows it: needed for sent, when the doubt is about the document itself',
    noteHelp('how you know'),
    ...journalHelpAlone,
  ],
  options: {
    as: { type: 'string' },
    'document-id': { type: 'string' },
    ...noteOption,
    ...journalOptions,
    ...configOption,
  },
  async run(given, positionals, context) {
    const key = onePositional(positionals, 'ekdo resolve', 'KEY');
    const values = await withSettings(given, context);
    const as = choiceOption(values, 'as', ['sent', 'not-sent', 'closed']);
    if (as === undefined) throw new UsageError('--as is missing: sent, not-sent or closed');
    const note = readNote(values);
    const id = textOption(values, 'document-id');
    if (id !== undefined && as !== 'sent') throw new UsageError('--document-id goes with --as sent');
    return withJournal(values, context, { create: false }, async (journal) => {
      const registry = new EkdoRegistry({ journal });
      const before = await registry.status(key);
      if (before?.state !== 'in-doubt') {
        context.console.note(
          before === undefined
            ? 'the journal has no document under this key: egw ekdo registry shows what there is'
            : `the document is ${before.state}, and only one in doubt is settled: egw ekdo registry KEY shows what happened to it`,
        );
        return exitCodes.negative;
      }
      if (as === 'sent' && before.step === 'document' && id === undefined) {
        throw new UsageError(
          '--document-id is missing: the signature goes to it. When the portal shows none, sign it there and say --as closed',
        );
      }
      const { state } = await registry.resolve(key, as === 'sent' ? { as, id, note } : { as, note });
      context.console.line(state);
      return exitCodes.done;
    });
  },
};
