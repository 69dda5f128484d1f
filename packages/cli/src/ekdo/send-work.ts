/** A list of documents, one after the other: a document that is refused stops no other one. */
import { SignError } from '@egov-gateway/core';
import {
  checkPdf,
  type EkdoOutcome,
  type EkdoRegistry,
  type PdfCheckOptions,
  type SignDetached,
} from '@egov-gateway/ekdo';

import type { CommandContext } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import type { PortalLanguage } from '../language.ts';
import { problemLine, warningLine } from '../problem-lines.ts';
import { progressBar } from '../progress-bar.ts';
import type { ResultsFile } from '../results-file.ts';
import { UsageError } from '../usage-error.ts';
import { checkSignature } from './check-signature.ts';
import { documentProblem, findingProblem, issueProblems, outcomeProblems } from './document-problems.ts';
import { type DocumentResult, type DocumentState, documentLine } from './document-results.ts';
import { readPdf } from './pdf-files.ts';
import type { PlannedDocument } from './planned-document.ts';
import { wordsOf } from './sign-command.ts';
import type { SignatureSource } from './signature-source.ts';

/** Why it ended. `account`: the portal does not take the account, or no more requests for now. */
export type SendEnd = 'finished' | 'interrupted' | 'unreachable' | 'account';

/** What a list has come to. */
export interface SendSummary {
  readonly end: SendEnd;
  readonly counts: Readonly<Record<string, number>>;
}

/** After so many documents in a row that did not get through, no further one is begun. */
const maxFailures = 5;
/** To go on would lock the account, or be refused again. */
const endingCodes: ReadonlySet<string> = new Set(['ERR_PORTAL_CREDENTIALS', 'ERR_PORTAL_LIMIT']);

/** Of these the portal was not asked. */
const unsent: ReadonlySet<DocumentResult['state']> = new Set(['invalid', 'not-signed']);

/** Tells how far it is, and what is wrong: row and key, never a name. */
export class SendReport {
  readonly #context: CommandContext;
  readonly #total: number;
  readonly #language: PortalLanguage;
  readonly #startedMs = performance.now();
  readonly #counts = new Map<string, number>();
  #done = 0;

  constructor(context: CommandContext, total: number, language: PortalLanguage) {
    this.#context = context;
    this.#total = total;
    this.#language = language;
  }

  /** `warnings` are told where they are given: in a dry run, while something can be done about them. */
  count(
    { state, repeated, problems }: Pick<DocumentResult, 'state' | 'repeated' | 'problems'>,
    warnings: DocumentResult['warnings'] = [],
  ): void {
    const { console } = this.#context;
    const name = repeated ? `${state} before` : state;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    this.#done += 1;
    for (const problem of problems) console.note(problemLine(problem, this.#language));
    for (const warning of warnings) console.note(warningLine(warning, this.#language));
    console.status(progressBar(this.#done, this.#total, performance.now() - this.#startedMs, this.#language));
  }

  summary(end: SendEnd): SendSummary {
    return { end, counts: Object.fromEntries(this.#counts) };
  }
}

/** Signs the document that is just being sent. */
export class CurrentSigner {
  readonly #source: SignatureSource;
  #document: PlannedDocument | undefined;

  constructor(source: SignatureSource) {
    this.#source = source;
  }

  readonly sign: SignDetached = async (bytes) => {
    if (this.#document === undefined) throw new TypeError('no document is being sent');
    const { path, kind } = this.#document;
    return this.#source.sign(path, bytes, kind);
  };

  for(document: PlannedDocument): void {
    this.#document = document;
  }
}

/** What sending takes. */
export interface SendParts {
  readonly registry: EkdoRegistry;
  readonly signer: CurrentSigner;
  readonly results: ResultsFile;
  readonly report: SendReport;
  readonly again: boolean;
}

/** Sends what is not done yet. */
export async function sendDocuments(
  documents: readonly PlannedDocument[],
  { registry, signer, results, report, again }: SendParts,
  context: CommandContext,
): Promise<SendSummary> {
  let failures = 0;
  for (const document of documents) {
    if (context.signal.aborted) return report.summary('interrupted');
    const { key } = document;
    if (results.isDone(key)) {
      report.count(await sentBefore(document, registry, context));
      continue;
    }
    signer.for(document);
    const result = await sendDocument(document, { registry, again }, context);
    if (result === undefined) return report.summary('interrupted');
    await results.add(documentLine(result));
    report.count(result);
    // What an earlier run was told says nothing of the portal today.
    const isTold = !result.repeated;
    if (isTold && endingCodes.has(result.code ?? '')) return report.summary('account');
    const failed = result.state === 'not-sent' || result.state === 'in-doubt';
    // Nor does a document that was not to be sent.
    if (isTold && !unsent.has(result.state)) failures = failed ? failures + 1 : 0;
    if (failures >= maxFailures) return report.summary('unreachable');
  }
  return report.summary('finished');
}

/** What the results say to be sent is not sent again, whatever the journal knows of it. A file that was changed is told. */
async function sentBefore(
  document: PlannedDocument,
  registry: EkdoRegistry,
  context: CommandContext,
): Promise<Pick<DocumentResult, 'state' | 'repeated' | 'problems'>> {
  const state = (await registry.status(document.key))?.state;
  const result =
    state === 'signed' || state === 'in-force'
      ? await sendDocument({ ...document, problems: [] }, { registry, again: false }, context)
      : undefined;
  return result ?? { state: 'sent', repeated: true, problems: [] };
}

/** Checks every row, and the signatures that are there; sends nothing, and starts no program. */
export async function checkDocuments(
  documents: readonly PlannedDocument[],
  parts: {
    readonly source: SignatureSource;
    readonly pdf: PdfCheckOptions;
    readonly results: ResultsFile | undefined;
    readonly report: SendReport;
  },
  context: CommandContext,
): Promise<SendSummary> {
  const { report, results } = parts;
  for (const document of documents) {
    if (context.signal.aborted) return report.summary('interrupted');
    const result = await checkDocument(document, parts, context);
    await results?.add(documentLine(result));
    report.count(result, result.warnings);
  }
  return report.summary('finished');
}

async function checkDocument(
  document: PlannedDocument,
  { source, pdf }: { readonly source: SignatureSource; readonly pdf: PdfCheckOptions },
  context: CommandContext,
): Promise<DocumentResult> {
  const { row, key, path, kind } = document;
  const result = (problems: DocumentResult['problems'], warnings: DocumentResult['warnings'] = []) => {
    const state: DocumentState = problems.length > 0 ? 'invalid' : 'ready';
    return { row, key, state, repeated: false, problems, warnings };
  };
  if (document.problems.length > 0) return result(document.problems, document.warnings);
  const read = await readPdf(path, context).catch((error: unknown) => {
    if (error instanceof UsageError) return undefined;
    throw error;
  });
  if (read === undefined) return result([documentProblem('unreadable', row)], document.warnings);
  const { bytes = new Uint8Array() } = read;
  const { findings } = checkPdf(bytes, pdf);
  const told = (severity: 'error' | 'warning') =>
    findings.filter((one) => one.severity === severity).map(({ code }) => findingProblem(code, row));
  const signature = source.isBeside
    ? checkSignature(bytes, await source.sign(path, bytes, kind), row)
    : { problems: [], warnings: [] };
  return result(
    [...told('error'), ...signature.problems],
    [...document.warnings, ...told('warning'), ...signature.warnings],
  );
}

/** `undefined` when the person does not want to go on. */
async function sendDocument(
  document: PlannedDocument,
  { registry, again }: Pick<SendParts, 'registry' | 'again'>,
  context: CommandContext,
): Promise<DocumentResult | undefined> {
  const { row, key, path, fileName, group, problems, warnings } = document;
  const common = { row, key, repeated: false, problems, warnings };
  if (problems.length > 0) return { ...common, state: 'invalid' };
  try {
    // Ctrl-C lets the upload finish: cut short, nobody would know whether the portal has the document.
    const outcome = await registry.send(
      { key, fileName, group, bytes: async () => (await readPdf(path, context)).bytes ?? new Uint8Array() },
      { again },
    );
    return resultOf(outcome, document);
  } catch (error) {
    if (error instanceof UsageError) {
      return { ...common, state: 'invalid', problems: [documentProblem('unreadable', row)] };
    }
    if (!(error instanceof SignError)) throw error;
    // It was signing: nothing has left.
    if (context.signal.aborted) return undefined;
    const words = wordsOf(error);
    context.console.note(`${key}: ${error.message}${words === undefined ? '' : `; it says: ${words}`}`);
    return {
      ...common,
      state: 'not-signed',
      code: error.code,
      problems: [documentProblem('not-signed', row)],
    };
  }
}

function resultOf(outcome: EkdoOutcome, { row, warnings: known }: PlannedDocument): DocumentResult {
  const { key, state, repeated, warnings } = outcome;
  const isOther = state === 'sent' && warnings.some(({ rule }) => rule === 'changed-content');
  return {
    row,
    key,
    state,
    repeated,
    documentId: 'id' in outcome ? outcome.id : undefined,
    portalStatus: outcome.state === 'sent' ? outcome.portalStatus : undefined,
    code: 'code' in outcome ? outcome.code : undefined,
    problems: isOther ? [documentProblem('changed-content', row)] : outcomeProblems(outcome, row),
    warnings: [...known, ...(isOther ? [] : issueProblems(warnings, row))],
    answer: outcome.state === 'refused' ? outcome.answer : undefined,
  };
}

/** A doubt above all; then why it ended early; then what was refused. */
export function exitCodeOfSending({ end, counts }: SendSummary): number {
  const has = (state: DocumentState): boolean => (counts[state] ?? 0) + (counts[`${state} before`] ?? 0) > 0;
  if (has('in-doubt')) return exitCodes.undecided;
  if (end !== 'finished' || has('not-sent')) return exitCodes.transport;
  return has('invalid') || has('refused') || has('not-signed') ? exitCodes.negative : exitCodes.done;
}
