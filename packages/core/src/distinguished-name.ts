/**
 * Distinguished names as text and as sets.
 *
 * @see RFC 4514 "String Representation of Distinguished Names"
 * @see RFC 5280, section 7.1 "Internationalized Names in Distinguished Names"
 * @module
 */
import type { NameAttribute } from './certificate.ts';

/** The name that is written, for the types seen in certificates of Kazakhstan and in RFC 4514. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.4', 'SN'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.12', 'title'],
  ['2.5.4.15', 'businessCategory'],
  ['2.5.4.42', 'GN'],
  ['2.5.4.97', 'organizationIdentifier'],
  ['1.2.840.113549.1.9.1', 'emailAddress'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
]);

/** Every spelling that is read, upper case. Writers differ: `E`, `EMAILADDRESS`, `GIVENNAME`, … */
const typesByName: ReadonlyMap<string, string> = new Map([
  ...[...shortNames].map(([type, name]): [string, string] => [name.toUpperCase(), type]),
  ['SURNAME', '2.5.4.4'],
  ['GIVENNAME', '2.5.4.42'],
  ['S', '2.5.4.8'],
  ['T', '2.5.4.12'],
  ['E', '1.2.840.113549.1.9.1'],
  ['EMAIL', '1.2.840.113549.1.9.1'],
]);

/** A name longer than this is no name. Characters. */
const maxTextLength = 8192;

/**
 * The name as RFC 4514 text: the last attribute first, separated by commas.
 *
 * Types without a short name are written as dotted OIDs with their value as UTF8String in hex.
 *
 * @see RFC 4514, section 2
 */
export function formatName(name: readonly NameAttribute[]): string {
  return name
    .toReversed()
    .map(({ type, value }) => {
      const short = shortNames.get(type);
      return short === undefined ? `${type}=#${utf8StringHex(value)}` : `${short}=${escapeValue(value)}`;
    })
    .join(',');
}

/**
 * Whether two names say the same: the same attributes, in any order.
 *
 * Values are compared without regard to case, compatibility forms and runs of spaces. The order means nothing,
 * because issuers, libraries and messages write it in either direction.
 *
 * @see RFC 5280, section 7.1
 */
export function sameName(a: readonly NameAttribute[], b: readonly NameAttribute[]): boolean {
  if (a.length !== b.length) return false;
  const left = a.map(comparable).sort();
  const right = b.map(comparable).sort();
  return left.every((attribute, index) => attribute === right[index]);
}

/**
 * The attributes of a name written as text, in the order of the certificate, or `undefined` when it is no such text.
 *
 * Reads what writers of WS-Security messages make: RFC 4514, also with spaces around separators, `;`, quoted values,
 * `OID.` before dotted types, short names in any case.
 *
 * @see RFC 4514, section 3
 */
export function parseName(text: string): readonly NameAttribute[] | undefined {
  if (text.length > maxTextLength) return undefined;
  if (text.trim() === '') return [];
  const attributes: NameAttribute[] = [];
  let at = 0;
  while (true) {
    const equals = text.indexOf('=', at);
    if (equals < 0) return undefined;
    const type = parseType(text.slice(at, equals).trim());
    const value = readValue(text, equals + 1);
    if (type === undefined || value === undefined) return undefined;
    attributes.push({ type, value: value.text });
    if (value.end === text.length) return attributes.reverse();
    at = value.end + 1;
  }
}

function comparable({ type, value }: NameAttribute): string {
  // JSON keeps type and value apart whatever they contain.
  return JSON.stringify([type, value.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ')]);
}

function escapeValue(value: string): string {
  return (
    value
      .replace(/[\\"+,;<>]/g, '\\$&')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      .replace(/[\u0000-\u001f\u007f]/g, (c) => `\\${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
      // One space alone is the leading one.
      .replace(/(?<=.) $/s, '\\ ')
      .replace(/^[ #]/, '\\$&')
  );
}

function utf8StringHex(value: string): string {
  const octets = Buffer.from(value, 'utf8');
  const size = octets.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.from([0x0c, ...length, ...octets]).toString('hex');
}

function parseType(name: string): string | undefined {
  const dotted = /^(?:OID\.)?([0-2](?:\.(?:0|[1-9]\d*))+)$/i.exec(name);
  return dotted ? dotted[1] : typesByName.get(name.toUpperCase());
}

/** The value that starts at `start`; `end` is the separator behind it, or the end of the text. */
function readValue(text: string, start: number): { text: string; end: number } | undefined {
  let at = start;
  while (text[at] === ' ') at += 1;
  if (text[at] === '#') return readHexValue(text, at + 1);
  const quoted = text[at] === '"';
  if (quoted) at += 1;

  const octets: number[] = [];
  // Everything up to here is part of the value even when it ends in spaces: they were escaped or quoted.
  let kept = 0;
  while (at < text.length) {
    const c = text.charAt(at);
    if (c === '\\') {
      const pair = /^[0-9a-fA-F]{2}/.exec(text.slice(at + 1, at + 3));
      if (pair) octets.push(Number.parseInt(pair[0], 16));
      else if (/^[ "#+,;<=>\\]/.test(text.slice(at + 1))) octets.push(text.charCodeAt(at + 1));
      else return undefined;
      kept = octets.length;
      at += pair ? 3 : 2;
    } else if (quoted ? c === '"' : /[,;+]/.test(c)) {
      break;
    } else if (!quoted && /["<>]/.test(c)) {
      return undefined;
    } else {
      const character = String.fromCodePoint(text.codePointAt(at) as number);
      octets.push(...Buffer.from(character, 'utf8'));
      at += character.length;
    }
  }

  if (quoted) {
    if (text[at] !== '"') return undefined;
    at += 1;
    while (text[at] === ' ') at += 1;
    if (at < text.length && !/[,;+]/.test(text.charAt(at))) return undefined;
  } else {
    while (octets.length > kept && octets.at(-1) === 0x20) octets.pop();
  }
  const value = decodeUtf8(octets);
  return value === undefined ? undefined : { text: value, end: at };
}

/** `#0c02…`: the value as one BER string, in hex. */
function readHexValue(text: string, start: number): { text: string; end: number } | undefined {
  const digits = /^(?:[0-9a-fA-F]{2})+/.exec(text.slice(start))?.[0];
  if (digits === undefined) return undefined;
  let end = start + digits.length;
  while (text[end] === ' ') end += 1;
  if (end < text.length && !/[,;+]/.test(text.charAt(end))) return undefined;

  const octets = Buffer.from(digits, 'hex');
  const [tag, first = 0xff] = octets;
  const header = first < 0x80 ? 2 : first === 0x81 ? 3 : first === 0x82 ? 4 : 0;
  if (header === 0 || octets.length < header) return undefined;
  const length = header === 2 ? first : octets.readUIntBE(2, header - 2);
  const content = octets.subarray(header);
  if (content.length !== length) return undefined;
  if (tag === 0x0c) {
    const value = decodeUtf8(content);
    return value === undefined ? undefined : { text: value, end };
  }
  if (tag === 0x13 || tag === 0x14 || tag === 0x16) return { text: content.toString('latin1'), end };
  if (tag === 0x1e && length % 2 === 0) {
    return { text: Buffer.from(content).swap16().toString('utf16le'), end };
  }
  return undefined;
}

function decodeUtf8(octets: Iterable<number>): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(octets));
  } catch {
    return undefined;
  }
}
