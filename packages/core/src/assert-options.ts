/**
 * Refuses an option that nothing reads: a misspelt one would be as good as left out, and nobody would know.
 *
 * @param what - whose options they are, for the message
 * @param known - every name there is
 * @throws {TypeError} when `value` is no plain object, or has a name that is not known
 */
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
