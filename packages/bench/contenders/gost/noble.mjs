/** What a user of `@noble/curves` writes: the two equations of the standard, with the hash of the SDK. */
import { randomBytes } from 'node:crypto';

import { gost34311, streebog512 } from '@egov-gateway/gost';

import { createHmacDrbg, hmac, invert, sha512, weierstrass } from './noble-modules.mjs';
import { serve } from './serve.mjs';

const algorithm = process.argv[2];
const curves = {
  'gost2015-512': {
    p: 2n ** 512n - 569n,
    a: 2n ** 512n - 572n,
    b: 0xe8c2505dedfc86ddc1bd0b2b6667f1da34b82574761cb0e879bd081cfd0b6265ee3cb090f30d27614cb4574010da90dd862ef9d4ebee4761503190785a71c760n,
    n: 0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff27e69532f48d89116ff22b8d4e0560609b4b38abfad2b85dcacdb1411f10b275n,
    h: 1n,
    Gx: 3n,
    Gy: 0x7503cfe87a836ae3a61b8816e25450e6ce5e1c93acf1abc1778064fdcbefa921df1626be4fd036e93d75e6a50e3a41e98028fe5fc235f5b889a589cb5215f2a4n,
  },
  gost2004: {
    p: 2n ** 256n - 617n,
    a: 2n ** 256n - 620n,
    b: 166n,
    n: 0xffffffffffffffffffffffffffffffff6c611070995ad10045841b09b761b893n,
    h: 1n,
    Gx: 1n,
    Gy: 0x8d91e471e0989cda27df505a453f2b7635294f2ddf23e3b122acc99c9e9f1e14n,
  },
};
const { hash, size } = {
  'gost2015-512': { hash: streebog512, size: 64 },
  gost2004: { hash: gost34311, size: 32 },
}[algorithm];

const { n } = curves[algorithm];
const Point = weierstrass(curves[algorithm]);
const message = randomBytes(64);
const littleEndian = (octets) => BigInt(`0x${Buffer.from(octets).reverse().toString('hex')}`);
const octetsOf = (number) => Buffer.from(number.toString(16).padStart(2 * size, '0'), 'hex');
const digestNumber = () => littleEndian(hash(message)) % n || 1n;
const randomNumber = () => (littleEndian(randomBytes(size)) % (n - 1n)) + 1n;

const d = randomNumber();
const { x, y } = Point.BASE.multiply(d).toAffine();
const drbg = createHmacDrbg(64, size, (key, octets) => hmac(sha512, key, octets));

function sign(nonce) {
  const e = digestNumber();
  const k = nonce(e);
  const r = Point.BASE.multiply(k).toAffine().x % n;
  return { r, s: (r * d + k * e) % n };
}

function verify({ r, s }) {
  const inverse = invert(digestNumber(), n);
  const u = Point.BASE.multiplyUnsafe((s * inverse) % n);
  const v = Point.fromAffine({ x, y }).multiplyUnsafe(((n - r) * inverse) % n);
  return u.add(v).toAffine().x % n === r;
}

/** As `ecdsa` of noble derives it, with fresh randomness. */
function derived(e) {
  return drbg(Buffer.concat([octetsOf(d), octetsOf(e), randomBytes(size)]), (octets) => {
    const number = littleEndian(octets.subarray(0, size));
    return number > 0n && number < n ? number : undefined;
  });
}

const signature = sign(derived);
if (!verify(signature)) throw new Error('noble does not verify: nothing to measure');

serve({
  verify: () => verify(signature),
  sign: () => sign(derived),
  'sign, nonce plainly random': () => sign(randomNumber),
});
