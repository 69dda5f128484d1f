import { loadPkcs12, pinnedCertificates, rsaSuite } from '@egov-gateway/keys';
import { signPayload, verifyPayload } from '@egov-gateway/payload';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';

import { base64, gostAlgorithms, gostParty, refused, signingSuites } from './gost-party.mjs';
import { unsignedEnvelopes } from './messages.mjs';

const styles = ['key-identifier', 'binary-security-token', 'x509-data', 'issuer-serial'];
const document =
  '<c:contract xmlns:c="http://agency.example/contract" xmlns:unused="urn:example:unused">\n' +
  '  <c:iin kind="c:a">001300900011</c:iin><text xmlns="">Қ &lt;&amp;&gt; "&#13;\n\t</text>\n</c:contract>';

/** Envelopes and documents under GOST signatures, judged and made by Apache Santuario. */
export async function gostXmlCases(report, { gost, key }) {
  report.section(
    'GOST-signed envelopes of ours, judged by Apache Santuario with BouncyCastle',
    'Santuario parses, canonicalises and digests on its own; BouncyCastle hashes and does the curve operation',
  );
  for (const algorithm of gostAlgorithms) {
    const { signingKey, certificate } = gostParty(key, algorithm, 'organisation');
    const judge = (xml) => gost.ask('xml-verify', base64(xml), base64(certificate.der));
    const verifier = createEnvelopeVerifier({ trust: pinnedCertificates([certificate]) });
    // Every content with the algorithm of today, one with the others: what differs is below the XML.
    const all = unsignedEnvelopes();
    const envelopes = algorithm === 'gost2015-512' ? all : all.slice(0, 1);
    for (const keyInfo of styles) {
      const signer = createEnvelopeSigner({ key: signingKey, keyInfo, suites: signingSuites });
      for (const { name, bytes, layout } of envelopes) {
        await report.case(`${algorithm} ${keyInfo}: Santuario accepts: ${name}`, async () => {
          const signed = await signer.sign(bytes, layout);
          await judge(signed);
          if (!(await verifier.verify(signed)).verified) throw new Error('not verified by us');
        });
      }
      await report.case(`${algorithm} ${keyInfo}: Santuario refuses a changed Body`, async () => {
        const [{ bytes, layout }] = envelopes;
        const changed = Buffer.from(await signer.sign(bytes, layout));
        changed.write('X', changed.indexOf('EXAMPLE_SERVICE'));
        await refused(() => judge(changed));
      });
    }
  }
  await report.case('gost2015-512: a key file opened as users do signs what Santuario accepts', async () => {
    const signingKey = await loadPkcs12(key('gost2015-512/organisation.p12'), 'test-only');
    const [{ bytes, layout }] = unsignedEnvelopes();
    const signed = await createEnvelopeSigner({ key: signingKey }).sign(bytes, layout);
    await gost.ask('xml-verify', base64(signed), base64(signingKey.certificate.der));
  });
  await payloadCases(report, { gost, key });
}

async function payloadCases(report, { gost, key }) {
  report.section(
    'enveloped signatures of documents, by us and by Apache Santuario with BouncyCastle',
    'Santuario writes base64 with the &#13; of Java; whoever signs next covers them',
  );
  const rsa = await loadPkcs12(key('organisation.p12'), 'test-only');
  for (const algorithm of gostAlgorithms) {
    const { signingKey, certificate, number } = gostParty(key, algorithm, 'organisation');
    const person = gostParty(key, algorithm, 'person');
    const trust = pinnedCertificates([certificate, person.certificate, rsa.certificate]);
    const weSign = (xml, by) => signPayload(xml, by, { suites: signingSuites });
    const theySign = async (xml) =>
      Buffer.from(
        await gost.ask(
          'xml-sign',
          algorithm,
          base64(number),
          base64(certificate.der),
          base64(Buffer.from(xml)),
        ),
        'base64',
      );
    const theyAccept = (xml, by) => gost.ask('xml-verify', base64(xml), base64(by.der));
    const weAccept = async (xml, signers) => {
      const verified = await verifyPayload(xml, { trust });
      if (verified.signers.length !== signers) throw new Error(`found ${verified.signers.length} signers`);
      if (!verified.xml.includes('001300900011')) throw new Error('other content');
    };

    for (const canonicalization of ['inclusive', 'exclusive']) {
      await report.case(`${algorithm} ${canonicalization}: Santuario accepts our document`, async () => {
        const signed = await signPayload(document, signingKey, { suites: signingSuites, canonicalization });
        await theyAccept(signed, certificate);
        const changed = Buffer.from(signed).toString().replace('0011<', '0021<');
        await refused(() => theyAccept(Buffer.from(changed), certificate));
      });
    }
    await report.case(
      `${algorithm}: we accept the document of Santuario, with its carriage returns`,
      async () => {
        const signed = await theySign(document);
        if (!/&#13;|&#xD;/.test(signed.toString())) throw new Error('no carriage returns to look at');
        await weAccept(signed, 1);
        await refused(() => weAccept(signed.toString().replace('0011<', '0021<'), 1));
      },
    );
    await report.case(
      `${algorithm}: Santuario, we with GOST, we with RSA, Santuario: four signers`,
      async () => {
        const first = await theySign(document);
        const second = await weSign(first, person.signingKey);
        await theyAccept(second, person.certificate);
        const third = await signPayload(second, rsa, { suites: [rsaSuite] });
        const fourth = await theySign(third);
        for (const [index, xml] of [first, second, third, fourth].entries()) await weAccept(xml, index + 1);
        await theyAccept(fourth, certificate);
      },
    );
  }
}
