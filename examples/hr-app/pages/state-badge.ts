import type { EmployeeState } from '../employees.ts';
import { html, type Markup } from '../html.ts';
import type { View } from './view.ts';

/** A state as a word with a colour. */
export function stateBadge({ texts }: View, state: EmployeeState): Markup {
  return html`<span class="badge is-${state}">${texts.states[state]}</span>`;
}
