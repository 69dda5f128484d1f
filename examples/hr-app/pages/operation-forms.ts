import { terminationReasons } from '@egov-gateway/labor-contracts';

import type { FieldIssues } from '../field-issues.ts';
import { type Content, html, type Markup } from '../html.ts';
import type { TerminationFields } from '../requests.ts';
import type { AgreementFields } from '../store.ts';
import { field, form, formKey, type Option } from './form.ts';
import { positionFields } from './position-fields.ts';
import { addressOf, type View } from './view.ts';

/** An additional agreement: a new one, or one that was refused. */
export function agreementForm(
  view: View,
  {
    id,
    key,
    values,
    issues,
  }: {
    readonly id: number;
    readonly key: string;
    readonly values: AgreementFields;
    readonly issues: FieldIssues;
  },
): Markup {
  const { texts } = view;
  const { fields } = texts;
  return form(view, {
    action: `/contracts/${id}/agreements`,
    title: texts.changeTitle,
    issues,
    fields: [
      formKey(key),
      field(issues, { name: 'number', label: fields.agreementNumber, value: values.number, isWide: true }),
      field(issues, { name: 'signedOn', label: fields.signedOn, value: values.signedOn, type: 'date' }),
      field(issues, {
        name: 'beginsOn',
        label: fields.agreementBeginsOn,
        value: values.beginsOn,
        type: 'date',
      }),
      positionFields(view, { values, issues }),
    ],
    buttons: html`<button class="button is-main">${texts.sendAgreement}</button>${cancel(view, id)}`,
  });
}

/** A termination: it goes out only after the id of the contract has been typed. */
export function terminationForm(
  view: View,
  {
    id,
    registeredId,
    values,
    issues,
  }: {
    readonly id: number;
    readonly registeredId: string;
    readonly values: TerminationFields & { readonly confirm: string };
    readonly issues: FieldIssues;
  },
): Markup {
  const { texts } = view;
  const { fields, hints } = texts;
  const reasons = reasonsByHeading(view);
  return html`<p class="problem is-danger">${texts.terminateWarning}</p>${form(view, {
    action: `/contracts/${id}/termination`,
    title: texts.terminateTitle,
    issues,
    fields: [
      field(issues, {
        name: 'endsOn',
        label: fields.endsOn,
        value: values.endsOn,
        type: 'date',
        isWide: true,
      }),
      field(issues, {
        name: 'reason',
        label: fields.reason,
        value: values.reason,
        options: reasons,
        isWide: true,
      }),
      field(issues, {
        name: 'confirm',
        label: fields.confirm,
        value: values.confirm,
        hint: hints.confirm(registeredId),
        isWide: true,
      }),
    ],
    buttons: html`<button class="button is-danger">${texts.terminateNow}</button>${cancel(view, id)}`,
  })}`;
}

/** Entries that may be sent, under their headings; those without one come first. */
function reasonsByHeading({ texts, language }: View): { heading: string; entries: Option[] }[] {
  const entries = terminationReasons.filter(({ leaf, actual }) => leaf !== false && actual !== false);
  const under = (parent: string | undefined): Option[] =>
    entries
      .filter((entry) => entry.parent === parent)
      .map((entry) => ({ value: entry.code, text: `${entry.code} ${entry[language]}` }));
  return [
    { heading: '', entries: [{ value: '', text: texts.chooseReason }, ...under(undefined)] },
    ...terminationReasons
      .filter(({ leaf }) => leaf === false)
      .map((one) => ({ heading: `${one.code} ${one[language]}`, entries: under(one.code) })),
  ];
}

/** What a person typed about a doubt. */
export interface DoubtFields {
  /** `sent` or `not-sent`, once it is chosen. */
  readonly finding: string;
  readonly note: string;
  readonly registeredId: string;
}

/** What a person found out about a message that nobody knows the outcome of. */
export function doubtForm(
  view: View,
  {
    id,
    localKey,
    asksForId,
    values,
    issues,
  }: {
    readonly id: number;
    readonly localKey: string;
    /** A registration that went through has an id. */
    readonly asksForId: boolean;
    readonly values: DoubtFields;
    readonly issues: FieldIssues;
  },
): Markup {
  const { texts } = view;
  const { fields, hints } = texts;
  const missing = issues['finding'];
  const choice = (value: string, text: string): Markup =>
    html`<label class="choice"><input type="radio" name="finding" value="${value}"${values.finding === value && ' checked'}> ${text}</label>`;
  return form(view, {
    action: `/contracts/${id}/doubt`,
    title: texts.resolveTitle,
    issues,
    fields: [
      html`<input type="hidden" name="message" value="${localKey}">
        <fieldset class="field is-wide" id="field-finding" tabindex="-1"${missing !== undefined && html` aria-describedby="issues-finding"`}>
          <legend>${fields.finding}</legend>
          ${choice('sent', texts.found)}
          ${choice('not-sent', texts.notFound)}
          ${missing !== undefined && html`<ul class="issues" id="issues-finding">${missing.map(({ text }) => html`<li>${text}</li>`)}</ul>`}
        </fieldset>`,
      asksForId &&
        field(issues, {
          name: 'registeredId',
          label: fields.registeredId,
          value: values.registeredId,
          hint: hints.registeredId,
          isWide: true,
        }),
      field(issues, { name: 'note', label: fields.note, value: values.note, hint: hints.note, isWide: true }),
    ],
    buttons: html`<button class="button is-main">${texts.record}</button>`,
  });
}

/** The id of a record that was found in ЕСУТД. */
export function idForm(view: View, id: number, issues: FieldIssues): Markup {
  const { texts } = view;
  return form(view, {
    action: `/contracts/${id}/known`,
    title: texts.resolveTitle,
    issues,
    fields: [field(issues, { name: 'registeredId', label: texts.noteId, value: '', isWide: true })],
    buttons: html`<button class="button is-main">${texts.record}</button>`,
  });
}

function cancel({ texts }: View, id: number): Content {
  return html`<a class="button is-quiet" href="${addressOf.employee(id)}">${texts.cancel}</a>`;
}
