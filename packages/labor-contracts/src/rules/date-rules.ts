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

/** The first ten characters of dates order them; what is no date orders with nothing. */
function isLater(first: unknown, second: unknown): boolean {
  return isDate(first) && isDate(second) && first.slice(0, 10) > second.slice(0, 10);
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && isXsDate(value);
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
  const date = pathOf('newContractData', 'contractData', 'contractDate');
  const begin = pathOf('newContractData', 'contractData', 'beginDate');
  if (isLater(data?.contractDate, today))
    issues.push(scseIssue(date, 'date-order', 'must not be later than today', 'SCSE059'));
  const { earliest, latest } = limitsOf(today);
  if (isLater(earliest, data?.beginDate))
    issues.push(scseIssue(begin, 'date-order', 'must not be more than 70 years ago', 'SCSE139'));
  if (isLater(data?.beginDate, latest))
    issues.push(scseIssue(begin, 'date-order', 'must not be more than 50 years ahead', 'SCSE140'));
  return issues;
}

function agreement(
  data: Dates<'subsidiaryContractDate' | 'beginDate'>,
  { today, known }: DateContext,
): ContractIssue[] {
  const issues: ContractIssue[] = [];
  const at = pathOf('subsidiaryContractData', 'subsidiaryContractDate');
  const date = data?.subsidiaryContractDate;
  if (isLater(date, today))
    issues.push(scseIssue(at, 'date-order', 'must not be later than today', 'SCSE062'));
  if (isLater(known?.beginDate, date))
    issues.push(scseIssue(at, 'date-order', 'must not be before the contract begins', 'SCSE063'));
  if (isLater(date, data?.beginDate))
    issues.push(scseIssue(at, 'date-order', 'must not be later than beginDate', 'SCSE064'));
  return issues;
}

function termination(data: Dates<'terminationDate'>, { today, known }: DateContext): ContractIssue[] {
  const issues: ContractIssue[] = [];
  const at = pathOf('terminationContractData', 'terminationDate');
  const date = data?.terminationDate;
  if (isLater(date, today))
    issues.push(scseIssue(at, 'date-order', 'must not be later than today', 'SCSE066'));
  if (isLater(known?.beginDate, date))
    issues.push(scseIssue(at, 'date-order', 'must not be before the contract begins', 'SCSE067'));
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
