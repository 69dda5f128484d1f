import { type ChainFault, type ChainFaultReason, type ChainPlace, chainFault } from './chain-fault.ts';

/** Ends a verification at the first fault. Never leaves this package. */
export class FoundFault extends Error {
  readonly fault: ChainFault;

  constructor(fault: ChainFault) {
    super(fault.words);
    this.name = 'FoundFault';
    this.fault = fault;
  }
}

/** Ends a verification. */
export function found(reason: ChainFaultReason, words: string, place: ChainPlace = {}): never {
  throw new FoundFault(chainFault(reason, words, place));
}
