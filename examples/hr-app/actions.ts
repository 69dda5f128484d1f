import type { ContractIssue, ContractOutcome } from '@egov-gateway/labor-contracts';

import type { EmployeeSources } from './employees.ts';
import { agreement, newContract, type TerminationFields, termination } from './requests.ts';
import type { AgreementFields, ContractRecord } from './store.ts';

/** What the actions work with. They mark what they are sending. */
export interface ActionParts extends Omit<EmployeeSources, 'running'> {
  readonly running: Set<string>;
}

/** What a person can have done about a contract. */
export class Actions {
  readonly #parts: ActionParts;

  constructor(parts: ActionParts) {
    this.#parts = parts;
  }

  /** Registers a contract; after a refusal once more, as it was corrected. */
  register(record: ContractRecord): Promise<ContractOutcome> {
    const { registry, employerBin } = this.#parts;
    return this.#send(record.key, () =>
      registry.register(record.key, newContract(employerBin, record), { again: true }),
    );
  }

  /** What keeps an agreement from being sent. */
  checkAgreement(
    record: ContractRecord,
    contractId: string,
    fields: AgreementFields,
  ): readonly ContractIssue[] {
    const { contracts, employerBin } = this.#parts;
    const request = { subsidiaryContractData: agreement(employerBin, contractId, fields) };
    return contracts.check(request, { beginDate: record.beginsOn }).issues;
  }

  /** Keeps an additional agreement and sends it. */
  async change(
    record: ContractRecord,
    contractId: string,
    fields: AgreementFields,
    agreementId: number | undefined,
  ): Promise<ContractOutcome> {
    const { store, registry, employerBin } = this.#parts;
    const saved = store.saveAgreement(record.id, fields, agreementId);
    const outcome = await this.#send(record.key, () =>
      registry.change(record.key, saved.key, agreement(employerBin, contractId, fields), {
        known: { beginDate: record.beginsOn },
        again: true,
      }),
    );
    if ('localKey' in outcome) store.linkMessage(outcome.localKey, saved.id);
    return outcome;
  }

  /** What keeps a termination from being sent. */
  checkTermination(
    record: ContractRecord,
    contractId: string,
    fields: TerminationFields,
  ): readonly ContractIssue[] {
    const { contracts, employerBin } = this.#parts;
    const request = { terminationContractData: termination(employerBin, contractId, fields) };
    return contracts.check(request, { beginDate: record.beginsOn }).issues;
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
    return this.#send(record.key, () =>
      registry.terminate(record.key, termination(employerBin, contractId, fields), {
        known: { beginDate: record.beginsOn },
        again: true,
        confirmContractId,
      }),
    );
  }

  /** Records what a person has found out about a doubt; with the id, when the contract turned out to be registered. */
  async resolve(
    record: ContractRecord,
    localKey: string,
    finding: { readonly wasDone: boolean; readonly note: string; readonly registeredId: string },
  ): Promise<void> {
    const { store, registry } = this.#parts;
    await registry.resolve(localKey, finding.wasDone ? 'sent' : 'not-sent', finding.note);
    if (finding.wasDone && finding.registeredId !== '') store.setKnownId(record.id, finding.registeredId);
  }

  async #send(key: string, send: () => Promise<ContractOutcome>): Promise<ContractOutcome> {
    const { running } = this.#parts;
    running.add(key);
    try {
      return await send();
    } finally {
      running.delete(key);
    }
  }
}
