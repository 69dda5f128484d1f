/** Classes of octets: below {@link WHITE} they belong to names, keywords (0) and numbers. */
const NUMERIC = 1;
export const WHITE = 2;
export const DELIMITER = 3;

/**
 * The class of every octet.
 *
 * @see PDF Reference 1.4, section 3.1.1 "Character set"
 */
export const classOf: Uint8Array = new Uint8Array(256);
for (const octet of [0, 9, 10, 12, 13, 32]) classOf[octet] = WHITE;
for (const character of '()<>[]{}/%') classOf[character.charCodeAt(0)] = DELIMITER;
for (const character of '0123456789+-.') classOf[character.charCodeAt(0)] = NUMERIC;

export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;

/** Behind white space and comments. */
export function skipWhite(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const octet = bytes[at] as number;
    if (octet === 0x25) {
      while (at < end && bytes[at] !== LINE_FEED && bytes[at] !== CARRIAGE_RETURN) at++;
    } else if (classOf[octet] === WHITE) at++;
    else break;
  }
  return at;
}

/** Whether the ASCII text `word` stands at `at`. */
export function standsAt(bytes: Uint8Array, at: number, word: string): boolean {
  if (at < 0 || at + word.length > bytes.length) return false;
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

/** An unsigned integer of at most 10 digits, and where it ends; `undefined` when there is none. */
export function readDigits(
  bytes: Uint8Array,
  from: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  let at = from;
  while (at < bytes.length && at - from <= 10) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
    at++;
  }
  return at === from || at - from > 10 ? undefined : { value, end: at };
}

/** The octet that two hexadecimal digits mean, or -1. */
export function hexOctet(high: number | undefined, low: number | undefined): number {
  const first = hexDigit(high);
  const second = hexDigit(low);
  return first < 0 || second < 0 ? -1 : first * 16 + second;
}

/** The value of a hexadecimal digit, or -1. */
export function hexDigit(octet: number | undefined): number {
  if (octet === undefined) return -1;
  if (octet >= 48 && octet <= 57) return octet - 48;
  const letter = octet | 0x20;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
