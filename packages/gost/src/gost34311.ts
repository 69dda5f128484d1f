/**
 * GOST 34.311-95 (GOST R 34.11-94), the older hash.
 *
 * @see RFC 5831
 * @module
 */
import type { Digest } from '@egov-gateway/core';

import { BlockBuffer } from './block-buffer.ts';
import { kazakhBox, type SubstitutionBox } from './gost34311-sbox.ts';
import { addWords } from './words.ts';

const BLOCK_BYTES = 32;
const WORDS = 8;
/** Steps of the mixing register: 12 over the ciphertext, one with the message, 61 with the state. */
const MIXING_STEPS = 12 + 1 + 61;

/** C_3, as little-endian words. C_2 and C_4 are zero. @see RFC 5831, 5.1 "Key Generation" */
const keyConstant = Int32Array.of(
  0xff00ff00,
  0xff00ff00,
  0x00ff00ff,
  0x00ff00ff,
  0x00ffff00,
  0xff0000ff,
  0x000000ff,
  0xff00ffff,
);

/**
 * A new incremental GOST 34.311-95.
 *
 * @param box - the substitution box; default: the Kazakh one
 */
export function createGost34311(box: SubstitutionBox = kazakhBox): Digest {
  return new Gost34311(box === kazakhBox ? kazakhTable() : substitutionTable(box));
}

let madeKazakhTable: Int32Array | undefined;

/** Making the table costs more than hashing a kilobyte, so the usual one is kept. */
function kazakhTable(): Int32Array {
  madeKazakhTable ??= substitutionTable(kazakhBox);
  return madeKazakhTable;
}

/** GOST 34.311-95 of `bytes`. */
export function gost34311(bytes: Uint8Array, box: SubstitutionBox = kazakhBox): Uint8Array {
  const digest = createGost34311(box);
  digest.update(bytes);
  return digest.digest();
}

class Gost34311 implements Digest {
  readonly #table: Int32Array;
  readonly #buffer = new BlockBuffer(BLOCK_BYTES);
  readonly #state = new Int32Array(WORDS);
  readonly #sum = new Int32Array(WORDS);
  readonly #message = new Int32Array(WORDS);
  readonly #u = new Int32Array(WORDS);
  readonly #v = new Int32Array(WORDS);
  readonly #key = new Int32Array(WORDS);
  readonly #encrypted = new Int32Array(WORDS);
  readonly #register = new Uint16Array(2 * WORDS + MIXING_STEPS);
  #bytes = 0;
  #isDone = false;

  constructor(table: Int32Array) {
    this.#table = table;
  }

  update(bytes: Uint8Array): void {
    if (this.#isDone) throw new TypeError('the digest was taken already');
    this.#bytes += bytes.length;
    this.#buffer.feed(bytes, (view, offset) => this.#absorb(view, offset));
  }

  digest(): Uint8Array {
    if (this.#isDone) throw new TypeError('the digest was taken already');
    this.#isDone = true;
    const { rest } = this.#buffer;
    if (rest.length > 0) {
      const last = new Uint8Array(BLOCK_BYTES);
      last.set(rest);
      this.#absorb(new DataView(last.buffer), 0);
    }
    const length = new Int32Array(WORDS);
    length[0] = (this.#bytes * 8) | 0;
    length[1] = Math.floor(this.#bytes / 0x20000000);
    this.#step(length);
    this.#step(this.#sum);
    const octets = new Uint8Array(BLOCK_BYTES);
    const view = new DataView(octets.buffer);
    for (let i = 0; i < WORDS; i++) view.setInt32(4 * i, this.#state[i] ?? 0, true);
    return octets;
  }

  #absorb(view: DataView, offset: number): void {
    for (let i = 0; i < WORDS; i++) this.#message[i] = view.getInt32(offset + 4 * i, true);
    this.#step(this.#message);
    addWords(this.#sum, this.#message);
  }

  /** The step hash function. @see RFC 5831, section 5 */
  #step(message: Int32Array): void {
    const u = this.#u;
    const v = this.#v;
    u.set(this.#state);
    v.set(message);
    for (let quarter = 0; quarter < 4; quarter++) {
      if (quarter > 0) {
        rotate(u);
        if (quarter === 2) for (let i = 0; i < WORDS; i++) u[i] = (u[i] ?? 0) ^ (keyConstant[i] ?? 0);
        rotate(v);
        rotate(v);
      }
      permuteKey(u, v, this.#key);
      encrypt(this.#table, this.#key, this.#state, this.#encrypted, 2 * quarter);
    }
    this.#mix(message);
  }

  /** The mixing transformation, on a register that slides through memory. @see RFC 5831, 5.3 */
  #mix(message: Int32Array): void {
    const register = this.#register;
    const state = this.#state;
    for (let i = 0; i < WORDS; i++) {
      const word = this.#encrypted[i] ?? 0;
      register[2 * i] = word;
      register[2 * i + 1] = word >>> 16;
    }
    slide(register, 0, 12);
    xorInto(register, 12, message);
    slide(register, 12, 13);
    xorInto(register, 13, state);
    slide(register, 13, MIXING_STEPS);
    for (let i = 0; i < WORDS; i++) {
      const at = MIXING_STEPS + 2 * i;
      state[i] = (register[at] ?? 0) | ((register[at + 1] ?? 0) << 16);
    }
  }
}

function slide(register: Uint16Array, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    register[at + 16] =
      (register[at] ?? 0) ^
      (register[at + 1] ?? 0) ^
      (register[at + 2] ?? 0) ^
      (register[at + 3] ?? 0) ^
      (register[at + 12] ?? 0) ^
      (register[at + 15] ?? 0);
  }
}

function xorInto(register: Uint16Array, from: number, words: Int32Array): void {
  for (let i = 0; i < WORDS; i++) {
    const word = words[i] ?? 0;
    register[from + 2 * i] = (register[from + 2 * i] ?? 0) ^ (word & 0xffff);
    register[from + 2 * i + 1] = (register[from + 2 * i + 1] ?? 0) ^ (word >>> 16);
  }
}

/** The transformation A. @see RFC 5831, 5.1 */
function rotate(words: Int32Array): void {
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0, w4 = 0, w5 = 0, w6 = 0, w7 = 0] = words;
  words[0] = w2;
  words[1] = w3;
  words[2] = w4;
  words[3] = w5;
  words[4] = w6;
  words[5] = w7;
  words[6] = w0 ^ w2;
  words[7] = w1 ^ w3;
}

/** The transformation P of u ⊕ v. @see RFC 5831, 5.1 */
function permuteKey(u: Int32Array, v: Int32Array, key: Int32Array): void {
  const w0 = (u[0] ?? 0) ^ (v[0] ?? 0);
  const w1 = (u[1] ?? 0) ^ (v[1] ?? 0);
  const w2 = (u[2] ?? 0) ^ (v[2] ?? 0);
  const w3 = (u[3] ?? 0) ^ (v[3] ?? 0);
  const w4 = (u[4] ?? 0) ^ (v[4] ?? 0);
  const w5 = (u[5] ?? 0) ^ (v[5] ?? 0);
  const w6 = (u[6] ?? 0) ^ (v[6] ?? 0);
  const w7 = (u[7] ?? 0) ^ (v[7] ?? 0);
  for (let octet = 0; octet < 4; octet++) {
    const shift = 8 * octet;
    key[octet] =
      ((w0 >>> shift) & 255) |
      (((w2 >>> shift) & 255) << 8) |
      (((w4 >>> shift) & 255) << 16) |
      ((w6 >>> shift) << 24);
    key[octet + 4] =
      ((w1 >>> shift) & 255) |
      (((w3 >>> shift) & 255) << 8) |
      (((w5 >>> shift) & 255) << 16) |
      ((w7 >>> shift) << 24);
  }
}

/** GOST 28147-89 in simple substitution mode, one block of `state`. @see RFC 5830, section 5 */
function encrypt(
  table: Int32Array,
  key: Int32Array,
  state: Int32Array,
  encrypted: Int32Array,
  at: number,
): void {
  let n1 = state[at] ?? 0;
  let n2 = state[at + 1] ?? 0;
  for (let round = 0; round < 24; round += 2) {
    n2 ^= substitute(table, (n1 + (key[round & 7] ?? 0)) | 0);
    n1 ^= substitute(table, (n2 + (key[(round + 1) & 7] ?? 0)) | 0);
  }
  for (let round = 7; round > 0; round -= 2) {
    n2 ^= substitute(table, (n1 + (key[round] ?? 0)) | 0);
    n1 ^= substitute(table, (n2 + (key[round - 1] ?? 0)) | 0);
  }
  encrypted[at] = n2;
  encrypted[at + 1] = n1;
}

function substitute(table: Int32Array, x: number): number {
  return (
    (table[x & 255] ?? 0) ^
    (table[256 | ((x >>> 8) & 255)] ?? 0) ^
    (table[512 | ((x >>> 16) & 255)] ?? 0) ^
    (table[768 | (x >>> 24)] ?? 0)
  );
}

/** Two rows of the box and the rotation by 11 bits, one table an octet. */
function substitutionTable(box: SubstitutionBox): Int32Array {
  if (!/^[0-9a-f]{128}$/.test(box)) throw new TypeError('a substitution box is 128 hexadecimal digits');
  const digit = (row: number, column: number): number => Number.parseInt(box.charAt(16 * row + column), 16);
  const table = new Int32Array(4 * 256);
  for (let octet = 0; octet < 4; octet++) {
    for (let value = 0; value < 256; value++) {
      const substituted =
        ((digit(2 * octet + 1, value >> 4) << 4) | digit(2 * octet, value & 15)) << (8 * octet);
      table[256 * octet + value] = (substituted << 11) | (substituted >>> 21);
    }
  }
  return table;
}
