import type { SigningKey } from '@egov-gateway/core';
import {
  type ContractOperation,
  ContractRegistry,
  createLaborContracts,
  type LaborContracts,
  parseReferenceBook,
  type ReferenceBook,
} from '@egov-gateway/labor-contracts';
import { contractRows, type MappedTable } from '@egov-gateway/labor-contracts/batch';

import {
  type Command,
  type CommandContext,
  choiceOption,
  listOption,
  type OptionValues,
  onePositional,
  requiredOption,
  switchOption,
  textOption,
  UsageError,
} from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { connectionHelp, connectionOptions, openGateway } from '../gateway-connection.ts';
import { journalHelp, withJournal } from '../journal-file.ts';
import {
  BatchReport,
  type BatchSummary,
  dryRun,
  exitCodeOfBatch,
  sendRows,
} from '../labor-contracts/batch-work.ts';
import { contractResults } from '../labor-contracts/contract-results.ts';
import { readContractTable } from '../labor-contracts/contract-table.ts';
import { readEmployerKey } from '../labor-contracts/employer-key.ts';
import { type Language, problemLine, readLanguage } from '../labor-contracts/problem-lines.ts';
import { ResultsFile } from '../results-file.ts';
import { contractOptions, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';

/** `egw labor-contracts register FILE` */
export const registerContracts: Command = batchCommand(
  'register',
  'Registers the contracts of a table (.xlsx, .csv, .json) in ЕСУТД, each once: run it again after an interruption, and it\n' +
    'does what is left. A row that is refused stops no other one. Begin with --dry-run.',
);

/** `egw labor-contracts change FILE` */
export const changeContracts: Command = batchCommand(
  'change',
  'Registers the additional agreements of a table (.xlsx, .csv, .json), each once, as egw labor-contracts register does.',
);

/** `egw labor-contracts terminate FILE` */
export const terminateContracts: Command = batchCommand(
  'terminate',
  'Terminates the contracts of a table (.xlsx, .csv, .json), each once. That cannot be taken back: afterwards only the labour\n' +
    'authority edits a contract. Begin with --dry-run, then confirm how many there are.',
);

function batchCommand(operation: ContractOperation, summary: string): Command {
  const isTermination = operation === 'terminate';
  return {
    usage: `labor-contracts ${operation} FILE [--dry-run]${isTermination ? ' [--confirm-terminations N]' : ''} [--results FILE] [--json]`,
    summary,
    help: [
      '--dry-run             check every row, send nothing; needs no gateway and no journal',
      ...(isTermination
        ? ['--confirm-terminations N  how many rows the table has: a person has confirmed all of them']
        : []),
      '--results FILE        what became of every row; FILE.results.csv by default, none for a dry run',
      '--mapping FILE        which column holds what; by default the titles tell, in Russian, Kazakh or English',
      '--save-mapping FILE   write what was found there, for the next time',
      '--set FIELD=VALUE     the same value for all rows, such as conscript=1; repeat it for several',
      '--sheet NAME          sheet of the workbook; the first visible one by default',
      '--date-order ORDER    day-month or month-day, where the dates of the table do not tell',
      '--key-prefix TEXT     put before the keys in the journal; by default the BIN of the employer',
      '--book NAME=FILE      reference book (CSV): position, establishedPost or conscript; repeat it for several',
      '--identity MODE       strict (default), format or off: how IIN and BIN are checked; test stands have invalid ones',
      '--payload-mode MODE   string-escaped (default), string-cdata or element',
      '--again               send once more what was refused before',
      '--concurrency N       rows under way at a time; 4 by default',
      '--max-per-hour N      rows that begin in an hour; no limit by default',
      '--language L          ru or en, for messages about the table',
      '--json                the counts as one JSON object on stdout',
      '--service-id ID       serviceId of labour contracts: ask its owner (or EGW_SERVICE_ID)',
      '--employer-key FILE   the signing key of the employer, .p12 or PEM (or EGW_EMPLOYER_KEY)',
      '--employer-password-file F  its password (or the password itself in EGW_EMPLOYER_PASSWORD)',
      '--employer-certificate F    certificate of a PEM key',
      ...journalHelp,
      ...connectionHelp,
    ],
    options: {
      'dry-run': { type: 'boolean' },
      ...(isTermination ? { 'confirm-terminations': { type: 'string' } } : {}),
      results: { type: 'string' },
      mapping: { type: 'string' },
      'save-mapping': { type: 'string' },
      set: { type: 'string', multiple: true },
      sheet: { type: 'string' },
      'date-order': { type: 'string' },
      'key-prefix': { type: 'string' },
      book: { type: 'string', multiple: true },
      identity: { type: 'string' },
      'payload-mode': { type: 'string' },
      again: { type: 'boolean' },
      concurrency: { type: 'string' },
      'max-per-hour': { type: 'string' },
      language: { type: 'string' },
      json: { type: 'boolean' },
      ...contractOptions,
      ...journalOptions,
      ...connectionOptions,
    },
    run: (given, positionals, context) => runBatch(operation, given, positionals, context),
  };
}

async function runBatch(
  operation: ContractOperation,
  given: OptionValues,
  positionals: readonly string[],
  context: CommandContext,
): Promise<number> {
  const path = onePositional(positionals, `labor-contracts ${operation}`, 'FILE');
  const values = await withSettings(given, context);
  const language = readLanguage(values, context);
  const isDry = switchOption(values, 'dry-run');
  const { console } = context;
  const contracts = await readContracts(values, context, isDry);
  const key = await readEmployerKey(values, context);
  if (key === undefined && !isDry)
    throw new UsageError('--employer-key FILE is missing: the signing key of the employer');
  const read = await readContractTable(path, operation, values, context, key?.certificate);
  if ('problems' in read) {
    for (const problem of read.problems) console.note(problemLine(problem, language));
    if (switchOption(values, 'json')) console.json({ problems: read.problems });
    return exitCodes.negative;
  }
  const { mapped, encoding } = read;
  for (const remark of mapped.remarks) console.note(problemLine(remark, language));
  const owner = key?.certificate.bin ?? (key === undefined ? 'dry' : 'person');
  const keyPrefix = textOption(values, 'key-prefix') ?? `${owner}:`;
  const rows = contractRows(mapped, { contracts, certificate: key?.certificate, encoding, keyPrefix });
  const report = new BatchReport(context, mapped.rows.length, language);
  if (isDry) {
    const resultsPath = textOption(values, 'results');
    const results =
      resultsPath === undefined ? undefined : await ResultsFile.open(resultsPath, contractResults);
    const summary = await dryRun(rows, report, results).finally(() => results?.close());
    return conclude(summary, values, context, resultsPath, language);
  }
  if (operation === 'terminate') assertConfirmed(values, mapped);
  if (key === undefined) throw new UsageError('--employer-key FILE is missing');
  return withJournal(values, context, { create: true }, async (journal) => {
    const gateway = await openGateway(values, context, { journal });
    try {
      const resultsPath = textOption(values, 'results') ?? `${path}.results.csv`;
      const results = await ResultsFile.open(resultsPath, contractResults);
      const registry = registryOf(contracts, gateway, journal, key);
      const summary = await sendRows(rows, registry, values, context, report, results).finally(() =>
        results.close(),
      );
      return conclude(summary, values, context, resultsPath, language);
    } finally {
      await gateway.close();
    }
  });
}

function registryOf(
  contracts: LaborContracts,
  gateway: ConstructorParameters<typeof ContractRegistry>[0]['gateway'],
  journal: ConstructorParameters<typeof ContractRegistry>[0]['journal'],
  employerKey: SigningKey,
): ContractRegistry {
  return new ContractRegistry({ contracts, gateway, journal, employerKey });
}

/** @throws {UsageError} when the number is not that of the rows */
function assertConfirmed(values: OptionValues, { rows }: MappedTable): void {
  if (textOption(values, 'confirm-terminations') === String(rows.length)) return;
  throw new UsageError(
    `the table has ${rows.length} rows, and terminations cannot be taken back: look through them with --dry-run, then add ` +
      `--confirm-terminations ${rows.length}`,
  );
}

function conclude(
  summary: BatchSummary,
  values: OptionValues,
  { console }: CommandContext,
  results: string | undefined,
  language: Language,
): number {
  const { end, counts } = summary;
  if (switchOption(values, 'json')) console.json({ end, counts, results: results ?? null });
  else {
    for (const [state, count] of Object.entries(counts)) console.line(`${state} ${count}`);
    if (results !== undefined)
      console.note(language === 'ru' ? `по строкам: ${results}` : `row by row: ${results}`);
  }
  if (end === 'unreachable') {
    console.note(
      language === 'ru'
        ? 'остановлено: шлюз не отвечает; запустите ту же команду позже'
        : 'stopped: the gateway does not answer; run the same command later',
    );
  }
  if (end === 'interrupted') {
    console.note(
      language === 'ru'
        ? 'прервано; та же команда продолжит с этого места'
        : 'interrupted; the same command goes on from here',
    );
  }
  return exitCodeOfBatch(summary);
}

async function readContracts(
  values: OptionValues,
  context: CommandContext,
  isDry: boolean,
): Promise<LaborContracts> {
  const books: Record<string, ReferenceBook> = {};
  for (const text of listOption(values, 'book')) {
    const [, name, path] = /^(position|establishedPost|conscript)=(.+)$/.exec(text) ?? [];
    if (name === undefined || path === undefined) {
      throw new UsageError('--book is position=FILE, establishedPost=FILE or conscript=FILE');
    }
    const headings = name === 'position' ? 'code-prefix' : 'unknown';
    books[name] = parseReferenceBook(await context.console.read(path), { headings });
  }
  return createLaborContracts({
    serviceId: isDry ? (textOption(values, 'service-id') ?? 'DRY_RUN') : requiredOption(values, 'service-id'),
    identity: choiceOption(values, 'identity', ['strict', 'format', 'off']) ?? 'strict',
    payloadMode:
      choiceOption(values, 'payload-mode', ['string-escaped', 'string-cdata', 'element']) ?? 'string-escaped',
    books,
  });
}
