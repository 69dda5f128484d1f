import { html, type Markup } from '../html.ts';
import { styleSheets } from '../http/static-files.ts';

/** The head of every page. */
export function pageHead(title: string): Markup {
  return html`<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
  <link rel="icon" href="/icon.svg" type="image/svg+xml">
  ${styleSheets.map((path) => html`<link rel="stylesheet" href="${path}">`)}
</head>`;
}
