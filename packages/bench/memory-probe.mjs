/** Loads library and file, then signs or verifies that one document, and prints its own peak memory. */
import { readFileSync } from 'node:fs';

import { loadPem, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';

import { certificatePem, keyPem } from './documents.mjs';

const [op, file] = process.argv.slice(2);
const key = await loadPem({ privateKey: keyPem, certificate: certificatePem });
const signer = createEnvelopeSigner({ key });
const verifier = createEnvelopeVerifier({
  trust: pinnedCertificates([parseCertificate(Buffer.from(certificatePem))]),
});
const bytes = readFileSync(file);

if (op === 'verify') await verifier.verify(bytes);
if (op === 'sign') {
  // The same message without its Security header: what a caller hands to the signer.
  const start = bytes.indexOf('<wsse:Security');
  const end = bytes.indexOf('</wsse:Security>') + '</wsse:Security>'.length;
  bytes.copyWithin(start, end);
  await signer.sign(bytes.subarray(0, bytes.length - (end - start)));
}

process.stdout.write(
  JSON.stringify({
    maxRssMiB: process.resourceUsage().maxRSS / 1024,
    documentMiB: bytes.length / 1024 / 1024,
  }),
);
