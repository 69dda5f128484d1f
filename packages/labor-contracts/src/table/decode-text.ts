import type { TextEncodingName } from './table.ts';

/** Text, and the encoding it was in. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncodingName;
}

const marks: readonly (readonly [TextEncodingName, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * Text in the encoding that its bytes tell: by a byte order mark; UTF-16 by the zeros of its ASCII half; UTF-8 when it is
 * valid; otherwise Windows-1251, which Excel in Russian and Kazakh Windows writes. `undefined` for what is no text.
 */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked !== undefined) return decodeAs(marked[0], bytes);
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return decodeAs(wide, bytes);
  const utf8 = decoded('utf-8', bytes);
  // Its control characters are for the rows to find, where there is one.
  if (utf8 !== undefined) return utf8.includes('\0') ? undefined : { text: utf8, encoding: 'utf-8' };
  return isBrokenUtf8(bytes) ? undefined : decodeAs('windows-1251', bytes);
}

function decodeAs(encoding: TextEncodingName, bytes: Uint8Array): DecodedText | undefined {
  if (encoding.startsWith('utf-16') && bytes.length % 2 !== 0) return undefined;
  const text = decoded(encoding, bytes);
  return text !== undefined && isText(text) ? { text, encoding } : undefined;
}

function decoded(encoding: TextEncodingName, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    // An encoding that this build of Node.js does not have is a RangeError.
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** UTF-8 that was cut off, or has a piece of something else in it. Text in Windows-1251 has next to no letters when read so. */
function isBrokenUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes.subarray(0, 1_000_000));
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return count(/\p{Script=Cyrillic}/gu) > count(/\uFFFD/g);
}

/** Tables have no control characters; the octet 0x98, which Windows-1251 does not have, becomes one. */
function isText(text: string): boolean {
  return !/\p{Cc}/u.test(text.slice(0, 100_000).replace(/[\t\n\r]/g, ''));
}

function wideEncoding(bytes: Uint8Array): TextEncodingName | undefined {
  const sample = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  // Delimiters, digits and line ends have a zero for their upper half, in any language.
  const least = sample.length / 20;
  if (odd > least && even === 0) return 'utf-16le';
  if (even > least && odd === 0) return 'utf-16be';
  return undefined;
}
