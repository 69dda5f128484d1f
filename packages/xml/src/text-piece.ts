/** Units of text that are worked on at once: 32 Ki units are 96 KiB of UTF-8 at most. */
export const pieceUnits: number = 32 * 1024;

/** Where the piece of a text that begins at `start` ends: not behind `end`, and not inside a surrogate pair. */
export function pieceEnd(text: string, start: number, end: number): number {
  if (end - start <= pieceUnits) return end;
  const cut = start + pieceUnits;
  return (text.charCodeAt(cut - 1) & 0xfc00) === 0xd800 ? cut - 1 : cut;
}
