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

/** What distinguishes names at once: their last four octets as one integer. A reader of names makes it on its way. */
export function tailOf(octets: Iterable<number>): number {
  let tail = 0;
  for (const octet of octets) tail = (tail << 8) | octet;
  return tail;
}

/** The first name of every slot, and behind every name the next one of its slot. */
const firstOf = new Uint8Array(256);
const nextOf = new Uint8Array(names.length + 1);
const tails = new Int32Array(names.length + 1);
/** The octets of all names, one behind the other: those of a name lie between its start and the next one's. */
const letters: Uint8Array = Uint8Array.from(Buffer.from(names.join(''), 'latin1'));
const startOf = new Uint16Array(names.length + 2);

/** Cheap, and enough: most names of a file are none of these. */
function slotOf(tail: number): number {
  return Math.imul(tail, 0x9e3779b1) >>> 24;
}

for (const [index, name] of names.entries()) {
  const tail = tailOf(Buffer.from(name, 'latin1'));
  const slot = slotOf(tail);
  tails[index + 1] = tail;
  startOf[index + 2] = (startOf[index + 1] as number) + name.length;
  nextOf[index + 1] = firstOf[slot] as number;
  firstOf[slot] = index + 1;
}

/** The number of the name whose octets lie from `from` to `end`, with this {@link tailOf}; 0 when it is not known. */
export function knownName(bytes: Uint8Array, from: number, end: number, tail: number): number {
  for (let id = firstOf[slotOf(tail)] as number; id !== 0; id = nextOf[id] as number) {
    let letter = startOf[id] as number;
    if (tails[id] !== tail || (startOf[id + 1] as number) - letter !== end - from) continue;
    // The last four agree.
    let at = from;
    for (; at < end - 4 && bytes[at] === letters[letter]; at++) letter++;
    if (at >= end - 4) return id;
  }
  return 0;
}
