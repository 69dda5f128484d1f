/** Base64url without padding. @see RFC 7515, 2 "Base64url Encoding" */
export function encodeBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

/** The octets, or `undefined` when the text is not exactly what {@link encodeBase64url} would have made of them. */
export function decodeBase64url(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Buffer.from(text, 'base64url'));
  return encodeBase64url(bytes) === text ? bytes : undefined;
}
