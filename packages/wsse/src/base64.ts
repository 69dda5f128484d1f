/**
 * The octets of base64 text, or `undefined` when it is not exactly that: white space is dropped (signers of the
 * gateway's world break lines, some with `&#13;`), everything else must be the canonical encoding.
 *
 * Strict, because a lenient decoder lets two different texts mean one signature.
 *
 * @see RFC 4648, sections 3.3 and 3.5
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/[ \t\r\n]+/g, '');
  const bytes = Buffer.from(compact, 'base64');
  if (bytes.length === 0 || bytes.toString('base64') !== compact) return undefined;
  return bytes;
}

/** Base64 on one line: wrapped lines of signers are where `&#13;` comes from. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
