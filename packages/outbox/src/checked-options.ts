/**
 * Options are checked when a worker is made, not when the first message meets them.
 *
 * @module
 */

export { assertOptions } from '@egov-gateway/core';

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
