/** An ICC profile of a grey display, gamma 2.2, written for this file: see ICC.1:1998-09, 6.3.1.1. */
const greyProfile = Buffer.from(
  [
    'AAABWAAAAAACEAAAbW50ckdSQVlYWVogB+oAAQABAAAAAAAAYWNzcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPbWAAEA',
    'AAAA0y0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEZGVzYwAAALQAAABkY3BydAAA',
    'ARgAAAAcd3RwdAAAATQAAAAUa1RSQwAAAUgAAAAQZGVzYwAAAAAAAAAJRU1VIGdyZXkAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAHRleHQAAAAATm8gcmlnaHRzIHJl',
    'c2VydmVkAABYWVogAAAAAAAA9tYAAQAAAADTLWN1cnYAAAAAAAAAAQIzAAA=',
  ].join(''),
  'base64',
);

const packet = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>1</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;

/**
 * A file of one blank page that claims PDF/A-1a, about two kilobytes: a document to rehearse with. Different words make
 * different files.
 *
 * @param words - what it is about, one line; kept as a comment inside, nobody sees it on the page
 * @throws {TypeError} when the words are no single line of at most 200 characters
 */
export function madeUpPdf(words: string): Uint8Array {
  if (!/^[^\p{Cc}\p{Surrogate}]{1,200}$/u.test(words)) throw new TypeError('words must be one line');
  const metadata = Buffer.from(packet);
  const content = Buffer.from(`% ${words}`);
  const objects = [
    '<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R/OutputIntents[8 0 R]/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R/Lang(ru-RU)>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>',
    ['<<', content],
    ['<</Type/Metadata/Subtype/XML', metadata],
    '<</Type/StructTreeRoot/K 7 0 R>>',
    '<</Type/StructElem/S/Document/P 6 0 R>>',
    '<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(EMU)/DestOutputProfile 9 0 R>>',
    ['<</N 1', greyProfile],
  ] as const;

  // Octets above 127 tell programs that copy files that this one is no text. See ISO 19005-1, 6.1.2.
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let length = parts[0]?.length ?? 0;
  const add = (part: string | Buffer): void => {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  const offsets = objects.map((object, index) => {
    const offset = length;
    add(`${index + 1} 0 obj\n`);
    if (typeof object === 'string') add(object);
    else {
      add(`${object[0]}/Length ${object[1].length}>>\nstream\n`);
      add(object[1]);
      add('\nendstream');
    }
    add('\nendobj\n');
    return offset;
  });
  const startAt = length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const id = '<00112233445566778899AABBCCDDEEFF>';
  add(`xref\n0 ${size}\n0000000000 65535 f \n${entries}`);
  add(`trailer\n<</Size ${size}/Root 1 0 R/ID[${id}${id}]>>\nstartxref\n${startAt}\n%%EOF\n`);
  return new Uint8Array(Buffer.concat(parts));
}
