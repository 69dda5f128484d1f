import { makeSamplePdf } from '@egov-gateway/testing/pdf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { checkPdf, maxPdfBytes } from './check-pdf.ts';

const sample = makeSamplePdf({ conformance: 'A', title: 'Приказ' });
const header = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n';

/** A file with these objects and this table, and `startxref` where the table is. */
function file(body: string, table: string): Uint8Array {
  const text = `${header}${body}`;
  return new Uint8Array(Buffer.from(`${text}${table}startxref\n${text.length}\n%%EOF\n`, 'latin1'));
}

/** The first error. Whatever is quadratic takes minutes, and the time limit of a test ends it. */
function firstCode(bytes: Uint8Array): string | undefined {
  return checkPdf(bytes).findings[0]?.code;
}

describe('checkPdf of a hostile file', () => {
  test('whose /Prev leads back to itself', () => {
    const at = header.length;
    expect(firstCode(file('', `xref\n0 0\ntrailer\n<</Prev ${at}>>\n`))).toBe('xref-damaged');
  });

  test('whose tables lead in a circle', () => {
    const first = `xref\n0 0\ntrailer\n<</Prev ${header.length + 100}>>\n`.padEnd(100);
    expect(firstCode(file(first, `xref\n0 0\ntrailer\n<</Prev ${header.length}>>\n`))).toBe('xref-damaged');
  });

  test.each(['-1', '1e3', '99999999999999999999', '4.5', '(1)', '[0]'])('whose /Prev is %s', (previous) => {
    expect(firstCode(file('', `xref\n0 0\ntrailer\n<</Prev ${previous}>>\n`))).toBe('xref-damaged');
  });

  test.each(['0 99999999999', '8388607 2', '0 4294967296', '-1 1', '1', '0  1', '0 1 1'])(
    'whose section is %s',
    (section) => {
      expect(firstCode(file('', `xref\n${section}\ntrailer\n<<>>\n`))).toBe('xref-damaged');
    },
  );

  test('with thousands of tables that lie inside each other', () => {
    const nested = 'xref\n0 0\ntrailer\n<</A('.repeat(40_000);
    expect(firstCode(file('', nested))).toBe('xref-damaged');
  });

  test('with thousands of updates, each a table of its own', () => {
    let body = header;
    for (let i = 0, previous = ''; i < 20_000; i++) {
      const at = body.length;
      body += `xref\n0 0\ntrailer\n<<${previous}>>\n`;
      previous = `/Prev ${at}`;
    }
    expect(
      firstCode(file(body.slice(header.length), `xref\n0 0\ntrailer\n<</Prev ${body.length - 40}>>\n`)),
    ).toBe('xref-damaged');
  });

  test('whose objects lie inside each other', () => {
    const count = 40_000;
    const catalog = '1 0 obj\n<</A 2 0 R>>\nendobj\n';
    let body = catalog;
    const rows = [header.length];
    for (let number = 2; number < count; number++) {
      rows.push(header.length + body.length);
      // The rest of the line is a comment to this object, and the next object to the table.
      body += `${number} 0 obj[${number + 1} 0 R]%`;
    }
    body += '\nendobj\n';
    const table = rows.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
    const { findings } = checkPdf(
      file(body, `xref\n1 ${rows.length}\n${table}trailer\n<</Root 1 0 R/ID[<00><00>]>>\n`),
    );
    expect(findings.map(({ code }) => code)).toContain('object-damaged');
  });

  test('in which everything refers to everything', () => {
    const count = 2000;
    const all = Array.from({ length: count }, (_, index) => `${index + 1} 0 R`).join(' ');
    const objects = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [20 + index, `[${all}]`]));
    expect(firstCode(makeSamplePdf({ catalog: '/X 20 0 R', objects }))).toBe('conformance-b');
  });

  test.each([
    ['zeroes', 0],
    ['brackets', 0x28],
    ['blanks', 0x20],
    ['digits', 0x39],
    ['slashes', 0x2f],
    ['per cent signs', 0x25],
  ])('of 15 MiB of %s', (_name, octet) => {
    expect(firstCode(new Uint8Array(maxPdfBytes).fill(octet))).toBe('not-pdf');
    const framed = new Uint8Array(maxPdfBytes).fill(octet);
    framed.set(Buffer.from(`${header}1 0 obj\n`, 'latin1'));
    const end = `\nxref\n1 1\n0000000015 00000 n \ntrailer\n<</Root 1 0 R>>\nstartxref\n`;
    const tail = Buffer.from(`${end}${maxPdfBytes - 76}\n%%EOF\n`, 'latin1');
    framed.set(tail, maxPdfBytes - tail.length);
    expect(firstCode(framed)).toMatch(
      /^(?:xref-damaged|object-damaged|too-complex|id-missing|catalog-missing)$/,
    );
  });

  test('of many marks of packets', () => {
    expect(firstCode(file('<?xpacket begin='.repeat(200_000), 'x'))).toBe('xref-damaged');
  });

  test('that inflates without end', () => {
    const packet = new Uint8Array(Buffer.from(`<x>${' '.repeat(8_000_000)}</x>`));
    expect(firstCode(makeSamplePdf({ metadata: packet, compressMetadata: true }))).toBe('metadata-filtered');
  });

  test('with octets changed anywhere never throws', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (changes) => {
          const changed = Uint8Array.from(sample);
          for (const [at, octet] of changes) changed[at] = octet;
          const { findings, uploadable } = checkPdf(changed);
          expect(uploadable).toBe(findings.every(({ severity }) => severity !== 'error'));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('that is cut off anywhere is never taken', () => {
    fc.assert(
      fc.property(fc.nat(sample.length - 2), (length) => {
        expect(checkPdf(sample.subarray(0, length)).uploadable).toBe(false);
      }),
    );
  });

  test('of random octets is never taken', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(checkPdf(bytes).uploadable).toBe(false);
        expect(checkPdf(Buffer.concat([Buffer.from(header, 'latin1'), bytes])).uploadable).toBe(false);
      }),
    );
  });

  test('is told the same twice, and stays as it is', () => {
    const copy = Uint8Array.from(sample);
    expect(checkPdf(sample)).toEqual(checkPdf(sample));
    expect(sample).toEqual(copy);
  });
});
