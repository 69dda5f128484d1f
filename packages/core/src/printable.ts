/**
 * What may be said of names that come from outside.
 *
 * A sender can put a number of a person into the name of an element, and megabytes into a path. Messages and logs
 * take both through here.
 *
 * @module
 */

const maxNameLength = 80;
const maxPathLength = 400;
const headLength = 120;
const mask = '***';

/** Six digits are a date of birth, the beginning of every number of a person. */
const digits = /\p{Nd}{6,}/gu;
/** Identifiers of algorithms have years and standards in them: `gostr34102015`, `200401`. */
const longDigits = /\p{Nd}{9,}/gu;
const unprintable = /[\p{C}\p{Z}]/gu;

/**
 * A name from outside for a message: what cannot be printed is replaced by `?`, six digits in a row or more by `***`, and
 * what is longer than 80 characters is cut.
 */
export function printableName(name: string): string {
  // Cut twice: a long text is not worth being looked at, and a mask makes it shorter.
  return cut(
    name
      .slice(0, 10 * maxNameLength)
      .replace(digits, mask)
      .replace(unprintable, '?'),
    maxNameLength,
  );
}

/** A path of element names for a message: each name as {@link printableName} has it, and the middle of a long path left out. */
export function printablePath(path: string): string {
  const printable = path.split('/').map(printableName).join('/');
  if (printable.length <= maxPathLength) return printable;
  return `${printable.slice(0, headLength)}…${printable.slice(headLength - maxPathLength)}`;
}

/** An identifier from outside for a message: printable ASCII of at most 120 characters, nine digits or more masked. */
export function printableUri(uri: string): string {
  return /^[\x21-\x7e]{1,120}$/.test(uri) ? uri.replace(longDigits, mask) : 'something unprintable';
}

function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}…`;
}
