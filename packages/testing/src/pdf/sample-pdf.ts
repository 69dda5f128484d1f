import { deflateSync } from 'node:zlib';

import { makeIccProfile } from './icc-profile.ts';
import { PdfWriter } from './pdf-writer.ts';
import { makeXmpPacket, type XmpPacketOptions } from './xmp-packet.ts';

/** How a sample differs from a valid PDF/A-1b file. */
export interface SamplePdfOptions {
  /** `A` adds a structure tree. Default: `B`. */
  readonly conformance?: 'A' | 'B';
  /** What the packet says; its conformance follows {@link conformance}. */
  readonly xmp?: XmpPacketOptions;
  /** The metadata stream as it is, instead of {@link xmp}; `null` leaves it out. */
  readonly metadata?: Uint8Array | null;
  /** Default: `%PDF-1.4`. */
  readonly header?: string;
  /** Whether the line behind the header has octets above 127. Default: true. */
  readonly binaryComment?: boolean;
  /** Default: true. */
  readonly outputIntent?: boolean;
  /** Whether the metadata stream goes through FlateDecode. Default: false. */
  readonly compressMetadata?: boolean;
  /** Whether the trailer has an `/ID`. Default: true. */
  readonly id?: boolean;
  /** Title in the information dictionary and in the packet. Default: none. */
  readonly title?: string;
  /** More entries, as PDF source. The first free object number is 20. */
  readonly catalog?: string;
  readonly trailer?: string;
  readonly page?: string;
  readonly resources?: string;
  /** More objects, by number from 20 on, as PDF source. */
  readonly objects?: Readonly<Record<number, string>>;
  /** How many small objects there are besides: structure elements, reached from the catalog. Default: 0. */
  readonly manyObjects?: number;
  /** Size of the file in octets: filled up with an uncompressed picture, which is reached from the page. */
  readonly size?: number;
  /** Added to every offset of the cross-reference table. Default: 0. */
  readonly damage?: number;
}

const firstSmallObject = 1000;
const content = '0.8 0.1 0.1 rg 72 600 200 100 re f\n0 0 0 rg 72 500 200 40 re f\n';

/**
 * A small PDF/A-1 file of rectangles, without text and so without fonts. Valid by Apache PDFBox Preflight, unless an option breaks it.
 */
export function makeSamplePdf(options: SamplePdfOptions = {}): Uint8Array {
  return makeSampleWriter(options).bytes();
}

/** The same file, open for more: an incremental update, junk behind the end. */
export function makeSampleWriter(options: SamplePdfOptions = {}): PdfWriter {
  const { size } = options;
  if (size === undefined) return writeSample(options, 0, 0);
  const width = 1024;
  const bare = writeSample(options, 1, 0).length;
  const rows = Math.max(1, Math.floor((size - bare - 256) / width));
  // Digits of the length and of the offsets differ from file to file: the second try knows how many.
  const withPicture = writeSample(options, rows, 0).length;
  return writeSample(options, rows, size - withPicture);
}

/** `comment` octets of a comment stand before the cross-reference table. */
function writeSample(options: SamplePdfOptions, pictureRows: number, comment: number): PdfWriter {
  const { conformance = 'B', header = '%PDF-1.4', binaryComment = true, outputIntent = true } = options;
  const { compressMetadata = false, id = true, title, catalog = '', trailer = '', page = '' } = options;
  const { resources = '', objects = {}, manyObjects = 0, damage = 0, xmp } = options;
  const isTagged = conformance === 'A' || manyObjects > 0;
  const writer = new PdfWriter();
  writer.raw(`${header}\n${binaryComment ? '%\xe2\xe3\xcf\xd3' : '% no octets above 127'}\n`);

  const metadata =
    options.metadata === undefined
      ? makeXmpPacket({ conformance, title: title ?? null, ...xmp })
      : options.metadata;
  const picture = pictureRows > 0 ? '/XObject<</Im0 10 0 R>>' : '';
  writer.object(
    1,
    `<</Type/Catalog/Pages 2 0 R${metadata === null ? '' : '/Metadata 5 0 R'}` +
      (outputIntent ? '/OutputIntents[7 0 R]' : '') +
      (isTagged ? '/MarkInfo<</Marked true>>/StructTreeRoot 11 0 R/Lang(ru-RU)' : '') +
      `${catalog}>>`,
  );
  writer.object(2, '<</Type/Pages/Kids[3 0 R]/Count 1>>');
  writer.object(
    3,
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<${picture}${resources}>>` +
      `${isTagged ? '/StructParents 0' : ''}${page}>>`,
  );
  const shapes = `${content}${pictureRows > 0 ? 'q 200 0 0 200 300 100 cm /Im0 Do Q\n' : ''}`;
  const marked = isTagged ? `/Figure <</MCID 0>> BDC\n${shapes}EMC\n` : shapes;
  writer.object(4, '', new Uint8Array(Buffer.from(marked, 'latin1')));
  if (metadata !== null) {
    const stream = compressMetadata ? new Uint8Array(deflateSync(metadata)) : metadata;
    writer.object(5, `/Type/Metadata/Subtype/XML${compressMetadata ? '/Filter/FlateDecode' : ''}`, stream);
  }
  if (outputIntent) {
    writer.object(6, '/N 3', makeIccProfile());
    writer.object(
      7,
      '<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/DestOutputProfile 6 0 R>>',
    );
  }
  if (title !== undefined) {
    const text = Buffer.from(`\uFEFF${title}`, 'utf16le').swap16().toString('hex').toUpperCase();
    writer.object(8, `<</Title<${text}>>>`);
  }
  if (pictureRows > 0) {
    const form = '/Type/XObject/Subtype/Image/BitsPerComponent 8/ColorSpace/DeviceGray';
    writer.object(10, `${form}/Width 1024/Height ${pictureRows}`, noise(1024 * pictureRows));
  }
  if (isTagged) writeStructure(writer, manyObjects);
  for (const [number, body] of Object.entries(objects)) writer.object(Number(number), body);
  if (comment > 1) writer.raw(`%${'-'.repeat(comment - 2)}\n`);

  const hexId = '00112233445566778899AABBCCDDEEFF';
  writer.finish(
    `/Root 1 0 R${title === undefined ? '' : '/Info 8 0 R'}${id ? `/ID[<${hexId}><${hexId}>]` : ''}${trailer}`,
    { damage },
  );
  return writer;
}

function writeStructure(writer: PdfWriter, manyObjects: number): void {
  const kids = Array.from({ length: manyObjects }, (_, index) => `${firstSmallObject + index} 0 R`);
  writer.object(11, '<</Type/StructTreeRoot/K 12 0 R/ParentTree 14 0 R/ParentTreeNextKey 1>>');
  writer.object(12, `<</Type/StructElem/S/Document/P 11 0 R/K[13 0 R ${kids.join(' ')}]>>`);
  writer.object(13, '<</Type/StructElem/S/Figure/P 12 0 R/Pg 3 0 R/K 0/Alt(Two rectangles)>>');
  writer.object(14, '<</Nums[0[13 0 R]]>>');
  for (let index = 0; index < manyObjects; index++) {
    const what = `/Alt(Element ${index} \\(of many\\))/C[/a /b]/A<</O/Layout/Height ${index}.5/Width 10>>`;
    writer.object(firstSmallObject + index, `<</Type/StructElem/S/P/P 12 0 R/Pg 3 0 R${what}>>`);
  }
}

/** Octets that do not compress and are the same every time. */
function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 0x1234567;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
