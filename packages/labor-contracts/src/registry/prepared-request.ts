import { type SigningKey, ValidateError } from '@egov-gateway/core';

import type { LaborContracts } from '../labor-contracts.ts';
import type { ContractRequest } from '../operations/contract-request.ts';
import { employerOf } from '../rules/check-request.ts';
import type { ContractFindings, ContractIssue } from '../rules/contract-issue.ts';
import type { KnownContract } from '../rules/date-rules.ts';

/** The key of an employer. */
export type EmployerKey = SigningKey | ((employer: string | undefined) => SigningKey | Promise<SigningKey>);

/** A document that may be sent, or why it may not. */
export type PreparedRequest =
  | { readonly document: Uint8Array; readonly warnings: readonly ContractIssue[] }
  | ContractFindings;

/** Checks and signs a request. @throws {SignError} @throws {KeyError} when the key cannot be used */
export async function prepareRequest(
  contracts: LaborContracts,
  employerKey: EmployerKey,
  request: ContractRequest,
  known: KnownContract | undefined,
): Promise<PreparedRequest> {
  const { issues, warnings } = contracts.check(request, known);
  if (issues.length > 0) return { issues, warnings };
  const key = typeof employerKey === 'function' ? await employerKey(employerOf(request)) : employerKey;
  try {
    return { document: await contracts.sign(request, key, known), warnings };
  } catch (error) {
    if (error instanceof ValidateError) return { issues: error.issues, warnings };
    throw error;
  }
}

/** IIN and BIN of a request. */
export function subjectsOf(request: ContractRequest): readonly string[] {
  const iin = request.newContractData?.employeeData.iin;
  return [employerOf(request), iin].filter((subject) => subject !== undefined);
}
