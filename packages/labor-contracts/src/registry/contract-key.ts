import { createHash } from 'node:crypto';

/** What is done about a contract. */
export type ContractOperation = 'register' | 'change' | 'terminate';

/** An operation, and what the caller knows it by. */
export interface OperationKey {
  readonly operation: ContractOperation;
  /** The contract. */
  readonly key: string;
  /** The agreement, for a change. */
  readonly agreementKey?: string | undefined;
}

/** A key of the journal, taken apart. */
export interface AttemptKey {
  readonly operation: ContractOperation;
  /** The same for every attempt at one operation. */
  readonly base: string;
  /** From 1. */
  readonly attempt: number;
}

const form = /^(contract\.(register|change|terminate)\.[0-9a-f]{32})\.([1-9][0-9]{0,14})$/;

/**
 * The key of an operation in the journal, without its attempt. The same key gives the same one in every process, so that
 * the journal itself refuses the second of two calls.
 */
export function baseOf({ operation, key, agreementKey = '' }: OperationKey, serviceId: string): string {
  const digest = createHash('sha256').update(JSON.stringify([serviceId, operation, key, agreementKey]));
  return `contract.${operation}.${digest.digest('hex').slice(0, 32)}`;
}

/** The attempt that a key of the journal names; `undefined` when it is none of a contract. */
export function attemptOf(localKey: string): AttemptKey | undefined {
  const [, base, operation, attempt] = form.exec(localKey) ?? [];
  if (base === undefined) return undefined;
  return { operation: operation as ContractOperation, base, attempt: Number(attempt) };
}
