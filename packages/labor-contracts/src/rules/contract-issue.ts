import type { ValidationIssue } from '@egov-gateway/core';

import type { ContractDeadline } from '../deadlines/legal-terms.ts';

/** A broken rule, or a doubt, about a contract. */
export interface ContractIssue extends ValidationIssue {
  /**
   * The code with which ЕСУТД refuses the same, for {@link explainScse}; the message ends with it. Absent where its error
   * book has no code.
   */
  readonly code?: string;
  /** The term that has passed, or may have. */
  readonly deadline?: ContractDeadline;
}

/** What a check has found. */
export interface ContractFindings {
  /** Why the request must not be sent. Empty when it may be. */
  readonly issues: readonly ContractIssue[];
  /** Doubts that do not stop it: forms of codes, terms that have passed. */
  readonly warnings: readonly ContractIssue[];
}

const book = 'ЕСУТД, error book';

/** An issue with its code of the error book. */
export function scseIssue(path: string, rule: string, message: string, code: string): ContractIssue {
  return { path, rule, message: `${message} (${code})`, clause: `${book}, ${code}`, code };
}

/** An issue that has a code where the error book knows one. */
export function withCode(issue: ValidationIssue, code: string | undefined): ContractIssue {
  return code === undefined ? issue : scseIssue(issue.path, issue.rule, issue.message, code);
}
