import { CARRIAGE_RETURN, LINE_FEED, readDigits, skipWhite, standsAt } from './pdf-characters.ts';
import type { PdfFindingCode } from './pdf-finding.ts';

const headerSearchBytes = 1024;

/** What stands before and behind the objects. */
export interface FileFrame {
  readonly findings: readonly PdfFindingCode[];
  /** Where the newest cross-reference table is said to be; `undefined` when the file cannot be read at all. */
  readonly startXref: number | undefined;
}

/**
 * Looks at the first and the last lines.
 *
 * @see ISO 19005-1:2005, 6.1.2 "File header", 6.1.3 "File trailer"
 */
export function readFrame(bytes: Uint8Array): FileFrame {
  const findings: PdfFindingCode[] = [];
  if (!standsAt(bytes, 0, '%PDF-')) {
    const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headerSearchBytes));
    return { findings: [start.includes('%PDF-') ? 'header-offset' : 'not-pdf'], startXref: undefined };
  }
  findings.push(...headerFindings(bytes));

  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const keyword = whole.lastIndexOf('startxref');
  const digits = keyword < 0 ? undefined : readDigits(bytes, skipWhite(bytes, keyword + 9, bytes.length));
  const mark = digits === undefined ? -1 : skipEnds(bytes, digits.end);
  if (digits === undefined || !standsAt(bytes, mark, '%%EOF')) {
    return { findings: [...findings, 'truncated'], startXref: undefined };
  }
  let end = mark + 5;
  if (bytes[end] === CARRIAGE_RETURN) end++;
  if (bytes[end] === LINE_FEED) end++;
  if (end !== bytes.length) findings.push('data-after-eof');
  return { findings, startXref: digits.value };
}

function headerFindings(bytes: Uint8Array): readonly PdfFindingCode[] {
  const findings: PdfFindingCode[] = [];
  const version = Buffer.from(bytes.buffer, bytes.byteOffset + 5, Math.min(4, bytes.length - 5)).toString(
    'latin1',
  );
  const match = /^1\.([0-7])[\r\n]/.exec(version);
  if (match === null) findings.push('version-unknown');
  else if (Number(match[1]) > 4) findings.push('version-above');
  let at = 8;
  if (bytes[at] === CARRIAGE_RETURN) at++;
  if (bytes[at] === LINE_FEED) at++;
  const isBinary = [1, 2, 3, 4].every((offset) => (bytes[at + offset] ?? 0) > 127);
  if (bytes[at] !== 0x25 || !isBinary) findings.push('binary-comment');
  return findings;
}

function skipEnds(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === CARRIAGE_RETURN || bytes[at] === LINE_FEED) at++;
  return at;
}
