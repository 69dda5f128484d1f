import type { FieldIssues } from '../field-issues.ts';
import { html, type Markup } from '../html.ts';
import type { ContractFields } from '../store.ts';
import { field, form, formKey } from './form.ts';
import { positionFields } from './position-fields.ts';
import { addressOf, type View } from './view.ts';

/** The fields of an employee and a contract: of a new one, or of one to correct. */
export function contractForm(
  view: View,
  {
    id,
    key,
    values,
    issues,
  }: {
    readonly id?: number | undefined;
    /** Of a new one. */
    readonly key?: string | undefined;
    readonly values: ContractFields;
    readonly issues: FieldIssues;
  },
): Markup {
  const { texts } = view;
  const { fields, hints } = texts;
  return form(view, {
    action: id === undefined ? '/contracts' : `/contracts/${id}`,
    title: id === undefined ? texts.newEmployee : texts.edit,
    issues,
    fields: [
      key !== undefined && formKey(key),
      field(issues, { name: 'name', label: fields.name, value: values.name, isWide: true }),
      field(issues, {
        name: 'iin',
        label: fields.iin,
        value: values.iin,
        hint: hints.iin,
        inputMode: 'numeric',
      }),
      field(issues, { name: 'number', label: fields.number, value: values.number }),
      field(issues, { name: 'signedOn', label: fields.signedOn, value: values.signedOn, type: 'date' }),
      field(issues, { name: 'beginsOn', label: fields.beginsOn, value: values.beginsOn, type: 'date' }),
      positionFields(view, { values, issues }),
      field(issues, {
        name: 'conscript',
        label: fields.conscript,
        value: values.conscript,
        hint: hints.conscript,
        inputMode: 'numeric',
      }),
    ],
    buttons: html`<button class="button is-main" name="next" value="register">${texts.saveAndRegister}</button>
      <button class="button" name="next" value="save">${texts.save}</button>
      <a class="button is-quiet" href="${id === undefined ? addressOf.list : addressOf.employee(id)}">${texts.cancel}</a>`,
  });
}
