import { Actions } from './actions.ts';
import type { ApplicationParts } from './application.ts';
import {
  type Card,
  canOperate,
  employeeCard,
  isEditable,
  newEmployeeCard,
  type RegisteredEmployee,
} from './cards.ts';
import { isDuplicate, readEmployee } from './employees.ts';
import { type FieldIssues, issuesByField } from './field-issues.ts';
import type { PageRequest, PageResponse } from './http/server.ts';
import { contractForm } from './pages/contract-form.ts';
import { employeePanel } from './pages/employee-panel.ts';
import { agreementForm, terminationForm } from './pages/operation-forms.ts';
import { foreignForm, seeEmployee, showPage, viewOf } from './responses.ts';
import { type ContractFields, type ContractRecord, newKey } from './store.ts';

const agreementFields = ['number', 'signedOn', 'beginsOn', 'position', 'staffPosition'] as const;
const contractFields = [...agreementFields, 'name', 'iin', 'conscript'] as const;
/** Characters of an id of ЕСУТД: whoever types more has pasted something else. */
const maxIdLength = 200;

/** What the forms do. Each shows itself again with every issue at its field, or does it and leads to the card. */
export class Submissions {
  readonly #parts: ApplicationParts;
  readonly #actions: Actions;

  constructor(parts: ApplicationParts) {
    this.#parts = parts;
    this.#actions = new Actions(parts);
  }

  async add(request: PageRequest): Promise<PageResponse> {
    const key = keyOf(request.form);
    if (key === undefined) return foreignForm(request);
    const values = fieldsOf(request.form, contractFields);
    const issues = await this.#contractIssues(request, values);
    // Pressed twice, or sent once more from a page that was gone back to.
    const earlier = this.#parts.store.contractOf(key);
    if (earlier !== undefined) return this.edit(request, earlier);
    if (isBroken(issues)) {
      return this.#again(request, newEmployeeCard(viewOf(this.#parts, request), key, values, issues));
    }
    return this.#saved(request, this.#parts.store.add(values, key));
  }

  async edit(request: PageRequest, record: ContractRecord): Promise<PageResponse> {
    const employee = await readEmployee(record, this.#parts);
    if (!isEditable(employee)) return seeEmployee(record);
    const values = fieldsOf(request.form, contractFields);
    const issues = await this.#contractIssues(request, values);
    if (isBroken(issues)) {
      const view = viewOf(this.#parts, request);
      const task = contractForm(view, { id: record.id, values, issues });
      return this.#again(request, employeeCard(view, employee, task));
    }
    this.#parts.store.update(record.id, values);
    return this.#saved(request, { ...record, ...values });
  }

  async register(record: ContractRecord): Promise<PageResponse> {
    if (!isEditable(await readEmployee(record, this.#parts))) return seeEmployee(record);
    return seeEmployee(record, (await this.#actions.register(record)).state);
  }

  async change(request: PageRequest, record: ContractRecord): Promise<PageResponse> {
    const employee = await this.#registered(record);
    if (employee === undefined) return seeEmployee(record);
    const { id } = record;
    const values = fieldsOf(request.form, agreementFields);
    const key = keyOf(request.form);
    if (key === undefined || !this.#parts.store.mayHaveAgreement(id, key)) return foreignForm(request);
    const earlier = employee.agreements.find((one) => one.record.key === key);
    if (earlier?.step?.state === 'accepted') return seeEmployee(record);
    const view = viewOf(this.#parts, request);
    const findings = await this.#actions.checkAgreement(record, employee.registeredId, values);
    const issues = issuesByField(findings.issues, view);
    if (isBroken(issues)) {
      const task = agreementForm(view, { id, key, values, issues });
      return this.#again(request, employeeCard(view, employee, task));
    }
    const { state } = await this.#actions.change(record, employee.registeredId, values, key);
    return seeEmployee(record, state);
  }

  async terminate(request: PageRequest, record: ContractRecord): Promise<PageResponse> {
    const employee = await this.#registered(record);
    if (employee === undefined) return seeEmployee(record);
    const { registeredId } = employee;
    const values = fieldsOf(request.form, ['endsOn', 'reason', 'confirm']);
    const view = viewOf(this.#parts, request);
    const findings = await this.#actions.checkTermination(record, registeredId, values);
    const issues: FieldIssues = {
      ...issuesByField(findings.issues, view),
      ...(values.confirm === registeredId ? {} : { confirm: [{ text: view.texts.formRules.confirm }] }),
    };
    if (isBroken(issues)) {
      const task = terminationForm(view, { id: record.id, registeredId, values, issues });
      return this.#again(request, employeeCard(view, employee, task));
    }
    const { state } = await this.#actions.terminate(record, registeredId, values, values.confirm);
    return seeEmployee(record, state);
  }

  async resolve(request: PageRequest, record: ContractRecord): Promise<PageResponse> {
    const employee = await readEmployee(record, this.#parts);
    const doubt = fieldsOf(request.form, ['finding', 'note', 'registeredId', 'message']);
    const { finding, note, registeredId, message } = doubt;
    const { problem } = employee;
    if (problem?.state !== 'in-doubt' || problem.localKey !== message) return seeEmployee(record);
    const view = viewOf(this.#parts, request);
    const { formRules } = view.texts;
    const issues: FieldIssues = {
      ...(finding === 'sent' || finding === 'not-sent' ? {} : { finding: [{ text: formRules.finding }] }),
      ...(note === '' || note.length > 1000 ? { note: [{ text: formRules.note }] } : {}),
      ...(registeredId.length > maxIdLength ? { registeredId: [{ text: formRules.registeredId }] } : {}),
    };
    if (isBroken(issues)) {
      const content = employeePanel(view, employee, { doubt, issues });
      return this.#again(request, { openId: record.id, content });
    }
    await this.#actions.resolve(message, { wasDone: finding === 'sent', note, registeredId });
    return seeEmployee(record, 'resolved');
  }

  /** Keeps the id of a record that turned out to be in ЕСУТД already. */
  async noteId(request: PageRequest, record: ContractRecord): Promise<PageResponse> {
    const { registeredId } = fieldsOf(request.form, ['registeredId']);
    const employee = await readEmployee(record, this.#parts);
    if (!isDuplicate(employee)) return seeEmployee(record);
    if (registeredId === '' || registeredId.length > maxIdLength) {
      const view = viewOf(this.#parts, request);
      const issues = { registeredId: [{ text: view.texts.formRules.registeredId }] };
      return this.#again(request, { openId: record.id, content: employeePanel(view, employee, { issues }) });
    }
    this.#parts.store.setKnownId(record.id, registeredId);
    return seeEmployee(record, 'noted');
  }

  async #saved(request: PageRequest, record: ContractRecord): Promise<PageResponse> {
    return request.form.get('next') === 'register' ? this.register(record) : seeEmployee(record, 'saved');
  }

  async #registered(record: ContractRecord): Promise<RegisteredEmployee | undefined> {
    const employee = await readEmployee(record, this.#parts);
    return canOperate(employee) ? employee : undefined;
  }

  #again(request: PageRequest, card: Card): Promise<PageResponse> {
    return showPage(this.#parts, request, card, 422);
  }

  async #contractIssues(request: PageRequest, values: ContractFields): Promise<FieldIssues> {
    const view = viewOf(this.#parts, request);
    const { issues } = await this.#actions.checkContract(values);
    const isNamed = isName(values.name);
    return {
      ...(isNamed ? {} : { name: [{ text: view.texts.formRules.name }] }),
      // A draft may wait for what is missing.
      ...(request.form.get('next') === 'register' ? issuesByField(issues, view) : {}),
    };
  }
}

/** What was typed, without the spaces around it, composed as ЕСУТД wants it (NFC). */
function fieldsOf<Name extends string>(form: URLSearchParams, names: readonly Name[]): Record<Name, string> {
  const values = names.map((name) => [name, (form.get(name) ?? '').trim().normalize('NFC')] as const);
  return Object.fromEntries(values) as Record<Name, string>;
}

function isBroken(issues: FieldIssues): boolean {
  return Object.keys(issues).length > 0;
}

/** Of the record that a form makes; a new one when the form has none. `undefined` when it is none of ours. */
function keyOf(form: URLSearchParams): string | undefined {
  const key = form.get('key') ?? newKey();
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key) ? key : undefined;
}

/** With a letter to click on, and with nothing that cannot be seen or turns the line around. */
function isName(name: string): boolean {
  return name.length <= 200 && /\p{L}/u.test(name) && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name);
}
