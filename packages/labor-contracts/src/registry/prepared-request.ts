import { type SigningKey, ValidateError } from '@egov-gateway/core';

import { requestKeyIssue } from '../exchange/employer-key.ts';
import type { LaborContracts } from '../labor-contracts.ts';
import type {
  ContractRequest,
  NewContractData,
  SubsidiaryContractData,
  TerminationContractData,
} from '../operations/contract-request.ts';
import { employerOf } from '../rules/check-request.ts';
import type { ContractFindings, ContractIssue } from '../rules/contract-issue.ts';
import type { KnownContract } from '../rules/date-rules.ts';
import type { ContractOperation } from './contract-key.ts';

/** The key of an employer. */
export type EmployerKey = SigningKey | ((employer: string | undefined) => SigningKey | Promise<SigningKey>);

/** A document that may be sent, or why it may not. */
export type PreparedRequest =
  | { readonly document: Uint8Array; readonly warnings: readonly ContractIssue[] }
  | ContractFindings;

/** What each operation sends. */
export interface OperationData {
  readonly register: NewContractData;
  readonly change: SubsidiaryContractData;
  readonly terminate: TerminationContractData;
}

/** The request of an operation. @throws {TypeError} when there is no such operation */
export function requestOf<Operation extends ContractOperation>(
  operation: Operation,
  data: OperationData[Operation],
): ContractRequest {
  switch (operation) {
    case 'register':
      return { newContractData: data as NewContractData };
    case 'change':
      return { subsidiaryContractData: data as SubsidiaryContractData };
    case 'terminate':
      return { terminationContractData: data as TerminationContractData };
    default:
      throw new TypeError("operation must be 'register', 'change' or 'terminate'");
  }
}

/** Everything that is wrong with a request before it is signed, the key of another employer included. */
export async function checkPrepared(
  contracts: LaborContracts,
  employerKey: EmployerKey,
  request: ContractRequest,
  known: KnownContract,
): Promise<ContractFindings> {
  const findings = contracts.check(request, known);
  if (findings.issues.length > 0) return findings;
  const issue = requestKeyIssue(request, await keyOf(employerKey, request));
  return issue === undefined ? findings : { ...findings, issues: [issue] };
}

/** Checks and signs a request. @throws {SignError} @throws {KeyError} when the key cannot be used */
export async function prepareRequest(
  contracts: LaborContracts,
  employerKey: EmployerKey,
  request: ContractRequest,
  known: KnownContract,
): Promise<PreparedRequest> {
  const { issues, warnings } = contracts.check(request, known);
  if (issues.length > 0) return { issues, warnings };
  try {
    return { document: await contracts.sign(request, await keyOf(employerKey, request), known), warnings };
  } catch (error) {
    if (error instanceof ValidateError) return { issues: error.issues, warnings };
    throw error;
  }
}

async function keyOf(employerKey: EmployerKey, request: ContractRequest): Promise<SigningKey> {
  return typeof employerKey === 'function' ? employerKey(employerOf(request)) : employerKey;
}

/** IIN and BIN of a request. */
export function subjectsOf(request: ContractRequest): readonly string[] {
  const iin = request.newContractData?.employeeData.iin;
  return [employerOf(request), iin].filter((subject) => subject !== undefined);
}
