import type { CodeEntry } from '../codes/code-list.ts';

/** An entry of a reference book (справочник). */
export interface BookEntry {
  readonly code: string;
  /** In Russian. */
  readonly ru?: string | undefined;
  /** In Kazakh. */
  readonly kk?: string | undefined;
  /** Whether it is still in use. */
  readonly actual: boolean;
  /** Whether it is of the lowest level; `undefined` when the book does not tell. */
  readonly leaf?: boolean | undefined;
}

/**
 * A reference book that is looked up by code. The big books, of positions (НКЗ), countries or places (КАТО), are no part
 * of this package: load them with {@link parseReferenceBook}, or ask a database behind this port.
 */
export interface ReferenceBook {
  /** The entry with this code, in use or not, compared exactly. */
  find(code: string): BookEntry | undefined;
}

/** A list of codes as a book. Of two entries with one code the last one counts. */
export function bookOf(entries: Iterable<CodeEntry | BookEntry>): ReferenceBook {
  const byCode = new Map<string, BookEntry>();
  for (const item of entries) {
    const { code, ru, kk, actual = true } = item;
    byCode.set(code, { code, ru, kk, actual, leaf: 'en' in item ? (item.leaf ?? true) : item.leaf });
  }
  return { find: (code) => byCode.get(code) };
}
