/**
 * Base64 as `xs:base64Binary` allows it, and nothing else.
 *
 * @see XML Schema Part 2, 3.2.16 "base64Binary"
 * @module
 */

const shape = /^[A-Za-z0-9+/]*={0,2}$/;

/** The octets, or `undefined` when `text` is not `xs:base64Binary`. White space between the digits is allowed. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const digits = /[\t\n\r ]/.test(text) ? text.replace(/[\t\n\r ]+/g, '') : text;
  if (digits.length % 4 !== 0 || !shape.test(digits)) return undefined;
  const bytes = Buffer.from(digits, 'base64');
  // Pad bits that are not zero are a second spelling of the same octets; the standard has only one.
  const last = digits.slice(-4);
  if (
    last.endsWith('=') &&
    bytes.subarray(bytes.length - (bytes.length % 3 || 3)).toString('base64') !== last
  ) {
    return undefined;
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Base64 without line breaks. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
