import { EkdoRegistry } from '@egov-gateway/ekdo';

import type { Command } from '../command.ts';
import { documentStateWord } from '../ekdo/document-words.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { portalLanguages } from '../language.ts';
import { readLanguage } from '../language-option.ts';
import { noteHelp, noteOption, readNote } from '../note-option.ts';
import { choiceOption, onePositional, textOption } from '../option-values.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import type { Said } from '../usage-error.ts';
import { UsageError } from '../usage-error.ts';
import { missingOption } from '../usage-words.ts';

const noResolution = missingOption('as', {
  ru: 'sent, not-sent или closed',
  kk: 'sent, not-sent немесе closed',
  en: 'sent, not-sent or closed',
});

const strayId: Said = {
  ru: '--document-id бывает только с --as sent',
  kk: '--document-id тек --as sent параметрімен бірге беріледі',
  en: '--document-id goes with --as sent',
};

const noId = missingOption('document-id', {
  ru: 'к нему относится подпись. Если портал его не показывает, подпишите документ там и укажите --as closed',
  kk: 'қолтаңба соған тиесілі. Портал оны көрсетпесе, құжатқа сол жерде қол қойып, --as closed көрсетіңіз',
  en: 'the signature goes to it. When the portal shows none, sign it there and say --as closed',
});

const words = {
  ru: {
    unknown: 'в журнале нет документа с таким ключом: что в нём есть, выводит egw ekdo registry',
    settled: (state: string) =>
      `состояние документа — «${state}», а решение вносится, только когда исход неизвестен: что с ним было, выводит egw ekdo registry KEY`,
  },
  en: {
    unknown: 'the journal has no document under this key: egw ekdo registry shows what there is',
    settled: (state: string) =>
      `the document is ${state}, and only one in doubt is settled: egw ekdo registry KEY shows what happened to it`,
  },
} as const;

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
    '--language L          ru or en; by default that of the system',
    ...journalHelpAlone,
  ],
  languages: portalLanguages,
  options: {
    as: { type: 'string' },
    'document-id': { type: 'string' },
    ...noteOption,
    language: { type: 'string' },
    ...journalOptions,
    ...configOption,
  },
  async run(given, positionals, context) {
    const key = onePositional(positionals, 'ekdo resolve', 'KEY');
    const language = readLanguage(given, context, portalLanguages);
    const values = await withSettings(given, context);
    const as = choiceOption(values, 'as', ['sent', 'not-sent', 'closed']);
    if (as === undefined) throw new UsageError(noResolution);
    const note = readNote(values);
    const id = textOption(values, 'document-id');
    if (id !== undefined && as !== 'sent') throw new UsageError(strayId);
    return withJournal(values, context, { create: false }, async (journal) => {
      const registry = new EkdoRegistry({ journal });
      const before = await registry.status(key);
      if (before?.state !== 'in-doubt') {
        context.console.note(
          before === undefined
            ? words[language].unknown
            : words[language].settled(documentStateWord(before.state, language)),
        );
        return exitCodes.negative;
      }
      if (as === 'sent' && before.step === 'document' && id === undefined) {
        throw new UsageError(noId);
      }
      const { state } = await registry.resolve(key, as === 'sent' ? { as, id, note } : { as, note });
      context.console.line(documentStateWord(state, language));
      return exitCodes.done;
    });
  },
};
