import { readDigits } from './digits.ts';

const maxMinutes = 14 * 60;

/**
 * Minutes east of UTC, or `undefined` when the rest of `text` from `at` on is no offset that XML Schema knows: `Z`,
 * `+05:00`, `-03:30`, at most 14 hours.
 *
 * @see XML Schema Part 2, 3.2.7 "dateTime"
 */
export function readOffset(text: string, at = 0): number | undefined {
  const sign = text[at];
  if (sign === 'Z') return text.length === at + 1 ? 0 : undefined;
  if ((sign !== '+' && sign !== '-') || text.length !== at + 6 || text[at + 3] !== ':') return undefined;
  const hours = readDigits(text, at + 1, 2);
  const minutes = readDigits(text, at + 4, 2);
  if (hours < 0 || minutes < 0 || minutes > 59) return undefined;
  const total = hours * 60 + minutes;
  if (total > maxMinutes) return undefined;
  return sign === '-' ? 0 - total : total;
}
