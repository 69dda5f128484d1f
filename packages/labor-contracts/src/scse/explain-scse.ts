import { accessCodes } from './access-codes.ts';
import { conditionCodes } from './condition-codes.ts';
import { contractCodes } from './contract-codes.ts';
import { laterEventCodes } from './later-event-codes.ts';
import type { ScseRow, Wording } from './scse-row.ts';
import { staffScheduleCodes } from './staff-schedule-codes.ts';

/** A status code of ЕСУТД in words of our own, and what to do about it. */
export type ScseExplanation = ScseRow;

/**
 * Every active code of the error book of ЕСУТД, by code, in own words (evidence: A-, the official book of October 2024
 * through a public copy). Codes that the book marks as inactive are left out.
 */
export const scseCodes: readonly ScseExplanation[] = Object.freeze(
  [...contractCodes, ...laterEventCodes, ...conditionCodes, ...staffScheduleCodes, ...accessCodes]
    .map((row) => Object.freeze(row))
    .sort((a, b) => (a.code < b.code ? -1 : 1)),
);

const byCode: ReadonlyMap<string, ScseExplanation> = new Map(scseCodes.map((row) => [row.code, row]));

/**
 * What a code means to ЕСУТД, or `undefined` for one that is not in its book of active codes.
 *
 * The same codes mean other things to other services: ask only about answers of this one.
 *
 * @example
 * ```ts
 * explainScse('SCSE046')?.class; // 'signature'
 * ```
 */
export function explainScse(code: string): ScseExplanation | undefined {
  return byCode.get(code);
}

/** What a code means, apart from what to do. */
export function scseWords(code: string): { readonly message: Wording; readonly remedy: Wording } | undefined {
  const known = explainScse(code);
  if (known === undefined) return undefined;
  const { ru, kk, en, remedy } = known;
  return { message: { ru, kk, en }, remedy };
}
