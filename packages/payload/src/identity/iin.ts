import { ValidateError, type ValidationIssue } from '@egov-gateway/core';
import type * as z from 'zod';

import { refinedText } from '../refined-text.ts';
import {
  checkMode,
  type IdentityFault,
  type IdentityMode,
  identityBreach,
  identityFault,
  withLeadingZeros,
} from './identity-number.ts';

/** Individual identification number (ИИН, ЖСН): 12 digits, the last one a control digit, checked. Always text: it may begin with 0. */
export type Iin = string & z.core.$brand<'Iin'>;

/** Whether `text` is an IIN with the right control digit. */
export function isIin(text: string): text is Iin {
  return typeof text === 'string' && identityBreach('iin', 'strict', text) === undefined;
}

/** What is wrong with `text` as an IIN, or `undefined` when nothing is. For words to people, and for repairing tables. */
export function iinFault(text: string): IdentityFault | undefined {
  return typeof text === 'string' ? identityFault(text) : 'not-digits';
}

/**
 * The IIN that `text` is when the leading zeros that a spreadsheet took are put back, or `undefined` when that gives none.
 * One wrong number in eleven passes as well: ask a person before using it.
 */
export function restoreIin(text: string): Iin | undefined {
  return typeof text === 'string' ? (withLeadingZeros(text) as Iin | undefined) : undefined;
}

/**
 * `text` as an IIN.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with the rule `iin-format`, `iin-leading-zero` or `iin-checksum`
 */
export function parseIin(text: string): Iin {
  if (isIin(text)) return text;
  const breach = identityBreach('iin', 'strict', String(text));
  const issue: ValidationIssue = { path: '/', rule: 'iin-format', message: 'must be text', ...breach };
  throw new ValidateError([issue]);
}

/**
 * Schema of an IIN field. Takes plain text, gives {@link Iin}.
 *
 * @param options.mode - how much is checked. Default: `strict`; test stands often need `format`
 * @throws {TypeError} when the mode is unknown
 */
export function iin(options: { readonly mode?: IdentityMode } = {}): z.core.$ZodBranded<z.ZodString, 'Iin'> {
  const { mode = 'strict' } = options;
  checkMode(mode);
  return refinedText({
    kind: 'an IIN (12 digits as text)',
    breach: (text) => identityBreach('iin', mode, text),
  }).brand<'Iin'>();
}
