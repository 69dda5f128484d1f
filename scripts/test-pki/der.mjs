/** A small DER writer: enough for certificates and PKCS#12 files. */

const concat = (parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));

/** One element: tag octet, minimal definite length, content. */
export function element(tag, ...parts) {
  const content = concat(parts);
  if (content.length < 0x80) return concat([[tag, content.length], content]);
  const length = content.length.toString(16);
  const octets = Buffer.from(length.padStart(length.length + (length.length % 2), '0'), 'hex');
  return concat([[tag, 0x80 | octets.length], octets, content]);
}

/** One constructed element of indefinite length: BER, as the key files of the national authority have it. */
export const indefinite = (tag, ...parts) => concat([[tag, 0x80], ...parts, [0, 0]]);

export const sequence = (...parts) => element(0x30, ...parts);
export const setOf = (...parts) => element(0x31, ...parts);
export const octetString = (bytes) => element(0x04, bytes);
export const bitString = (bytes, unusedBits = 0) => element(0x03, [unusedBits], bytes);
export const nil = () => element(0x05);
export const boolean = (value) => element(0x01, [value ? 0xff : 0]);
export const utf8String = (text) => element(0x0c, Buffer.from(text, 'utf8'));
export const printableString = (text) => element(0x13, Buffer.from(text, 'latin1'));
export const explicit = (number, ...parts) => element(0xa0 | number, ...parts);
export const implicit = (number, bytes) => element(0x80 | number, bytes);

/** BMPString: UTF-16, big endian. */
export const bmpString = (text) => element(0x1e, Buffer.from(text, 'utf16le').swap16());

/** INTEGER of a number, or of unsigned big-endian octets. */
export function integer(value) {
  let octets = value;
  if (typeof value === 'number') {
    const hex = value.toString(16);
    octets = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  }
  return element(0x02, octets[0] & 0x80 ? [0] : [], octets);
}

export function oid(dotted) {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const octets = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const groups = [arc & 0x7f];
    for (let more = Math.floor(arc / 128); more > 0; more = Math.floor(more / 128)) {
      groups.unshift((more & 0x7f) | 0x80);
    }
    octets.push(...groups);
  }
  return element(0x06, octets);
}

/** UTCTime before 2050, GeneralizedTime from then on. @see RFC 5280, 4.1.2.5 */
export function time(iso) {
  const digits = `${iso.replace(/[-:T]/g, '').replace(/\.\d+/, '')}`;
  return Number(iso.slice(0, 4)) < 2050
    ? element(0x17, Buffer.from(digits.slice(2), 'latin1'))
    : element(0x18, Buffer.from(digits, 'latin1'));
}

export function pem(label, der) {
  const lines = der.toString('base64').match(/.{1,64}/g);
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The octets of a PEM text with one block. */
export const fromPem = (text) => Buffer.from(text.replace(/-----[^-]*-----|\s/g, ''), 'base64');
