import { ParseError } from '@egov-gateway/core';
import { decodeBase64, encodeBase64 } from '@egov-gateway/xml';

/**
 * Binary content that is decoded when it is asked for: a certificate of some megabytes costs nothing to a caller who
 * only reads the status beside it.
 *
 * `util.inspect` and `JSON.stringify` do not show the content.
 */
export class LazyBinary {
  readonly #text: string;
  readonly #path: string;

  private constructor(text: string, path: string) {
    this.#text = text;
    this.#path = path;
  }

  /** Content for sending. The octets are copied. */
  static from(bytes: Uint8Array): LazyBinary {
    return new LazyBinary(encodeBase64(bytes), '');
  }

  /**
   * Content as received, not looked at yet.
   *
   * @internal
   */
  static received(text: string, path: string): LazyBinary {
    return new LazyBinary(text, path);
  }

  /**
   * The octets, decoded anew at each call.
   *
   * @throws {ParseError} `ERR_PARSE_VALUE` when the content is not base64
   */
  bytes(): Uint8Array {
    const bytes = decodeBase64(this.#text);
    if (bytes !== undefined) return bytes;
    throw new ParseError('expected base64, found other characters or wrong padding', {
      code: 'ERR_PARSE_VALUE',
      path: this.#path,
    });
  }

  /** The base64 text as it was received, white space included. */
  toBase64(): string {
    return this.#text;
  }

  /** Characters of base64, white space included: a cheap upper bound is three quarters of it, in bytes. */
  get base64Length(): number {
    return this.#text.length;
  }
}
