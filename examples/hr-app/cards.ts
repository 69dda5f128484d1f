/**
 * The card at the side of the page, as an address asks for it.
 *
 * @module
 */
import type { ApplicationParts } from './application.ts';
import { type Employee, readEmployee } from './employees.ts';
import { type FieldIssues, issuesByField } from './field-issues.ts';
import { type Content, html } from './html.ts';
import { contractForm } from './pages/contract-form.ts';
import { employeePanel } from './pages/employee-panel.ts';
import { agreementForm, terminationForm } from './pages/operation-forms.ts';
import { addressOf, type View } from './pages/view.ts';
import { type ContractFields, type ContractRecord, newKey } from './store.ts';

/** What is shown at the side. */
export interface Card {
  readonly content?: Content;
  readonly openId?: number | undefined;
}

/** An employee whose contract ЕСУТД knows: it can be changed and terminated. */
export type RegisteredEmployee = Employee & { readonly registeredId: string };

export function canOperate(employee: Employee): employee is RegisteredEmployee {
  return employee.state === 'registered' && employee.registeredId !== undefined;
}

/** Whether ЕСУТД has, and can have, nothing of it yet. */
export function isEditable({ state }: Employee): boolean {
  return state === 'draft' || state === 'refused' || state === 'not-sent';
}

/** The card of an employee, with a form in it. */
export function employeeCard(view: View, employee: Employee, task?: Content): Card {
  return { openId: employee.record.id, content: employeePanel(view, employee, { task }) };
}

/** The card of an employee who is new. */
export function newEmployeeCard(view: View, key: string, values: ContractFields, issues: FieldIssues): Card {
  const { texts } = view;
  return {
    content: html`<header class="card-head"><h2 id="panel">${texts.newEmployee}</h2>
      <a class="close" href="${addressOf.list}" aria-label="${texts.close}">×</a></header>
      ${contractForm(view, { key, values, issues })}`,
  };
}

/** The card that an address asks for. */
export async function askedCard(parts: ApplicationParts, view: View, query: URLSearchParams): Promise<Card> {
  if (query.has('new')) return newEmployeeCard(view, newKey(), blank(view), {});
  const record = parts.store.contract(Number(query.get('open') ?? 0));
  if (record === undefined) return {};
  const employee = await readEmployee(record, parts);
  return employeeCard(view, employee, askedForm(view, employee, query));
}

function askedForm(view: View, employee: Employee, query: URLSearchParams): Content {
  const { record } = employee;
  const { id } = record;
  const task = query.get('do');
  if (task === 'edit' && isEditable(employee)) {
    return contractForm(view, { id, values: record, issues: issuesByField(employee.findings.issues, view) });
  }
  if (!canOperate(employee)) return undefined;
  if (task === 'change') {
    const agreementId = Number(query.get('agreement') ?? 0);
    const refused = employee.agreements.find((one) => one.record.id === agreementId)?.record;
    const values = refused ?? { ...record, number: '', signedOn: view.today, beginsOn: view.today };
    return agreementForm(view, { id, key: refused?.key ?? newKey(), values, issues: {} });
  }
  if (task === 'terminate') {
    const values = { ...terminationOf(view, record), confirm: '' };
    return terminationForm(view, { id, registeredId: employee.registeredId, values, issues: {} });
  }
  return undefined;
}

function terminationOf(view: View, { endsOn, reason }: ContractRecord): { endsOn: string; reason: string } {
  return { endsOn: endsOn ?? view.today, reason: reason ?? '' };
}

function blank({ today }: View): ContractFields {
  return {
    name: '',
    iin: '',
    number: '',
    signedOn: today,
    beginsOn: today,
    position: '',
    staffPosition: '',
    conscript: '1',
  };
}
