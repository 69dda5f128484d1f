/**
 * The desk at which requests are judged, in this order: size, signature, what is scripted, content, owner of the key,
 * the register, legal terms. The order of the real one is not known.
 *
 * @module
 */
import { type Certificate, type Clock, ParseError, type XmlElement } from '@egov-gateway/core';
import {
  type ContractIssue,
  type ContractRequest,
  contractNamespace,
  employerKeyIssue,
  type LaborContracts,
} from '@egov-gateway/labor-contracts';
import { compareDates, dateAt, isXsDate } from '@egov-gateway/payload';

import { conditionIssues, conditionsOf } from './conditions.ts';
import type { ContractAnswer } from './contract-answer.ts';
import { ContractRefusal, refusalOf } from './contract-refusal.ts';
import type { ContractRegister, Entry } from './contract-register.ts';
import { type EmployerTrust, openDocument } from './employer-document.ts';
import type { RefusalScript } from './refusal-script.ts';
import type { RegisteredContract, Registration } from './registered-contract.ts';
import { childOf, employerOf } from './request-elements.ts';
import type { ServiceSettings } from './service-options.ts';

/** @internal */
export interface ContractDeskParts {
  readonly contracts: LaborContracts;
  readonly register: ContractRegister;
  readonly script: RefusalScript;
  readonly settings: ServiceSettings;
  readonly trust: EmployerTrust;
  readonly clock: Clock;
  readonly offset: string;
}

/** A request that was read from what its employer signed. */
interface Opened {
  readonly root: XmlElement;
  readonly request: ContractRequest;
  readonly operation: string;
  readonly employer: string | undefined;
  readonly certificate: Certificate;
  readonly document: string;
}

/** @internal */
export class ContractDesk {
  readonly #parts: ContractDeskParts;

  constructor(parts: ContractDeskParts) {
    this.#parts = parts;
  }

  /** @throws {ContractRefusal} */
  async serve(document: string | Uint8Array, from: Omit<Registration, 'document'>): Promise<ContractAnswer> {
    const { register, script } = this.#parts;
    const opened = await this.#open(document, from.atMs);
    const { operation } = opened;
    // Nothing below waits: what is asked of the register and what is put there is one step.
    const done = from.channel === 'async' ? register.answered(from.messageId) : undefined;
    if (done !== undefined) return { registeredId: done, operation };
    const scripted = script.take(opened.request);
    if (scripted !== undefined) throw scripted;
    const registration = { ...from, document: opened.document };
    return { registeredId: this.#judge(opened, registration), operation };
  }

  async #open(document: string | Uint8Array, atMs: number): Promise<Opened> {
    const { trust, contracts } = this.#parts;
    const { root, signer, xml } = await openDocument(document, trust, atMs);
    const [operation, ...others] = childrenOf(root);
    if (root.localName !== 'contractRequest' || root.namespace !== contractNamespace) {
      throw new ContractRefusal('SCSE002');
    }
    if (operation === undefined || others.length > 0) throw new ContractRefusal('SCSE002');
    try {
      const request = contracts.read(root);
      const { certificate } = signer;
      const employer = employerOf(operation);
      return { root, request, operation: operation.localName, employer, certificate, document: xml };
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      throw new ContractRefusal('SCSE002', { cause: error });
    }
  }

  #judge(opened: Opened, registration: Registration): string {
    const { request, operation, root } = opened;
    const { register } = this.#parts;
    const { newContractData, subsidiaryContractData, terminationContractData } = request;
    if (newContractData !== undefined) {
      const { entry, late } = this.#checked(opened, registration, undefined);
      this.#assertKnown(newContractData.employeeData.iin);
      register.assertNew(newContractData, entry);
      this.#assertInTime(late);
      return register.add(newContractData, entry);
    }
    if (subsidiaryContractData !== undefined) {
      assertContent(childOf(root, operation));
      const known = register.find(subsidiaryContractData.contractId);
      const { entry, late } = this.#checked(opened, registration, known);
      const contract = assertOpen(known, opened.employer);
      register.assertNewAgreement(contract, subsidiaryContractData, entry);
      this.#assertInTime(late);
      return register.change(contract, subsidiaryContractData, entry);
    }
    if (terminationContractData !== undefined) {
      const known = register.find(terminationContractData.contractId);
      const { entry, late } = this.#checked(opened, registration, known);
      const contract = assertOpen(known, opened.employer);
      this.#assertInTime(late);
      return register.terminate(contract, terminationContractData, entry);
    }
    return this.#raw(opened);
  }

  /** Content and key. @throws {ContractRefusal} */
  #checked(opened: Opened, registration: Registration, known: RegisteredContract | undefined): Checked {
    const { request, root } = opened;
    const { contracts, settings, clock, offset } = this.#parts;
    const { issues, warnings } = contracts.check(request, known);
    const all = [...issues, ...this.#farDates(request)];
    const named = request.terminationContractData === undefined ? settings.conditions : undefined;
    let clientId: string | undefined;
    if (named !== undefined) {
      const operation = request.newContractData === undefined ? 'subsidiaryContractData' : 'newContractData';
      const conditions = conditionsOf(root, operation, named);
      all.push(...conditionIssues(conditions, named, { operation, today: dateAt(clock.now(), offset) }));
      clientId = conditions.clientId;
    }
    if (all.length > 0) throw refusalOf(all);
    assertOwner(opened);
    return { entry: { clientId, registration }, late: warnings.filter(({ rule }) => rule === 'deadline') };
  }

  #farDates({ newContractData, subsidiaryContractData }: ContractRequest): ContractIssue[] {
    const { earliestDate } = this.#parts.settings;
    // As it came: any block may be missing.
    const contractData: { readonly contractDate?: string } | undefined = newContractData?.contractData;
    const date = contractData?.contractDate ?? subsidiaryContractData?.subsidiaryContractDate;
    if (earliestDate === undefined || date === undefined) return [];
    if (!isXsDate(date) || compareDates(date, earliestDate) >= 0) return [];
    const path =
      newContractData === undefined
        ? '/contractRequest/subsidiaryContractData/subsidiaryContractDate'
        : '/contractRequest/newContractData/contractData/contractDate';
    return [{ path, rule: 'date-order', message: 'must not be far in the past (SCSE053)', code: 'SCSE053' }];
  }

  #assertKnown(iin: string): void {
    const { employees } = this.#parts.settings;
    if (employees !== undefined && !employees.has(iin)) throw new ContractRefusal('SCSE012');
  }

  /** Terms are judged last of all, so that what is late and wrong is refused as wrong. */
  #assertInTime(late: readonly ContractIssue[]): void {
    if (this.#parts.settings.deadlines === 'refuse' && late.length > 0) throw refusalOf(late);
  }

  #raw(opened: Opened): string {
    const { settings, register } = this.#parts;
    const { operation, request, employer } = opened;
    assertOwner(opened);
    const { contracts } = register;
    const outcome = settings.onRawOperation?.({ operation, request, employer, contracts });
    if (outcome === undefined) {
      throw new ContractRefusal('SCSE002', { message: 'emulator: unknown operation; give onRawOperation' });
    }
    if ('refuse' in outcome) throw new ContractRefusal(outcome.refuse);
    return outcome.registeredId;
  }
}

interface Checked {
  readonly entry: Entry;
  /** Terms that have passed. */
  readonly late: readonly ContractIssue[];
}

function childrenOf(root: XmlElement): readonly XmlElement[] {
  const children: XmlElement[] = [];
  for (let child = root.first; child !== undefined; child = child.next) children.push(child);
  return children;
}

/** @throws {ContractRefusal} SCSE046, or SCSE001 for an authentication key */
function assertOwner({ employer, certificate, operation }: Opened): void {
  if (employer === undefined) return;
  const path = `/contractRequest/${operation}/employerData/bin`;
  const issue = employerKeyIssue(certificate, employer, path);
  if (issue !== undefined) throw refusalOf([issue]);
}

/** An agreement that says nothing but whose it is. @throws {ContractRefusal} SCSE080 */
function assertContent(agreement: XmlElement | undefined): void {
  const names = agreement === undefined ? [] : childrenOf(agreement).map(({ localName }) => localName);
  const isEmpty = names.every((name) => name === 'employerData' || name === 'contractId');
  if (isEmpty && names.includes('contractId')) throw new ContractRefusal('SCSE080');
}

/** A contract of this employer that can be changed. @throws {ContractRefusal} SCSE025, SCSE097, SCSE092 */
function assertOpen(
  contract: RegisteredContract | undefined,
  employer: string | undefined,
): RegisteredContract {
  if (contract === undefined) throw new ContractRefusal('SCSE025');
  if (contract.employer !== employer) throw new ContractRefusal('SCSE097');
  if (contract.termination !== undefined) throw new ContractRefusal('SCSE092');
  return contract;
}
