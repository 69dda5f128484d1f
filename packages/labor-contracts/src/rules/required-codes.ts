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
  // The only field of its block that is known.
  '/newContractData/documentData/conscript': 'SCSE021',
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
  if (rule === 'required') return requiredCodes[path.slice('/contractRequest'.length)];
  if (rule.startsWith('bin-')) return 'SCSE043';
  if (rule.startsWith('iin-')) return 'SCSE045';
  return undefined;
}

/**
 * A body in which required fields that are blank are missing: that is what a form makes of a field that nobody filled in.
 * The same object when none is.
 */
export function withoutBlanks<Body extends object>(body: Body, path = ''): Body {
  const filled: Record<string, unknown> = {};
  let hasBlanks = false;
  for (const [name, value] of Object.entries(body)) {
    const own = `${path}/${name}`;
    if (path !== '' && !(own in requiredCodes)) continue;
    const isBlock = typeof value === 'object' && value !== null && !Array.isArray(value);
    const kept = isBlock ? withoutBlanks(value, own) : isBlank(value) ? undefined : value;
    if (kept === value) continue;
    filled[name] = kept;
    hasBlanks = true;
  }
  return hasBlanks ? { ...body, ...filled } : body;
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && (value === '' || value.trim() === '');
}
