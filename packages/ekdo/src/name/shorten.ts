const graphemes = new Intl.Segmenter('ru', { granularity: 'grapheme' });

/** Octets of a text in UTF-8. */
export function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** As many whole characters from the beginning as fit into `maxBytes` octets, without a blank at the end. */
export function shorten(text: string, maxBytes: number): string {
  if (utf8Bytes(text) <= maxBytes) return text;
  const segments = Array.from(graphemes.segment(text), ({ segment }) => segment);
  // A letter may carry hundreds of marks; then it is cut between them.
  return fitting(segments, maxBytes) || fitting([...text], maxBytes);
}

function fitting(pieces: readonly string[], maxBytes: number): string {
  let kept = '';
  let bytes = 0;
  for (const piece of pieces) {
    bytes += utf8Bytes(piece);
    if (bytes > maxBytes) break;
    kept += piece;
  }
  return kept.replace(/[ .,;-]+$/, '');
}
