/**
 * Options are checked when a worker is made, not when the first message meets them.
 *
 * @module
 */

/** @throws {TypeError} when `value` is no plain object, or has a name that is not known @internal */
export function assertOptions(what: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${what} must be an object`);
  }
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      throw new TypeError(`${what} has no option ${JSON.stringify(name)}; there are ${known.join(', ')}`);
    }
  }
}

/** The number, or its default when it was left out. @throws {TypeError} when it is out of range @internal */
export function numberOption(
  name: string,
  value: number | undefined,
  fallback: number,
  { min, max }: { min: number; max: number },
): number {
  if (value === undefined) return fallback;
  // NaN fails both comparisons.
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw new TypeError(`${name} must be a number from ${min} to ${max}`);
}

/** @throws {TypeError} when a function is needed and there is none @internal */
export function assertFunction(name: string, value: unknown, isRequired = true): void {
  if (typeof value === 'function' || (value === undefined && !isRequired)) return;
  throw new TypeError(`${name} must be a function`);
}

/** @throws {TypeError} when a part lacks one of the methods @internal */
export function assertPort(name: string, value: unknown, methods: readonly string[]): void {
  const port = value as Readonly<Record<string, unknown>> | null | undefined;
  const missing = methods.filter((method) => typeof port?.[method] !== 'function');
  if (missing.length > 0) throw new TypeError(`${name} must have the method ${missing.join(', ')}`);
}
