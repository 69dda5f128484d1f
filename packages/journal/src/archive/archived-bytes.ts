/**
 * Bytes of one event out of an archive.
 *
 * @module
 */
import { JournalError } from '@egov-gateway/core';

import { type BytesPlace, createByteCipher, type EncryptionKeys } from '../encryption.ts';
import type { ArchivedEvent } from './archive-format.ts';
import { type ArchiveSource, type ReadArchiveOptions, readArchive } from './read-archive.ts';

/**
 * The exact bytes of an event, decrypted; `undefined` when it has none. The archive is read and checked to its end before
 * anything is given.
 *
 * @throws {JournalError} ERR_JOURNAL_NOT_FOUND when the archive has no such event; ERR_JOURNAL_KEY when the key is missing
 *   or does not open the bytes; ERR_JOURNAL_ARCHIVE when the archive is damaged
 */
export async function readArchivedBytes(
  source: ArchiveSource,
  place: BytesPlace,
  options: ReadArchiveOptions & { readonly keys?: EncryptionKeys | undefined } = {},
): Promise<Uint8Array | undefined> {
  const cipher = createByteCipher(options.keys);
  const archive = await readArchive(source, options);
  let found: ArchivedEvent | undefined;
  for await (const event of archive.events) {
    if (event.localKey === place.localKey && event.version === place.version) found = event;
  }
  if (found === undefined) {
    throw new JournalError(`the archive of ${archive.manifest.day} does not have this event`, {
      code: 'ERR_JOURNAL_NOT_FOUND',
    });
  }
  return found.bytes === undefined
    ? undefined
    : cipher.open({ bytes: found.bytes, keyId: found.stored?.keyId }, place);
}
