const graphemes = new Intl.Segmenter('ru', { granularity: 'grapheme' });

/** Octets of a text in UTF-8. */
export function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** As many whole characters from the beginning as fit into `maxBytes` octets, without a blank at the end. */
export function shorten(text: string, maxBytes: number): string {
  if (utf8Bytes(text) <= maxBytes) return text;
  let kept = '';
  let bytes = 0;
  for (const { segment } of graphemes.segment(text)) {
    bytes += utf8Bytes(segment);
    if (bytes > maxBytes) break;
    kept += segment;
  }
  return kept.replace(/[ .,;-]+$/, '');
}
