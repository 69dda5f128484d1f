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

/** What is wrong with a text that should be an identity number. */
export type IdentityFault =
  /** Nothing at all, or only white space. */
  | 'empty'
  /** Digits that become a right number when zeros are put in front: a spreadsheet took it for a number. */
  | 'lost-leading-zeros'
  /** Something besides the digits 0 to 9: spaces, letters, digits of another script. */
  | 'not-digits'
  /** Digits, but not twelve. */
  | 'wrong-length'
  /** Twelve zeros, which the sum accepts. */
  | 'all-zeros'
  /** The first eleven digits belong to no number, whatever follows. */
  | 'unusable-prefix'
  /** The control digit is another one. */
  | 'control-digit';

/** A number of the year 2000 begins with up to three zeros: 00 and a month below 10. */
const maxLostZeros = 3;

/** What is wrong with `text`, or `undefined` when it is a number with the right control digit. */
export function identityFault(text: string): IdentityFault | undefined {
  if (/^[0-9]{12}$/.test(text)) return faultOfDigits(text);
  if (text.trim() === '') return 'empty';
  if (!/^[0-9]+$/.test(text)) return 'not-digits';
  return withLeadingZeros(text) === undefined ? 'wrong-length' : 'lost-leading-zeros';
}

/** The number that `text` is when the zeros that it lost are put back, or `undefined` when that is none. */
export function withLeadingZeros(text: string): string | undefined {
  if (!/^[1-9][0-9]*$/.test(text) || text.length >= 12 || text.length < 12 - maxLostZeros) return undefined;
  const restored = text.padStart(12, '0');
  return faultOfDigits(restored) === undefined ? restored : undefined;
}

function faultOfDigits(digits: string): IdentityFault | undefined {
  const control = controlDigit(digits);
  if (control === digits.charCodeAt(11) - 48) return digits === '000000000000' ? 'all-zeros' : undefined;
  return control === undefined ? 'unusable-prefix' : 'control-digit';
}

/** The rule that a number breaks, or `undefined`. The words never repeat the number. */
export function identityBreach(kind: IdentityKind, mode: IdentityMode, text: string): Breach | undefined {
  const name = kind.toUpperCase();
  if (mode === 'off') {
    return text === '' ? { rule: 'required', message: `must not be empty; ${name} is required` } : undefined;
  }
  const fault = identityFault(text);
  switch (fault) {
    case undefined:
      return undefined;
    case 'lost-leading-zeros':
      return {
        rule: `${kind}-leading-zero`,
        message: `has ${text.length} digits and lacks ${text.length === 11 ? 'a leading zero' : `${12 - text.length} leading zeros`}, as when a spreadsheet takes it for a number; keep ${name} as text`,
        clause,
      };
    case 'empty':
    case 'not-digits':
    case 'wrong-length': {
      const article = kind === 'iin' ? 'an IIN' : 'a BIN';
      return { rule: `${kind}-format`, message: `must be ${article}: exactly 12 digits, as text`, clause };
    }
    default:
      return mode === 'format'
        ? undefined
        : { rule: `${kind}-checksum`, message: checksumWords[fault], clause };
  }
}

const checksumWords = {
  'all-zeros': 'is twelve zeros, which is nobody; put in the real number',
  'unusable-prefix': 'begins with eleven digits that no number has; look for a typing error',
  'control-digit': 'has a control digit that does not fit; look for a typing error',
};

/** @throws {TypeError} when it is no mode */
export function checkMode(mode: IdentityMode): void {
  if (mode !== 'strict' && mode !== 'format' && mode !== 'off') {
    throw new TypeError("mode must be 'strict', 'format' or 'off'");
  }
}
