/**
 * Verifying one's own signature before it leaves: a fault of the machine must not give the key away.
 *
 * A signature holds when u·G + v·Q has the abscissa r, with u = s/e and v = -r/e. Whoever has d may move any part of v
 * from the second term to the first, since Q = d·G: (u + (v - b)·d)·G + b·Q is the same point. With a random b of 64
 * bits the second term is short, which makes the check cheap, and b hides what the factor of G would tell: it is the
 * nonce less b·d. So the arithmetic for public numbers never sees the nonce.
 *
 * @module
 */
import { type CombShape, type CombTable, createCombTable } from './comb-table.ts';
import type { Curve } from './curve.ts';
import { multiplyWithTable } from './double-multiplication.ts';
import { invertModulo } from './modular-inverse.ts';
import { readLittleEndian } from './octets.ts';
import { type AffinePoint, hasAbscissa } from './point.ts';
import { decodeSignature, type SignatureFault } from './signature-octets.ts';
import { digestNumber } from './verification-key.ts';

/** Octets of randomness that one check takes. */
export const blindingBytes = 8;

/** A pair of keys that checks what it signs. */
export interface KeyPairNumbers {
  readonly curve: Curve;
  readonly d: bigint;
  /** d·G. */
  readonly q: AffinePoint;
}

export class SelfCheck {
  readonly #pair: KeyPairNumbers;
  #table: CombTable | undefined;

  constructor(pair: KeyPairNumbers) {
    this.#pair = pair;
  }

  /** Why `signature` (Kazakh form) is not the signature of `digest`; `null` when it is. */
  findFault(digest: Uint8Array, signature: Uint8Array, blinding: Uint8Array): SignatureFault | null {
    const { curve, d, q } = this.#pair;
    const numbers = decodeSignature(signature, curve);
    if (typeof numbers === 'string') return numbers;
    const { r, s } = numbers;
    // Odd, because the table takes odd numbers; so it is not 0 either.
    const b = readLittleEndian(blinding) | 1n;
    const inverse = invertModulo(digestNumber(digest, curve), curve.n);
    const u = ((s + (curve.n - r) * d) * inverse + (curve.n - b) * d) % curve.n;
    this.#table ??= createCombTable(q, curve, shape(curve));
    return hasAbscissa(multiplyWithTable(curve, u, b, this.#table), r, curve) ? null : 'mismatch';
  }
}

/** For scalars of 64 bits: 128 or 256 points. */
function shape({ bytes }: Curve): CombShape {
  return { teeth: 8, blocks: bytes === 64 ? 1 : 2 };
}
