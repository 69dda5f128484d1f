import type { Employee } from '../employees.ts';
import { html, type Markup } from '../html.ts';
import { dueText } from './employee-list.ts';
import { addressOf, type View } from './view.ts';

/** What has to be sent, the nearest first. */
export function deadlineList(view: View, employees: readonly Employee[]): Markup {
  const { texts } = view;
  const dues = employees
    .flatMap(({ record, dues }) => dues.map((due) => ({ record, due })))
    .toSorted((a, b) => a.due.daysLeft - b.due.daysLeft);
  return html`<section class="card deadlines" aria-labelledby="deadlines">
    <header class="card-head"><h2 id="deadlines">${texts.deadlines}</h2></header>
    ${dues.length === 0 && html`<p class="empty">${texts.noDeadlines}</p>`}
    <ul>${dues.map(
      ({ record, due }) => html`<li class="is-${due.urgency}">
        <a href="${addressOf.employee(record.id)}">${record.name}</a>
        <span>${texts.events[due.event]}</span>
        ${dueText(view, due)}
      </li>`,
    )}</ul>
  </section>`;
}
