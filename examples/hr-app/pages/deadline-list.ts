import type { Due } from '../deadlines.ts';
import type { Employee } from '../employees.ts';
import { html, type Markup } from '../html.ts';
import type { ContractRecord } from '../store.ts';
import { dueText } from './employee-list.ts';
import { addressOf, type View } from './view.ts';

interface DueContract {
  readonly record: ContractRecord;
  readonly due: Due;
}

/** What has to be sent, the nearest first; what has time is folded away. */
export function deadlineList(view: View, employees: readonly Employee[]): Markup {
  const { texts } = view;
  const dues = employees
    .flatMap(({ record, dues }) => dues.map((due) => ({ record, due })))
    .toSorted((a, b) => a.due.daysLeft - b.due.daysLeft);
  const near = dues.filter(({ due }) => due.urgency !== 'in-time');
  const later = dues.filter(({ due }) => due.urgency === 'in-time');
  return html`<section class="card deadlines" aria-labelledby="deadlines">
    <header class="card-head"><h2 id="deadlines">${texts.deadlines}</h2></header>
    ${dues.length === 0 && html`<p class="empty">${texts.noDeadlines}</p>`}
    ${near.length > 0 && list(view, near)}
    ${later.length > 0 && html`<details><summary>${texts.later(later.length)}</summary>${list(view, later)}</details>`}
  </section>`;
}

function list(view: View, dues: readonly DueContract[]): Markup {
  return html`<ul>${dues.map(
    ({ record, due }) => html`<li class="is-${due.urgency}">
      <a href="${addressOf.employee(record.id)}">${record.name}</a>
      <span>${view.texts.events[due.event]}</span>
      ${dueText(view, due)}
    </li>`,
  )}</ul>`;
}
