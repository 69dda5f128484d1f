import { inflateSync } from 'node:zlib';

import { infoAgrees } from './info-consistency.ts';
import type { PdfFile } from './pdf-file.ts';
import { type PdfFinding, type PdfFindingCode, pdfFinding } from './pdf-finding.ts';
import {
  isArray,
  isDictionary,
  isName,
  isReference,
  isString,
  PdfDamage,
  type PdfDictionary,
  type PdfObject,
} from './pdf-value.ts';
import { type PdfaClaim, readClaim } from './pdfa-claim.ts';
import { walkObjects } from './walk-objects.ts';
import { readXmpPacket, type XmpPacket } from './xmp-packet.ts';

const maxMetadataBytes = 1024 * 1024;
const maxOutputIntents = 64;

/** What the objects of a file say. */
export interface DocumentFindings {
  readonly claim: PdfaClaim | undefined;
  readonly findings: readonly PdfFinding[];
}

/**
 * Looks at trailer, catalog, metadata and output intents, then at every object.
 *
 * @throws {PdfDamage} when the catalog cannot be read: nothing else can be said then
 */
export function readDocument(file: PdfFile): DocumentFindings {
  const { trailer, isEncrypted } = file.crossReference;
  // Whatever else is in it, is enciphered.
  if (isEncrypted) return { claim: undefined, findings: [pdfFinding('encrypted')] };
  const codes: PdfFindingCode[] = [];
  if (!hasId(trailer)) codes.push('id-missing');
  const root = trailer.get('Root');
  const catalog = file.resolve(root).value;
  if (!isReference(root) || !isDictionary(catalog)) {
    return {
      claim: undefined,
      findings: [...codes, 'catalog-missing' as const].map((code) => pdfFinding(code)),
    };
  }

  const metadata = attempt(codes, () => readMetadata(file, catalog, codes));
  const { claim, findings = [] } = metadata === undefined ? { claim: undefined } : readClaim(metadata);
  codes.push(...findings);
  attempt(codes, () => codes.push(...catalogFindings(file, catalog)));
  if (claim?.part === 1 && claim.conformance === 'A')
    attempt(codes, () => codes.push(...tagFindings(file, catalog)));
  const info = trailer.get('Info');
  if (metadata !== undefined && info !== undefined) {
    attempt(codes, () => {
      const { value } = file.resolve(info);
      if (isDictionary(value) && !infoAgrees(value, metadata)) codes.push('info-differs');
    });
  }
  const roots = [root, info].filter(isReference).map(({ number }) => number);
  const forbidden = attempt(codes, () => walkObjects(file, roots)) ?? new Map<PdfFindingCode, number>();
  return {
    claim,
    findings: [
      ...codes.map((code) => pdfFinding(code)),
      ...[...forbidden].map(([code, object]) => pdfFinding(code, object)),
    ],
  };
}

/** Damage in one part is a finding; the other parts are still looked at. */
function attempt<T>(codes: PdfFindingCode[], look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof PdfDamage)) throw error;
    codes.push(error.code);
    return undefined;
  }
}

function hasId(trailer: PdfDictionary): boolean {
  const id = trailer.get('ID');
  return isArray(id) && id.length === 2 && id.every((half) => isString(half) && half.bytes.length > 0);
}

/** @see ISO 19005-1:2005, 6.7.2 "Properties" */
function readMetadata(file: PdfFile, catalog: PdfDictionary, codes: PdfFindingCode[]): XmpPacket | undefined {
  const reference = catalog.get('Metadata');
  const { value, stream } = file.resolve(reference);
  if (!isReference(reference) || stream === undefined || !isDictionary(value)) {
    codes.push('metadata-missing');
    return undefined;
  }
  const filter = value.get('Filter') ?? null;
  if (filter !== null) codes.push('metadata-filtered');
  const packet = readXmpPacket(filter === null ? stream : inflated(stream));
  if (packet === undefined) codes.push('metadata-unreadable');
  else if (!packet.isWrapped) codes.push('metadata-unwrapped');
  return packet;
}

/** To say what the file claims; that it is compressed is wrong whatever comes out. */
function inflated(stream: Uint8Array): Uint8Array {
  try {
    return inflateSync(stream, { maxOutputLength: maxMetadataBytes });
  } catch {
    return new Uint8Array();
  }
}

function catalogFindings(file: PdfFile, catalog: PdfDictionary): readonly PdfFindingCode[] {
  const codes: PdfFindingCode[] = [];
  const version = catalog.get('Version');
  if (version !== undefined && !['1.0', '1.1', '1.2', '1.3', '1.4'].some((known) => isName(version, known))) {
    codes.push('version-above');
  }
  if (catalog.has('OCProperties')) codes.push('optional-content');
  // Whatever the actions are. @see ISO 19005-1:2005, 6.6.2 "Trigger events"
  if (catalog.has('AA')) codes.push('action-forbidden');
  const intents = file.resolve(catalog.get('OutputIntents')).value;
  const dictionaries = (isArray(intents) ? intents.slice(0, maxOutputIntents) : [])
    .map((intent) => file.resolve(intent).value)
    .filter(isDictionary)
    .filter((intent) => isName(intent.get('S'), 'GTS_PDFA1'));
  if (dictionaries.length === 0) codes.push('output-intent-missing');
  else if (!dictionaries.every((intent) => isProfile(file.resolve(intent.get('DestOutputProfile'))))) {
    codes.push('output-profile-missing');
  }
  return codes;
}

function isProfile({ stream }: PdfObject): boolean {
  return stream !== undefined && stream.length > 0;
}

/** @see ISO 19005-1:2005, 6.8.2.2 "Mark information dictionary", 6.8.3.3 "Structure hierarchy" */
function tagFindings(file: PdfFile, catalog: PdfDictionary): readonly PdfFindingCode[] {
  const codes: PdfFindingCode[] = [];
  const mark = file.resolve(catalog.get('MarkInfo')).value;
  if (!isDictionary(mark) || file.resolve(mark.get('Marked')).value !== true) codes.push('not-marked');
  if (!isDictionary(file.resolve(catalog.get('StructTreeRoot')).value)) codes.push('structure-missing');
  return codes;
}
