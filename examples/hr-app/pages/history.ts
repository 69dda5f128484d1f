import type { ContractStep } from '@egov-gateway/labor-contracts';

import type { Employee } from '../employees.ts';
import { html, type Markup } from '../html.ts';
import { instantText } from '../texts/texts.ts';
import { explained } from './problem.ts';
import type { View } from './view.ts';

/** What the journal knows of a contract, the newest first. */
export function history(view: View, employee: Employee): Markup {
  const { texts } = view;
  return html`<section class="part" aria-labelledby="history">
    <h3 id="history">${texts.history}</h3>
    ${employee.steps.length === 0 && html`<p class="minor">${texts.noHistory}</p>`}
    <ol class="history">${employee.steps.toReversed().map((step) => item(view, employee, step))}</ol>
  </section>`;
}

function item(view: View, { agreements }: Employee, step: ContractStep): Markup {
  const { texts, language } = view;
  const { operation, state, ending, code, attempt, messageId, changedAtMs } = step;
  const agreement = agreements.find(({ record }) => record.key === step.agreementKey);
  return html`<li class="is-${state}">
    <strong>${texts.operations[operation]}${agreement !== undefined && ` ${agreement.record.number}`}</strong>${attempt > 1 && `, ${texts.attempt(attempt)}`}
    — ${texts.stepStates[state]}${ending !== undefined && `, ${texts.endings[ending]}`}
    ${code !== undefined && html`<code>${code}</code>`}
    ${state === 'refused' && html`<span class="minor">${explained(view, step).meaning}</span>`}
    <span class="minor"><time datetime="${new Date(changedAtMs).toISOString()}">${instantText(changedAtMs, language)}</time>${
      messageId !== undefined && html`, ${texts.message} <span class="id">${messageId}</span>`
    }</span>
  </li>`;
}
