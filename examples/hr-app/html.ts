/** Markup that is safe to send as it is. Only {@link html} makes it. */
export class Markup {
  readonly #text: string;

  constructor(strings: readonly string[], values: readonly Content[]) {
    this.#text = strings
      .map((string, index) => (index === 0 ? '' : render(values[index - 1])) + string)
      .join('');
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template: text is escaped, markup is not, nothing and `false` leave nothing behind. */
export type Content = Markup | string | number | false | null | undefined | readonly Content[];

/** A template in which every value is escaped: as text, and as an attribute in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings, values);
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function render(content: Content): string {
  if (content === undefined || content === null || content === false) return '';
  if (content instanceof Markup) return content.toString();
  if (typeof content === 'object') return content.map(render).join('');
  return String(content).replace(/[&<>"']/g, (character) => escapes[character] ?? '');
}
