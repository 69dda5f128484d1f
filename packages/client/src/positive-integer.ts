/**
 * The option's value, or its default when it was left out.
 *
 * @throws {TypeError} when the value is not an integer from `min` to 2 147 483 647, the longest delay of a timer
 * @internal
 */
export function positiveInteger(name: string, value: number | undefined, fallback: number, min = 1): number {
  if (value === undefined) return fallback;
  if (Number.isSafeInteger(value) && value >= min && value <= 0x7fff_ffff) return value;
  throw new TypeError(`${name} must be an integer from ${min} to 2147483647`);
}
