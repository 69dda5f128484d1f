import type { ContractIssue } from '@egov-gateway/labor-contracts';

import type { ContractRefusal } from './contract-refusal.ts';
import type { Registration } from './registered-contract.ts';

/** A request that was refused. */
export interface RefusedRequest extends Omit<Registration, 'document'> {
  /** With which it was refused. */
  readonly code: string;
  readonly message: string;
  /** Everything that the check of the content has found; the answer has room for one code only. */
  readonly issues: readonly ContractIssue[];
  /** Whether `refuse` asked for it. */
  readonly isScripted: boolean;
  /** Why the document could not be read or its signature does not hold. */
  readonly cause?: unknown;
}

const maxKept = 1000;

/** The last refusals, oldest first. @internal */
export class RefusalLog {
  readonly #all: RefusedRequest[] = [];

  get all(): readonly RefusedRequest[] {
    return [...this.#all];
  }

  add(refusal: ContractRefusal, from: Omit<Registration, 'document'>): void {
    const { code, statusMessage: message, issues, isScripted, cause } = refusal;
    this.#all.push({ ...from, code, message, issues, isScripted, cause });
    if (this.#all.length > maxKept) this.#all.shift();
  }
}
