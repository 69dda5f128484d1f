import { instantOf, isXsDate, isXsDateTime, refinedText } from '@egov-gateway/payload';
import type * as z from 'zod';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Schema of the end of a temporary contraindication: `xs:dateTime` as the schema of the service has it, or `DD-MM-YYYY`
 * as the table beside it says.
 */
export function contraindicationEnd(): z.ZodString {
  return refinedText({
    kind: 'an instant (YYYY-MM-DDThh:mm:ss) or a date (DD-MM-YYYY)',
    breach: (text) => (isXsDateTime(text) || dayOf(text) !== undefined ? undefined : breach),
  });
}

const breach = {
  rule: 'date-time',
  message: 'must be an instant, YYYY-MM-DDThh:mm:ss with or without an offset, or a date, DD-MM-YYYY',
};

/**
 * The instant at which the contraindication ends, milliseconds since the epoch, or `undefined` for a text of another
 * form. A date means the end of that day.
 *
 * @param offsetMinutes - minutes east of UTC, for a text that names no offset. Default: 300
 * @throws {TypeError} when `offsetMinutes` is no number
 */
export function contraindicationEndMs(text: string, offsetMinutes = 300): number | undefined {
  const day = dayOf(text);
  if (day === undefined) return instantOf(text, offsetMinutes);
  const startMs = instantOf(`${day}T00:00:00`, offsetMinutes);
  return startMs === undefined ? undefined : startMs + dayMs;
}

/** `YYYY-MM-DD` of a `DD-MM-YYYY` that the calendar has. */
function dayOf(text: string): string | undefined {
  const match = /^(\d\d)-(\d\d)-(\d{4})$/.exec(text);
  if (match === null) return undefined;
  const day = `${match[3]}-${match[2]}-${match[1]}`;
  return isXsDate(day) ? day : undefined;
}
