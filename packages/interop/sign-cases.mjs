import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { certificateChain, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { createEnvelopeVerifier } from '@egov-gateway/wsse';

import { signatureTemplates, unsignedEnvelopes } from './messages.mjs';
import { run } from './tools.mjs';

const organisationBin = '991340000017';
const carriesCertificate = new Set(['key-identifier', 'binary-security-token']);
const wss4jStyles = [
  'key-identifier',
  'binary-security-token',
  'subject-key-identifier',
  'issuer-serial',
  'thumbprint',
];
const zeepStyles = ['binary-security-token', 'x509-data'];

/** Our verifier accepts what they sign, by the trust policy that fits, and refuses it under another one. */
export async function signCases(report, { java, python, folder, key }) {
  report.section('what xmlsec1, zeep and WSS4J sign, judged by us');
  const certificate = (name) => parseCertificate(readFileSync(key(`${name}.crt`)));
  const organisation = certificate('organisation');
  const verifierOf = (trust) => createEnvelopeVerifier({ trust });
  const pinned = verifierOf(pinnedCertificates([organisation]));
  const chained = verifierOf(
    certificateChain({ roots: [certificate('ca')], expect: { bin: organisationBin } }),
  );
  const stranger = verifierOf(pinnedCertificates([certificate('other-bin')]));

  async function accepts(verifier, bytes) {
    const body = await verifier.verify(bytes);
    if (!body.verified) throw new Error('taken for unsigned');
    if (body.signer.certificate.thumbprintSha256 !== organisation.thumbprintSha256)
      throw new Error('another signer');
  }

  async function judge(name, bytes, hasCertificate) {
    await report.case(`${name}: accepted with the certificate pinned`, () => accepts(pinned, bytes));
    if (hasCertificate) {
      await report.case(`${name}: accepted by the chain and the BIN`, () => accepts(chained, bytes));
    }
    await report.case(`${name}: refused with another certificate pinned`, async () => {
      const outcome = await stranger.verify(bytes).catch((error) => error);
      if (!String(outcome.code).startsWith('ERR_VERIFY_SIGNER_'))
        throw new Error(`expected a refusal, got ${outcome}`);
    });
  }

  for (const { name, xml } of signatureTemplates(organisation.der)) {
    const template = join(folder, 'template.xml');
    writeFileSync(template, xml);
    const signed = run('xmlsec1', [
      '--sign',
      '--privkey-pem',
      key('organisation.key'),
      '--id-attr:Id',
      'http://schemas.xmlsoap.org/soap/envelope/:Body',
      template,
    ]);
    await judge(`xmlsec1, ${name}`, signed, true);
  }

  for (const { name, bytes } of unsignedEnvelopes()) {
    const document = Buffer.from(bytes).toString('base64');
    for (const style of wss4jStyles) {
      const signed = Buffer.from(await java.ask('wss4j-sign', style, document), 'base64');
      await judge(`WSS4J ${style}, ${name}`, signed, carriesCertificate.has(style));
    }
    for (const style of zeepStyles) {
      const signed = Buffer.from(await python.ask('zeep-sign', style, document), 'base64');
      await judge(`zeep ${style}, ${name}`, signed, true);
    }
  }
}
