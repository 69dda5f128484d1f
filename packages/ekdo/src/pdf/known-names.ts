/** Names that the walk over the objects looks at. Their numbers are their places, from 1; 0 is any other name. */
const names = [
  'Type',
  'Subtype',
  'S',
  'SMask',
  'BM',
  'CA',
  'ca',
  'Interpolate',
  'NeedAppearances',
  // Up to here the value of a key is told, behind it that there is one.
  'P',
  'Length',
  'F',
  'FFilter',
  'FDecodeParms',
  'EF',
  'EmbeddedFiles',
  'FontFile',
  'FontFile2',
  'FontFile3',
  'FontDescriptor',
  'LZWDecode',
  'JavaScript',
  'Launch',
  'Sound',
  'Movie',
  'ResetForm',
  'ImportData',
  'SetState',
  'NOP',
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

/** Keys up to this number are those whose values are looked at. */
export const lastValuedKey: number = nameId.NeedAppearances;

const slots = 256;
const spelled: readonly Uint8Array[] = names.map((name) => Uint8Array.from(Buffer.from(name, 'latin1')));
/** The first name of every slot, and behind every name the next one of its slot. */
const firstOf = new Uint8Array(slots);
const nextOf = new Uint8Array(names.length + 1);

/** Cheap, and enough: most names of a file are none of these. */
function slotOf(octets: Uint8Array, from: number, end: number): number {
  return ((octets[from] as number) * 5 + (octets[end - 1] as number) * 3 + end - from) & (slots - 1);
}

for (const [index, octets] of spelled.entries()) {
  const slot = slotOf(octets, 0, octets.length);
  nextOf[index + 1] = firstOf[slot] as number;
  firstOf[slot] = index + 1;
}

/** The octets of all names, one behind the other: those of a name lie between its start and the next one's. */
const letters: Uint8Array = Uint8Array.from(Buffer.concat(spelled));
const startOf = new Uint16Array(names.length + 2);
for (const [index, octets] of spelled.entries()) {
  startOf[index + 2] = (startOf[index + 1] as number) + octets.length;
}

/** The number of the name whose octets lie from `from` to `end`; 0 when it is not known. */
export function knownName(bytes: Uint8Array, from: number, end: number): number {
  if (end === from) return 0;
  for (let id = firstOf[slotOf(bytes, from, end)] as number; id !== 0; id = nextOf[id] as number) {
    let letter = startOf[id] as number;
    if ((startOf[id + 1] as number) - letter !== end - from) continue;
    let at = from;
    for (; at < end && bytes[at] === letters[letter]; at++) letter++;
    if (at === end) return id;
  }
  return 0;
}
