import { addYears, isXsDate } from '@egov-gateway/payload';

import type { ContractRequest } from '../operations/contract-request.ts';
import { pathOf } from '../operations/wire-names.ts';
import { type ContractIssue, scseIssue } from './contract-issue.ts';

/** What is known of the registered contract that an agreement or a termination is about. */
export interface KnownContract {
  /** Its first day of work. */
  readonly beginDate?: string | undefined;
}

/** What dates are compared with. */
export interface DateContext {
  /** The page of the calendar. */
  readonly today: string;
  readonly known?: KnownContract | undefined;
}

const paths = {
  contractDate: pathOf('newContractData', 'contractData', 'contractDate'),
  beginDate: pathOf('newContractData', 'contractData', 'beginDate'),
  agreementDate: pathOf('subsidiaryContractData', 'subsidiaryContractDate'),
  terminationDate: pathOf('terminationContractData', 'terminationDate'),
};

/** A day that orders as text, or `undefined` for what is no date. */
function dayOf(value: unknown): string | undefined {
  return typeof value === 'string' && isXsDate(value) ? value.slice(0, 10) : undefined;
}

function isLater(first: string | undefined, second: string | undefined): boolean {
  return first !== undefined && second !== undefined && first > second;
}

/** Dates against today and each other. What is missing or no date is not judged here. */
export function dateIssues(request: ContractRequest, context: DateContext): ContractIssue[] {
  if (request.newContractData !== undefined)
    return newContract(request.newContractData.contractData, context);
  if (request.subsidiaryContractData !== undefined) return agreement(request.subsidiaryContractData, context);
  if (request.terminationContractData !== undefined)
    return termination(request.terminationContractData, context);
  return [];
}

type Dates<Key extends string> = { readonly [Name in Key]?: unknown } | undefined;

function newContract(data: Dates<'contractDate' | 'beginDate'>, { today }: DateContext): ContractIssue[] {
  const issues: ContractIssue[] = [];
  const begin = dayOf(data?.beginDate);
  const { earliest, latest } = limitsOf(today);
  if (isLater(dayOf(data?.contractDate), today)) {
    issues.push(scseIssue(paths.contractDate, 'date-order', 'must not be later than today', 'SCSE059'));
  }
  if (isLater(earliest, begin)) {
    issues.push(scseIssue(paths.beginDate, 'date-order', 'must not be more than 70 years ago', 'SCSE139'));
  }
  if (isLater(begin, latest)) {
    issues.push(scseIssue(paths.beginDate, 'date-order', 'must not be more than 50 years ahead', 'SCSE140'));
  }
  return issues;
}

function agreement(
  data: Dates<'subsidiaryContractDate' | 'beginDate'>,
  { today, known }: DateContext,
): ContractIssue[] {
  const issues: ContractIssue[] = [];
  const report = (message: string, code: string): void => {
    issues.push(scseIssue(paths.agreementDate, 'date-order', message, code));
  };
  const date = dayOf(data?.subsidiaryContractDate);
  if (isLater(date, today)) report('must not be later than today', 'SCSE062');
  if (isLater(dayOf(known?.beginDate), date)) report('must not be before the contract begins', 'SCSE063');
  if (isLater(date, dayOf(data?.beginDate))) report('must not be later than beginDate', 'SCSE064');
  return issues;
}

function termination(data: Dates<'terminationDate'>, { today, known }: DateContext): ContractIssue[] {
  const issues: ContractIssue[] = [];
  const report = (message: string, code: string): void => {
    issues.push(scseIssue(paths.terminationDate, 'date-order', message, code));
  };
  const date = dayOf(data?.terminationDate);
  if (isLater(date, today)) report('must not be later than today', 'SCSE066');
  if (isLater(dayOf(known?.beginDate), date)) report('must not be before the contract begins', 'SCSE067');
  return issues;
}

let limits = { today: '', earliest: '', latest: '' };

/** Thousands of contracts are checked on one day. */
function limitsOf(today: string): { readonly earliest: string; readonly latest: string } {
  if (limits.today !== today) {
    limits = { today, earliest: addYears(today, -70), latest: addYears(today, 50) };
  }
  return limits;
}
