import { ForbiddenThings } from './forbidden-things.ts';
import { endsStream, type PdfFile, streamStart } from './pdf-file.ts';
import type { PdfFindingCode } from './pdf-finding.ts';
import { PdfDamage } from './pdf-value.ts';
import { ObjectScanner } from './scan-object.ts';

/**
 * Reads every object that can be reached from `roots`, each once: what PDF/A-1 forbids, with the number of the first
 * object that has it. Objects that nothing refers to do not count, because nobody sees them.
 *
 * The time is in proportion to the size of the file, whatever is in it: objects cannot share octets, and as soon as
 * more octets were read than there are, the file is damaged.
 *
 * @throws {PdfDamage} when an object cannot be read
 */
export function walkObjects(file: PdfFile, roots: readonly number[]): ReadonlyMap<PdfFindingCode, number> {
  const { bytes, crossReference } = file;
  const reached = new Uint8Array(crossReference.capacity);
  // Every number is queued once at most. Memory that is never written to is never taken.
  const queue = new Uint32Array(crossReference.capacity);
  let queued = 0;
  const visit = (number: number): void => {
    if (number >= reached.length || reached[number] === 1) return;
    reached[number] = 1;
    queue[queued++] = number;
  };
  const things = new ForbiddenThings(visit);
  const scanner = new ObjectScanner(bytes, things);
  let octetsLeft = bytes.length;
  for (const root of roots) visit(root);

  for (let next = 0; next < queued; next++) {
    const number = queue[next] as number;
    const from = file.bodyOf(number);
    if (from === undefined) continue;
    things.begin(number);
    const end = scanner.scan(from);
    octetsLeft -= end - from;
    if (octetsLeft < 0) throw new PdfDamage('object-damaged');
    if (!scanner.isStream) continue;
    things.stream();
    const start = streamStart(bytes, end - 'stream'.length);
    const octets = scanner.lengthObject < 0 ? scanner.length : file.integer(scanner.lengthObject);
    if (start === undefined || octets === undefined || !endsStream(bytes, start + octets)) {
      throw new PdfDamage('object-damaged');
    }
  }
  return things.found;
}
