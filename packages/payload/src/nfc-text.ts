import type * as z from 'zod';

import { type Breach, refinedText } from './refined-text.ts';

// Blocks of which every character is composed: Latin, Cyrillic without its combining marks, punctuation, №.
const composed = /^[\t\n\r -\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2116]*$/;

/** Whether every letter is one character where Unicode has one: the form NFC. */
export function isNfc(text: string): boolean {
  return composed.test(text) || text.normalize('NFC') === text;
}

/** The rule that text in another form breaks. */
export function nfcBreach(text: string): Breach | undefined {
  if (isNfc(text)) return undefined;
  return {
    rule: 'nfc',
    message: "has letters made of two characters (such as й, ё, İ); send text.normalize('NFC')",
    clause: 'Unicode Standard Annex 15',
  };
}

/**
 * Schema of text that people wrote, names above all, in composed form (NFC). Text in another form is refused and not
 * repaired: a signature covers the very characters.
 *
 * @param options.minLength - characters, inclusive. Default: 1
 * @param options.maxLength - characters, inclusive. Default: no limit of its own
 * @throws {TypeError} when a length is none, or the longest is shorter than the shortest
 */
export function nfcText(
  options: { readonly minLength?: number; readonly maxLength?: number } = {},
): z.ZodString {
  const { minLength = 1, maxLength = Number.POSITIVE_INFINITY } = options;
  if (!(minLength >= 0 && maxLength >= minLength)) {
    throw new TypeError(
      'minLength and maxLength must be numbers of characters, the second not the smaller one',
    );
  }
  return refinedText({
    kind: 'text',
    breach(text) {
      // Units are never fewer than characters, and counting those takes longer.
      const length = text.length > maxLength || text.length < minLength * 2 ? [...text].length : undefined;
      if (length !== undefined && length < minLength) {
        const message = minLength === 1 ? 'must not be empty' : `must have at least ${minLength} characters`;
        return { rule: 'min-length', message };
      }
      if (length !== undefined && length > maxLength) {
        return { rule: 'max-length', message: `must have at most ${maxLength} characters` };
      }
      return nfcBreach(text);
    },
  });
}
