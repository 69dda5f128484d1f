import { type Clock, ValidateError, type ValidationIssue, type XmlElement } from '@egov-gateway/core';
import { dateAt, type IdentityMode, isXsDate, type Payload } from '@egov-gateway/payload';

import { bookOf } from '../books/reference-book.ts';
import { terminationReasons } from '../codes/termination-reasons.ts';
import { contractDeadline, deadlineWarning } from '../deadlines/deadline.ts';
import type { ContractEvent } from '../deadlines/legal-terms.ts';
import type { WorkCalendar } from '../deadlines/work-calendar.ts';
import type { ContractRequest, RawOperation } from '../operations/contract-request.ts';
import { type RequestBody, requestPayload } from '../operations/request-payload.ts';
import { operationNames, pathOf, rootName } from '../operations/wire-names.ts';
import { type ContractBooks, codeIssues, patternWarnings } from './code-rules.ts';
import type { ContractFindings, ContractIssue } from './contract-issue.ts';
import { dateIssues, type KnownContract } from './date-rules.ts';
import { asContractIssue, withoutBlanks } from './required-codes.ts';

/** What requests are judged by. */
export interface RequestRules {
  readonly identity: IdentityMode;
  readonly clock: Clock;
  /** Offset of the calendar that `today` is taken from. */
  readonly offset: string;
  readonly books: ContractBooks;
  readonly calendar: WorkCalendar | undefined;
}

const operationKeys = [...operationNames, 'rawOperation'] as const;

/** Checks, writes and reads requests. */
export class RequestCodec {
  readonly #rules: RequestRules;
  readonly #complete: Payload<RequestBody>;
  readonly #partial: Payload<RequestBody>;
  readonly #books: ContractBooks;

  constructor(rules: RequestRules) {
    this.#rules = rules;
    this.#complete = requestPayload(rules.identity, 'complete');
    this.#partial = requestPayload('off', 'partial');
    const { terminationReason = bookOf(terminationReasons) } = rules.books;
    this.#books = { ...rules.books, terminationReason };
  }

  #today(): string {
    const { clock, offset } = this.#rules;
    return dateAt(clock.now(), offset);
  }

  /** Every broken rule. Empty when the request may be sent. */
  issues(request: ContractRequest, known?: KnownContract): readonly ContractIssue[] {
    const broken = operationIssue(request);
    if (broken !== undefined) return [broken];
    const own = this.#ownIssues(asBody(request));
    const rest = [
      ...dateIssues(request, { today: this.#today(), known }),
      ...codeIssues(request, this.#books),
    ];
    return own.length === 0 ? rest : [...own.map(asContractIssue), ...rest];
  }

  #ownIssues(body: RequestBody): readonly ValidationIssue[] {
    const found = this.#complete.validate(body);
    // Sound requests, which are most, are looked at once: only the lenient mode lets something blank pass.
    if (found.length === 0 && this.#rules.identity !== 'off') return found;
    const filled = withoutBlanks(body);
    return filled === body ? found : this.#complete.validate(filled);
  }

  check(request: ContractRequest, known?: KnownContract): ContractFindings {
    const issues = this.issues(request, known);
    if (operationIssue(request) !== undefined) return { issues, warnings: [] };
    return {
      issues,
      warnings: [...patternWarnings(request, this.#books), ...this.#deadlineWarnings(request)],
    };
  }

  /** The document, or everything that keeps it from being written. @throws {ValidateError} */
  encode(request: ContractRequest, known?: KnownContract): Uint8Array {
    const issues = this.issues(request, known);
    if (issues.length > 0) throw new ValidateError(issues);
    return this.#complete.writeDocument(asBody(request));
  }

  /** A request that others wrote, as far as its fields are there. @throws {ParseError} */
  read(root: XmlElement): ContractRequest {
    const { rawOperation, ...typed } = this.#partial.readDocument(root);
    const raw = rawOperation?.filter((item) => !('element' in item) || !isSignature(item.element)) ?? [];
    const request = {
      ...typed,
      ...(raw.length > 0 ? { rawOperation: raw.length === 1 ? raw[0] : raw } : {}),
    };
    return request as ContractRequest;
  }

  #deadlineWarnings(request: ContractRequest): ContractIssue[] {
    const { calendar } = this.#rules;
    const event = calendar === undefined ? undefined : datedEvent(request);
    if (calendar === undefined || event === undefined) return [];
    const [name, date, path] = event;
    const today = this.#today();
    // No term that begins later has passed.
    if (typeof date !== 'string' || !isXsDate(date) || date.slice(0, 10) > today) return [];
    const warning = deadlineWarning(contractDeadline(name, date, { calendar, today }), path);
    return warning === undefined ? [] : [warning];
  }
}

function datedEvent(
  request: ContractRequest,
): readonly [ContractEvent, date: unknown, path: string] | undefined {
  const { newContractData, subsidiaryContractData, terminationContractData } = request;
  if (newContractData !== undefined) {
    const { contractData } = newContractData as Partial<typeof newContractData>;
    return [
      'conclusion',
      contractData?.contractDate,
      pathOf('newContractData', 'contractData', 'contractDate'),
    ];
  }
  if (subsidiaryContractData !== undefined) {
    const path = pathOf('subsidiaryContractData', 'subsidiaryContractDate');
    return ['change', subsidiaryContractData.subsidiaryContractDate, path];
  }
  if (terminationContractData === undefined) return undefined;
  return [
    'termination',
    terminationContractData.terminationDate,
    pathOf('terminationContractData', 'terminationDate'),
  ];
}

function operationIssue(request: ContractRequest): ContractIssue | undefined {
  const given: unknown = request;
  const path = `/${rootName}`;
  const clause = 'ЕСУТД, contractRequest';
  if (typeof given !== 'object' || given === null) {
    return { path, rule: 'type', message: 'must be an object with one operation', clause };
  }
  const present = operationKeys.filter((key) => request[key] !== undefined);
  const [only] = present;
  if (present.length !== 1 || only === undefined) {
    return {
      path,
      rule: 'operation',
      message: `must have exactly one operation, has ${present.length}`,
      clause,
    };
  }
  if (typeof request[only] === 'object' && request[only] !== null && !Array.isArray(request[only]))
    return undefined;
  return { path: pathOf(only), rule: 'type', message: 'must be an object', clause };
}

function asBody(request: ContractRequest): RequestBody {
  if (request.rawOperation === undefined) return request;
  return { ...request, rawOperation: [request.rawOperation] };
}

function isSignature(element: XmlElement): boolean {
  return element.localName === 'Signature' && element.namespace === 'http://www.w3.org/2000/09/xmldsig#';
}

/** The BIN or IIN of the employer, wherever the operation has it; a raw one as the known operations do. */
export function employerOf(request: ContractRequest): string | undefined {
  const { rawOperation, newContractData, subsidiaryContractData, terminationContractData } = request;
  if (rawOperation !== undefined) return employerWithin(rawOperation);
  return (newContractData ?? subsidiaryContractData ?? terminationContractData)?.employerData.bin;
}

function employerWithin(operation: RawOperation): string | undefined {
  if ('element' in operation) {
    const text = childOf(childOf(operation.element, 'employerData'), 'bin');
    return text?.first === undefined ? text?.text() : undefined;
  }
  const content = (name: string, items: unknown): unknown =>
    Array.isArray(items) ? items.find((item: { name?: unknown }) => item.name === name)?.content : undefined;
  const found = content('bin', content('employerData', operation.content));
  return typeof found === 'string' ? found : undefined;
}

function childOf(parent: XmlElement | undefined, localName: string): XmlElement | undefined {
  for (let child = parent?.first; child !== undefined; child = child.next) {
    if (child.localName === localName && child.namespace === '') return child;
  }
  return undefined;
}
