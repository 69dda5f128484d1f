/** `sum += addend`, as little-endian numbers of `sum.length` 32-bit words. A shorter addend ends in zeros. */
export function addWords(sum: Int32Array, addend: ArrayLike<number>): void {
  let carry = 0;
  for (let i = 0; i < sum.length; i++) {
    const word = ((sum[i] ?? 0) >>> 0) + ((addend[i] ?? 0) >>> 0) + carry;
    sum[i] = word | 0;
    carry = word > 0xffffffff ? 1 : 0;
  }
}
