/**
 * IIN and BIN that messages are found by. Only a keyed hash of them is stored.
 *
 * @module
 */
import { createHmac, createSecretKey, KeyObject } from 'node:crypto';

import { JournalError } from '@egov-gateway/core';

/** Hashes IIN and BIN. */
export interface SubjectHasher {
  /**
   * The hash that a subject is stored and searched under, 32 octets.
   *
   * @throws {JournalError} ERR_JOURNAL_KEY when there is no key, ERR_JOURNAL_EVENT when it is no IIN or BIN
   */
  hash(subject: string): Uint8Array;
}

/**
 * HMAC-SHA-256, with the caller's key, of `egw-journal-subject/1`, a line feed, and the twelve digits. Spaces around and
 * between the digits do not count.
 *
 * There are few enough IIN to try them all: whoever has the key finds every person in the journal. Keep it like a
 * password. With another key the messages of before are no longer found.
 *
 * @param key - at least 32 octets; without one, subjects are refused
 * @throws {JournalError} ERR_JOURNAL_KEY when the key is shorter
 */
export function createSubjectHasher(key?: Uint8Array | KeyObject): SubjectHasher {
  return new HmacHasher(key);
}

class HmacHasher implements SubjectHasher {
  readonly #key: KeyObject | undefined;

  constructor(key: Uint8Array | KeyObject | undefined) {
    if (key === undefined) return;
    const secret = key instanceof Uint8Array ? createSecretKey(key) : key;
    if (!(secret instanceof KeyObject) || secret.type !== 'secret' || (secret.symmetricKeySize ?? 0) < 32) {
      throw new JournalError('the key for subjects must be a secret key of at least 32 octets', {
        code: 'ERR_JOURNAL_KEY',
      });
    }
    this.#key = secret;
  }

  hash(subject: string): Uint8Array {
    if (this.#key === undefined) {
      throw new JournalError(
        'subjects (IIN, BIN) are stored as a keyed hash only: give openJournal a `subjectKey`, or leave subjects out',
        { code: 'ERR_JOURNAL_KEY' },
      );
    }
    const digits = typeof subject === 'string' ? subject.replaceAll(' ', '') : '';
    if (!/^[0-9]{12}$/.test(digits)) {
      throw new JournalError('a subject must be an IIN or BIN of twelve digits', {
        code: 'ERR_JOURNAL_EVENT',
      });
    }
    return createHmac('sha256', this.#key).update(`egw-journal-subject/1\n${digits}`).digest();
  }
}
