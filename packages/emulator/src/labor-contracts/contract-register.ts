/**
 * The register: contracts by what they are looked up by, and what may be done to them.
 *
 * @module
 */
import type { ContractRequest } from '@egov-gateway/labor-contracts';

import { ContractRefusal } from './contract-refusal.ts';
import type {
  RegisteredAgreement,
  RegisteredContract,
  Registration,
  SeededContract,
} from './registered-contract.ts';

/** Where contracts outlive the emulator. @internal */
export interface ContractStore {
  load(): readonly RegisteredContract[];
  /** Durable when it returns. */
  put(contract: RegisteredContract): void;
}

/** The sender's own id and where a request came from. @internal */
export interface Entry {
  readonly clientId: string | undefined;
  readonly registration: Registration;
}

type NewContract = NonNullable<ContractRequest['newContractData']>;
type Agreement = NonNullable<ContractRequest['subsidiaryContractData']>;
type Termination = NonNullable<ContractRequest['terminationContractData']>;

const ownId = /^EMU-([1-9][0-9]{0,14})$/;

/** @internal */
export class ContractRegister {
  readonly #store: ContractStore | undefined;
  readonly #contracts = new Map<string, RegisteredContract>();
  /** By employer and number of the contract. */
  readonly #numbers = new Set<string>();
  readonly #clientIds = new Set<string>();
  /** Asynchronous requests that are done: a handler may be called once more for one. */
  readonly #done = new Map<string, string>();
  #lastId = 0;

  constructor(store: ContractStore | undefined) {
    this.#store = store;
    for (const contract of store?.load() ?? []) this.#keep(contract);
  }

  get contracts(): readonly RegisteredContract[] {
    return [...this.#contracts.values()];
  }

  find(id: string): RegisteredContract | undefined {
    return this.#contracts.get(id);
  }

  /** What a request of the asynchronous channel was answered with, when it is done already. */
  answered(messageId: string): string | undefined {
    return this.#done.get(messageId);
  }

  /** Puts a contract there, unless there is one with its id. @throws {TypeError} when its number or id is taken */
  seed(seeded: SeededContract): void {
    if (typeof seeded.id !== 'string' || seeded.id.trim() === '')
      throw new TypeError('a contract needs an id');
    if (this.#contracts.has(seeded.id)) return;
    if (this.#numbers.has(numberKey(seeded))) {
      throw new TypeError('two contracts of one employer have the same number');
    }
    this.#keep({ ...seeded, agreements: seeded.agreements ?? [] });
  }

  /** @throws {ContractRefusal} SCSE086, SCSE014 */
  assertNew({ employerData, contractData }: NewContract, { clientId }: Entry): void {
    this.#assertNewClientId(clientId);
    const { contractNumber } = contractData;
    if (this.#numbers.has(numberKey({ employer: employerData.bin, contractNumber }))) {
      throw new ContractRefusal('SCSE014');
    }
  }

  add({ employerData, employeeData, contractData, documentData }: NewContract, entry: Entry): string {
    const { contractNumber, contractDate, beginDate, position, establishedPost } = contractData;
    const id = this.#newId();
    this.#put({
      id,
      employer: employerData.bin,
      employee: employeeData.iin,
      contractNumber,
      contractDate,
      beginDate,
      position,
      establishedPost,
      conscript: documentData.conscript,
      ...entry,
      agreements: [],
    });
    return id;
  }

  /** @throws {ContractRefusal} SCSE086, SCSE070 */
  assertNewAgreement({ agreements }: RegisteredContract, request: Agreement, { clientId }: Entry): void {
    this.#assertNewClientId(clientId);
    const isThere = agreements.some(
      ({ subsidiaryContractNumber, subsidiaryContractDate }) =>
        subsidiaryContractNumber === request.subsidiaryContractNumber &&
        dayOf(subsidiaryContractDate) === dayOf(request.subsidiaryContractDate),
    );
    if (isThere) throw new ContractRefusal('SCSE070');
  }

  change(contract: RegisteredContract, request: Agreement, entry: Entry): string {
    const { subsidiaryContractNumber, subsidiaryContractDate, beginDate, position, establishedPost } =
      request;
    const agreement: RegisteredAgreement = {
      id: this.#newId(),
      subsidiaryContractNumber,
      subsidiaryContractDate,
      beginDate,
      position,
      establishedPost,
      ...entry,
    };
    this.#put({ ...contract, agreements: [...contract.agreements, agreement] });
    return agreement.id;
  }

  terminate(contract: RegisteredContract, request: Termination, { registration }: Entry): string {
    const { terminationDate, terminationReason } = request;
    this.#put({ ...contract, termination: { terminationDate, terminationReason, registration } });
    return contract.id;
  }

  #assertNewClientId(clientId: string | undefined): void {
    if (clientId !== undefined && this.#clientIds.has(clientId)) throw new ContractRefusal('SCSE086');
  }

  #newId(): string {
    return `EMU-${this.#lastId + 1}`;
  }

  #put(contract: RegisteredContract): void {
    this.#store?.put(contract);
    this.#keep(contract);
  }

  #keep(contract: RegisteredContract): void {
    this.#contracts.set(contract.id, contract);
    this.#numbers.add(numberKey(contract));
    this.#note(contract.id, contract);
    for (const agreement of contract.agreements) this.#note(agreement.id, agreement);
    this.#note(contract.id, { registration: contract.termination?.registration });
  }

  #note(id: string, { clientId, registration }: Marks): void {
    this.#lastId = Math.max(this.#lastId, Number(ownId.exec(id)?.[1] ?? 0));
    if (clientId !== undefined) this.#clientIds.add(clientId);
    if (registration?.channel === 'async') this.#done.set(registration.messageId, id);
  }
}

interface Marks {
  readonly clientId?: string | undefined;
  readonly registration?: Registration | undefined;
}

/** One number may mean two things to two employers. */
function numberKey({
  employer,
  contractNumber,
}: Pick<RegisteredContract, 'employer' | 'contractNumber'>): string {
  return `${employer} ${contractNumber}`;
}

/** The page of the calendar, whatever the offset. */
function dayOf(date: string): string {
  return date.slice(0, 10);
}
