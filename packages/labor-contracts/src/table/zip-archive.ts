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
const zip64Locator = 0x07064b50;
const zip64End = 0x06064b50;
const zip64Field = 0x0001;

/**
 * The files of a ZIP archive, unpacked one by one when they are asked for. No more than the limits is ever unpacked: the
 * sizes that the archive states are not trusted.
 *
 * @see APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16
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
    const { count, offset } = this.#directory();
    if (count > maxEntries) throw new ZipFault('it has too many parts');
    let at = offset;
    const decoder = new TextDecoder();
    for (let index = 0; index < count; index++) {
      if (view.getUint32(at, true) !== centralSignature) throw new ZipFault('its directory is damaged');
      const nameLength = view.getUint16(at + 28, true);
      const extraLength = view.getUint16(at + 30, true);
      const noteLength = view.getUint16(at + 32, true);
      const extraAt = at + 46 + nameLength;
      // Some programs write the separator of Windows.
      const name = decoder.decode(this.#bytes.subarray(at + 46, extraAt)).replaceAll('\\', '/');
      if ((view.getUint16(at + 8, true) & 1) !== 0) throw new ZipFault('it is encrypted');
      if (this.#entries.has(name)) throw new ZipFault('it has a part twice');
      this.#entries.set(name, {
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        ...this.#places(at, extraAt, extraAt + extraLength),
      });
      at = extraAt + extraLength + noteLength;
    }
  }

  /** Sizes and offset: those that do not fit stand in an extra field. @see APPNOTE.TXT 6.3, section 4.5.3 */
  #places(at: number, extraAt: number, extraEnd: number): Pick<Entry, 'size' | 'packed' | 'offset'> {
    const view = this.#view;
    const [size = 0, packed = 0, offset = 0] = [24, 20, 42].map((place) => view.getUint32(at + place, true));
    let field = extraAt;
    while (field + 4 <= extraEnd && view.getUint16(field, true) !== zip64Field) {
      field += 4 + view.getUint16(field + 2, true);
    }
    const end = field + 4 > extraEnd ? field : field + 4 + view.getUint16(field + 2, true);
    let place = field + 4;
    const wide = (value: number): number => {
      if (value !== 0xffffffff) return value;
      if (place + 8 > end) throw new ZipFault('its directory is damaged');
      const large = this.#large(place);
      place += 8;
      return large;
    };
    // In this order.
    return { size: wide(size), packed: wide(packed), offset: wide(offset) };
  }

  /** Where the directory is. @see APPNOTE.TXT 6.3, sections 4.3.14 to 4.3.16 */
  #directory(): { readonly count: number; readonly offset: number } {
    const view = this.#view;
    const end = this.#findEnd();
    const count = view.getUint16(end + 10, true);
    const offset = view.getUint32(end + 16, true);
    if (count !== 0xffff && offset !== 0xffffffff) return { count, offset };
    const locator = end - 20;
    if (locator < 0 || view.getUint32(locator, true) !== zip64Locator) return { count, offset };
    const record = this.#large(locator + 8);
    if (view.getUint32(record, true) !== zip64End) throw new ZipFault('its directory is damaged');
    return { count: this.#large(record + 32), offset: this.#large(record + 48) };
  }

  /** A number of eight octets; beyond what an offset can be it is a range error of the view that reads there. */
  #large(at: number): number {
    return Number(this.#view.getBigUint64(at, true));
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
