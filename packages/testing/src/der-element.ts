/** One DER element: identifier octet, shortest definite length, the parts one after another. */
export function derElement(tag: number, ...parts: readonly Iterable<number>[]): Uint8Array {
  const content = parts.flatMap((part) => [...part]);
  const size = content.length;
  const length =
    size < 0x80
      ? [size]
      : size < 0x100
        ? [0x81, size]
        : size < 0x10000
          ? [0x82, size >> 8, size & 0xff]
          : [0x83, size >> 16, (size >> 8) & 0xff, size & 0xff];
  return Uint8Array.from([tag, ...length, ...content]);
}
