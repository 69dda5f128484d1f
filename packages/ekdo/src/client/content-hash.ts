import { createHash } from 'node:crypto';

/** SHA-256 of a document, hexadecimal: whether two are the same. @internal */
export function contentHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
