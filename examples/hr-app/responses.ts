import type { ContractOutcome } from '@egov-gateway/labor-contracts';

import type { ApplicationParts } from './application.ts';
import type { Card } from './cards.ts';
import { readEmployees } from './employees.ts';
import type { PageRequest, PageResponse } from './http/server.ts';
import { cookieOf } from './http/session.ts';
import { page } from './pages/page.ts';
import { plainPage } from './pages/plain-page.ts';
import { addressOf, type View } from './pages/view.ts';
import type { ContractRecord } from './store.ts';
import { isLanguage, type Language, texts } from './texts/texts.ts';

const yearS = 365 * 24 * 60 * 60;

/** The language that was chosen. */
export function languageOf(cookies: ReadonlyMap<string, string>): Language {
  const chosen = cookies.get('language');
  return isLanguage(chosen) ? chosen : 'ru';
}

/** The words and the day of a page. */
export function viewOf(parts: ApplicationParts, { cookies, token }: PageRequest): View {
  const language = languageOf(cookies);
  return { texts: texts[language], language, token, today: parts.today(), isRehearsal: parts.isRehearsal };
}

/** The page with a card. */
export async function showPage(
  parts: ApplicationParts,
  request: PageRequest,
  card: Card,
  status = 200,
): Promise<PageResponse> {
  const view = viewOf(parts, request);
  const isRead = request.method === 'GET';
  const done = isRead ? (request.query.get('done') ?? '') : '';
  const { notices } = view.texts;
  const body = page(view, {
    employees: await readEmployees(parts),
    employerBin: parts.employerBin,
    openId: card.openId,
    panel: card.content,
    notice: Object.hasOwn(notices, done) ? notices[done as keyof typeof notices] : undefined,
    address: isRead ? `/?${request.query}` : addressOf.list,
  });
  return { status, type: 'text/html; charset=utf-8', body: body.toString() };
}

/** To the card of an employee, and what has just come of it. */
export function seeEmployee(
  { id }: ContractRecord,
  done?: ContractOutcome['state'] | 'saved' | 'resolved' | 'noted',
): PageResponse {
  const address = addressOf.employee(id);
  return { status: 303, location: done === undefined ? address : `${address}&done=${done}` };
}

/** Keeps the language, and goes back to where it was chosen. */
export function chooseLanguage(form: URLSearchParams): PageResponse {
  const language = form.get('language');
  const back = form.get('back') ?? '';
  return {
    status: 303,
    // Nowhere but to this page: an address of somebody else's would make a good trap.
    location: /^\/\?[\w=&-]*$/.test(back) ? back : addressOf.list,
    cookie: cookieOf('language', isLanguage(language) ? language : 'ru', { maxAgeS: yearS }),
  };
}

export function notFound(request: PageRequest): PageResponse {
  return refused(request, 404, 'not-found');
}

/** Of a form whose hidden fields no page of ours has made. */
export function foreignForm(request: PageRequest): PageResponse {
  return refused(request, 400, 'foreign-form');
}

function refused(
  { cookies }: PageRequest,
  status: number,
  reason: 'not-found' | 'foreign-form',
): PageResponse {
  const language = languageOf(cookies);
  const body = plainPage(language, texts[language].refusals[reason]);
  return { status, type: 'text/html; charset=utf-8', body: body.toString() };
}
