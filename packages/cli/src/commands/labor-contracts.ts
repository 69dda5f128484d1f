import {
  type ContractOperation,
  ContractRegistry,
  createLaborContracts,
  type LaborContracts,
  parseReferenceBook,
  type ReferenceBook,
  type WorkCalendar,
} from '@egov-gateway/labor-contracts';
import { contractRows, type MappedTable, type TableProblem } from '@egov-gateway/labor-contracts/batch';

import type { Command, CommandContext } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { openGateway } from '../gateway-connection.ts';
import { withJournal } from '../journal-file.ts';
import { type AsyncBatch, isAsyncBatch, sendOverAsync } from '../labor-contracts/async-batch.ts';
import { batchHelp, batchOptions } from '../labor-contracts/batch-options.ts';
import { BatchReport } from '../labor-contracts/batch-report.ts';
import { type BatchSummary, dryRun, exitCodeOfBatch, sendRows } from '../labor-contracts/batch-work.ts';
import { contractResults } from '../labor-contracts/contract-results.ts';
import { readContractTable } from '../labor-contracts/contract-table.ts';
import { readEmployerKey } from '../labor-contracts/employer-key.ts';
import { readHolidays } from '../labor-contracts/holidays.ts';
import { rowCount } from '../labor-contracts/row-states.ts';
import { type Language, tableLanguages } from '../language.ts';
import { readLanguage } from '../language-option.ts';
import {
  choiceOption,
  listOption,
  type OptionValues,
  onePositional,
  requiredOption,
  switchOption,
  textOption,
} from '../option-values.ts';
import { problemLine } from '../problem-lines.ts';
import { ResultsFile } from '../results-file.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';
import { missingOption } from '../usage-words.ts';

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

const noEmployerKey = missingOption('employer-key', {
  ru: 'файл ключа подписи работодателя',
  kk: 'жұмыс берушінің қол қою кілтінің файлы',
  en: 'the file of the signing key of the employer',
});

const serviceIdWords = {
  ru: 'serviceId трудовых договоров, узнайте его у владельца сервиса',
  kk: 'еңбек шарттарының serviceId-і, оны сервис иесінен сұраңыз',
  en: 'serviceId of labour contracts, ask its owner',
};

/** Lines about a file that is not taken. */
const maxTold = 50;

function batchCommand(operation: ContractOperation, summary: string): Command {
  const isTermination = operation === 'terminate';
  return {
    usage: `labor-contracts ${operation} FILE [--dry-run] [--async]${isTermination ? ' [--confirm-terminations N]' : ''} [--results FILE] [--json]`,
    summary,
    help: batchHelp(operation),
    options: batchOptions(operation),
    languages: tableLanguages,
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
  const isAsync = isAsyncBatch(given);
  const values = await withSettings(given, context);
  const language = readLanguage(values, context, tableLanguages);
  const isDry = switchOption(values, 'dry-run');
  const { console } = context;
  const holidays = await readHolidays(values, context);
  if (holidays.problems !== undefined) {
    return refuse(
      holidays.problems,
      values,
      console,
      (problem) => `${holidays.path}: ${problemLine(problem, language)}`,
    );
  }
  const contracts = await readContracts(values, context, isDry, holidays.calendar);
  const key = await readEmployerKey(values, context);
  if (key === undefined && !isDry) throw new UsageError(noEmployerKey);
  const read = await readContractTable(path, operation, values, context, key?.certificate);
  if ('problems' in read) {
    return refuse(read.problems, values, console, (problem) => problemLine(problem, language));
  }
  const { mapped, encoding } = read;
  for (const remark of mapped.remarks) console.note(problemLine(remark, language));
  const owner = key?.certificate.bin ?? (key === undefined ? 'dry' : 'person');
  const keyPrefix = textOption(values, 'key-prefix') ?? `${owner}:`;
  const rows = contractRows(mapped, { contracts, certificate: key?.certificate, encoding, keyPrefix });
  const hasHolidays = textOption(values, 'holidays') !== undefined;
  const report = new BatchReport(context, { total: mapped.rows.length, language, hasHolidays });
  if (isDry) {
    const resultsPath = textOption(values, 'results');
    const results =
      resultsPath === undefined ? undefined : await ResultsFile.open(resultsPath, contractResults);
    const summary = await dryRun(rows, report, results).finally(() => results?.close());
    report.conclude();
    return conclude(summary, values, context, resultsPath, language);
  }
  if (operation === 'terminate') assertConfirmed(values, mapped);
  if (key === undefined) throw new UsageError(noEmployerKey);
  return withJournal(values, context, { create: true }, async (journal) => {
    const resultsPath = textOption(values, 'results') ?? `${path}.results.csv`;
    const { id } = contracts.service;
    const results = await ResultsFile.open(
      resultsPath,
      contractResults,
      async (journalKey) => (await journal.message(journalKey))?.serviceId === id,
    );
    const batch = { contracts, journal, employerKey: key, rows, report, results };
    const summary = await (isAsync
      ? sendOverAsync(batch, values, context)
      : sendOverSync(batch, values, context)
    ).finally(() => results.close());
    report.conclude();
    const code = conclude(summary, values, context, resultsPath, language);
    if (summary.counts['in-doubt'] !== undefined || summary.counts['in-doubt before'] !== undefined) {
      console.note(`${endWords['in-doubt'][language]}: ${isAsync ? outboxResolve : contractResolve}`);
    }
    return code;
  });
}

/** What the files of the command line are not taken for, each problem in a line. */
function refuse(
  problems: readonly TableProblem[],
  values: OptionValues,
  console: CommandContext['console'],
  lineOf: (problem: TableProblem) => string,
): number {
  for (const problem of problems.slice(0, maxTold)) console.note(lineOf(problem));
  if (problems.length > maxTold) console.note('…');
  if (switchOption(values, 'json')) console.json({ problems });
  return exitCodes.negative;
}

async function sendOverSync(
  { rows, report, results, ...parts }: AsyncBatch,
  values: OptionValues,
  context: CommandContext,
): Promise<BatchSummary> {
  const gateway = await openGateway(values, context, { journal: parts.journal });
  try {
    return await sendRows(
      rows,
      new ContractRegistry({ ...parts, gateway }),
      values,
      context,
      report,
      results,
    );
  } finally {
    await gateway.close();
  }
}

/** @throws {UsageError} when the number is not that of the rows */
function assertConfirmed(values: OptionValues, { rows }: MappedTable): void {
  if (textOption(values, 'confirm-terminations') === String(rows.length)) return;
  const { length } = rows;
  const option = `--confirm-terminations ${length}`;
  throw new UsageError({
    ru: `строк в таблице: ${length}, а прекращение договора не отменить: просмотрите их с --dry-run, затем добавьте ${option}`,
    kk: `кестеде ${length} жол бар, ал шартты тоқтатуды қайтару мүмкін емес: оларды --dry-run арқылы қарап шығып, ${option} қосыңыз`,
    en: `the table has ${length} ${length === 1 ? 'row' : 'rows'}, and terminations cannot be taken back: look through them with --dry-run, then add ${option}`,
  });
}

function conclude(
  summary: BatchSummary,
  values: OptionValues,
  { console }: CommandContext,
  results: string | undefined,
  language: Language,
): number {
  const { end, counts } = summary;
  const isWaiting = !switchOption(values, 'no-wait');
  if (switchOption(values, 'json')) console.json({ end, counts, results: results ?? null });
  else {
    for (const [state, count] of Object.entries(counts)) console.line(rowCount(state, count, language));
    if (results !== undefined) console.note(`${endWords.results[language]}: ${results}`);
  }
  if (end !== 'finished') console.note(endWords[end][language]);
  else if (isWaiting && counts['under-way'] !== undefined) console.note(endWords['under-way'][language]);
  return exitCodeOfBatch(summary, isWaiting);
}

const contractResolve = 'egw labor-contracts resolve JOURNAL_KEY --as sent|not-sent --note TEXT';
const outboxResolve = 'egw outbox resolve JOURNAL_KEY --as sent|not-sent|abandoned --note TEXT';

const endWords: Readonly<
  Record<
    'results' | 'unreachable' | 'interrupted' | 'under-way' | 'in-doubt',
    Readonly<Record<Language, string>>
  >
> = {
  results: { ru: 'по строкам', kk: 'жолдар бойынша', en: 'row by row' },
  unreachable: {
    ru: 'остановлено: шлюз не отвечает; запустите ту же команду позже',
    kk: 'тоқтатылды: шлюз жауап бермейді; дәл осы команданы кейін іске қосыңыз',
    en: 'stopped: the gateway does not answer; run the same command later',
  },
  interrupted: {
    ru: 'прервано; та же команда продолжит с этого места',
    kk: 'үзілді; дәл осы команда осы жерден жалғастырады',
    en: 'interrupted; the same command goes on from here',
  },
  'under-way': {
    ru: 'не на все строки пришёл ответ; та же команда заберёт остальные',
    kk: 'барлық жолға жауап келген жоқ; дәл осы команда қалғанын алады',
    en: 'not every row was answered; the same command takes what is still to come',
  },
  'in-doubt': {
    ru: 'что выяснилось о строках с неизвестным исходом (in-doubt), вносит команда (JOURNAL_KEY — столбец journal_key)',
    kk: 'нәтижесі белгісіз (in-doubt) жолдар туралы анықталғанды мына команда енгізеді (JOURNAL_KEY — journal_key бағаны)',
    en: 'what you find out about rows in-doubt is recorded by (JOURNAL_KEY is the column journal_key)',
  },
};

async function readContracts(
  values: OptionValues,
  context: CommandContext,
  isDry: boolean,
  calendar: WorkCalendar,
): Promise<LaborContracts> {
  const books: Record<string, ReferenceBook> = {};
  for (const text of listOption(values, 'book')) {
    const [, name, path] = /^(position|establishedPost|conscript)=(.+)$/.exec(text) ?? [];
    if (name === undefined || path === undefined) {
      throw new UsageError({
        ru: '--book — это position=ФАЙЛ, establishedPost=ФАЙЛ или conscript=ФАЙЛ',
        kk: '--book — position=ФАЙЛ, establishedPost=ФАЙЛ немесе conscript=ФАЙЛ',
        en: '--book is position=FILE, establishedPost=FILE or conscript=FILE',
      });
    }
    const headings = name === 'position' ? 'code-prefix' : 'unknown';
    books[name] = parseReferenceBook(await context.console.read(path), { headings });
  }
  return createLaborContracts({
    serviceId: isDry
      ? (textOption(values, 'service-id') ?? 'DRY_RUN')
      : requiredOption(values, 'service-id', serviceIdWords),
    identity: choiceOption(values, 'identity', ['strict', 'format', 'off']) ?? 'strict',
    payloadMode:
      choiceOption(values, 'payload-mode', ['string-escaped', 'string-cdata', 'element']) ?? 'string-escaped',
    books,
    calendar,
  });
}
