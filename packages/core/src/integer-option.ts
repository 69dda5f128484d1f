/** The longest time an option may name: about 24 days, the longest delay of a timer. */
export const maxTimeMs = 0x7fff_ffff;

/**
 * The option's value, or its default when it was left out. Options are checked when a part is made, not when the first
 * message meets them.
 *
 * @param range - both ends included. Default: from 1 to {@link maxTimeMs}
 * @throws {TypeError} when the value is no integer of the range
 */
export function integerOption(
  name: string,
  value: number | undefined,
  fallback: number,
  { min = 1, max = maxTimeMs }: { readonly min?: number; readonly max?: number } = {},
): number {
  if (value === undefined) return fallback;
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw new TypeError(`${name} must be an integer from ${min} to ${max}`);
}
