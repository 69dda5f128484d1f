import type { ContractRegister } from './contract-register.ts';
import type { RefusalLog, RefusedRequest } from './refusal-log.ts';
import type { RefusalScript, ScriptedRefusal } from './refusal-script.ts';
import type { RegisteredContract, SeededContract } from './registered-contract.ts';

/** @internal */
export interface EmulatedLaborContractsParts {
  readonly serviceId: string;
  readonly register: ContractRegister;
  readonly script: RefusalScript;
  readonly refusals: RefusalLog;
}

/** The register of labour contracts behind the emulator: to look into, to fill, and to make it refuse. */
export class EmulatedLaborContracts {
  readonly #parts: EmulatedLaborContractsParts;

  /** @internal */
  constructor(parts: EmulatedLaborContractsParts) {
    this.#parts = parts;
  }

  /** What a client has to call, for `createLaborContracts`. */
  get serviceId(): string {
    return this.#parts.serviceId;
  }

  /** Every contract, in the order of registration; as of now. */
  get contracts(): readonly RegisteredContract[] {
    return this.#parts.register.contracts;
  }

  /** The contract with this id; `undefined` when there is none. */
  contract(id: string): RegisteredContract | undefined {
    return this.#parts.register.find(id);
  }

  /** The last 1000 refusals, oldest first. */
  get refusals(): readonly RefusedRequest[] {
    return this.#parts.refusals.all;
  }

  /** How many refusals are still on the script; `Infinity` when one of them goes on until {@link behave}. */
  get refusalsLeft(): number {
    return this.#parts.script.left;
  }

  /**
   * Puts contracts into the register, without checks. One whose id is there already is left as it is.
   *
   * @throws {TypeError} when an id is empty, or its employer has another contract with the number
   */
  seed(...contracts: readonly SeededContract[]): this {
    for (const contract of contracts) this.#parts.register.seed(contract);
    return this;
  }

  /**
   * Refuses the next request whose signature holds with this code, whatever it says: for what only the state knows.
   * Lines queue up; a request takes the first that is meant for it.
   *
   * @throws {TypeError} when the code is not in the error book and has no message, or an option does not fit
   * @example
   * emulator.laborContracts.refuse('SCSE012').refuse('SCSE193', { times: 3, operation: 'newContractData' });
   */
  refuse(code: string, options: ScriptedRefusal = {}): this {
    this.#parts.script.add(code, options);
    return this;
  }

  /** Takes all scripted refusals back. */
  behave(): this {
    this.#parts.script.clear();
    return this;
  }
}
