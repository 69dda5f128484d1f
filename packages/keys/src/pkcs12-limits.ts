/** What a file may cost. */
export interface Pkcs12Limits {
  /** Largest file, bytes. Default: 1 MiB. */
  readonly maxBytes?: number;
  /** Most steps of key derivation for the whole file: iterations, times the hash blocks they fill. Default: 2 000 000. */
  readonly maxIterations?: number;
}

/**
 * The limits with their defaults.
 *
 * @throws {TypeError} when one is not a positive whole number: a comparison with it would mean nothing
 */
export function pkcs12Limits(limits: Pkcs12Limits = {}): Required<Pkcs12Limits> {
  const { maxBytes = 1_048_576, maxIterations = 2_000_000 } = limits;
  for (const [name, value] of Object.entries({ maxBytes, maxIterations })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new TypeError(`${name} must be a positive whole number`);
  }
  return { maxBytes, maxIterations };
}
