import type { Due } from '../deadlines.ts';
import type { Employee } from '../employees.ts';
import { type Content, html, type Markup } from '../html.ts';
import { dayText } from '../texts/texts.ts';
import { stateBadge } from './state-badge.ts';
import { addressOf, type View } from './view.ts';

/** Everybody, with the state of the contract and what is due. */
export function employeeList(view: View, employees: readonly Employee[], openId: number | undefined): Markup {
  const { texts } = view;
  return html`<section class="card" aria-labelledby="employees">
    <header class="card-head">
      <h2 id="employees">${texts.employees} <span class="count">${employees.length}</span></h2>
      <a class="button is-main" href="${addressOf.newEmployee}">${texts.add}</a>
    </header>
    ${employees.length === 0 ? html`<p class="empty">${texts.nobody}</p>` : table(view, employees, openId)}
  </section>`;
}

function table(view: View, employees: readonly Employee[], openId: number | undefined): Markup {
  const { texts } = view;
  return html`<table class="employees">
    <thead><tr>
      <th scope="col">${texts.employee}</th><th scope="col">${texts.contract}</th>
      <th scope="col">${texts.state}</th><th scope="col">${texts.term}</th>
    </tr></thead>
    <tbody>${employees.map((one) => row(view, one, one.record.id === openId))}</tbody>
  </table>`;
}

function row(view: View, employee: Employee, isOpen: boolean): Markup {
  const { texts } = view;
  const { record, state, registeredId } = employee;
  return html`<tr${isOpen && html` class="is-open"`}>
    <td><a class="who" href="${addressOf.employee(record.id)}"${isOpen && html` aria-current="true"`}>${record.name}</a>
      <span class="minor">${record.staffPosition}</span></td>
    <td>${record.number === '' ? '—' : record.number}
      <span class="minor">${record.signedOn !== '' && texts.from(dayText(record.signedOn, view))}</span></td>
    <td>${stateBadge(view, state)} <span class="minor">${registeredId ?? remark(view, employee)}</span></td>
    <td>${dueText(view, employee.dues[0])}</td>
  </tr>`;
}

function remark({ texts }: View, { state, problem, findings }: Employee): Content {
  if (state === 'draft')
    return findings.issues.length > 0 ? texts.toCorrect(findings.issues.length) : texts.ready;
  return state === 'refused' && problem?.code;
}

/** A term with its urgency. */
export function dueText(view: View, due: Due | undefined): Content {
  const { texts } = view;
  if (due === undefined) return html`<span class="minor">—</span>`;
  return html`<span class="due is-${due.urgency}">${texts.until(dayText(due.lastDay, view))}
    <span class="minor">${texts.daysLeft(due.daysLeft)}${due.unknownYears.length > 0 && `, ${texts.withoutHolidays}`}</span></span>`;
}
