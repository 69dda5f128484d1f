import type { NameChangeCode } from './name-change.ts';

/** One part of a name, as it may stand in the name of a file. */
export interface CleanPart {
  readonly text: string;
  readonly changes: ReadonlySet<NameChangeCode>;
}

/** What Windows forbids in names; the slash is forbidden everywhere. */
const forbidden = /[\\/:*?"<>|]/g;
/** Blanks of any width, and what spreadsheets put into a cell: tabulators, ends of lines. */
const blanks = /[\s\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/g;
/** Controls, marks of direction, zero-width characters, soft hyphens, tags: nobody sees them, names differ by them. */
const invisible = /\p{Cc}|\p{Cf}|\u034F|[\u115F\u1160\u3164\uFFA0]|[\u17B4\u17B5]|[\uFE00-\uFE0F]/gu;
/** Surrogates that stand alone, and code points that never become characters. */
const noCharacters = /[\p{Cs}\uFDD0-\uFDEF\uFFFE\uFFFF]/gu;

/** Text without what names of files cannot have or should not have, in NFC, blanks joined. */
export function cleanPart(given: string, replacement: string): CleanPart {
  const changes = new Set<NameChangeCode>();
  const step = (before: string, after: string, code: NameChangeCode): string => {
    if (after !== before) changes.add(code);
    return after;
  };
  let text = given;
  text = step(text, text.replace(noCharacters, ''), 'invisible-removed');
  // Before the invisible ones go: tabulators and ends of lines are controls too.
  text = step(text, text.replace(blanks, ' '), 'spaces-joined');
  text = step(text, text.replace(invisible, ''), 'invisible-removed');
  text = step(text, text.replace(forbidden, replacement), 'character-replaced');
  // After everything that may bring a letter and its mark together.
  text = step(text, text.normalize('NFC'), 'normalised');
  // What went may have left two blanks side by side.
  text = step(text, text.replace(/ {2,}/g, ' '), 'spaces-joined');
  text = step(text, text.replace(/^[ .]+| +$/g, ''), 'edges-trimmed');
  return { text, changes };
}
