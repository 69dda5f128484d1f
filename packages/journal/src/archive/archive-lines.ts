/**
 * The lines of a file or stream, with a limit, and the digest of all of it.
 *
 * @module
 */
import { createHash } from 'node:crypto';

import { JournalError } from '@egov-gateway/core';

/** Default of `maxLineBytes`: 192 MiB, an event with stored bytes of 144 MiB. */
export const maxLineBytesDefault: number = 192 * 1024 * 1024;

/** What was read so far. */
export interface LineReader {
  /** Each line without its line feed. Ends by throwing when the last one has none. */
  readonly lines: AsyncGenerator<string, void, undefined>;
  /** SHA-256 of everything that was read, lower-case hex. Once, at the end. */
  sha256(): string;
}

/**
 * Splits octets into lines at U+000A and nowhere else.
 *
 * The generator throws {JournalError} ERR_JOURNAL_ARCHIVE when a line is too long, is not UTF-8, or the last one is cut off.
 */
export function readLines(
  source: AsyncIterable<Uint8Array>,
  maxLineBytes: number = maxLineBytesDefault,
): LineReader {
  const digest = createHash('sha256');
  return {
    lines: splitLines(source, maxLineBytes, (chunk) => digest.update(chunk)),
    sha256: () => digest.digest('hex'),
  };
}

async function* splitLines(
  source: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
  onChunk: (chunk: Uint8Array) => void,
): AsyncGenerator<string, void, undefined> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let number = 1;
  for await (const chunk of source) {
    onChunk(chunk);
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0 || start < chunk.length; end = chunk.indexOf(10, start)) {
      const part = chunk.subarray(start, end < 0 ? chunk.length : end);
      length += part.length;
      if (length > maxLineBytes) throw refusal(`line ${number} is longer than ${maxLineBytes} octets`);
      parts.push(part);
      if (end < 0) break;
      yield decode(Buffer.concat(parts), number);
      parts = [];
      length = 0;
      number += 1;
      start = end + 1;
    }
  }
  if (length > 0) throw refusal(`line ${number} is cut off: the file does not end with a line feed`);
}

function decode(line: Uint8Array, number: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
  } catch {
    throw refusal(`line ${number} is not UTF-8`);
  }
}

function refusal(words: string): JournalError {
  return new JournalError(`the archive is damaged: ${words}`, { code: 'ERR_JOURNAL_ARCHIVE' });
}
