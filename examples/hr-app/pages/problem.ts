import { explainCode } from '@egov-gateway/envelope';
import { type ContractStep, explainScse } from '@egov-gateway/labor-contracts';

import { html, type Markup } from '../html.ts';
import type { View } from './view.ts';

/** What a message came to, in words: why, and what to do. */
export function problemOf(view: View, step: ContractStep): Markup {
  const { texts, language } = view;
  const subject = texts.operations[step.operation];
  if (step.state === 'in-doubt') {
    return html`<div class="problem is-in-doubt"><h3>${subject}: ${texts.stepStates['in-doubt']}</h3><p>${texts.resolveHelp}</p></div>`;
  }
  if (step.state === 'not-sent') {
    return html`<div class="problem is-not-sent"><h3>${subject}: ${texts.stepStates['not-sent']} ${codeOf(step)}</h3><p>${texts.notSentText}</p></div>`;
  }
  const { meaning, remedy } = explained(view, step);
  const who = step.ending === '9.1' ? texts.refusedByRegister : texts.refusedByGateway;
  return html`<div class="problem is-refused" lang="${language}">
    <h3>${subject}. ${who} ${codeOf(step)}</h3>
    <dl><dt>${texts.why}</dt><dd>${meaning}</dd><dt>${texts.whatToDo}</dt><dd>${remedy}</dd></dl>
  </div>`;
}

function codeOf({ code }: ContractStep): Markup {
  return html`${code !== undefined && html`<code>${code}</code>`}`;
}

/** Codes of ЕСУТД and of the gateway have books of their own. */
export function explained(
  { texts, language }: View,
  { code = '', ending }: ContractStep,
): { meaning: string; remedy: string } {
  const scse = ending === '9.1' ? explainScse(code) : undefined;
  if (scse !== undefined) return { meaning: scse[language], remedy: scse.remedy[language] };
  const gateway = explainCode(code);
  return {
    meaning: gateway?.[language] ?? texts.unknownCode,
    remedy: gateway?.remedy[language] ?? texts.askSupport,
  };
}
