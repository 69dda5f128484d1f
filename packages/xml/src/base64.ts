/**
 * Base64 as `xs:base64Binary` has it: white space between the digits means nothing, everything else must be the one
 * canonical spelling. A lenient decoder would let two different texts mean the same signature.
 *
 * @see XML Schema Part 2, 3.2.16 "base64Binary"; RFC 4648, sections 3.3 and 3.5
 * @module
 */

/** The octets of base64 text, or `undefined` when it is not exactly that. Linear, without a pass of its own for white space. */
export function decodeBase64(text: string): Uint8Array | undefined {
  return (
    decodeDigits(text) ?? (/[\t\n\r ]/.test(text) ? decodeDigits(text.replace(/[\t\n\r ]+/g, '')) : undefined)
  );
}

/** Base64 on one line: wrapped lines of signers are where `&#13;` comes from. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function decodeDigits(digits: string): Uint8Array | undefined {
  // The native decoder also takes the URL alphabet; every other foreign character makes its output shorter.
  if (digits.length % 4 !== 0 || digits.includes('-') || digits.includes('_')) return undefined;
  const padding = digits.endsWith('==') ? 2 : digits.endsWith('=') ? 1 : 0;
  const bytes = Buffer.from(digits, 'base64');
  if (bytes.length !== (digits.length / 4) * 3 - padding) return undefined;
  // Pad bits that are not zero are a second spelling of the same octets.
  if (padding > 0 && bytes.subarray(bytes.length - (3 - padding)).toString('base64') !== digits.slice(-4)) {
    return undefined;
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
