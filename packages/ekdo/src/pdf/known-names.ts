/** Names that the walk over the objects looks at. Their numbers are their places, from 1; 0 is any other name. */
const names = [
  'Type',
  'Subtype',
  'S',
  'P',
  'Length',
  'F',
  'FFilter',
  'FDecodeParms',
  'SMask',
  'BM',
  'CA',
  'ca',
  'EF',
  'EmbeddedFiles',
  'FontFile',
  'FontFile2',
  'FontFile3',
  'FontDescriptor',
  'Interpolate',
  'NeedAppearances',
  'LZWDecode',
  'JavaScript',
  'Launch',
  'Sound',
  'Movie',
  'ResetForm',
  'ImportData',
  'Transparency',
  'FileAttachment',
  'None',
  'Normal',
  'Compatible',
  'Font',
  'StructElem',
  'Filespec',
  'PS',
  'Type1',
  'MMType1',
  'TrueType',
] as const;

export type KnownName = (typeof names)[number];

/** The number of a known name. */
export const nameId: Readonly<Record<KnownName, number>> = Object.fromEntries(
  names.map((name, index) => [name, index + 1]),
) as Record<KnownName, number>;

const slots = 512;
const spelled: readonly Uint8Array[] = names.map((name) => Uint8Array.from(Buffer.from(name, 'latin1')));
const idByHash = new Uint8Array(slots);

/** The next value of the hash of a name, for one more octet. */
function hashStep(hash: number, octet: number): number {
  return (Math.imul(hash, 13) + octet) | 0;
}

for (const [index, octets] of spelled.entries()) {
  const slot = octets.reduce(hashStep, 0) & (slots - 1);
  // A second name in one slot would never be found: then `slots` or the factor has to be another number.
  if (idByHash[slot] !== 0) throw new Error('two known names share a slot');
  idByHash[slot] = index + 1;
}

/**
 * The number of the name whose octets lie from `from` to `end` and have this hash; 0 when it is not known.
 *
 * @param hash - `hash * 13 + octet`, over the octets, in 32 bits
 */
export function knownName(bytes: Uint8Array, from: number, end: number, hash: number): number {
  const id = idByHash[hash & (slots - 1)] as number;
  if (id === 0) return 0;
  const octets = spelled[id - 1] as Uint8Array;
  if (octets.length !== end - from) return 0;
  for (let i = 0; i < octets.length; i++) if (octets[i] !== bytes[from + i]) return 0;
  return id;
}

/** The same for octets in which `#xx` stands for some. */
export function knownEscapedName(octets: Uint8Array): number {
  return knownName(octets, 0, octets.length, octets.reduce(hashStep, 0));
}
