import { assertOptions, ValidateError, type ValidationIssue } from '@egov-gateway/core';

import { cleanPart } from './clean-part.ts';
import { type NameChange, type NameChangeCode, nameChange } from './name-change.ts';
import { shorten, utf8Bytes } from './shorten.ts';

/** What the name of a file is made of. */
export interface DocumentNameParts {
  /** ФИО работника. */
  readonly employee: string;
  /** Подтип документа, for example `Трудовой договор`. */
  readonly subtype: string;
  /** Номер документа, with `№` or without. */
  readonly number: string;
  /** Дата документа, `YYYY-MM-DD`: a page of the calendar, without a time and a zone. */
  readonly date: string;
}

/** How to write what the description leaves open. */
export interface DocumentNameOptions {
  /** Whether `№` stands before the number. Whether the portal means it literally is not known. Default: true. */
  readonly numberSign?: boolean;
  /** What stands for a forbidden character: one that is allowed, or nothing. Default: `-`. */
  readonly replacement?: '-' | '_' | ' ' | '';
}

/** A name, and what the parts lost on the way. */
export interface DocumentFileName {
  /** Ends with `.pdf`; at most 255 octets of UTF-8. */
  readonly fileName: string;
  readonly changes: readonly NameChange[];
}

/** What file systems take. */
const maxNameBytes = 255;
/** Longer parts are no names; nothing is worked on them. */
const maxPartUnits = 2000;
const extension = '.pdf';
/** Names that Windows keeps for devices, whatever stands behind the first full stop. */
const devices = /^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])$/i;

/**
 * The name that the portal's exchange wants: «ФИО работника + Подтип + № документа + от + Дата документа», with the date as
 * `ДД.ММ.ГГГГ`. The same parts always give the same name; `changes` say what could not be kept.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule: `required`, `max-length`, `date`,
 *   `file-name-length` when number and date leave less than 64 octets for the rest
 * @throws {TypeError} when an option is unknown or has no meaning
 * @example
 * ```ts
 * const { fileName } = documentFileName({
 *   employee: 'Иванов Иван Иванович',
 *   subtype: 'Трудовой договор',
 *   number: '15/к',
 *   date: '2026-01-12',
 * }); // Иванов Иван Иванович Трудовой договор № 15-к от 12.01.2026.pdf
 * ```
 */
export function documentFileName(
  parts: DocumentNameParts,
  options: DocumentNameOptions = {},
): DocumentFileName {
  assertOptions('documentFileName', options, ['numberSign', 'replacement']);
  const { numberSign = true, replacement = '-' } = options;
  if (!['-', '_', ' ', ''].includes(replacement))
    throw new TypeError('replacement must be -, _, a blank or nothing');
  const issues: ValidationIssue[] = [];
  const changes = new Set<NameChangeCode>();
  const clean = (name: 'employee' | 'subtype' | 'number'): string => {
    const given = parts[name];
    if (typeof given === 'string' && given.length > maxPartUnits) {
      issues.push({
        path: `/${name}`,
        rule: 'max-length',
        message: `longer than ${maxPartUnits} characters; shorten it`,
      });
      return '';
    }
    const { text: cleaned, changes: made } = cleanPart(typeof given === 'string' ? given : '', replacement);
    // Many tables write the sign beside the number: it would stand there twice.
    const text = name === 'number' ? cleaned.replace(/^№ ?/, '') : cleaned;
    for (const code of made) changes.add(code);
    // Only what stands for forbidden characters is as good as nothing.
    if (/^[-_ .]*$/.test(text)) {
      issues.push({
        path: `/${name}`,
        rule: 'required',
        message: 'nothing is left of it in a name; fill it in',
      });
    }
    return text;
  };
  const employee = clean('employee');
  const subtype = clean('subtype');
  const number = clean('number');
  const date = writtenDate(parts.date);
  if (date === undefined) {
    issues.push({
      path: '/date',
      rule: 'date',
      message: 'not a date that exists, written YYYY-MM-DD; correct it',
    });
  }
  const tail = ` ${numberSign ? '№ ' : ''}${number} от ${date ?? ''}${extension}`;
  // In less than 64 octets nobody recognises employee and subtype.
  const space = maxNameBytes - utf8Bytes(tail) - 1;
  if (issues.length === 0 && space < 64) {
    issues.push({
      path: '/number',
      rule: 'file-name-length',
      message: 'too long for the name of a file; shorten it',
    });
  }
  if (issues.length > 0) throw new ValidateError(issues);

  const head = headOf(employee, subtype, space);
  if (head !== `${employee} ${subtype}`) changes.add('shortened');
  const name = `${head}${tail}`;
  const isDevice = devices.test((name.split('.')[0] ?? '').trim());
  if (isDevice) changes.add('reserved-name');
  return { fileName: isDevice ? `_${name}` : name, changes: [...changes].map(nameChange) };
}

/** Employee and subtype in `space` octets: the subtype is cut first, then the employee. */
function headOf(employee: string, subtype: string, space: number): string {
  // A device name takes an underscore more; so one octet is always kept for it.
  const room = space - 1;
  const least = Math.min(utf8Bytes(subtype), Math.floor(room / 4));
  const shortEmployee = shorten(employee, room - least);
  return `${shortEmployee} ${shorten(subtype, room - utf8Bytes(shortEmployee))}`.trimEnd();
}

/** `ДД.ММ.ГГГГ`, or `undefined` when there is no such day. */
function writtenDate(date: unknown): string | undefined {
  const match = typeof date === 'string' ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) : null;
  if (match === null) return undefined;
  const [iso = '', year = '', month, day] = match;
  const atMs = Date.parse(`${iso}T00:00:00Z`);
  // Date.parse takes 30 February for 2 March; a date that does not come back the same never was.
  if (Number.isNaN(atMs) || new Date(atMs).toISOString().slice(0, 10) !== iso || year < '1900')
    return undefined;
  return `${day}.${month}.${year}`;
}
