import { html, type Markup } from '../html.ts';
import { type Language, texts } from '../texts/texts.ts';
import { pageHead } from './page-head.ts';
import { addressOf } from './view.ts';

/** A page that says one thing, and where to go on. */
export function plainPage(
  language: Language,
  { heading, text }: { readonly heading: string; readonly text: string },
): Markup {
  const { title, toList } = texts[language];
  return html`<!doctype html>
<html lang="${language}">
${pageHead(title)}
<body>
  <main id="content"><section class="card plain" aria-labelledby="plain">
    <header class="card-head"><h1 id="plain">${heading}</h1></header>
    <p>${text}</p>
    <p><a class="button is-main" href="${addressOf.list}">${toList}</a></p>
  </section></main>
</body>
</html>
`;
}
