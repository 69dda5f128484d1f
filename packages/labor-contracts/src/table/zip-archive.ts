import { crc32, inflateRawSync } from 'node:zlib';

/** What an archive may cost, whatever it says of itself. */
export interface ZipLimits {
  readonly maxEntries: number;
  /** Octets of all files together, when they are unpacked. */
  readonly maxTotalBytes: number;
}

/** The archive cannot be read; the message says why, in few words. */
export class ZipFault extends Error {
  override readonly name = 'ZipFault';
}

interface Entry {
  readonly offset: number;
  readonly packed: number;
  readonly size: number;
  readonly method: number;
  readonly crc: number;
}

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;

/**
 * The files of a ZIP archive, unpacked one by one when they are asked for. No more than the limits is ever unpacked: the
 * sizes that the archive states are not trusted.
 *
 * @see APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16
 */
export class ZipArchive {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #entries = new Map<string, Entry>();
  #bytesLeft: number;

  /** @throws {ZipFault} */
  constructor(bytes: Uint8Array, limits: ZipLimits) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#bytesLeft = limits.maxTotalBytes;
    try {
      this.#readDirectory(limits.maxEntries);
    } catch (error) {
      if (error instanceof RangeError) throw new ZipFault('its directory is cut off');
      throw error;
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The bytes of a file. @throws {ZipFault} when there is none, it is damaged, or the limit is reached */
  read(name: string): Uint8Array {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new ZipFault('a part is missing');
    const { offset, packed, size, method, crc } = entry;
    if (size > this.#bytesLeft) throw new ZipFault('unpacked it is too big');
    if (offset + 30 > this.#bytes.length || this.#view.getUint32(offset, true) !== localSignature) {
      throw new ZipFault('a part is not where it should be');
    }
    const start =
      offset + 30 + this.#view.getUint16(offset + 26, true) + this.#view.getUint16(offset + 28, true);
    if (start + packed > this.#bytes.length) throw new ZipFault('it is cut off');
    const content = unpack(this.#bytes.subarray(start, start + packed), method, size);
    if (content.length !== size || crc32(content) !== crc) throw new ZipFault('a part is damaged');
    this.#bytesLeft -= size;
    return content;
  }

  #readDirectory(maxEntries: number): void {
    const view = this.#view;
    const end = this.#findEnd();
    const count = view.getUint16(end + 10, true);
    if (count > maxEntries) throw new ZipFault('it has too many parts');
    let at = view.getUint32(end + 16, true);
    const decoder = new TextDecoder();
    for (let index = 0; index < count; index++) {
      if (view.getUint32(at, true) !== centralSignature) throw new ZipFault('its directory is damaged');
      const [nameLength, extraLength, noteLength] = [28, 30, 32].map((place) =>
        view.getUint16(at + place, true),
      );
      const length = nameLength ?? 0;
      const name = decoder.decode(this.#bytes.subarray(at + 46, at + 46 + length));
      if ((view.getUint16(at + 8, true) & 1) !== 0) throw new ZipFault('it is encrypted');
      if (this.#entries.has(name)) throw new ZipFault('it has a part twice');
      this.#entries.set(name, {
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        packed: view.getUint32(at + 20, true),
        size: view.getUint32(at + 24, true),
        offset: view.getUint32(at + 42, true),
      });
      at += 46 + length + (extraLength ?? 0) + (noteLength ?? 0);
    }
  }

  /** Behind the end record there may be a comment. */
  #findEnd(): number {
    const last = this.#bytes.length - 22;
    for (let at = last; at >= 0 && at > last - 0xffff; at--) {
      if (this.#view.getUint32(at, true) === endSignature) return at;
    }
    throw new ZipFault('it is cut off');
  }
}

function unpack(packed: Uint8Array, method: number, size: number): Uint8Array {
  if (method === 0) return packed;
  if (method !== 8) throw new ZipFault('it is packed in an unknown way');
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw new ZipFault('a part is damaged');
  }
}
