import type { MessageState, RecordedMessage } from '@egov-gateway/core';

import { explainScse } from '../scse/explain-scse.ts';
import { type AttemptKey, attemptOf, baseOf, type ContractOperation } from './contract-key.ts';

/**
 * Where a step of the process stands.
 *
 * `under-way` is on its way; `accepted`: ЕСУТД has done it; `answered`: an answer came whose meaning nobody has read;
 * `refused`: it has not done it, and says why; `not-sent`: nothing left, send it again; `in-doubt`: nobody knows. A call of
 * the synchronous channel that has no outcome yet is `under-way` to the registry that makes it, `in-doubt` to all others.
 */
export type ContractStepState = 'under-way' | 'accepted' | 'answered' | 'refused' | 'not-sent' | 'in-doubt';

/**
 * Where the process ended: `15` as it should; `6.1` the gateway refused what its checks did not pass; `9.1` АИС «ООП»
 * refused what its validation did not pass. Told apart by the code (grade C): those of the error book of ЕСУТД are `9.1`.
 *
 * @see business process of the registration of a labour contract, steps 6.1, 9.1 and 15
 */
export type ProcessEnding = '15' | '6.1' | '9.1';

/** One attempt at one operation. */
export interface ContractStep {
  readonly operation: ContractOperation;
  /** Of a change, when the caller named it among the agreements of the contract: the journal has no more than a hash of it. */
  readonly agreementKey?: string | undefined;
  readonly state: ContractStepState;
  /** Of `accepted` and `refused`. */
  readonly ending?: ProcessEnding | undefined;
  /** Status, fault or error code, of every state that is not good. */
  readonly code?: string | undefined;
  /** From 1. */
  readonly attempt: number;
  readonly localKey: string;
  readonly messageId?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly changedAtMs: number;
}

/**
 * Where a contract stands. `registered` and `terminated` are what ЕСУТД has accepted; the others say why it is neither, or
 * that a later operation is under way or in doubt.
 *
 * A change or a termination that was refused or not sent leaves the contract `registered`, also one that was registered
 * elsewhere: the request names its id. Only when ЕСУТД says that it has no contract of this id (SCSE025) it is `refused`.
 */
export type ContractState = 'registered' | 'terminated' | Exclude<ContractStepState, 'accepted'>;

/** A contract, as the events of the journal tell. */
export interface ContractStatus {
  readonly key: string;
  readonly state: ContractState;
  /**
   * The one that the answer to the registration names, or that a person found; of a contract that was registered elsewhere
   * the one of a change or termination that was accepted.
   */
  readonly registeredId?: string | undefined;
  /** All attempts, oldest first. */
  readonly steps: readonly ContractStep[];
}

/** How a status is read. */
export interface ContractStatusOptions {
  /** Agreements of the contract, for `agreementKey` of the steps that are about them. Default: none. */
  readonly agreementKeys?: readonly string[] | undefined;
}

/** What is known of steps beside the journal. */
export interface StepContext extends ContractStatusOptions {
  /** Whether this process is making the call of a key of the journal right now. */
  readonly isSending?: ((localKey: string) => boolean) | undefined;
}

const codeEsutd = /^SCSE\d{3}$/;

/** The alternative ending that a code of refusal belongs to. */
export function endingOf(code: string | undefined): ProcessEnding {
  return code !== undefined && (explainScse(code) !== undefined || codeEsutd.test(code)) ? '9.1' : '6.1';
}

/** The attempt that a message of the journal is; `undefined` when it is none of a contract. */
export function stepOf(message: RecordedMessage, context: StepContext = {}): ContractStep | undefined {
  const key = attemptOf(message.localKey);
  if (key === undefined || message.direction !== 'out') return undefined;
  const recorded = stateOf(message);
  const isSending = recorded === 'in-doubt' && context.isSending?.(message.localKey) === true;
  const state = isSending ? 'under-way' : recorded;
  const code = state === 'accepted' || state === 'answered' || isSending ? undefined : message.code;
  const ending = state === 'accepted' ? '15' : state === 'refused' ? endingOf(code) : undefined;
  const agreementKey = agreementOf(message, key, context.agreementKeys ?? []);
  return {
    operation: key.operation,
    ...(agreementKey === undefined ? {} : { agreementKey }),
    state,
    ending,
    code,
    attempt: key.attempt,
    localKey: message.localKey,
    messageId: message.messageId,
    changedAtMs: message.changedAtMs,
  };
}

function agreementOf(
  { reference: key, serviceId }: RecordedMessage,
  { operation, base }: AttemptKey,
  agreementKeys: readonly string[],
): string | undefined {
  if (operation !== 'change' || key === undefined) return undefined;
  return agreementKeys.find((agreementKey) => baseOf({ operation, key, agreementKey }, serviceId) === base);
}

/**
 * A contract out of its messages: a pure function of the journal.
 *
 * @param messages - in any order; those that are none of contracts are left out
 * @returns `undefined` when there is none
 */
export function projectContract(
  key: string,
  messages: readonly RecordedMessage[],
  options: ContractStatusOptions = {},
): ContractStatus | undefined {
  return contractOf(
    key,
    oldestFirst(messages).flatMap((message) => stepOf(message, options) ?? []),
  );
}

/** In the order in which the journal first heard of them. */
export function oldestFirst(messages: readonly RecordedMessage[]): RecordedMessage[] {
  const positionOf = ({ events }: RecordedMessage): number => events[0]?.position ?? 0;
  return messages.toSorted((a, b) => positionOf(a) - positionOf(b));
}

/** A contract out of its steps, oldest first. */
export function contractOf(key: string, steps: readonly ContractStep[]): ContractStatus | undefined {
  const last = new Map<string, ContractStep>();
  for (const step of steps) {
    const base = attemptOf(step.localKey)?.base ?? step.localKey;
    if (step.attempt >= (last.get(base)?.attempt ?? 0)) last.set(base, step);
  }
  const newest = steps.at(-1);
  return newest && { key, state: contractState([...last.values()], newest.state), steps };
}

/** @param current - the last attempt at each operation */
function contractState(current: readonly ContractStep[], newest: ContractStepState): ContractState {
  const has = (state: ContractStepState): boolean => current.some((step) => step.state === state);
  if (current.some((step) => step.operation === 'terminate' && step.state === 'accepted'))
    return 'terminated';
  for (const open of ['in-doubt', 'under-way', 'answered'] as const) if (has(open)) return open;
  // What was changed exists, whoever registered it; a refused change leaves it as it was.
  if (has('accepted') || newest === 'accepted') return 'registered';
  const later = current.filter(({ operation }) => operation !== 'register');
  const isUnknown = later.some(({ code }) => code === 'SCSE025');
  return later.length > 0 && !isUnknown ? 'registered' : newest;
}

const sure: Partial<Record<MessageState, ContractStepState>> = {
  'in-doubt': 'in-doubt',
  rejected: 'refused',
};

function stateOf(message: RecordedMessage): ContractStepState {
  const { state, channel } = message;
  const known = sure[state];
  if (known !== undefined) return known;
  if (state === 'dead' || state === 'expired') return neverLeft(message) ? 'not-sent' : 'in-doubt';
  if (channel === 'async') return state === 'answered' ? 'answered' : 'under-way';
  return state === 'answered' || state === 'sent' ? 'accepted' : 'in-doubt';
}

/** Whether every attempt to send it is known to have failed before a byte left, or somebody has made sure of it. */
function neverLeft({ events, channel }: RecordedMessage): boolean {
  let out = false;
  for (const { kind, delivery, resolution } of events) {
    if (kind === 'sending' || (kind === 'signed' && channel === 'sync')) out = true;
    else if (kind === 'failed' && delivery === 'not-sent') out = false;
    else if (kind === 'failed' || kind === 'doubted') out = true;
    else if (kind === 'resolved') out = resolution === 'sent';
  }
  return !out;
}
