const WIDTH = 595;
const HEIGHT = 842;
const LEFT = 72;
const TOP = 770;
const LEADING = 20;

/**
 * A one-page PDF (1.4, A4, Helvetica) with a few lines of text: enough for a viewer, small enough for a test.
 *
 * @param lines - printable ASCII: the standard fonts have no Cyrillic
 * @throws {TypeError} when a line has other characters
 */
export function tinyPdf(lines: readonly string[]): Uint8Array {
  if (lines.some((line) => !/^[\x20-\x7e]*$/.test(line)))
    throw new TypeError('lines must be printable ASCII');
  const text = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
  const content = `BT /F1 12 Tf ${LEADING} TL ${LEFT} ${TOP} Td\n${text}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];

  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const xrefAt = file.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  file +=
    `xref\n0 ${size}\n0000000000 65535 f \n${entries}` +
    `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${xrefAt}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}
