/** V8 keeps a slice of this length or more as a view, and the whole text with it. */
const sliceUnits = 13;

/** A copy of a slice that does not keep the text it was cut from in memory. */
export function detached(slice: string): string {
  return slice.length < sliceUnits ? slice : Buffer.from(slice).toString('utf8');
}
