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

/** Business identification number (БИН, БСН): 12 digits, the last one a control digit, checked. Always text: it may begin with 0. */
export type Bin = string & z.core.$brand<'Bin'>;

/** Whether `text` is a BIN with the right control digit. */
export function isBin(text: string): text is Bin {
  return typeof text === 'string' && identityBreach('bin', 'strict', text) === undefined;
}

/** What is wrong with `text` as a BIN, or `undefined` when nothing is. For words to people, and for repairing tables. */
export function binFault(text: string): IdentityFault | undefined {
  return typeof text === 'string' ? identityFault(text) : 'not-digits';
}

/**
 * The BIN that `text` is when the leading zeros that a spreadsheet took are put back, or `undefined` when that gives none.
 * One wrong number in eleven passes as well: ask a person before using it.
 */
export function restoreBin(text: string): Bin | undefined {
  return typeof text === 'string' ? (withLeadingZeros(text) as Bin | undefined) : undefined;
}

/**
 * `text` as a BIN.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with the rule `bin-format`, `bin-leading-zero` or `bin-checksum`
 */
export function parseBin(text: string): Bin {
  if (isBin(text)) return text;
  const breach = identityBreach('bin', 'strict', String(text));
  const issue: ValidationIssue = { path: '/', rule: 'bin-format', message: 'must be text', ...breach };
  throw new ValidateError([issue]);
}

/**
 * Schema of a BIN field. Takes plain text, gives {@link Bin}.
 *
 * @param options.mode - how much is checked. Default: `strict`; test stands often need `format`
 * @throws {TypeError} when the mode is unknown
 */
export function bin(options: { readonly mode?: IdentityMode } = {}): z.core.$ZodBranded<z.ZodString, 'Bin'> {
  const { mode = 'strict' } = options;
  checkMode(mode);
  return refinedText({
    kind: 'a BIN (12 digits as text)',
    breach: (text) => identityBreach('bin', mode, text),
  }).brand<'Bin'>();
}
