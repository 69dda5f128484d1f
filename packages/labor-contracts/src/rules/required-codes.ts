import type { ValidationIssue } from '@egov-gateway/core';

import { type ContractIssue, withCode } from './contract-issue.ts';

/** The code of what is missing, by path below the root. */
const requiredCodes: Readonly<Record<string, string>> = {
  '/newContractData/employerData': 'SCSE008',
  '/newContractData/employerData/bin': 'SCSE009',
  '/newContractData/employeeData': 'SCSE010',
  '/newContractData/employeeData/iin': 'SCSE011',
  '/newContractData/contractData': 'SCSE138',
  '/newContractData/contractData/contractNumber': 'SCSE003',
  '/newContractData/contractData/contractDate': 'SCSE004',
  '/newContractData/contractData/beginDate': 'SCSE005',
  '/newContractData/contractData/position': 'SCSE006',
  '/newContractData/contractData/establishedPost': 'SCSE029',
  '/newContractData/documentData': 'SCSE021',
  '/subsidiaryContractData/employerData': 'SCSE008',
  '/subsidiaryContractData/employerData/bin': 'SCSE009',
  '/subsidiaryContractData/contractId': 'SCSE026',
  '/subsidiaryContractData/subsidiaryContractNumber': 'SCSE015',
  '/subsidiaryContractData/subsidiaryContractDate': 'SCSE023',
  '/subsidiaryContractData/beginDate': 'SCSE024',
  '/subsidiaryContractData/position': 'SCSE006',
  '/subsidiaryContractData/establishedPost': 'SCSE029',
  '/terminationContractData/employerData': 'SCSE008',
  '/terminationContractData/employerData/bin': 'SCSE009',
  '/terminationContractData/contractId': 'SCSE026',
  '/terminationContractData/terminationDate': 'SCSE018',
  // The code of its own, SCSE019, is out of use.
  '/terminationContractData/terminationReason': 'SCSE022',
};

/** An issue of the payload with the code that ЕСУТД has for it. */
export function asContractIssue(issue: ValidationIssue): ContractIssue {
  return withCode(issue, codeOf(issue));
}

function codeOf({ path, rule }: ValidationIssue): string | undefined {
  if (rule === 'required' || rule === 'min-length')
    return requiredCodes[path.slice('/contractRequest'.length)];
  if (rule.startsWith('bin-')) return 'SCSE043';
  if (rule.startsWith('iin-')) return 'SCSE045';
  return undefined;
}
