import { isXsDate, isXsDateTime, type Open } from '@egov-gateway/payload';
import * as z from 'zod';

import { type DictionaryEntry, dictionaryEntry, type Same } from '../dictionary/dictionary-entry.ts';
import { registerDate, registerText } from '../dictionary/register-text.ts';

/** Kind of a document: `001` passport, `002` identity card. There are others, whose codes are not known here. */
export type DocumentTypeCode = Open<'001' | '002'>;

/** Status of a document: `00` is valid. The other codes are not known here. */
export type DocumentStatusCode = Open<'00'>;

/** A document of a person. Names in it may be those of an earlier time. */
export interface PersonDocument {
  readonly type?: DictionaryEntry<DocumentTypeCode> | undefined;
  /** With its leading zeros. */
  readonly number?: string | undefined;
  readonly series?: string | undefined;
  readonly beginDate?: string | undefined;
  readonly endDate?: string | undefined;
  readonly issueOrganization?: DictionaryEntry | undefined;
  readonly status?: DictionaryEntry<DocumentStatusCode> | undefined;
  readonly invalidityDate?: string | undefined;
  readonly surname?: string | undefined;
  readonly name?: string | undefined;
  readonly patronymic?: string | undefined;
  readonly birthDate?: string | undefined;
}

/** @internal */
export const personDocument: Same<PersonDocument> = z.object({
  type: dictionaryEntry(['001', '002']),
  number: registerText().optional(),
  series: registerText().optional(),
  beginDate: registerDate().optional(),
  endDate: registerDate().optional(),
  issueOrganization: dictionaryEntry(),
  status: dictionaryEntry(['00']),
  invalidityDate: registerDate().optional(),
  surname: registerText().optional(),
  name: registerText().optional(),
  patronymic: registerText().optional(),
  birthDate: registerDate().optional(),
});

/**
 * Whether the register says that a document is valid on a day: its status is `00`, it has not ended, begins no later, and
 * was not declared invalid by then. What the register does not say, or says with an unknown code, is not valid.
 *
 * @param day - `YYYY-MM-DD`, in the calendar of Kazakhstan: `dateAt(Date.now(), '+05:00')` of `payload`
 * @throws {TypeError} when `day` is no date
 */
export function isDocumentValid(document: PersonDocument, day: string): boolean {
  if (!isXsDate(day)) throw new TypeError('day must be a date that exists, YYYY-MM-DD');
  const on = day.slice(0, 10);
  const { status, beginDate, endDate, invalidityDate } = document;
  return (
    status?.code === '00' &&
    isOrdered(beginDate, (begin) => begin <= on) &&
    isOrdered(endDate, (end) => end >= on) &&
    isOrdered(invalidityDate, (invalid) => invalid > on)
  );
}

/** Dates of the same form sort as text. A date that cannot be read proves nothing. */
function isOrdered(date: string | undefined, fits: (day: string) => boolean): boolean {
  return date === undefined || ((isXsDate(date) || isXsDateTime(date)) && fits(date.slice(0, 10)));
}
