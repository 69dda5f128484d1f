/**
 * Streebog, the hash of GOST 34.11-2015 (GOST R 34.11-2012).
 *
 * @see RFC 6986
 * @module
 */
import type { Digest } from '@egov-gateway/core';

import { BlockBuffer } from './block-buffer.ts';
import { roundConstants, substitutionAndLinear } from './streebog-constants.ts';
import { addWords } from './words.ts';

const BLOCK_BYTES = 64;
const WORDS = 16;

/**
 * A new incremental Streebog-256. The octets come in the order in which OpenSSL prints them.
 *
 * @example
 * ```ts
 * import { createStreebog256 } from '@egov-gateway/gost';
 *
 * const digest = createStreebog256();
 * digest.update(new TextEncoder().encode('text'));
 * console.log(Buffer.from(digest.digest()).toString('hex'));
 * ```
 */
export function createStreebog256(): Digest {
  return new Streebog(32);
}

/** A new incremental Streebog-512. */
export function createStreebog512(): Digest {
  return new Streebog(64);
}

/** Streebog-256 of `bytes`. */
export function streebog256(bytes: Uint8Array): Uint8Array {
  const digest = createStreebog256();
  digest.update(bytes);
  return digest.digest();
}

/** Streebog-512 of `bytes`. */
export function streebog512(bytes: Uint8Array): Uint8Array {
  const digest = createStreebog512();
  digest.update(bytes);
  return digest.digest();
}

class Streebog implements Digest {
  readonly #size: 32 | 64;
  readonly #buffer = new BlockBuffer(BLOCK_BYTES);
  readonly #state: Int32Array;
  readonly #length = new Int32Array(WORDS);
  readonly #sum = new Int32Array(WORDS);
  readonly #message = new Int32Array(WORDS);
  readonly #key = new Int32Array(WORDS);
  readonly #inner = new Int32Array(WORDS);
  #isDone = false;

  constructor(size: 32 | 64) {
    this.#size = size;
    // RFC 6986, 6.1: the initialising value distinguishes the two lengths.
    this.#state = new Int32Array(WORDS).fill(size === 32 ? 0x01010101 : 0);
  }

  update(bytes: Uint8Array): void {
    if (this.#isDone) throw new TypeError('the digest was taken already');
    this.#buffer.feed(bytes, (view, offset) => this.#absorb(view, offset, 8 * BLOCK_BYTES));
  }

  digest(): Uint8Array {
    if (this.#isDone) throw new TypeError('the digest was taken already');
    this.#isDone = true;
    const { rest } = this.#buffer;
    const last = new Uint8Array(BLOCK_BYTES);
    last.set(rest);
    last[rest.length] = 1;
    this.#absorb(new DataView(last.buffer), 0, 8 * rest.length);

    const zero = new Int32Array(WORDS);
    this.#compress(zero, this.#length);
    this.#compress(zero, this.#sum);
    const octets = new Uint8Array(BLOCK_BYTES);
    const view = new DataView(octets.buffer);
    for (let i = 0; i < WORDS; i++) view.setInt32(4 * i, this.#state[i] ?? 0, true);
    return octets.slice(BLOCK_BYTES - this.#size);
  }

  #absorb(view: DataView, offset: number, bits: number): void {
    for (let i = 0; i < WORDS; i++) this.#message[i] = view.getInt32(offset + 4 * i, true);
    this.#compress(this.#length, this.#message);
    addWords(this.#length, [bits]);
    addWords(this.#sum, this.#message);
  }

  /** @see RFC 6986, section 8 "Round Functions", g_N */
  #compress(length: Int32Array, message: Int32Array): void {
    const key = this.#key;
    const inner = this.#inner;
    const state = this.#state;
    transform(state, length, 0, key);
    inner.set(message);
    for (let round = 0; round < 12; round++) {
      transform(inner, key, 0, inner);
      transform(key, roundConstants, round * WORDS, key);
    }
    for (let i = 0; i < WORDS; i++) {
      state[i] = (state[i] ?? 0) ^ (inner[i] ?? 0) ^ (key[i] ?? 0) ^ (message[i] ?? 0);
    }
  }
}

/**
 * X, S, P and L in one: `out` becomes LPS(x ⊕ y), where `y` is read from `yAt` on. `out` may be `x` or `y`.
 *
 * Written out, because the engine does not inline look-ups of this size and the hash lives from them.
 *
 * @see RFC 6986, section 7 "Transformations"
 */
function transform(x: Int32Array, y: Int32Array, yAt: number, out: Int32Array): void {
  const table = substitutionAndLinear;
  const l0 = (x[0] ?? 0) ^ (y[yAt] ?? 0);
  const l1 = (x[2] ?? 0) ^ (y[yAt + 2] ?? 0);
  const l2 = (x[4] ?? 0) ^ (y[yAt + 4] ?? 0);
  const l3 = (x[6] ?? 0) ^ (y[yAt + 6] ?? 0);
  const l4 = (x[8] ?? 0) ^ (y[yAt + 8] ?? 0);
  const l5 = (x[10] ?? 0) ^ (y[yAt + 10] ?? 0);
  const l6 = (x[12] ?? 0) ^ (y[yAt + 12] ?? 0);
  const l7 = (x[14] ?? 0) ^ (y[yAt + 14] ?? 0);
  const h0 = (x[1] ?? 0) ^ (y[yAt + 1] ?? 0);
  const h1 = (x[3] ?? 0) ^ (y[yAt + 3] ?? 0);
  const h2 = (x[5] ?? 0) ^ (y[yAt + 5] ?? 0);
  const h3 = (x[7] ?? 0) ^ (y[yAt + 7] ?? 0);
  const h4 = (x[9] ?? 0) ^ (y[yAt + 9] ?? 0);
  const h5 = (x[11] ?? 0) ^ (y[yAt + 11] ?? 0);
  const h6 = (x[13] ?? 0) ^ (y[yAt + 13] ?? 0);
  const h7 = (x[15] ?? 0) ^ (y[yAt + 15] ?? 0);
  for (let octet = 0; octet < 4; octet++) {
    const shift = octet << 3;
    const t0 = ((l0 >>> shift) & 255) << 1;
    const t1 = (((l1 >>> shift) & 255) << 1) | 0x200;
    const t2 = (((l2 >>> shift) & 255) << 1) | 0x400;
    const t3 = (((l3 >>> shift) & 255) << 1) | 0x600;
    const t4 = (((l4 >>> shift) & 255) << 1) | 0x800;
    const t5 = (((l5 >>> shift) & 255) << 1) | 0xa00;
    const t6 = (((l6 >>> shift) & 255) << 1) | 0xc00;
    const t7 = (((l7 >>> shift) & 255) << 1) | 0xe00;
    out[2 * octet] =
      (table[t0] ?? 0) ^
      (table[t1] ?? 0) ^
      (table[t2] ?? 0) ^
      (table[t3] ?? 0) ^
      (table[t4] ?? 0) ^
      (table[t5] ?? 0) ^
      (table[t6] ?? 0) ^
      (table[t7] ?? 0);
    out[2 * octet + 1] =
      (table[t0 | 1] ?? 0) ^
      (table[t1 | 1] ?? 0) ^
      (table[t2 | 1] ?? 0) ^
      (table[t3 | 1] ?? 0) ^
      (table[t4 | 1] ?? 0) ^
      (table[t5 | 1] ?? 0) ^
      (table[t6 | 1] ?? 0) ^
      (table[t7 | 1] ?? 0);
  }
  for (let octet = 0; octet < 4; octet++) {
    const shift = octet << 3;
    const t0 = ((h0 >>> shift) & 255) << 1;
    const t1 = (((h1 >>> shift) & 255) << 1) | 0x200;
    const t2 = (((h2 >>> shift) & 255) << 1) | 0x400;
    const t3 = (((h3 >>> shift) & 255) << 1) | 0x600;
    const t4 = (((h4 >>> shift) & 255) << 1) | 0x800;
    const t5 = (((h5 >>> shift) & 255) << 1) | 0xa00;
    const t6 = (((h6 >>> shift) & 255) << 1) | 0xc00;
    const t7 = (((h7 >>> shift) & 255) << 1) | 0xe00;
    out[8 + 2 * octet] =
      (table[t0] ?? 0) ^
      (table[t1] ?? 0) ^
      (table[t2] ?? 0) ^
      (table[t3] ?? 0) ^
      (table[t4] ?? 0) ^
      (table[t5] ?? 0) ^
      (table[t6] ?? 0) ^
      (table[t7] ?? 0);
    out[9 + 2 * octet] =
      (table[t0 | 1] ?? 0) ^
      (table[t1 | 1] ?? 0) ^
      (table[t2 | 1] ?? 0) ^
      (table[t3 | 1] ?? 0) ^
      (table[t4 | 1] ?? 0) ^
      (table[t5 | 1] ?? 0) ^
      (table[t6 | 1] ?? 0) ^
      (table[t7 | 1] ?? 0);
  }
}
