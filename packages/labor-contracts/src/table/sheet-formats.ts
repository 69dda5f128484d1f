import type { XmlNode } from '@egov-gateway/xml';

/** Formats that are dates without saying so: those of ECMA-376 and of eastern editions. */
const dateFormats = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
const isEastern = (id: number): boolean => (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** Children of a name, whatever the namespace: there are two editions of the format. */
export function* named(parent: XmlNode | undefined, localName: string): Generator<XmlNode> {
  for (const child of parent?.children() ?? []) if (child.localName === localName) yield child;
}

/** The first of them. */
export function first(parent: XmlNode | undefined, localName: string): XmlNode | undefined {
  return named(parent, localName).next().value ?? undefined;
}

/** Which styles of cells show a number as a date. @see ECMA-376 part 1, 18.8.30 "numFmt" */
export function dateStyles(styles: XmlNode): ReadonlySet<number> {
  const own = new Map<number, boolean>();
  for (const format of named(first(styles, 'numFmts'), 'numFmt')) {
    own.set(Number(format.attribute('numFmtId')), isDateFormat(format.attribute('formatCode') ?? ''));
  }
  const found = new Set<number>();
  for (const [index, style] of [...named(first(styles, 'cellXfs'), 'xf')].entries()) {
    const id = Number(style.attribute('numFmtId') ?? 0);
    if (own.get(id) ?? (dateFormats.has(id) || isEastern(id))) found.add(index);
  }
  return found;
}

function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '');
  return /[dmyDMY]/.test(bare) && !/[0#?]/.test(bare.split(';')[0] ?? '');
}

/**
 * The day that a serial number means, or `undefined` when it means none: the calendar from 1900 has a day that there never
 * was, and what stands before it is not sure.
 */
export function dayOfSerial(serial: number, from1904: boolean): string | undefined {
  const days = Math.floor(serial);
  if (!Number.isFinite(days) || days < (from1904 ? 1 : 61) || days > 2_958_465) return undefined;
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const day = new Date(epoch + days * 86_400_000).toISOString();
  return day.startsWith('+') ? undefined : day.slice(0, 10);
}
