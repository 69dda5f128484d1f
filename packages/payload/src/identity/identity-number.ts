/**
 * What IIN and BIN have in common: twelve digits, the last one a control digit.
 *
 * The digits that once meant a birth date or a sex are never a reason to refuse: since the decree No 853 of
 * 26 August 2013 they need not match the person.
 *
 * @module
 */
import type { Breach } from '../refined-text.ts';
import { controlDigit } from './control-digit.ts';

/** How much of an identity number is checked. */
export type IdentityMode =
  /** Twelve digits and the control digit. */
  | 'strict'
  /** Twelve digits. For test stands, whose numbers are often invalid. */
  | 'format'
  /** Nothing but that it is not empty. */
  | 'off';

/** Names the kind of number in issues. */
export type IdentityKind = 'iin' | 'bin';

const clause = 'Rules No 406 of 2007 on identification numbers';

/** The rule that a number breaks, or `undefined`. The words never repeat the number. */
export function identityBreach(kind: IdentityKind, mode: IdentityMode, text: string): Breach | undefined {
  const name = kind.toUpperCase();
  if (mode === 'off') {
    return text === '' ? { rule: 'required', message: `must not be empty; ${name} is required` } : undefined;
  }
  if (!/^[0-9]{12}$/.test(text)) {
    const article = kind === 'iin' ? 'an IIN' : 'a BIN';
    return { rule: `${kind}-format`, message: `must be ${article}: exactly 12 digits, as text`, clause };
  }
  if (mode === 'format') return undefined;
  // All zeros satisfies the sum and is nobody's number.
  if (/^0+$/.test(text) || controlDigit(text) !== text.charCodeAt(11) - 48) {
    return {
      rule: `${kind}-checksum`,
      message: 'has a control digit that does not fit; look for a typing error',
      clause,
    };
  }
  return undefined;
}

/** @throws {TypeError} when it is no mode */
export function checkMode(mode: IdentityMode): void {
  if (mode !== 'strict' && mode !== 'format' && mode !== 'off') {
    throw new TypeError("mode must be 'strict', 'format' or 'off'");
  }
}
