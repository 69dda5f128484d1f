import {
  makeSamplePdf,
  makeSampleWriter,
  makeXmpPacket,
  type SamplePdfOptions,
} from '@egov-gateway/testing/pdf';
import { describe, expect, test } from 'vitest';

import { checkPdf, maxPdfBytes, type PdfReport, pdfCheckLimits, safePdfBytes } from './check-pdf.ts';
import { explainPdfFinding, type PdfFindingCode, pdfFindingCodes } from './pdf-finding.ts';

const level = { wantedConformance: 'B' } as const;
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const codesOf = (report: PdfReport): PdfFindingCode[] => report.findings.map(({ code }) => code);
const codes = (options: SamplePdfOptions): PdfFindingCode[] =>
  codesOf(checkPdf(makeSamplePdf(options), level));

/** The same file with one text in the place of another, of the same length. */
function patched(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = copy.lastIndexOf(from);
  if (at < 0 || from.length !== to.length) throw new Error('the sample has no such text');
  copy.write(to, at, 'latin1');
  return new Uint8Array(copy);
}

describe('checkPdf', () => {
  test('takes PDF/A-1b, and says that A is wanted', () => {
    const report = checkPdf(makeSamplePdf());
    expect(report.claim).toEqual({ part: 1, conformance: 'B' });
    expect(report.uploadable).toBe(true);
    expect(codesOf(report)).toEqual(['conformance-b']);
    expect(report.limits).toBe(pdfCheckLimits);
  });

  test('takes PDF/A-1a without a word', () => {
    const report = checkPdf(makeSamplePdf({ conformance: 'A' }));
    expect(report).toMatchObject({ claim: { part: 1, conformance: 'A' }, uploadable: true, findings: [] });
  });

  const valid: readonly (readonly [string, SamplePdfOptions])[] = [
    ['the claim as attributes', { xmp: { form: 'attribute' } }],
    ['the claim among other properties', { xmp: { ownDescription: false } }],
    ['attributes among other properties', { xmp: { ownDescription: false, form: 'attribute' } }],
    ['a byte order mark', { xmp: { encoding: 'utf-8-bom' } }],
    ['UTF-16, big endian', { xmp: { encoding: 'utf-16be' } }],
    ['UTF-16, little endian', { xmp: { encoding: 'utf-16le' } }],
    ['a title in both places', { title: 'Приказ № 1' }],
    ['many objects', { manyObjects: 2000 }],
    ['a picture', { size: 100_000 }],
    ['version 1.0', { header: '%PDF-1.0' }],
    ['a carriage return behind the header', { header: '%PDF-1.4\r' }],
    ['an object that nothing refers to', { objects: { 20: '<</S/JavaScript/JS(x)>>' } }],
    [
      'a role that is called like an action',
      { catalog: '/X 20 0 R', objects: { 20: '<</S/Sound/P 1 0 R>>' } },
    ],
    [
      'a font called F in the resources',
      { resources: '/Font<</F 20 0 R/CA 20 0 R/S 20 0 R>>', objects: { 20: 'null' } },
    ],
    ['full opacity', { resources: '/ExtGState<</A<</CA 1.0/ca 1/SMask/None/BM/Normal>>>>' }],
    [
      'an embedded font',
      {
        resources: '/Font<</F 20 0 R>>',
        objects: {
          20: '<</Type/Font/Subtype/TrueType/FontDescriptor<</Type/FontDescriptor/FontFile2 4 0 R>>>>',
        },
      },
    ],
    ['a reference to an object that there is not', { catalog: '/X 999 0 R/Y 7777777 0 R' }],
    ['comments and odd white space', { catalog: '%>> /Encrypt\n\t/X\0[ 1%(\r2 ]\f' }],
    [
      'null where nothing is meant',
      { catalog: '/OCProperties null/AA null', trailer: '/Encrypt null/XRefStm null/Prev null' },
    ],
    ['strings with brackets', { catalog: '/X(\\)>>\\\\)/Y(a(b)c)/Z<4 1>' }],
  ];
  test.each(valid)('takes %s', (_name, options) => {
    expect(codes(options)).toEqual([]);
  });

  const broken: readonly (readonly [PdfFindingCode, string, SamplePdfOptions])[] = [
    ['version-unknown', 'PDF 2.0', { header: '%PDF-2.0' }],
    ['version-unknown', 'a version of two digits', { header: '%PDF-1.41' }],
    ['binary-comment', 'no binary comment', { binaryComment: false }],
    ['xref-damaged', 'offsets that lead elsewhere', { damage: 3 }],
    ['encrypted', 'a password', { trailer: '/Encrypt<</Filter/Standard>>' }],
    ['encrypted', 'a reference to the encryption', { trailer: '/Encrypt 20 0 R' }],
    ['id-missing', 'no identifier', { id: false }],
    ['metadata-missing', 'no metadata', { metadata: null }],
    ['metadata-filtered', 'compressed metadata', { compressMetadata: true }],
    ['metadata-unreadable', 'metadata that is no XML', { metadata: bytesOf('<x') }],
    ['metadata-unreadable', 'metadata that is other XML', { metadata: bytesOf('<x/>') }],
    [
      'metadata-unreadable',
      'a document type',
      { metadata: bytesOf('<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>') },
    ],
    ['metadata-unreadable', 'empty metadata', { metadata: new Uint8Array() }],
    [
      'metadata-unreadable',
      'metadata nested too deep',
      { xmp: { more: `${'<a>'.repeat(70)}${'</a>'.repeat(70)}` } },
    ],
    ['claim-missing', 'no claim', { xmp: { part: null, conformance: null } }],
    [
      'claim-missing',
      'a claim in another namespace',
      { xmp: { namespace: 'http://www.aiim.org/pdfa/ns/id' } },
    ],
    ['claim-unknown', 'part 5', { xmp: { part: '5' } }],
    ['claim-unknown', 'part 01', { xmp: { part: '01' } }],
    ['claim-unknown', 'part 1 with blanks', { xmp: { part: ' 1 ' } }],
    ['claim-unknown', 'an empty part', { xmp: { part: '' } }],
    ['another-part', 'PDF/A-2', { xmp: { part: '2' } }],
    ['another-part', 'PDF/A-3 as attributes', { xmp: { part: '3', form: 'attribute' } }],
    ['another-part', 'PDF/A-4', { xmp: { part: '4', conformance: null } }],
    ['conformance-missing', 'no level', { xmp: { conformance: null } }],
    ['conformance-unknown', 'level U', { xmp: { conformance: 'U' } }],
    ['conformance-unknown', 'a small letter', { xmp: { conformance: 'b' } }],
    ['output-intent-missing', 'no output intent', { outputIntent: false }],
    [
      'output-intent-missing',
      'an output intent for print',
      { outputIntent: false, catalog: '/OutputIntents[<</S/GTS_PDFX/DestOutputProfile 4 0 R>>]' },
    ],
    [
      'output-profile-missing',
      'no profile',
      { outputIntent: false, catalog: '/OutputIntents[<</S/GTS_PDFA1>>]' },
    ],
    ['not-marked', 'level A without tags', { xmp: { conformance: 'A' } }],
    ['action-forbidden', 'JavaScript', { catalog: '/OpenAction<</S/JavaScript/JS(x)>>' }],
    ['action-forbidden', 'actions of events, whatever they are', { catalog: '/AA<<>>' }],
    ['action-forbidden', 'an obsolete action', { catalog: '/OpenAction<</S/NOP>>' }],
    ['action-forbidden', 'JavaScript in disguise', { catalog: '/OpenAction<</#53/J#61vaScript/JS(x)>>' }],
    [
      'action-forbidden',
      'a program to launch',
      { catalog: '/OpenAction 20 0 R', objects: { 20: '<</Type/Action/S/Launch/F(a)>>' } },
    ],
    [
      'action-forbidden',
      'a sound, far away',
      { catalog: '/A 20 0 R', objects: { 20: '[[<</B 21 0 R>>]]', 21: '<</Next<</S/Sound>>>>' } },
    ],
    ['annotation-forbidden', 'an attachment', { page: '/Annots[<</Type/Annot/Subtype/FileAttachment>>]' }],
    ['embedded-file', 'embedded files', { catalog: '/Names<</EmbeddedFiles 20 0 R>>' }],
    [
      'embedded-file',
      'a file inside a specification',
      { catalog: '/X<</Type/Filespec/F(a)/EF<</F 4 0 R>>>>' },
    ],
    [
      'external-stream',
      'a stream elsewhere',
      { page: '/X 20 0 R', objects: { 20: '<</F(other)/Length 0>>\nstream\n\nendstream' } },
    ],
    [
      'lzw',
      'LZW',
      {
        catalog: '/X 20 0 R',
        objects: { 20: '<</Filter[/ASCII85Decode/LZWDecode]/Length 0>>\nstream\n\nendstream' },
      },
    ],
    ['transparency', 'a soft mask', { resources: '/ExtGState<</A<</SMask<</S/Alpha>>>>>>' }],
    ['transparency', 'a mask of a picture', { resources: '/XObject<</A<</Subtype/Image/SMask 20 0 R>>>>' }],
    ['transparency', 'a blend mode', { resources: '/ExtGState<</A<</BM/Multiply>>>>' }],
    ['transparency', 'opacity of a line', { resources: '/ExtGState<</A<</CA .5/Type/ExtGState>>>>' }],
    ['transparency', 'opacity of an area, at the end', { resources: '/ExtGState<</A<</ca 0>>>>' }],
    ['transparency', 'a group', { page: '/Group<</S/Transparency>>' }],
    ['postscript', 'PostScript', { resources: '/XObject<</A<</Subtype/PS>>>>' }],
    ['interpolation', 'interpolation', { resources: '/XObject<</A<</Subtype/Image/Interpolate true>>>>' }],
    ['appearances-missing', 'a form without appearances', { catalog: '/AcroForm<</NeedAppearances true>>' }],
    ['optional-content', 'layers', { catalog: '/OCProperties<<>>' }],
    [
      'object-damaged',
      'a wrong length',
      { page: '/X 20 0 R', objects: { 20: '<</Length 3>>\nstream\nabcd\nendstream' } },
    ],
    [
      'object-damaged',
      'a length that is no number',
      { page: '/X 20 0 R', objects: { 20: '<</Length 1 0 R>>\nstream\nabcd\nendstream' } },
    ],
    ['object-damaged', 'a bracket too much', { page: '/X 20 0 R', objects: { 20: '<</A[1>>]>>' } }],
    ['object-damaged', 'a key without a value', { page: '/X 20 0 R', objects: { 20: '<</A>>' } }],
    ['object-damaged', 'a string without an end', { page: '/X 20 0 R', objects: { 20: '(' } }],
    ['object-damaged', 'an unknown word', { page: '/X 20 0 R', objects: { 20: '<</A maybe>>' } }],
    ['object-damaged', 'half a reference', { page: '/X 20 0 R', objects: { 20: '[1 R]' } }],
    ['too-complex', 'nesting without end', { page: '/X 20 0 R', objects: { 20: '['.repeat(200) } }],
    ['too-complex', 'a trailer in which it nests', { catalog: `/X ${'['.repeat(100)}${']'.repeat(100)}` }],
  ];
  test.each(broken)('finds %s: %s', (code, _name, options) => {
    const report = checkPdf(makeSamplePdf(options), level);
    expect(codesOf(report)).toContain(code);
    expect(report.uploadable).toBe(false);
  });

  const warned: readonly (readonly [PdfFindingCode, string, SamplePdfOptions])[] = [
    ['version-above', 'PDF 1.7 in the header', { header: '%PDF-1.7' }],
    ['version-above', 'PDF 1.7 in the catalog', { catalog: '/Version/1.7' }],
    ['metadata-unwrapped', 'no packet around the metadata', { xmp: { wrapper: false } }],
    ['metadata-unwrapped', 'RDF without x:xmpmeta', { xmp: { xmpmeta: false } }],
    ['claim-prefix', 'another prefix', { xmp: { prefix: 'other' } }],
    [
      'font-not-embedded',
      'a font of the viewer',
      { resources: '/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>' },
    ],
    [
      'font-not-embedded',
      'a font without its program',
      { resources: '/Font<</F<</Type/Font/Subtype/TrueType/FontDescriptor<</Type/FontDescriptor>>>>>>' },
    ],
    ['info-differs', 'another title', { title: 'Приказ', xmp: { title: 'Договор' } }],
    ['info-differs', 'a title in one place', { title: 'Приказ', xmp: { title: null } }],
  ];
  test.each(warned)('warns of %s: %s', (code, _name, options) => {
    const report = checkPdf(makeSamplePdf(options), level);
    expect(codesOf(report)).toEqual([code]);
    expect(report.uploadable).toBe(true);
  });

  const stream = (length: string): string => `<<${length}>>\nstream\nabcd\nendstream`;
  test.each<readonly [string, SamplePdfOptions]>([
    ['a name that ends as a forbidden one', { resources: '/XObject<</A<</Jnterpolate true>>>>' }],
    ['a name that goes on', { resources: '/XObject<</A<</Subtype/PSX/InterpolateX true>>>>' }],
    [
      'a number that goes on',
      { resources: '/ExtGState<</A<</CA 20  0 R/ca 20 1 R>>>>', objects: { 20: '1' } },
    ],
    ['a reference with a comment in it', { resources: '/A<</CA 20 %\n0 R>>', objects: { 20: '1' } }],
    ['full opacity', { resources: '/ExtGState<</A<</CA 1.0/ca 1>>>>' }],
    ['a length elsewhere', { page: '/X 20 0 R', objects: { 20: stream('/Length 21 0 R'), 21: '4' } }],
    [
      'a length elsewhere, in two lines',
      { page: '/X 20 0 R', objects: { 20: stream('/Length 21\n0 R'), 21: '4' } },
    ],
    [
      'a length before another key',
      { page: '/X 20 0 R', objects: { 20: stream('/Length 4/A 21 0 R'), 21: '9' } },
    ],
  ])('takes %s', (_name, options) => {
    expect(codes(options)).toEqual([]);
  });

  test.each([' 20 0 R', ' 20  0 R', ' 20\n0\tR', ' 20 1 R', ' 20 %\n0 R', '[1 20 0 R]'])(
    'follows the reference "/X%s"',
    (reference) => {
      const options = { catalog: `/X${reference}`, objects: { 20: '<</S/Launch>>' } };
      expect(codes(options)).toEqual(['action-forbidden']);
    },
  );

  test.each(['Interpolate', 'Inter#70olate', '#49nterpolat#65'])('finds the key /%s', (key) => {
    expect(codes({ resources: `/A<</${key} true>>` })).toEqual(['interpolation']);
  });

  test('says which object it was', () => {
    const [finding] = checkPdf(
      makeSamplePdf({ catalog: '/X 20 0 R', objects: { 20: '<</S/Launch>>' } }),
    ).findings;
    expect(finding).toMatchObject({
      code: 'action-forbidden',
      object: 20,
      clause: '6.6.1',
      severity: 'error',
    });
  });

  test('finds a contradiction in the claim', () => {
    const more = '<rdf:Description xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="2"/>';
    expect(codes({ xmp: { more } })).toEqual(['claim-ambiguous']);
  });

  test('takes a claim that is made twice in the same words', () => {
    const more = '<rdf:Description xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="1"/>';
    expect(codes({ xmp: { more } })).toEqual([]);
  });

  test('finds a structure tree that is missing', () => {
    expect(codes({ xmp: { conformance: 'A' }, catalog: '/MarkInfo<</Marked true>>' })).toEqual([
      'structure-missing',
    ]);
  });

  test('reads dates of both forms', () => {
    const packet = (date: string): Uint8Array =>
      makeXmpPacket({
        more: `<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreateDate>${date}</xmp:CreateDate></rdf:Description>`,
      });
    const trailer = "/Info<</CreationDate(D:20260112100000+05'00')>>";
    expect(codes({ trailer, metadata: packet('2026-01-12T10:00:00+05:00') })).toEqual([]);
    expect(codes({ trailer, metadata: packet('2026-01-12T05:00:00Z') })).toEqual([]);
    expect(codes({ trailer, metadata: packet('2026-01-12T10:00:00Z') })).toEqual(['info-differs']);
  });

  describe('whole files', () => {
    const sample = makeSamplePdf();

    test.each<readonly [string, Uint8Array, PdfFindingCode]>([
      ['nothing', new Uint8Array(), 'empty'],
      ['one octet', bytesOf('%'), 'not-pdf'],
      ['a web page', bytesOf('<!doctype html><p>404'), 'not-pdf'],
      ['a web page that speaks of %PDF', bytesOf(`<!doctype html>${' '.repeat(2000)}%PDF-1.4`), 'not-pdf'],
      ['nothing but a header', bytesOf('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n'), 'truncated'],
      ['a byte order mark', Buffer.concat([bytesOf('\xef\xbb\xbf'), sample]), 'header-offset'],
      ['the first half', sample.subarray(0, sample.length / 2), 'truncated'],
      ['all but the last line', sample.subarray(0, sample.length - 6), 'truncated'],
      ['a signature behind the end', Buffer.concat([sample, bytesOf('signature')]), 'data-after-eof'],
      ['two empty lines behind the end', Buffer.concat([sample, bytesOf('\n\n')]), 'data-after-eof'],
      [
        'a table of objects that is elsewhere',
        patched(sample, 'startxref\n1', 'startxref\n2'),
        'xref-damaged',
      ],
      ['a table that is beyond the end', patched(sample, 'startxref\n1', 'startxref\n9'), 'xref-damaged'],
      ['a number of objects that is too large', patched(sample, '1 7\n', '1 9\n'), 'xref-damaged'],
      ['an entry with another mark', patched(sample, ' 00000 n', ' 00000 x'), 'xref-damaged'],
      ['no catalog', patched(sample, '/Root 1 0 R', '/Root 9 0 R'), 'catalog-missing'],
      ['a catalog that is no dictionary', patched(sample, '/Root 1 0 R', '/Root     1'), 'catalog-missing'],
    ])('of %s', (_name, bytes, code) => {
      const report = checkPdf(bytes);
      expect(codesOf(report)[0]).toBe(code);
      expect(report.uploadable).toBe(false);
    });

    test('with CR LF at the end are taken', () => {
      expect(codesOf(checkPdf(Buffer.concat([sample.subarray(0, -1), bytesOf('\r\n')]), level))).toEqual([]);
    });

    test('whose table is a stream are of PDF 1.5, and are told by what they claim', () => {
      const body = `%PDF-1.5\n%\xe2\xe3\xcf\xd3\n${Buffer.from(makeXmpPacket({ part: '2' })).toString('latin1')}\n`;
      const stream = '9 0 obj\n<</Type/XRef/Size 1/W[1 1 1]/Length 0>>\nstream\n\nendstream\nendobj\n';
      const report = checkPdf(bytesOf(`${body}${stream}startxref\n${body.length}\n%%EOF\n`));
      expect(codesOf(report)).toEqual(['xref-stream', 'another-part', 'version-above']);
      expect(report.claim).toEqual({ part: 2, conformance: 'B' });
    });

    test('with a second, hidden table are of PDF 1.5', () => {
      expect(codes({ trailer: '/XRefStm 15' })).toContain('xref-stream');
    });

    test('with incremental updates are judged by the newest revision', () => {
      const writer = makeSampleWriter({ catalog: '/OpenAction<</S/JavaScript/JS(x)>>' });
      expect(codesOf(checkPdf(writer.bytes(), level))).toEqual(['action-forbidden']);
      writer.object(1, '<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R/OutputIntents[7 0 R]>>');
      writer.finish('/Root 1 0 R/ID[<00><00>]');
      expect(codesOf(checkPdf(writer.bytes(), level))).toEqual([]);
    });

    test('whose update encrypts them are encrypted', () => {
      const writer = makeSampleWriter();
      writer.finish('/Root 1 0 R/ID[<00><00>]/Encrypt<<>>');
      expect(codesOf(checkPdf(writer.bytes(), level))).toEqual(['encrypted']);
    });

    test('of the allowed size are taken, of one octet more refused', () => {
      const largest = makeSamplePdf({ size: maxPdfBytes });
      expect(largest.length).toBe(maxPdfBytes);
      expect(codesOf(checkPdf(largest, level))).toEqual(['near-limit']);
      expect(codesOf(checkPdf(largest.subarray(0, safePdfBytes + 1)))).toContain('near-limit');
      expect(codesOf(checkPdf(largest.subarray(0, safePdfBytes)))).not.toContain('near-limit');
      expect(codesOf(checkPdf(new Uint8Array(maxPdfBytes + 1)))).toEqual(['too-big']);
      const { findings } = checkPdf(largest, { maxBytes: 1000 });
      expect(findings).toMatchObject([
        { code: 'too-big', message: { en: expect.stringContaining('lower limit') } },
      ]);
    });
  });

  test.each([
    ['a text', () => checkPdf('%PDF' as unknown as Uint8Array)],
    ['an unknown option', () => checkPdf(new Uint8Array(), { level: 'A' } as object)],
    ['an unknown level', () => checkPdf(new Uint8Array(), { wantedConformance: 'C' as 'A' })],
    ['a larger limit', () => checkPdf(new Uint8Array(), { maxBytes: maxPdfBytes + 1 })],
    ['no limit', () => checkPdf(new Uint8Array(), { maxBytes: Number.NaN })],
  ])('refuses %s', (_name, run) => {
    expect(run).toThrow(TypeError);
  });
});

describe('explainPdfFinding', () => {
  test.each(pdfFindingCodes)('has words and a remedy for %s', (code) => {
    const { message, remedy, clause } = explainPdfFinding(code);
    for (const text of [message.ru, remedy.ru]) expect(text).toMatch(/[а-я].*\.$/s);
    for (const text of [message.en, remedy.en]) expect(text).toMatch(/[a-z].*\.$/s);
    expect(clause ?? '6.0').toMatch(/^6\.\d/);
  });

  test('refuses other codes', () => {
    expect(() => explainPdfFinding('toString' as PdfFindingCode)).toThrow(TypeError);
  });
});
