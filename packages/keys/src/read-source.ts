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
    // One byte more than allowed tells a file of the largest size from one that is larger, whatever stat() says.
    const buffer = Buffer.alloc(maxBytes + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    if (length > maxBytes) throw tooLarge(maxBytes);
    return new Uint8Array(buffer.subarray(0, length));
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
