import { isXsDate, isXsDateTime, openEnum, refinedText, xml } from '@egov-gateway/payload';
import type * as z from 'zod';

/** Text of a register: every character kept, and an empty element means that there is none. */
export function registerText(): z.ZodType<string, string> {
  return xml(openEnum<string>([]), { whitespace: 'preserve' });
}

/**
 * A date of a register, as written: `YYYY-MM-DD` or an instant, with or without an offset. Which of the two a field has is
 * not published; the first ten characters are the day in both.
 */
export function registerDate(): z.ZodType<string, string> {
  return refinedText({
    kind: 'a date (YYYY-MM-DD) or an instant',
    breach: (text) =>
      isXsDate(text) || isXsDateTime(text)
        ? undefined
        : { rule: 'date', message: 'must be a date or an instant that exists, with or without an offset' },
  });
}
