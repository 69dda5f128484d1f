import type { Employee } from '../employees.ts';
import { type Content, html, type Markup } from '../html.ts';
import { dayText, isLanguage, languages } from '../texts/texts.ts';
import { deadlineList } from './deadline-list.ts';
import { employeeList } from './employee-list.ts';
import { pageHead } from './page-head.ts';
import { stateBadge } from './state-badge.ts';
import { addressOf, type View } from './view.ts';

/** What is on the page. */
export interface PageContent {
  readonly employees: readonly Employee[];
  readonly employerBin: string;
  readonly openId?: number | undefined;
  /** The card at the side; without one, the states are explained there. */
  readonly panel?: Content;
  /** What has just been done. */
  readonly notice?: string | undefined;
  /** Where the switch of languages comes back to. */
  readonly address: string;
}

/** The page: everybody, what is due, and at most one card. */
export function page(view: View, content: PageContent): Markup {
  const { texts, language } = view;
  const { employees, panel, notice } = content;
  return html`<!doctype html>
<html lang="${language}">
${pageHead(texts.title)}
<body${panel !== undefined && html` class="has-panel"`}>
  <a class="skip" href="#content">${texts.skip}</a>
  ${top(view, content)}
  <main id="content">
    ${notice !== undefined && html`<p class="notice" role="status">${notice}</p>`}
    <div class="columns">
      <div class="list">${deadlineList(view, employees)}${employeeList(view, employees, content.openId)}</div>
      ${panel === undefined ? legend(view) : html`<section class="card panel" aria-labelledby="panel">${panel}</section>`}
    </div>
  </main>
</body>
</html>
`;
}

function top(view: View, { employerBin, address }: PageContent): Markup {
  const { texts, language, today, token, isRehearsal } = view;
  return html`<header class="top">
    <div class="brand"><a href="${addressOf.list}"><h1>${texts.title}</h1></a>
      <p>${texts.employer} <span class="id">${employerBin}</span></p></div>
    <p class="today">${texts.today(dayText(today, view))}</p>
    <form class="languages" method="post" action="/language" aria-label="${texts.language}">
      <input type="hidden" name="token" value="${token}"><input type="hidden" name="back" value="${address}">
      ${Object.entries(languages).map(
        ([code, name]) =>
          isLanguage(code) &&
          html`<button name="language" value="${code}" lang="${code}" aria-pressed="${code === language ? 'true' : 'false'}">${name}</button>`,
      )}
    </form>
    ${isRehearsal && html`<p class="rehearsal">${texts.rehearsal}</p>`}
  </header>`;
}

function legend(view: View): Markup {
  const { texts } = view;
  const states = ['draft', 'registered', 'refused', 'in-doubt', 'terminated'] as const;
  return html`<aside class="card legend" aria-labelledby="legend"><header class="card-head"><h2 id="legend">${texts.legend}</h2></header>
    <dl>${states.map((state) => html`<div><dt>${stateBadge(view, state)}</dt><dd>${texts.stateHelp[state]}</dd></div>`)}</dl></aside>`;
}
