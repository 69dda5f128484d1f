/**
 * Takes in the body of an answer, decompressed, and never more of it than agreed.
 *
 * @module
 */
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

import { SendError } from '@egov-gateway/core';

import { ByteCollector } from '../byte-collector.ts';
import { safeCause } from '../safe-cause.ts';

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
  const announced = Number(headers['content-length'] ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  switch (headers['content-encoding']?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'identity':
      return new PlainBody(announced, maxBytes, listener);
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

class PlainBody implements ResponseBody {
  readonly #collector: ByteCollector;
  readonly #maxBytes: number;
  readonly #listener: ResponseBodyListener;

  constructor(announced: number, maxBytes: number, listener: ResponseBodyListener) {
    this.#collector = new ByteCollector(announced);
    this.#maxBytes = maxBytes;
    this.#listener = listener;
  }

  write(chunk: Uint8Array): void {
    if (this.#collector.byteLength + chunk.byteLength > this.#maxBytes) throw tooLarge(this.#maxBytes);
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
  readonly #collector = new ByteCollector();
  /** What arrives while the inflater is at work: one block for it, however many chunks it came in. */
  readonly #waiting = new ByteCollector();
  #inflater: Transform | undefined;
  #wireBytes = 0;
  #busy = false;
  #ended = false;
  #closed = false;

  constructor(create: (first: Uint8Array) => Transform, maxBytes: number, listener: ResponseBodyListener) {
    this.#create = create;
    this.#maxBytes = maxBytes;
    this.#listener = listener;
  }

  write(chunk: Uint8Array): void {
    this.#wireBytes += chunk.byteLength;
    if (this.#wireBytes > this.#maxBytes) throw tooLarge(this.#maxBytes);
    if (chunk.byteLength === 0) return;
    this.#inflater ??= this.#start(chunk);
    if (this.#busy) this.#waiting.add(chunk);
    else this.#feed(this.#inflater, chunk);
  }

  end(): void {
    this.#ended = true;
    // A refusal without a body may still be labelled with an encoding.
    if (this.#inflater === undefined) this.#listener.onBody(new Uint8Array(0));
    else if (!this.#busy) this.#inflater.end();
  }

  destroy(): void {
    this.#closed = true;
    this.#inflater?.destroy();
    this.#collector.take();
    this.#waiting.take();
  }

  #feed(inflater: Transform, block: Uint8Array): void {
    this.#busy = true;
    inflater.write(block, (error) => {
      this.#busy = false;
      if (this.#closed || error) return;
      if (this.#waiting.byteLength > 0) this.#feed(inflater, this.#waiting.take());
      else if (this.#ended) inflater.end();
    });
  }

  #start(first: Uint8Array): Transform {
    const inflater = this.#create(first);
    inflater.on('data', (chunk: Uint8Array) => {
      if (this.#closed) return;
      if (this.#collector.byteLength + chunk.byteLength > this.#maxBytes)
        this.#fail(tooLarge(this.#maxBytes));
      else this.#collector.add(chunk);
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
