import type { ContractFindings, ContractOutcome } from '@egov-gateway/labor-contracts';

import type { EmployeeSources } from './employees.ts';
import { agreement, newContract, type TerminationFields, termination } from './requests.ts';
import type { AgreementFields, ContractFields, ContractRecord } from './store.ts';

/** What a person can have done about a contract. */
export class Actions {
  readonly #parts: EmployeeSources;

  constructor(parts: EmployeeSources) {
    this.#parts = parts;
  }

  /** What keeps a contract from being registered. */
  checkContract(fields: ContractFields): Promise<ContractFindings> {
    const { registry, employerBin } = this.#parts;
    return registry.check('register', 'new', newContract(employerBin, fields));
  }

  /** Registers a contract; after a refusal once more, as it was corrected. */
  register(record: ContractRecord): Promise<ContractOutcome> {
    const { registry, employerBin } = this.#parts;
    return registry.register(record.key, newContract(employerBin, record), { again: true });
  }

  /** What keeps an agreement from being sent. */
  checkAgreement(
    record: ContractRecord,
    contractId: string,
    fields: AgreementFields,
  ): Promise<ContractFindings> {
    const { registry, employerBin } = this.#parts;
    return registry.check('change', record.key, agreement(employerBin, contractId, fields), knownOf(record));
  }

  /** Keeps an additional agreement and sends it: one with this key once. */
  change(
    record: ContractRecord,
    contractId: string,
    fields: AgreementFields,
    key: string,
  ): Promise<ContractOutcome> {
    const { store, registry, employerBin } = this.#parts;
    store.saveAgreement(record.id, fields, key);
    return registry.change(record.key, key, agreement(employerBin, contractId, fields), {
      ...knownOf(record),
      again: true,
    });
  }

  /** What keeps a termination from being sent. */
  checkTermination(
    record: ContractRecord,
    contractId: string,
    fields: TerminationFields,
  ): Promise<ContractFindings> {
    const { registry, employerBin } = this.#parts;
    return registry.check(
      'terminate',
      record.key,
      termination(employerBin, contractId, fields),
      knownOf(record),
    );
  }

  /** Terminates a contract. `confirmContractId` is what the person has typed: the registry compares it. */
  terminate(
    record: ContractRecord,
    contractId: string,
    fields: TerminationFields,
    confirmContractId: string,
  ): Promise<ContractOutcome> {
    const { store, registry, employerBin } = this.#parts;
    store.setTermination(record.id, fields.endsOn, fields.reason);
    return registry.terminate(record.key, termination(employerBin, contractId, fields), {
      ...knownOf(record),
      again: true,
      confirmContractId,
    });
  }

  /** Records what a person has found out about a doubt; with the id, when the contract turned out to be registered. */
  resolve(
    localKey: string,
    finding: { readonly wasDone: boolean; readonly note: string; readonly registeredId: string },
  ): Promise<void> {
    const { wasDone, note, registeredId } = finding;
    if (!wasDone) return this.#parts.registry.resolve(localKey, 'not-sent', note);
    return this.#parts.registry.resolve(localKey, 'sent', note, {
      registeredId: registeredId === '' ? undefined : registeredId,
    });
  }
}

/** The journal knows the first day of work of what was registered here. */
function knownOf({ knownId, beginsOn }: ContractRecord): { known?: { beginDate: string } } {
  return knownId === null ? {} : { known: { beginDate: beginsOn } };
}
