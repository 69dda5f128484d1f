import { terminationReasons } from '@egov-gateway/labor-contracts';

import type { FieldIssues } from '../field-issues.ts';
import { type Content, html, type Markup } from '../html.ts';
import type { TerminationFields } from '../requests.ts';
import type { AgreementFields } from '../store.ts';
import { field, form, formKey, type Option } from './form.ts';
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
  const { fields, hints } = texts;
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
      field(issues, {
        name: 'position',
        label: fields.position,
        value: values.position,
        hint: hints.position,
      }),
      field(issues, {
        name: 'staffPosition',
        label: fields.staffPosition,
        value: values.staffPosition,
        hint: hints.staffPosition,
      }),
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

/** What a person found out about a message that nobody knows the outcome of. */
export function doubtForm(
  view: View,
  {
    id,
    localKey,
    asksForId,
    issues,
  }: {
    readonly id: number;
    readonly localKey: string;
    /** A registration that went through has an id. */
    readonly asksForId: boolean;
    readonly issues: FieldIssues;
  },
): Markup {
  const { texts } = view;
  const { fields, hints } = texts;
  return form(view, {
    action: `/contracts/${id}/doubt`,
    title: texts.resolveTitle,
    issues,
    fields: [
      html`<input type="hidden" name="message" value="${localKey}">
        <fieldset class="field is-wide" id="field-finding" tabindex="-1"><legend>${fields.finding}</legend>
          <label class="choice"><input type="radio" name="finding" value="sent"> ${texts.found}</label>
          <label class="choice"><input type="radio" name="finding" value="not-sent"> ${texts.notFound}</label>
          ${issues['finding'] !== undefined && html`<ul class="issues">${issues['finding'].map(({ text }) => html`<li>${text}</li>`)}</ul>`}
        </fieldset>`,
      asksForId &&
        field(issues, {
          name: 'registeredId',
          label: fields.registeredId,
          value: '',
          hint: hints.registeredId,
          isWide: true,
        }),
      field(issues, { name: 'note', label: fields.note, value: '', hint: hints.note, isWide: true }),
    ],
    buttons: html`<button class="button is-main">${texts.record}</button>`,
  });
}

/** The id of a record that was found in ЕСУТД. */
export function idForm(view: View, id: number): Markup {
  const { texts } = view;
  return form(view, {
    action: `/contracts/${id}/known`,
    title: texts.resolveTitle,
    issues: {},
    fields: [field({}, { name: 'registeredId', label: texts.noteId, value: '', isWide: true })],
    buttons: html`<button class="button is-main">${texts.record}</button>`,
  });
}

function cancel({ texts }: View, id: number): Content {
  return html`<a class="button is-quiet" href="${addressOf.employee(id)}">${texts.cancel}</a>`;
}
