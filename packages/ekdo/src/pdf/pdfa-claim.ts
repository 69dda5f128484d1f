import type { PdfFindingCode } from './pdf-finding.ts';
import type { XmpPacket } from './xmp-packet.ts';

/** @see ISO 19005-1:2005, 6.7.11 "Version and conformance level identification" */
const pdfaidNamespace = 'http://www.aiim.org/pdfa/ns/id/';

/** What a file says of itself. Nothing of it is proven. */
export interface PdfaClaim {
  /** `1` of PDF/A-1. */
  readonly part: 1 | 2 | 3 | 4;
  /** `undefined` when the file names none; PDF/A-4 has levels of its own. */
  readonly conformance: 'A' | 'B' | 'U' | 'E' | 'F' | undefined;
}

/** The claim of a packet, and what is wrong with it. */
export function readClaim(packet: XmpPacket): {
  readonly claim: PdfaClaim | undefined;
  readonly findings: readonly PdfFindingCode[];
} {
  const parts = valuesOf(packet, 'part');
  const levels = valuesOf(packet, 'conformance');
  const findings: PdfFindingCode[] = [];
  if (parts.values.size === 0) return { claim: undefined, findings: ['claim-missing'] };
  if (parts.values.size > 1 || levels.values.size > 1)
    return { claim: undefined, findings: ['claim-ambiguous'] };
  const part = onlyOf(parts.values, ['1', '2', '3', '4'] as const);
  if (part === undefined) return { claim: undefined, findings: ['claim-unknown'] };
  const conformance = onlyOf(levels.values, ['A', 'B', 'U', 'E', 'F'] as const);
  if (part !== '1') findings.push('another-part');
  else if (levels.values.size === 0) findings.push('conformance-missing');
  else if (conformance !== 'A' && conformance !== 'B') findings.push('conformance-unknown');
  if (parts.hasOtherPrefix || levels.hasOtherPrefix) findings.push('claim-prefix');
  return { claim: { part: Number(part) as PdfaClaim['part'], conformance }, findings };
}

function onlyOf<T extends string>(values: ReadonlySet<string>, known: readonly T[]): T | undefined {
  const [value] = values;
  return known.find((one) => one === value);
}

function valuesOf(
  packet: XmpPacket,
  name: string,
): { readonly values: ReadonlySet<string>; readonly hasOtherPrefix: boolean } {
  const properties = packet.properties(name, pdfaidNamespace);
  return {
    values: new Set(properties.map(({ value }) => value)),
    hasOtherPrefix: properties.some(({ element }) => element.lookupNamespace('pdfaid') !== pdfaidNamespace),
  };
}
