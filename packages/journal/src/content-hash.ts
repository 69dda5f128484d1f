/**
 * Hashes of what received messages say. Whatever can be guessed can be found by its plain hash, so that a store that has
 * a key keeps a keyed one.
 *
 * @module
 */
import { createHmac, hkdfSync, type KeyObject } from 'node:crypto';

import type { EncryptionKeys } from './encryption.ts';

/** The `contentHash` of events, as it is stored. */
export interface ContentHasher {
  /** What is stored in place of the hash that was given. */
  stored(contentHash: string): string;
  /** All that it may have been stored as: with a key of before, or before there was one. */
  known(contentHash: string): readonly string[];
}

/**
 * HMAC-SHA-256 of the hash that was given, in lower-case hex. Its key is HKDF-SHA-256, without salt and with the info
 * `egw-journal-content/1`, of the key for subjects, else of the current one for bytes. Without either the hash is stored
 * as it is.
 *
 * A message is recognised as long as the key that it was stored with is among the keys.
 */
export function createContentHasher({
  subjectKey,
  encryption,
}: {
  readonly subjectKey?: Uint8Array | KeyObject | undefined;
  readonly encryption?: EncryptionKeys | undefined;
} = {}): ContentHasher {
  const keys = [subjectKey, ...(encryption === undefined ? [] : keysOf(encryption))]
    .filter((key) => key !== undefined)
    .map((key) => Buffer.from(hkdfSync('sha256', key, '', 'egw-journal-content/1', 32)));
  const known = (contentHash: string): readonly string[] => [
    ...keys.map((key) => createHmac('sha256', key).update(contentHash).digest('hex')),
    contentHash,
  ];
  return { known, stored: (contentHash) => known(contentHash)[0] ?? contentHash };
}

/** The current one first. */
function keysOf({ current, keys }: EncryptionKeys): readonly (Uint8Array | KeyObject | undefined)[] {
  const older = Object.keys(keys).filter((id) => id !== current);
  return [current, ...older].map((id) => keys[id]);
}
