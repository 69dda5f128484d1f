import type * as z from 'zod';

import { refinedText } from './refined-text.ts';

/**
 * Schema of an `xs:decimal` or `xs:integer` field that stays text: leading zeros, trailing zeros and more digits than a
 * number holds survive. For arithmetic ask for `z.number()` or `z.int()` instead.
 */
export function decimalText(): z.ZodString {
  return refinedText({
    kind: 'a decimal number as text',
    breach: (text) => (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? undefined : breach),
  });
}

const breach = {
  rule: 'decimal',
  message: 'must be a decimal number: digits, at most one point, no exponent',
};
