/**
 * Verifying with one public key.
 *
 * @see RFC 7091, section 6.2 "Digital Signature Verification Process"
 * @module
 */
import { type CombTable, createCombTable, keyComb } from './comb-table.ts';
import type { Curve } from './curve.ts';
import { multiplyCold, multiplyWithTable } from './double-multiplication.ts';
import { invertModulo } from './modular-inverse.ts';
import { readLittleEndian } from './octets.ts';
import { type AffinePoint, hasAbscissa, type Point } from './point.ts';
import { decodeSignature, type SignatureFault } from './signature-octets.ts';

/** From this use on a key has a table: making one costs less than two uses without. */
const firstUseWithTable = 2;

/** A public key that verifies. The second use makes a table, and from then on it is some five times as fast. */
export class VerificationKey {
  readonly #curve: Curve;
  readonly #point: AffinePoint;
  #uses = 0;
  #table: CombTable | undefined;

  /** @param point - of order n: `decodePoint` has checked it */
  constructor(curve: Curve, point: AffinePoint) {
    this.#curve = curve;
    this.#point = point;
  }

  /** Why `signature` (Kazakh form) is not this key's signature of `digest`; `null` when it is. */
  findFault(digest: Uint8Array, signature: Uint8Array): SignatureFault | null {
    const curve = this.#curve;
    const numbers = decodeSignature(signature, curve);
    if (typeof numbers === 'string') return numbers;
    const { r, s } = numbers;
    const inverse = invertModulo(digestNumber(digest, curve), curve.n);
    const u = (s * inverse) % curve.n;
    const v = ((curve.n - r) * inverse) % curve.n;
    return hasAbscissa(this.#multiply(u, v), r, curve) ? null : 'mismatch';
  }

  /** u·G + v·Q */
  #multiply(u: bigint, v: bigint): Point {
    this.#uses += 1;
    if (this.#table === undefined && this.#uses >= firstUseWithTable) {
      this.#table = createCombTable(this.#point, this.#curve, keyComb);
    }
    return this.#table === undefined
      ? multiplyCold(this.#curve, u, v, this.#point)
      : multiplyWithTable(this.#curve, u, v, this.#table);
  }
}

/** The digest as the number that is signed: little-endian, modulo n, and 1 instead of 0. */
export function digestNumber(digest: Uint8Array, { n }: Curve): bigint {
  return readLittleEndian(digest) % n || 1n;
}
