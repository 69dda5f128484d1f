/**
 * Takes in the body of an answer, decompressed, and never more of it than agreed.
 *
 * @module
 */
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

import { SendError } from '@egov-gateway/core';

import { safeCause } from './safe-cause.ts';

/** Where the chunks of one answer go. */
export interface ResponseBody {
  /** One chunk as it came from the network. @throws {SendError} `ERR_SEND_RESPONSE_TOO_LARGE` */
  write(chunk: Uint8Array): void;
  /** There is no more. */
  end(): void;
  /** Lets everything go; no callback follows. */
  destroy(): void;
}

/** Hears how the body ended: exactly one of the two, once. */
export interface ResponseBodyListener {
  onBody(body: Uint8Array): void;
  onBodyError(error: SendError): void;
}

/**
 * A body that decompresses what `Content-Encoding` says.
 *
 * @param headers - of the answer, names in lower case
 * @param maxBytes - limit of the octets on the wire, and of the decompressed ones
 * @throws {SendError} `ERR_SEND_RESPONSE_TOO_LARGE` when `Content-Length` says so already;
 *   `ERR_SEND_RESPONSE_ENCODING` when the encoding is unknown or there are several
 * @see RFC 9110, 8.4 "Content-Encoding"
 * @internal
 */
export function createResponseBody(
  headers: Readonly<Record<string, string>>,
  maxBytes: number,
  listener: ResponseBodyListener,
): ResponseBody {
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  switch (headers['content-encoding']?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'identity':
      return new PlainBody(maxBytes, listener);
    case 'gzip':
    case 'x-gzip':
      return new CompressedBody(() => createGunzip(), maxBytes, listener);
    case 'deflate':
      return new CompressedBody(createDeflateReader, maxBytes, listener);
    case 'br':
      return new CompressedBody(() => createBrotliDecompress(), maxBytes, listener);
    default:
      throw new SendError(
        'the answer has a Content-Encoding other than gzip, deflate or br; only gzip was asked for',
        { code: 'ERR_SEND_RESPONSE_ENCODING', delivery: 'unknown' },
      );
  }
}

class Collector {
  readonly #maxBytes: number;
  #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(chunk: Uint8Array): void {
    this.#length += chunk.byteLength;
    if (this.#length > this.#maxBytes) throw tooLarge(this.#maxBytes);
    this.#chunks.push(chunk);
  }

  take(): Uint8Array {
    const chunks = this.#chunks;
    this.#chunks = [];
    const [first] = chunks;
    const whole = first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks, this.#length);
    // A plain Uint8Array: `slice` of a Buffer shares memory, which no caller expects here.
    return new Uint8Array(whole.buffer, whole.byteOffset, whole.byteLength);
  }
}

class PlainBody implements ResponseBody {
  readonly #collector: Collector;
  readonly #listener: ResponseBodyListener;

  constructor(maxBytes: number, listener: ResponseBodyListener) {
    this.#collector = new Collector(maxBytes);
    this.#listener = listener;
  }

  write(chunk: Uint8Array): void {
    this.#collector.add(chunk);
  }

  end(): void {
    this.#listener.onBody(this.#collector.take());
  }

  destroy(): void {
    this.#collector.take();
  }
}

class CompressedBody implements ResponseBody {
  readonly #create: (first: Uint8Array) => Transform;
  readonly #maxBytes: number;
  readonly #listener: ResponseBodyListener;
  readonly #collector: Collector;
  #inflater: Transform | undefined;
  #wireBytes = 0;
  #closed = false;

  constructor(create: (first: Uint8Array) => Transform, maxBytes: number, listener: ResponseBodyListener) {
    this.#create = create;
    this.#maxBytes = maxBytes;
    this.#listener = listener;
    this.#collector = new Collector(maxBytes);
  }

  write(chunk: Uint8Array): void {
    this.#wireBytes += chunk.byteLength;
    if (this.#wireBytes > this.#maxBytes) throw tooLarge(this.#maxBytes);
    this.#inflater ??= this.#start(chunk);
    this.#inflater.write(chunk);
  }

  end(): void {
    // A refusal without a body may still be labelled with an encoding.
    if (this.#inflater === undefined) this.#listener.onBody(new Uint8Array(0));
    else this.#inflater.end();
  }

  destroy(): void {
    this.#closed = true;
    this.#inflater?.destroy();
    this.#collector.take();
  }

  #start(first: Uint8Array): Transform {
    const inflater = this.#create(first);
    inflater.on('data', (chunk: Uint8Array) => {
      if (this.#closed) return;
      try {
        this.#collector.add(chunk);
      } catch (error) {
        this.#fail(error as SendError);
      }
    });
    inflater.on('end', () => {
      if (!this.#closed) this.#listener.onBody(this.#collector.take());
    });
    inflater.on('error', (cause) => {
      this.#fail(
        new SendError('the compressed answer is damaged or cut short', {
          code: 'ERR_SEND_RESPONSE_ENCODING',
          delivery: 'unknown',
          cause: safeCause(cause),
        }),
      );
    });
    return inflater;
  }

  #fail(error: SendError): void {
    if (this.#closed) return;
    this.destroy();
    this.#listener.onBodyError(error);
  }
}

/** Some servers send `deflate` without the zlib wrapper that RFC 9110 asks for; the first octet tells. */
function createDeflateReader(first: Uint8Array): Transform {
  return ((first[0] ?? 0) & 0x0f) === 0x08 ? createInflate() : createInflateRaw();
}

function tooLarge(maxBytes: number): SendError {
  return new SendError(`the answer is larger than ${maxBytes} bytes; maxResponseBytes sets the limit`, {
    code: 'ERR_SEND_RESPONSE_TOO_LARGE',
    delivery: 'unknown',
  });
}
