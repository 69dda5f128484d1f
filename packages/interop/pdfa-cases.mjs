import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkPdf, maxPdfBytes } from '@egov-gateway/ekdo';
import { makeSamplePdf } from '@egov-gateway/testing/pdf';

import { pdfaFiles } from './pdfa-files.mjs';
import { startPreflight } from './tools.mjs';

/** What must come out of the set, so that it cannot go empty unnoticed. */
const least = { valid: 15, refused: 25, invalid: 30 };

/** Our identification of PDF/A-1 against the validator of PDFBox, both ways. */
export async function pdfaCases(report, { folder }) {
  const place = join(folder, 'pdfa');
  mkdirSync(place);
  const preflight = startPreflight(folder);
  const judged = [];
  try {
    for (const [index, { name, bytes }] of (await pdfaFiles(folder)).entries()) {
      const path = join(place, `${index}.pdf`);
      writeFileSync(path, bytes);
      const { uploadable, claim, findings } = checkPdf(bytes, { wantedConformance: 'B' });
      const codes = findings.map(({ code }) => code).join(' ');
      judged.push({ name, uploadable, claim, codes, verdict: await preflight.ask(path) });
    }
    const largest = join(place, 'largest.pdf');
    writeFileSync(largest, makeSamplePdf({ size: maxPdfBytes + 1 }));
    judged.largest = await preflight.ask(largest);
  } finally {
    await preflight.close();
  }
  const valid = judged.filter(({ verdict }) => verdict === 'valid');
  const invalid = judged.filter(({ verdict }) => verdict !== 'valid');
  const refused = judged.filter(({ uploadable }) => !uploadable);
  const passing = invalid.filter(({ uploadable }) => uploadable);

  report.section(
    'PDF/A-1: our identification and PDFBox Preflight',
    `${judged.length} files: ${valid.length} valid and ${invalid.length} invalid to Preflight; we refuse ${refused.length}`,
    'Preflight judges PDF/A-1b; that a file has more than 15 MiB, or level B where A is wanted, is no concern of its',
    ...passing.map(
      ({ name, codes, verdict }) =>
        `the limit of an identification: "${name}" passes our check${codes === '' ? '' : ` (warned: ${codes})`}, Preflight: ${verdict}`,
    ),
  );
  for (const { name, uploadable, codes } of valid) {
    await report.case(`valid to Preflight, and passes our check: ${name}`, () => {
      if (!uploadable) throw new Error(`we find ${codes}`);
    });
  }
  for (const { name, codes, verdict } of refused) {
    await report.case(`refused by us (${codes}), and invalid to Preflight: ${name}`, () => {
      if (verdict === 'valid') throw new Error('Preflight finds it valid');
    });
  }
  await report.case('valid to Preflight, but refused by the size alone: 15 MiB and one octet', () => {
    const { findings } = checkPdf(new Uint8Array(maxPdfBytes + 1));
    if (findings[0]?.code !== 'too-big' || judged.largest !== 'valid') throw new Error(judged.largest);
  });
  await report.case('whatever passes our check claims to be PDF/A-1', () => {
    const silent = judged.filter(({ uploadable, claim }) => uploadable && claim?.part !== 1);
    if (silent.length > 0) throw new Error(silent.map(({ name }) => name).join(', '));
  });
  await report.case('the set has files of every kind', () => {
    const found = { valid: valid.length, refused: refused.length, invalid: invalid.length };
    for (const [kind, count] of Object.entries(least)) {
      if (found[kind] < count) throw new Error(`only ${found[kind]} are ${kind}`);
    }
  });
}
