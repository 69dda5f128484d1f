/**
 * Short Weierstrass curves y² = x³ + ax + b over a prime field.
 *
 * @see RFC 7091, section 5.2 "Elliptic Curve"
 * @module
 */
import { createPrimeField, type PrimeField } from './prime-field.ts';

/** What a standard says about a curve. */
export interface CurveParameters {
  readonly name: string;
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
  /** Order of the subgroup, a prime. */
  readonly n: bigint;
  readonly cofactor: bigint;
  readonly gx: bigint;
  readonly gy: bigint;
}

/** A curve with its field. */
export interface Curve extends CurveParameters {
  readonly field: PrimeField;
  /** Size of a coordinate, and of r and s, in octets: 32 or 64. */
  readonly bytes: number;
  /** Whether a is p - 3, for which doubling is cheaper. */
  readonly isMinusThree: boolean;
}

/** The curve of `parameters`. */
export function createCurve(parameters: CurveParameters): Curve {
  const { p, a } = parameters;
  return Object.freeze({
    ...parameters,
    field: createPrimeField(p),
    bytes: Math.ceil(p.toString(2).length / 8),
    isMinusThree: a === p - 3n,
  });
}

/** GOST 34.310-2004. @see RFC 4357, 11.4, id-GostR3410-2001-CryptoPro-A-ParamSet */
export const cryptoProA: Curve = createCurve({
  name: 'CryptoPro-A',
  p: 2n ** 256n - 617n,
  a: 2n ** 256n - 620n,
  b: 0xa6n,
  n: 0xffffffffffffffffffffffffffffffff6c611070995ad10045841b09b761b893n,
  cofactor: 1n,
  gx: 1n,
  gy: 0x8d91e471e0989cda27df505a453f2b7635294f2ddf23e3b122acc99c9e9f1e14n,
});

/** GOST 34.310-2015 with 256 bits. @see RFC 7836, A.2, id-tc26-gost-3410-2012-256-paramSetA */
export const tc26A256: Curve = createCurve({
  name: 'tc26-256-A',
  p: 2n ** 256n - 617n,
  a: 0xc2173f1513981673af4892c23035a27ce25e2013bf95aa33b22c656f277e7335n,
  b: 0x295f9bae7428ed9ccc20e7c359a9d41a22fccd9108e17bf7ba9337a6f8ae9513n,
  n: 0x400000000000000000000000000000000fd8cddfc87b6635c115af556c360c67n,
  cofactor: 4n,
  gx: 0x91e38443a5e82c0d880923425712b2bb658b9196932e02c78b2582fe742daa28n,
  gy: 0x32879423ab1a0375895786c4bb46e9565fde0b5344766740af268adb32322e5cn,
});

/** GOST 34.310-2015 with 512 bits. @see RFC 7836, A.1, id-tc26-gost-3410-12-512-paramSetA */
export const tc26A512: Curve = createCurve({
  name: 'tc26-512-A',
  p: 2n ** 512n - 569n,
  a: 2n ** 512n - 572n,
  b: 0xe8c2505dedfc86ddc1bd0b2b6667f1da34b82574761cb0e879bd081cfd0b6265ee3cb090f30d27614cb4574010da90dd862ef9d4ebee4761503190785a71c760n,
  n: 0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff27e69532f48d89116ff22b8d4e0560609b4b38abfad2b85dcacdb1411f10b275n,
  cofactor: 1n,
  gx: 3n,
  gy: 0x7503cfe87a836ae3a61b8816e25450e6ce5e1c93acf1abc1778064fdcbefa921df1626be4fd036e93d75e6a50e3a41e98028fe5fc235f5b889a589cb5215f2a4n,
});
