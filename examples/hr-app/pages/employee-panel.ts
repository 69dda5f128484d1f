import { terminationReasons } from '@egov-gateway/labor-contracts';

import { type Agreement, type Employee, isDuplicate } from '../employees.ts';
import { type FieldIssues, issuesByField } from '../field-issues.ts';
import { type Content, html, type Markup } from '../html.ts';
import { dayText } from '../texts/texts.ts';
import { dueText } from './employee-list.ts';
import { fieldName, issueText } from './form.ts';
import { history } from './history.ts';
import { type DoubtFields, doubtForm, idForm } from './operation-forms.ts';
import { problemOf } from './problem.ts';
import { stateBadge } from './state-badge.ts';
import { addressOf, type View } from './view.ts';

/** One employee: what is known, what is wrong, what can be done, what was done. */
export function employeePanel(
  view: View,
  employee: Employee,
  {
    task,
    doubt = { finding: '', note: '', registeredId: '' },
    issues = {},
  }: {
    /** A form in place of the buttons. */
    readonly task?: Content;
    /** What was typed about a doubt. */
    readonly doubt?: DoubtFields;
    /** Of the form about a doubt, or about an id. */
    readonly issues?: FieldIssues;
  },
): Markup {
  const { texts } = view;
  const { record, state, registeredId, problem } = employee;
  const isInDoubt = problem?.state === 'in-doubt';
  return html`<header class="card-head">
      <h2 id="panel">${record.name}</h2>
      <a class="close" href="${addressOf.list}" aria-label="${texts.close}">×</a>
    </header>
    <p class="standing">${stateBadge(view, state)}
      ${registeredId !== undefined && html`<span>${texts.registeredId} <strong class="id" data-registered-id>${registeredId}</strong></span>`}</p>
    ${problem !== undefined && problemOf(view, problem)}
    ${
      isInDoubt &&
      doubtForm(view, {
        id: record.id,
        localKey: problem.localKey,
        asksForId: problem.operation === 'register',
        values: doubt,
        issues,
      })
    }
    ${
      employee.dues.length > 0 &&
      html`<ul class="dues">${employee.dues.map(
        (due) => html`<li class="is-${due.urgency}">${texts.events[due.event]} ${dueText(view, due)}</li>`,
      )}</ul>`
    }
    ${findings(view, employee)}
    ${isDuplicate(employee) && idForm(view, record.id, issues)}
    ${task ?? actions(view, employee)}
    ${facts(view, employee)}
    ${agreements(view, employee)}
    ${history(view, employee)}`;
}

/** What keeps a draft from being sent, and what is doubtful. Terms are shown as such. */
function findings(view: View, { findings, state }: Employee): Content {
  if (state === 'in-doubt' || state === 'under-way') return undefined;
  const { issues, warnings } = findings;
  const doubts = warnings.filter(({ rule }) => rule !== 'deadline');
  const found = Object.entries(issuesByField([...issues, ...doubts], view));
  if (found.length === 0) return undefined;
  const title = issues.length > 0 ? view.texts.toCorrect(issues.length) : view.texts.ready;
  return html`<div class="problem is-draft"><h3>${title}</h3>
    <ul>${found.map(([name, list]) => list.map((issue) => html`<li>${fieldName(view, name)}: ${issueText(issue)}</li>`))}</ul></div>`;
}

function actions(
  { texts, token }: View,
  { record, state, registeredId, findings, steps }: Employee,
): Content {
  const { id } = record;
  if (state === 'registered' && registeredId !== undefined) {
    return html`<p class="buttons">
      <a class="button is-main" href="${addressOf.employee(id, 'change')}">${texts.change}</a>
      <a class="button is-warning" href="${addressOf.employee(id, 'terminate')}">${texts.terminate}</a></p>`;
  }
  if (state !== 'draft' && state !== 'refused' && state !== 'not-sent') return undefined;
  const isReady = findings.issues.length === 0;
  return html`<div class="buttons">
    ${
      isReady &&
      html`<form method="post" action="/contracts/${id}/register"><input type="hidden" name="token" value="${token}">
      <button class="button is-main">${steps.length === 0 ? texts.register : texts.registerAgain}</button></form>`
    }
    <a class="button${!isReady && ' is-main'}" href="${addressOf.employee(id, 'edit')}">${texts.edit}</a></div>`;
}

function facts(view: View, { record }: Employee): Markup {
  const { texts, language } = view;
  const { fields } = texts;
  const reason = terminationReasons.find(({ code }) => code === record.reason);
  const rows: readonly (readonly [string, string | null])[] = [
    [fields.iin, record.iin],
    [fields.number, record.number],
    [fields.signedOn, dayText(record.signedOn, view)],
    [fields.beginsOn, dayText(record.beginsOn, view)],
    [fields.staffPosition, record.staffPosition],
    [fields.position, record.position],
    [fields.endsOn, record.endsOn && dayText(record.endsOn, view)],
    [fields.reason, reason === undefined ? record.reason : `${reason.code} ${reason[language]}`],
  ];
  return html`<dl class="facts">${rows.map(
    ([name, value]) =>
      value !== null && html`<div><dt>${name}</dt><dd>${value === '' ? '—' : value}</dd></div>`,
  )}</dl>`;
}

function agreements(view: View, { record, agreements, state }: Employee): Content {
  const { texts } = view;
  if (agreements.length === 0) return undefined;
  return html`<section class="part"><h3>${texts.agreements}</h3><ul class="agreements">${agreements.map(
    (one) => html`<li>${agreementText(view, one)}
      ${
        one.step?.state !== 'accepted' &&
        one.step?.state !== 'in-doubt' &&
        state === 'registered' &&
        html`<a href="${addressOf.agreement(record.id, one.record.id)}">${texts.correctAgreement}</a>`
      }</li>`,
  )}</ul></section>`;
}

function agreementText(view: View, { record, step }: Agreement): Markup {
  const { texts } = view;
  return html`<strong>${record.number}</strong> ${texts.from(dayText(record.signedOn, view))}
    <span class="minor">${record.staffPosition} — ${step === undefined ? texts.stepStates['not-sent'] : texts.stepStates[step.state]}</span>`;
}
