import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib';
import { makeSamplePdf, makeSampleWriter } from '@egov-gateway/testing/pdf';

import { run } from './tools.mjs';

const stream = '/Length 0>>\nstream\n\nendstream';
const secret = '/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -44/O<00>/U<00>>>';

/** Options of the maker of samples, by what is special about the file. */
const samples = {
  'PDF/A-1b': {},
  'PDF/A-1a': { conformance: 'A' },
  'the claim as attributes': { xmp: { form: 'attribute' } },
  'the claim among other properties': { xmp: { ownDescription: false } },
  'attributes among other properties': { xmp: { ownDescription: false, form: 'attribute' } },
  'a byte order mark in the metadata': { xmp: { encoding: 'utf-8-bom' } },
  'metadata in UTF-16, big endian': { xmp: { encoding: 'utf-16be' } },
  'metadata in UTF-16, little endian': { xmp: { encoding: 'utf-16le' } },
  'a title': { title: 'Приказ № 1 о приёме' },
  'two hundred objects': { manyObjects: 200 },
  'a picture of 200 kB': { size: 200_000 },
  'a picture of 14 MB': { size: 14_000_000 },
  'JavaScript that nothing refers to': { objects: { 20: '<</S/JavaScript/JS(x)>>' } },
  'a font that nothing uses': { resources: '/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>' },
  'full opacity': { resources: '/ExtGState<</A<</Type/ExtGState/CA 1/ca 1/SMask/None/BM/Normal>>>>' },
  'version 1.7 in the header': { header: '%PDF-1.7' },
  'version 1.7 in the catalog': { catalog: '/Version/1.7' },
  'another prefix of the claim': { xmp: { prefix: 'other' } },
  'another title in the metadata': { title: 'Приказ', xmp: { title: 'Договор' } },
  'no packet around the metadata': { xmp: { wrapper: false } },
  'RDF without x:xmpmeta': { xmp: { xmpmeta: false } },
  'no binary comment': { binaryComment: false },
  'no identifier': { id: false },
  'offsets that lead elsewhere': { damage: 3 },
  encryption: { trailer: secret },
  'no metadata': { metadata: null },
  'compressed metadata': { compressMetadata: true },
  'metadata that is no XML': { metadata: Buffer.from('<x') },
  'no claim': { xmp: { part: null, conformance: null } },
  'a claim in another namespace': { xmp: { namespace: 'http://www.aiim.org/pdfa/ns/id' } },
  'part 2': { xmp: { part: '2' } },
  'part 3 as attributes': { xmp: { part: '3', form: 'attribute' } },
  'no level': { xmp: { conformance: null } },
  'level U': { xmp: { conformance: 'U' } },
  'no output intent': { outputIntent: false },
  'an output intent without a profile': {
    outputIntent: false,
    catalog: '/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(x)>>]',
  },
  'JavaScript when it is opened': { catalog: '/OpenAction<</S/JavaScript/JS(x)>>' },
  'a program to launch': { catalog: '/OpenAction<</S/Launch/F(x)>>' },
  'an attachment': { page: '/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/F 4>>]' },
  'embedded files': { catalog: '/Names<</EmbeddedFiles<</Names[]>>>>' },
  'an external stream': {
    resources: '/XObject<</X 20 0 R>>',
    objects: { 20: `<</Type/XObject/F(x)${stream}` },
  },
  LZW: { resources: '/XObject<</X 20 0 R>>', objects: { 20: `<</Type/XObject/Filter/LZWDecode${stream}` } },
  'a soft mask': { resources: '/ExtGState<</A<</Type/ExtGState/SMask<</S/Alpha>>>>>>' },
  'a blend mode': { resources: '/ExtGState<</A<</Type/ExtGState/BM/Multiply>>>>' },
  opacity: { resources: '/ExtGState<</A<</Type/ExtGState/ca 0.5>>>>' },
  'a transparency group': { page: '/Group<</Type/Group/S/Transparency/CS/DeviceRGB>>' },
  layers: { catalog: '/OCProperties<</OCGs[]/D<<>>>>' },
};

/** Every file that is judged: what is special about it, and its octets. */
export async function pdfaFiles(folder) {
  const files = Object.entries(samples).map(([name, options]) => [name, makeSamplePdf(options)]);
  const plain = makeSamplePdf();
  const updated = makeSampleWriter();
  updated.object(3, '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<<>>>>');
  updated.finish('/Root 1 0 R/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]');
  files.push(
    ['an incremental update', updated.bytes()],
    ['the first half', plain.subarray(0, plain.length >> 1)],
    ['something behind the end', Buffer.concat([plain, Buffer.from('signature\n')])],
    ['something before the beginning', Buffer.concat([Buffer.from('\n'), plain])],
    ['nothing', new Uint8Array()],
    ['a web page', Buffer.from('<!doctype html><p>404')],
    ['pdf-lib', await withPdfLib({})],
    ['pdf-lib with object streams', await withPdfLib({ objectStreams: true })],
    ['pdf-lib as 1B', await withPdfLib({ conformance: '1B' })],
    ['pdf-lib as 2B', await withPdfLib({ conformance: '2B' })],
    ['pdf-lib as 2B with object streams', await withPdfLib({ conformance: '2B', objectStreams: true })],
    ['pdf-lib as 3B', await withPdfLib({ conformance: '3B' })],
    ['pdf-lib as 1B with a font of the viewer', await withPdfLib({ conformance: '1B', text: true })],
    ['pdf-lib as 1B with a translucent stamp', await withPdfLib({ conformance: '1B', opacity: 0.5 })],
    [
      'Ghostscript with -dPDFA=1',
      withGhostscript(folder, plain, ['-dPDFA=1', '-dPDFACompatibilityPolicy=1']),
    ],
    [
      'Ghostscript with -dPDFA=2',
      withGhostscript(folder, plain, ['-dPDFA=2', '-dPDFACompatibilityPolicy=1']),
    ],
    ['Ghostscript, plain', withGhostscript(folder, plain, [])],
  );
  return files.map(([name, bytes]) => ({ name, bytes }));
}

async function withPdfLib({ conformance, objectStreams = false, text = false, opacity = 1 }) {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([300, 300]);
  page.drawRectangle({ x: 50, y: 50, width: 100, height: 50, color: rgb(0.2, 0.4, 0.6), opacity });
  if (text)
    page.drawText('Order No 1', { x: 50, y: 200, font: await pdf.embedFont(StandardFonts.Helvetica) });
  if (conformance !== undefined) pdf.convertToPDFA({ conformance });
  return pdf.save({ useObjectStreams: objectStreams });
}

function withGhostscript(folder, bytes, options) {
  const input = join(folder, 'input.pdf');
  writeFileSync(input, bytes);
  const common = [
    '-q',
    '-dNOPAUSE',
    '-dBATCH',
    '-dSAFER',
    '-sDEVICE=pdfwrite',
    '-sColorConversionStrategy=RGB',
  ];
  return run('gs', [...common, ...options, '-sOutputFile=-', input]);
}
