import type { ContractResponse } from '../exchange/contract-response.ts';
import type { ContractIssue } from '../rules/contract-issue.ts';
import type { ContractOperation } from './contract-key.ts';
import type { ProcessEnding } from './contract-status.ts';

/** What every outcome says. */
export interface OutcomeOf<State extends string> {
  readonly state: State;
  readonly operation: ContractOperation;
  readonly key: string;
  /** Nothing was done now: an earlier call had this outcome. */
  readonly repeated: boolean;
  /** Doubts about the request that did not stop it. */
  readonly warnings: readonly ContractIssue[];
}

/** How the message is found in the journal and at the support desk of the gateway. */
export interface MessagePlace {
  readonly localKey: string;
  /** From 1. */
  readonly attempt: number;
  readonly messageId?: string | undefined;
}

/** ЕСУТД has done it. */
export interface AcceptedOutcome extends OutcomeOf<'accepted'>, MessagePlace {
  /** `undefined` when the answer names none, or is not kept any more. */
  readonly registeredId: string | undefined;
  readonly ending: '15';
  readonly response: ContractResponse | undefined;
}

/** The request breaks rules; nothing was sent or recorded. */
export interface InvalidOutcome extends OutcomeOf<'invalid'> {
  readonly issues: readonly ContractIssue[];
}

/** The gateway (6.1) or АИС «ООП» (9.1) refused it. See `explainScse` for the code. */
export interface RefusedOutcome extends OutcomeOf<'refused'>, MessagePlace {
  readonly code: string;
  readonly ending: Exclude<ProcessEnding, '15'>;
}

/** Nothing left: the same call may simply be made again. */
export interface NotSentOutcome extends OutcomeOf<'not-sent'>, MessagePlace {
  readonly code: string;
}

/** Nobody knows whether it was done. It is not sent again: look it up in ЕСУТД, then resolve it in the journal. */
export interface InDoubtOutcome extends OutcomeOf<'in-doubt'>, MessagePlace {
  readonly code: string | undefined;
}

/** The asynchronous channel has it, or this registry is still calling; `ContractRegistry.status` tells what becomes of it. */
export interface UnderWayOutcome extends OutcomeOf<'under-way'>, MessagePlace {}

/** An answer of the asynchronous channel that names no id: read it. */
export interface AnsweredOutcome extends OutcomeOf<'answered'>, MessagePlace {
  readonly response: ContractResponse | undefined;
}

/** What became of an operation. */
export type ContractOutcome =
  | AcceptedOutcome
  | InvalidOutcome
  | RefusedOutcome
  | NotSentOutcome
  | InDoubtOutcome
  | UnderWayOutcome
  | AnsweredOutcome;
