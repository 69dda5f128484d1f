/**
 * The control digit of IIN and BIN.
 *
 * Two passes: weights 1 to 11 modulo 11; when that gives 10, weights 3 to 11, 1, 2; when that gives 10 again, the first
 * eleven digits belong to no number. A weight of 11 is 0 modulo 11, so the first pass does not see the eleventh digit.
 *
 * @see Rules No 406 of 2007 on the forming of identification numbers
 * @module
 */

const firstPass = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const secondPass = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/**
 * The twelfth digit that the first eleven ask for, or `undefined` when they can be in no number.
 *
 * @param digits - at least eleven ASCII digits; what follows is not looked at
 */
export function controlDigit(digits: string): number | undefined {
  const first = weigh(digits, firstPass);
  if (first < 10) return first;
  const second = weigh(digits, secondPass);
  return second < 10 ? second : undefined;
}

function weigh(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < 11; index += 1) {
    sum += (weights[index] ?? 0) * (digits.charCodeAt(index) - 48);
  }
  return sum % 11;
}
