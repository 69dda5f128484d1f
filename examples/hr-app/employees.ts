import {
  type ContractFindings,
  type ContractRegistry,
  type ContractState,
  type ContractStep,
  explainScse,
  type WorkCalendar,
} from '@egov-gateway/labor-contracts';

import { type Due, dueOf } from './deadlines.ts';
import { newContract } from './requests.ts';
import type { AgreementRecord, ContractRecord, Store } from './store.ts';

/** Where a contract stands for its reader: as the journal says, or not there yet. */
export type EmployeeState = 'draft' | ContractState;

/** An additional agreement with the last message about it. */
export interface Agreement {
  readonly record: AgreementRecord;
  readonly step?: ContractStep | undefined;
  readonly due?: Due | undefined;
}

/** An employee: what was typed, and what the journal says became of it. */
export interface Employee {
  readonly record: ContractRecord;
  readonly state: EmployeeState;
  readonly registeredId?: string | undefined;
  /** All attempts, oldest first. */
  readonly steps: readonly ContractStep[];
  /** The step that a person has to do something about. */
  readonly problem?: ContractStep | undefined;
  readonly agreements: readonly Agreement[];
  /** What has to be sent, the nearest first. */
  readonly dues: readonly Due[];
  /** Of a registration that has not gone through: what keeps it, and what is doubtful. */
  readonly findings: ContractFindings;
}

/** What employees are read from. */
export interface EmployeeSources {
  readonly store: Store;
  readonly registry: ContractRegistry;
  readonly employerBin: string;
  readonly today: () => string;
  /** Terms are counted by it. */
  readonly calendar: WorkCalendar;
}

/** Reads one employee. */
export async function readEmployee(record: ContractRecord, sources: EmployeeSources): Promise<Employee> {
  const { store, registry, employerBin, calendar } = sources;
  const count = { calendar, today: sources.today() };
  const kept = store.agreements(record.id);
  const status = await registry.status(record.key, { agreementKeys: kept.map(({ key }) => key) });
  const steps = status?.steps ?? [];
  const registeredId = status?.registeredId ?? record.knownId ?? undefined;
  const state = stateOf(status?.state, registeredId);
  const agreements = kept.map((one): Agreement => {
    const step = steps.findLast(({ agreementKey }) => agreementKey === one.key);
    const isOpen = step?.state !== 'accepted' && state !== 'terminated';
    return { record: one, step, due: isOpen ? dueOf('change', one.signedOn, count) : undefined };
  });
  const isNew = registeredId === undefined && state !== 'terminated';
  const dues = [
    isNew ? dueOf('conclusion', record.signedOn, count) : undefined,
    state === 'terminated' ? undefined : dueOf('termination', record.endsOn, count),
    ...agreements.map(({ due }) => due),
  ].filter((due) => due !== undefined);
  return {
    record,
    state,
    registeredId,
    steps,
    problem: problemOf(steps),
    agreements,
    dues: dues.toSorted((a, b) => a.daysLeft - b.daysLeft),
    findings: isNew
      ? await registry.check('register', record.key, newContract(employerBin, record))
      : { issues: [], warnings: [] },
  };
}

/** Reads all employees. */
export async function readEmployees(sources: EmployeeSources): Promise<readonly Employee[]> {
  return Promise.all(sources.store.contracts().map((record) => readEmployee(record, sources)));
}

/** Whether the registration was refused because there is a record already, whose id nobody here knows. */
export function isDuplicate({ state, problem }: Employee): boolean {
  const isRegistration = state === 'refused' && problem?.operation === 'register';
  return isRegistration && explainScse(problem.code ?? '')?.class === 'duplicate';
}

/** A contract that has an id is there, whatever became of a later message. */
function stateOf(state: ContractState | undefined, registeredId: string | undefined): EmployeeState {
  if (registeredId === undefined) return state ?? 'draft';
  return state === undefined || state === 'refused' || state === 'not-sent' ? 'registered' : state;
}

/** A doubt, wherever it is; else the last message, when nothing came of it. */
function problemOf(steps: readonly ContractStep[]): ContractStep | undefined {
  const doubt = steps.find(({ state }) => state === 'in-doubt');
  if (doubt !== undefined) return doubt;
  const last = steps.at(-1);
  return last?.state === 'refused' || last?.state === 'not-sent' ? last : undefined;
}
