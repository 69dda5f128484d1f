import type * as z from 'zod';

import { nfcBreach } from '../nfc-text.ts';
import { type Breach, refinedText } from '../refined-text.ts';
import { hasOnlyXmlCharacters } from '../xml-characters.ts';

/** A document that proves who a person is, of the two kinds whose numbers have a known form. */
export type DocumentKind =
  /** Identity card (удостоверение личности, жеке куәлік). */
  | 'identity-card'
  /** Passport of a citizen (паспорт гражданина, азаматтың төлқұжаты). */
  | 'passport';

const usualForms: Readonly<Record<DocumentKind, RegExp>> = {
  'identity-card': /^[0-9]{9}$/,
  // Older passports have seven digits.
  passport: /^N[0-9]{7,8}$/,
};

/**
 * Schema of the number of an identity document: any text in composed form (NFC) that is not empty and has no white space
 * at its ends. Numbers of other countries have forms of their own, so no form is required; see {@link documentNumberHint}.
 */
export function documentNumber(): z.ZodString {
  return refinedText({ kind: 'the number of a document, as text', breach: documentBreach });
}

function documentBreach(text: string): Breach | undefined {
  if (text === '') return { rule: 'min-length', message: 'must not be empty' };
  if (text !== text.trim()) {
    return { rule: 'document-number', message: 'must have no white space at its ends; remove it' };
  }
  return hasOnlyXmlCharacters(text) ? nfcBreach(text) : undefined;
}

/**
 * What is unusual about the number of a document of this kind, in words, or `undefined`. A hint for a form, never a reason
 * to refuse: the forms are known from samples only.
 *
 * @throws {TypeError} when the kind is unknown
 */
export function documentNumberHint(kind: DocumentKind, text: string): string | undefined {
  const form = usualForms[kind];
  if (form === undefined) throw new TypeError("kind must be 'identity-card' or 'passport'");
  if (form.test(text)) return undefined;
  if (kind === 'identity-card') {
    return /^[1-9][0-9]{7}$/.test(text)
      ? 'has eight digits; a spreadsheet may have taken a leading zero'
      : 'identity cards usually have nine digits';
  }
  return /^[Нн]/.test(text)
    ? 'begins with a Cyrillic letter; passports begin with the Latin N'
    : 'passports usually have the Latin letter N and seven or eight digits';
}
