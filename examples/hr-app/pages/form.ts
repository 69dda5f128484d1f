import type { FieldIssue, FieldIssues } from '../field-issues.ts';
import { type Content, html, type Markup } from '../html.ts';
import type { View } from './view.ts';

/** A field of a form, with what is wrong with it. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string | undefined;
  readonly type?: 'text' | 'date';
  readonly inputMode?: 'numeric' | 'text';
  /** Takes the whole row. */
  readonly isWide?: boolean;
  /** In place of a line of text. */
  readonly options?: readonly { readonly heading: string; readonly entries: readonly Option[] }[];
}

/** A choice, under its heading. */
export interface Option {
  readonly value: string;
  readonly text: string;
}

/** What a form carries along: the key of a record that is new, so that the same form twice makes one of it. */
export function formKey(key: string): Markup {
  return html`<input type="hidden" name="key" value="${key}">`;
}

/** A form with everything that is wrong with it at once: on top with links, and at each field. */
export function form(
  view: View,
  {
    action,
    fields,
    issues,
    buttons,
    title,
  }: {
    readonly action: string;
    readonly title: string;
    readonly fields: readonly Content[];
    readonly issues: FieldIssues;
    readonly buttons: Content;
  },
): Markup {
  return html`<form class="form" method="post" action="${action}" novalidate aria-label="${title}">
    <input type="hidden" name="token" value="${view.token}">
    ${summary(view, issues)}
    <div class="fields">${fields}</div>
    <div class="buttons">${buttons}</div>
  </form>`;
}

function summary(view: View, issues: FieldIssues): Content {
  const all = Object.entries(issues).flatMap(([field, list]) => list.map((issue) => ({ field, issue })));
  if (all.length === 0) return undefined;
  return html`<div class="problem is-refused" role="alert">
    <h3>${view.texts.errors(all.length)}</h3>
    <ul>${all.map(({ field, issue }) =>
      field === 'form'
        ? html`<li>${issueText(issue)}</li>`
        : html`<li><a href="#field-${field}">${fieldName(view, field)}</a>: ${issue.text}</li>`,
    )}</ul>
  </div>`;
}

/** The name of a field, in the language of the page. */
export function fieldName({ texts }: View, field: string): string {
  return Object.hasOwn(texts.fields, field) ? texts.fields[field as keyof typeof texts.fields] : field;
}

/** A broken rule with its code. */
export function issueText({ text, code }: FieldIssue): Markup {
  return html`${text} ${code !== undefined && html`<code>${code}</code>`}`;
}

/** One field. Hint and issues belong to it for screen readers, too. */
export function field(issues: FieldIssues, one: Field): Markup {
  const { name, label, hint, isWide } = one;
  const own = issues[name] ?? [];
  const described = [
    hint === undefined ? [] : `hint-${name}`,
    own.length === 0 ? [] : `issues-${name}`,
  ].flat();
  return html`<div class="field${isWide === true && ' is-wide'}${own.length > 0 && ' is-wrong'}">
    <label for="field-${name}">${label}</label>
    ${control(one, described.join(' '), own.length > 0)}
    ${hint !== undefined && html`<p class="hint" id="hint-${name}">${hint}</p>`}
    ${own.length > 0 && html`<ul class="issues" id="issues-${name}">${own.map((issue) => html`<li>${issueText(issue)}</li>`)}</ul>`}
  </div>`;
}

function control(
  { name, value, type, inputMode, options }: Field,
  described: string,
  isWrong: boolean,
): Markup {
  const state = html`id="field-${name}" name="${name}"${described !== '' && html` aria-describedby="${described}"`}${isWrong && html` aria-invalid="true"`}`;
  if (options === undefined) {
    return html`<input ${state} type="${type ?? 'text'}" value="${value}" inputmode="${inputMode ?? 'text'}" autocomplete="off" spellcheck="false">`;
  }
  const option = (one: Option): Markup =>
    html`<option value="${one.value}"${one.value === value && ' selected'}>${one.text}</option>`;
  return html`<select ${state}>${options.map(({ heading, entries }) =>
    heading === ''
      ? entries.map(option)
      : html`<optgroup label="${heading}">${entries.map(option)}</optgroup>`,
  )}</select>`;
}
