/** Numbers of an ICC profile are big endian; s15Fixed16 has 16 bits behind the point. */
const fixed = (value: number): number => Math.round(value * 65_536);

function tagged(type: string, body: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 + Math.ceil(body.length / 4) * 4);
  for (let i = 0; i < 4; i++) bytes[i] = type.charCodeAt(i);
  bytes.set(body, 8);
  return bytes;
}

const uint32 = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')];
const xyz = (x: number, y: number, z: number): Uint8Array =>
  tagged('XYZ ', [...uint32(fixed(x)), ...uint32(fixed(y)), ...uint32(fixed(z))]);

/**
 * A display profile with the primaries of sRGB and a plain gamma of 2.2, written from nothing.
 *
 * @see ICC.1:1998-09, sections 6.1 "Header", 6.2 "Tag table", 6.3.1.2 "RGB display profile"
 */
export function makeIccProfile(): Uint8Array {
  const name = 'Test RGB';
  const gamma = tagged('curv', [...uint32(1), 2, 0x33]);
  const description = [...uint32(name.length + 1), ...ascii(`${name}\0`), ...uint32(0), ...uint32(0)];
  const tags: readonly (readonly [string, Uint8Array])[] = [
    ['desc', tagged('desc', [...description, 0, 0, 0, ...new Array<number>(67).fill(0)])],
    ['cprt', tagged('text', ascii('No rights reserved\0'))],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.43607, 0.22249, 0.01392)],
    ['gXYZ', xyz(0.38515, 0.71687, 0.09708)],
    ['bXYZ', xyz(0.14307, 0.06061, 0.7141)],
    ['rTRC', gamma],
    ['gTRC', gamma],
    ['bTRC', gamma],
  ];
  const start = 128 + 4 + 12 * tags.length;
  const size = tags.reduce((sum, [, data]) => sum + data.length, start);
  const profile = Buffer.alloc(size);
  profile.writeUInt32BE(size, 0);
  profile.writeUInt32BE(0x02100000, 8);
  profile.write('mntrRGB XYZ ', 12, 'latin1');
  for (const [index, value] of [2026, 1, 1, 0, 0, 0].entries()) profile.writeUInt16BE(value, 24 + 2 * index);
  profile.write('acsp', 36, 'latin1');
  profile.set([...uint32(fixed(0.9642)), ...uint32(fixed(1)), ...uint32(fixed(0.8249))], 68);
  profile.writeUInt32BE(tags.length, 128);
  let offset = start;
  for (const [index, [signature, data]] of tags.entries()) {
    const entry = 132 + 12 * index;
    profile.write(signature, entry, 'latin1');
    profile.writeUInt32BE(offset, entry + 4);
    profile.writeUInt32BE(data.length, entry + 8);
    profile.set(data, offset);
    offset += data.length;
  }
  return new Uint8Array(profile);
}
