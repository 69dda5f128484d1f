import { stat } from 'node:fs/promises';

import { createTransport } from '@egov-gateway/client';
import type { Transport } from '@egov-gateway/core';
import { EkdoClient, type EkdoClientOptions, EkdoRegistry } from '@egov-gateway/ekdo';

import type { Command, CommandContext } from '../command.ts';
import { readDocumentList } from '../ekdo/document-list.ts';
import { documentResults } from '../ekdo/document-results.ts';
import { documentStateWord } from '../ekdo/document-words.ts';
import { type PlannedDocument, planDocument } from '../ekdo/planned-document.ts';
import { type PortalConfig, presetNames, readPortalConfig } from '../ekdo/portal-config.ts';
import { readPortalCredentials } from '../ekdo/portal-credentials.ts';
import {
  CurrentSigner,
  checkDocuments,
  exitCodeOfSending,
  SendReport,
  type SendSummary,
  sendDocuments,
} from '../ekdo/send-work.ts';
import { readSignatureSource, signatureHelp } from '../ekdo/signature-source.ts';
import { exitCodes } from '../exit-code.ts';
import { readUrl } from '../gateway-connection.ts';
import { journalHelp, withJournal } from '../journal-file.ts';
import { type PortalLanguage, portalLanguages } from '../language.ts';
import { readLanguage } from '../language-option.ts';
import {
  choiceOption,
  type OptionValues,
  onePositional,
  requiredOption,
  switchOption,
  textOption,
  wholeOption,
} from '../option-values.ts';
import { problemLine } from '../problem-lines.ts';
import { ResultsFile } from '../results-file.ts';
import { configOption, journalOptions, portalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

/** No answer of the portal is read beyond it: the client takes less. */
const maxAnswerBytes = 2 * 1024 * 1024;

/** `egw ekdo send FOLDER --list FILE` */
export const ekdoSend: Command = {
  usage: 'ekdo send FOLDER --list FILE [--dry-run] [--results FILE] [--json]',
  summary:
    'Sends the documents of a list (.xlsx, .csv, .json) to «Работа России», each once, document and signature: run it again\n' +
    'after an interruption, and it does what is left. A document that is refused stops no other one. Begin with --dry-run.',
  help: [
    '--list FILE           columns file, employee, subtype, number, date, key, or their Russian titles; signature, if you like',
    '--dry-run             check every row, its PDF and the signature beside it; needs no portal and no journal',
    '--results FILE        what became of every document; LIST.results.csv by default, none for a dry run',
    '--again               send once more what was refused before',
    '--sheet NAME          sheet of the workbook; the first visible one by default',
    '--wanted LEVEL        A (default) or B: which conformance of PDF/A-1 gives no warning',
    ...signatureHelp,
    '--portal FILE         JSON: baseUrl, routes, codecs, subtypes, as the support of the portal tells them',
    '--portal-url URL      address of the portal, over that of the file',
    '--portal-credentials F  JSON: login, password, userId',
    '--unverified-preset P multipart or json: guessed routes and fields where the portal file has none. Nobody has seen them',
    '                      work but with the emulator of this project',
    '--ca FILE             certificate authority of the portal (PEM), when it is not a public one',
    '--proxy URL           HTTP proxy',
    '--timeout-ms N        time for one step; 120000 by default',
    '--allow-insecure-http plain http: against the emulator',
    '--language L          ru or en, for messages about documents and the counts; by default that of the system',
    '--json                the counts as one JSON object on stdout',
    ...journalHelp,
    '--config FILE         JSON with these options in camelCase; egw.config.json by default',
  ],
  languages: portalLanguages,
  options: {
    list: { type: 'string' },
    'dry-run': { type: 'boolean' },
    results: { type: 'string' },
    again: { type: 'boolean' },
    sheet: { type: 'string' },
    wanted: { type: 'string' },
    'signature-kind': { type: 'string' },
    'sign-command': { type: 'string' },
    'sign-argument': { type: 'string', multiple: true },
    'sign-timeout-ms': { type: 'string' },
    'signer-certificate': { type: 'string' },
    ...portalOptions,
    'unverified-preset': { type: 'string' },
    ca: { type: 'string' },
    proxy: { type: 'string' },
    'timeout-ms': { type: 'string' },
    'allow-insecure-http': { type: 'boolean' },
    language: { type: 'string' },
    json: { type: 'boolean' },
    ...journalOptions,
    ...configOption,
  },
  run: runSend,
};

async function runSend(
  given: OptionValues,
  positionals: readonly string[],
  context: CommandContext,
): Promise<number> {
  const folder = onePositional(positionals, 'ekdo send', 'FOLDER');
  const values = await withSettings(given, context);
  const { console } = context;
  const language = readLanguage(values, context, portalLanguages);
  const wantedConformance = choiceOption(values, 'wanted', ['A', 'B']) ?? 'A';
  const preset = choiceOption(values, 'unverified-preset', presetNames);
  const signatureKind = choiceOption(values, 'signature-kind', ['pep', 'unep', 'ukep']);
  const config = await readPortalConfig(textOption(values, 'portal'), preset, context);
  const source = await readSignatureSource(values, context);
  const info = await stat(folder).catch(() => undefined);
  if (info?.isDirectory() !== true) {
    throw new UsageError({
      ru: `${folder}: такой папки нет`,
      kk: `${folder}: мұндай бума жоқ`,
      en: `${folder} is no folder`,
    });
  }
  const listPath = requiredOption(values, 'list');
  const list = readDocumentList(await console.read(listPath), folder, textOption(values, 'sheet'));
  if ('problems' in list) {
    for (const problem of list.problems) console.note(problemLine(problem, language));
    if (switchOption(values, 'json')) console.json({ problems: list.problems });
    return exitCodes.negative;
  }
  const documents: PlannedDocument[] = [];
  const { subtypes } = config;
  for (const row of list.rows) documents.push(await planDocument(row, { subtypes, source, signatureKind }));
  const report = new SendReport(context, documents.length, language);
  const pdf = { wantedConformance } as const;
  const resultsPath = textOption(values, 'results');
  if (switchOption(values, 'dry-run')) {
    const results =
      resultsPath === undefined ? undefined : await ResultsFile.open(resultsPath, documentResults);
    const summary = await checkDocuments(documents, { source, pdf, results, report }, context).finally(() =>
      results?.close(),
    );
    return conclude(summary, values, context, resultsPath, language);
  }
  const signer = new CurrentSigner(source);
  const transport = await openTransport(values, context);
  try {
    const portal = await readPortal(config, values, context);
    const client = openClient({ ...portal, transport, signDetached: signer.sign, pdf });
    return await withJournal(values, context, { create: true }, async (journal) => {
      const path = resultsPath ?? `${listPath}.results.csv`;
      const registry = new EkdoRegistry({ client, journal });
      const results = await ResultsFile.open(
        path,
        documentResults,
        async (key) => (await registry.status(key)) !== undefined,
      );
      const again = switchOption(values, 'again');
      const parts = { registry, signer, results, report, again };
      const summary = await sendDocuments(documents, parts, context).finally(() => results.close());
      return conclude(summary, values, context, path, language);
    });
  } finally {
    await transport.close();
  }
}

/** What the client does not take of the portal file is a mistake in that. */
function openClient(options: EkdoClientOptions): EkdoClient {
  try {
    return new EkdoClient(options);
  } catch (cause) {
    if (cause instanceof TypeError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

async function openTransport(
  values: OptionValues,
  context: CommandContext,
): Promise<Transport & { close(): Promise<void> }> {
  const ca = textOption(values, 'ca');
  const proxy = textOption(values, 'proxy');
  return createTransport({
    maxResponseBytes: maxAnswerBytes,
    allowInsecureHttp: switchOption(values, 'allow-insecure-http'),
    ...(ca === undefined ? {} : { ca: new TextDecoder().decode(await context.console.read(ca)) }),
    ...(proxy === undefined ? {} : { proxy: readUrl('proxy', proxy).href }),
  });
}

/** What the client has to know of the portal. @throws {UsageError} with what is missing */
async function readPortal(
  config: PortalConfig,
  values: OptionValues,
  context: CommandContext,
): Promise<
  Pick<
    EkdoClientOptions,
    'baseUrl' | 'routes' | 'codecs' | 'credentials' | 'allowInsecureHttp' | 'totalTimeoutMs'
  >
> {
  const { routes, codecs, missing } = config;
  if (routes === undefined || codecs === undefined) {
    throw new UsageError(
      `the portal file lacks ${missing.join(', ')}: ask the support of the portal, and write them to --portal FILE. ` +
        'To try it with the emulator: --unverified-preset multipart',
    );
  }
  const url = textOption(values, 'portal-url') ?? config.baseUrl;
  if (url === undefined) throw new UsageError('baseUrl of the portal file, or --portal-url, is missing');
  return {
    baseUrl: readUrl('portal-url', url),
    routes,
    codecs,
    credentials: await readPortalCredentials(requiredOption(values, 'portal-credentials'), context),
    allowInsecureHttp: switchOption(values, 'allow-insecure-http'),
    totalTimeoutMs: wholeOption(values, 'timeout-ms'),
  };
}

const ends: Readonly<
  Record<Exclude<SendSummary['end'], 'finished'>, Readonly<Record<PortalLanguage, string>>>
> = {
  interrupted: {
    ru: 'прервано; та же команда продолжит с этого места',
    en: 'interrupted; the same command goes on from here',
  },
  unreachable: {
    ru: 'остановлено: портал не отвечает; запустите ту же команду позже',
    en: 'stopped: the portal does not answer; run the same command later',
  },
  account: {
    ru: 'остановлено: портал не принимает учётную запись или запросы; проверьте и запустите ту же команду позже',
    en: 'stopped: the portal does not take the account, or no more requests; check it, and run the same command later',
  },
};

function conclude(
  summary: SendSummary,
  values: OptionValues,
  { console }: CommandContext,
  results: string | undefined,
  language: PortalLanguage,
): number {
  const { end, counts } = summary;
  if (switchOption(values, 'json')) console.json({ end, counts, results: results ?? null });
  else {
    for (const [state, count] of Object.entries(counts))
      console.line(`${documentStateWord(state, language)} ${count}`);
    if (results !== undefined)
      console.note(language === 'ru' ? `по строкам: ${results}` : `row by row: ${results}`);
  }
  if (end !== 'finished') console.note(ends[end][language]);
  return exitCodeOfSending(summary);
}
