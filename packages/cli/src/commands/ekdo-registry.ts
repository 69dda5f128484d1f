import {
  type EkdoDocumentState,
  type EkdoDocumentStatus,
  type EkdoHistoryEvent,
  EkdoRegistry,
} from '@egov-gateway/ekdo';

import { alignedLines } from '../aligned-lines.ts';
import type { Command, CommandContext } from '../command.ts';
import { documentStateWord, eventWord, resolutionWord, stepWord } from '../ekdo/document-words.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { type PortalLanguage, portalLanguages } from '../language.ts';
import { readLanguage } from '../language-option.ts';
import { choiceListOption, type OptionValues, switchOption } from '../option-values.ts';
import { printable } from '../printable.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

const states: readonly EkdoDocumentState[] = [
  'uploaded',
  'signed',
  'in-force',
  'refused',
  'not-sent',
  'in-doubt',
  'closed',
];

const words = {
  ru: {
    titles: ['КЛЮЧ', 'СОСТОЯНИЕ', 'ШАГ', 'ДОКУМЕНТ', 'ОТВЕТ ПОРТАЛА', 'ИЗМЕНЕНО'],
    unknown: 'в журнале нет документа с таким ключом',
    none: 'таких документов нет',
    doubt:
      'исход неизвестен: найдите документ на портале, затем egw ekdo resolve KEY --as sent|not-sent|closed --note TEXT',
  },
  en: {
    titles: ['KEY', 'STATE', 'STEP', 'DOCUMENT', 'PORTAL SAYS', 'CHANGED'],
    unknown: 'the journal has no document under this key',
    none: 'no document is like that',
    doubt:
      'in-doubt: look it up in the portal, then egw ekdo resolve KEY --as sent|not-sent|closed --note TEXT',
  },
} as const;

/** `egw ekdo registry [KEY]` */
export const ekdoRegistry: Command = {
  usage: 'ekdo registry [KEY] --journal FILE [--state STATE…] [--json]',
  summary:
    'Lists the documents that were sent to «Работа России», newest first: key, state, id, the portal’s word for it, and when. With\n' +
    'KEY: everything that happened to one. From the journal alone; the portal is not asked, and no name is printed.',
  help: [
    `--state STATE         one of ${states.join(', ')}; repeat it for several`,
    '--header              names of the columns, as on a terminal anyway',
    '--language L          ru or en; by default that of the system. --state and JSON have the names above in any language',
    '--json                one JSON object on stdout, with the history of each document',
    ...journalHelpAlone,
  ],
  languages: portalLanguages,
  options: {
    state: { type: 'string', multiple: true },
    header: { type: 'boolean' },
    language: { type: 'string' },
    json: { type: 'boolean' },
    ...journalOptions,
    ...configOption,
  },
  async run(given, positionals, context) {
    const [key, ...more] = positionals;
    if (more.length > 0) {
      throw new UsageError({
        ru: 'ekdo registry: нужен один KEY или ни одного',
        kk: 'ekdo registry: бір KEY керек не ешқайсысы керек емес',
        en: 'ekdo registry takes one KEY or none',
      });
    }
    const chosen = choiceListOption(given, 'state', states);
    const language = readLanguage(given, context, portalLanguages);
    const values = await withSettings(given, context);
    return withJournal(values, context, { create: false }, async (journal) => {
      const registry = new EkdoRegistry({ journal });
      if (key !== undefined) return showDocument(registry, key, values, context, language);
      return listDocuments(registry, chosen, values, context, language);
    });
  },
};

async function showDocument(
  registry: EkdoRegistry,
  key: string,
  values: OptionValues,
  { console }: CommandContext,
  language: PortalLanguage,
): Promise<number> {
  const status = await registry.status(key);
  if (status === undefined) {
    console.note(words[language].unknown);
    return exitCodes.negative;
  }
  const history = await registry.history(key);
  if (switchOption(values, 'json')) console.json(reportOf(status, history));
  else {
    console.line(rowOf(status, language).join('  '));
    for (const event of history) console.line(`  ${eventLine(event, language)}`);
  }
  return exitCodes.done;
}

async function listDocuments(
  registry: EkdoRegistry,
  chosen: readonly EkdoDocumentState[],
  values: OptionValues,
  { console }: CommandContext,
  language: PortalLanguage,
): Promise<number> {
  const documents: EkdoDocumentStatus[] = [];
  for await (const one of registry.list(chosen.length === 0 ? {} : { states: chosen })) documents.push(one);
  if (switchOption(values, 'json')) {
    const reports = [];
    for (const status of documents) reports.push(reportOf(status, await registry.history(status.key)));
    console.json({ documents: reports });
    return exitCodes.done;
  }
  const hasTitles = documents.length > 0 && (switchOption(values, 'header') || console.isTerminal);
  for (const line of alignedLines([
    ...(hasTitles ? [words[language].titles] : []),
    ...documents.map((one) => rowOf(one, language)),
  ]))
    console.line(line);
  if (documents.length === 0) console.note(words[language].none);
  if (documents.some(({ state }) => state === 'in-doubt')) {
    console.note(words[language].doubt);
  }
  return exitCodes.done;
}

function rowOf(
  { key, state, step, id, portalStatus, code, changedAtMs }: EkdoDocumentStatus,
  language: PortalLanguage,
): readonly string[] {
  const where =
    state === 'signed' || state === 'in-force' || state === 'uploaded' ? '—' : stepWord(step, language);
  return [
    printable(key),
    documentStateWord(state, language),
    where,
    printable(id ?? '—'),
    printable(portalStatus ?? code ?? '—'),
    new Date(changedAtMs).toISOString(),
  ];
}

function eventLine(
  { atMs, step, attempt, kind, id, code, portalStatus, resolution, note }: EkdoHistoryEvent,
  language: PortalLanguage,
): string {
  const found = resolution && resolutionWord(resolution, language);
  const said = [id, portalStatus, code, found, note].filter((word) => word !== undefined);
  const what = `${stepWord(step, language)} ${attempt}`;
  return [new Date(atMs).toISOString(), what, eventWord(kind, language), ...said.map(printable)].join('  ');
}

function reportOf(
  { key, state, step, id, portalStatus, code, changedAtMs }: EkdoDocumentStatus,
  history: readonly EkdoHistoryEvent[],
): object {
  return {
    key,
    state,
    step,
    documentId: id ?? null,
    portalStatus: portalStatus ?? null,
    code: code ?? null,
    changedAt: new Date(changedAtMs).toISOString(),
    history: history.map(({ atMs, ...event }) => ({
      at: new Date(atMs).toISOString(),
      step: event.step,
      attempt: event.attempt,
      kind: event.kind,
      documentId: event.id ?? null,
      portalStatus: event.portalStatus ?? null,
      code: event.code ?? null,
      resolution: event.resolution ?? null,
      note: event.note ?? null,
    })),
  };
}
