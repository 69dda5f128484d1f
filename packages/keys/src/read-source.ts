import { type FileHandle, open } from 'node:fs/promises';

import { KeyError } from '@egov-gateway/core';

import { tooMuch } from './asn1.ts';

/**
 * The bytes of a file, or the bytes as they are.
 *
 * @throws {KeyError} `ERR_KEY_NOT_FOUND` when the file cannot be read, `ERR_KEY_LIMIT` when there are too many bytes
 */
export async function readSource(source: string | URL | Uint8Array, maxBytes: number): Promise<Uint8Array> {
  if (source instanceof Uint8Array) {
    if (source.length > maxBytes) throw tooLarge(maxBytes);
    return source;
  }
  let file: FileHandle | undefined;
  try {
    file = await open(source, 'r');
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      // Counted while reading: stat() does not tell the size of a pipe or a device.
      length += chunk.length;
      if (length > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks));
  } catch (cause) {
    if (cause instanceof KeyError) throw cause;
    // The path stays in the cause: names of key files name people.
    throw new KeyError('the key file cannot be read', { code: 'ERR_KEY_NOT_FOUND', cause });
  } finally {
    await file?.close();
  }
}

function tooLarge(maxBytes: number): KeyError {
  return tooMuch(`a key file of more than ${maxBytes} bytes`);
}
