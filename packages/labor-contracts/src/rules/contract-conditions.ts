import { addYears, compareDates, isXsDate } from '@egov-gateway/payload';

import { codePatterns } from '../books/code-patterns.ts';
import { bookOf, type ReferenceBook } from '../books/reference-book.ts';
import { contractTerms, remoteWork, workingHours, workTypes } from '../codes/short-lists.ts';
import { type ContractFindings, type ContractIssue, scseIssue } from './contract-issue.ts';

/**
 * Conditions of a contract that ЕСУТД asks for and whose element names are not known (grade A- for the rules, C for any
 * name). Check the values here, then send them as `extra` under the names that the owner of the service has given.
 */
export interface ContractConditions {
  /** A code of `contractTerms`. */
  readonly term?: string | undefined;
  readonly beginDate?: string | undefined;
  readonly endDate?: string | undefined;
  /** A code of `workTypes`. */
  readonly workType?: string | undefined;
  /** A code of `workingHours`. */
  readonly workingHours?: string | undefined;
  /** Decimal, above 0 and at most 1. */
  readonly tariffRate?: string | undefined;
  /** A code of `remoteWork`. */
  readonly remoteWork?: string | undefined;
  /** Three digits of ISO 3166-1; `398` is Kazakhstan. */
  readonly country?: string | undefined;
  /** Nine digits. */
  readonly kato?: string | undefined;
  readonly address?: string | undefined;
  /** 32 to 45 Latin letters, digits and hyphens: the sender's own id of the record, good as an idempotency key. */
  readonly clientId?: string | undefined;
}

/** What the conditions are judged by. */
export interface ConditionContext {
  readonly operation: 'newContractData' | 'subsidiaryContractData';
  /** The page of the calendar. */
  readonly today: string;
  /** Default: `contractTerms` and what else is in the book given. */
  readonly terms?: ReferenceBook;
  readonly countries?: ReferenceBook;
  readonly kato?: ReferenceBook;
}

const short = {
  term: bookOf(contractTerms),
  workType: bookOf(workTypes),
  workingHours: bookOf(workingHours),
  remoteWork: bookOf(remoteWork),
};

/**
 * Judges conditions by the rules of the error book. Paths are the names of the fields here, not names of elements.
 *
 * Which terms ask for an end date the book does not say. What is checked is what their names say (grade C): an indefinite
 * term has none, a fixed one of at least a year has one, at least a year after the beginning, and so has a fixed one of
 * a small business.
 *
 * @throws {TypeError} when there is an end date to compare with `today`, and `today` is no date
 */
export function checkContractConditions(
  conditions: ContractConditions,
  context: ConditionContext,
): ContractFindings {
  const issues: ContractIssue[] = [];
  const warnings: ContractIssue[] = [];
  const report = (field: keyof ContractConditions, rule: string, message: string, code: string): void => {
    issues.push(scseIssue(`/${field}`, rule, message, code));
  };
  termIssues(conditions, context, report);
  const { workType, remoteWork: remote, workingHours: hours, tariffRate, clientId } = conditions;
  lookUp(workType, short.workType, () =>
    report('workType', 'reference-book', 'is no known kind of work', 'SCSE104'),
  );
  lookUp(remote, short.remoteWork, () =>
    report('remoteWork', 'reference-book', 'is no known kind of remote work', 'SCSE150'),
  );
  lookUp(hours, short.workingHours, () =>
    report('workingHours', 'reference-book', 'is no known mode of hours', 'SCSE075'),
  );
  if (tariffRate !== undefined) {
    if (isBlank(hours)) report('workingHours', 'required-with', 'is required with a tariff rate', 'SCSE074');
    if (!isTariffRate(tariffRate))
      report('tariffRate', 'range', 'must be a decimal above 0, at most 1', 'SCSE078');
  }
  if (clientId !== undefined && !isClientId(clientId)) {
    report('clientId', 'pattern', 'must be 32 to 45 Latin letters, digits and hyphens', 'SCSE087');
  }
  placeIssues(conditions, context, report, warnings);
  return { issues, warnings };
}

type Report = (field: keyof ContractConditions, rule: string, message: string, code: string) => void;

function termIssues(conditions: ContractConditions, context: ConditionContext, report: Report): void {
  const { term, beginDate, endDate } = conditions;
  const { operation, terms = short.term, today } = context;
  if (isBlank(term) && operation === 'newContractData') report('term', 'required', 'is required', 'SCSE039');
  lookUp(term, terms, () => report('term', 'reference-book', 'is no known term', 'SCSE038'));
  if (!isBlank(term) && terms.find(term)?.leaf === false) {
    report('term', 'reference-book-leaf', 'is a heading; take an entry of the lowest level', 'SCSE081');
  }
  if (term === '8' && operation === 'newContractData') {
    report('term', 'operation', 'goes with an additional agreement only', 'SCSE151');
  }
  if (term === '1' && !isBlank(endDate)) {
    report('endDate', 'forbidden-with', 'must be left out: the term is indefinite', 'SCSE057');
  }
  if ((term === '2' || term === '3') && isBlank(endDate)) {
    report('endDate', 'required-with', 'is required with this term', 'SCSE054');
  }
  if (isBlank(endDate)) return;
  if (!isXsDate(endDate)) {
    report('endDate', 'date', 'must be a date that exists, YYYY-MM-DD', 'SCSE054');
    return;
  }
  const farCode = operation === 'newContractData' ? 'SCSE141' : 'SCSE142';
  if (compareDates(endDate, addYears(today, 50)) > 0) {
    report('endDate', 'date-order', 'must not be more than 50 years ahead', farCode);
    return;
  }
  if (beginDate === undefined || !isXsDate(beginDate)) return;
  const orderCode = operation === 'newContractData' ? 'SCSE061' : 'SCSE065';
  if (compareDates(beginDate, endDate) > 0)
    report('endDate', 'date-order', 'must not be before beginDate', orderCode);
  // The last day of a year that begins today is the day before.
  else if (term === '2' && compareDates(endDate, addYears(beginDate, 1)) < -1) {
    report('endDate', 'term-length', 'must be at least a year after beginDate with this term', 'SCSE068');
  }
}

function placeIssues(
  { country, kato, address }: ContractConditions,
  books: ConditionContext,
  report: Report,
  warnings: ContractIssue[],
): void {
  if (isBlank(address)) report('address', 'required', 'is required', 'SCSE055');
  if (!isBlank(country) && country !== '398') {
    if (!isBlank(kato)) report('kato', 'forbidden-with', 'goes with places in Kazakhstan only', 'SCSE108');
  } else if (isBlank(kato)) {
    report('kato', 'required', 'is required for places in Kazakhstan', 'SCSE105');
  }
  if (books.countries !== undefined) {
    lookUp(country, books.countries, () =>
      report('country', 'reference-book', 'is no known country', 'SCSE107'),
    );
  } else if (!isBlank(country) && !codePatterns.country.test(country)) {
    warnings.push(
      scseIssue(
        '/country',
        'code-pattern',
        'does not look like a code of a country, three digits',
        'SCSE107',
      ),
    );
  }
  if (books.kato !== undefined) {
    lookUp(kato, books.kato, () => report('kato', 'reference-book', 'is no known place', 'SCSE073'));
  } else if (!isBlank(kato) && !codePatterns.kato.test(kato)) {
    warnings.push(
      scseIssue('/kato', 'code-pattern', 'does not look like a KATO code, nine digits', 'SCSE073'),
    );
  }
}

function lookUp(code: string | undefined, book: ReferenceBook, report: () => void): void {
  if (!isBlank(code) && book.find(code)?.actual !== true) report();
}

function isBlank(text: string | undefined): text is undefined {
  return text === undefined || text.trim() === '';
}

function isTariffRate(text: string): boolean {
  return /^[0-9]{1,3}(?:\.[0-9]{1,6})?$/.test(text) && Number(text) > 0 && Number(text) <= 1;
}

/** Whether a text may be the sender's own id of a record (SCSE087). The name of its element is not known. */
export function isClientId(text: string): boolean {
  return typeof text === 'string' && /^[A-Za-z0-9-]{32,45}$/.test(text);
}
