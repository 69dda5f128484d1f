// A first, fast look that takes every surrogate for wrong; pairs are told apart by the second.
const suspicious = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/;
const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/**
 * Whether XML 1.0 has all characters of `text`. A surrogate that is not half of a pair is none.
 *
 * @see XML 1.0, 2.2 "Characters"
 */
export function hasOnlyXmlCharacters(text: string): boolean {
  return !suspicious.test(text) || !illegal.test(text);
}
