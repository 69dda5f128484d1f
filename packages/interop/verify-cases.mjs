import { loadPkcs12 } from '@egov-gateway/keys';
import { createEnvelopeSigner } from '@egov-gateway/wsse';

import { refused } from './gost-party.mjs';
import { createJudges } from './judges.mjs';
import { unsignedEnvelopes } from './messages.mjs';

const styles = ['key-identifier', 'binary-security-token', 'x509-data', 'issuer-serial'];

/** Their verifiers accept what we sign, and refuse it when one character of the Body is changed. */
export async function verifyCases(report, oracles) {
  const { key } = oracles;
  report.section(
    'what we sign, judged by xmlsec1, zeep (xmlsec for Python), WSS4J and Santuario',
    'WSS4J is not asked about x509-data: it wants a SecurityTokenReference in KeyInfo, by design',
    'xmlsec1 resolves no SecurityTokenReference: it is given the certificate; for x509-data it also checks the chain',
  );
  const signingKey = await loadPkcs12(key('organisation.p12'), 'test-only');
  const { judges, byChain } = createJudges(oracles, signingKey.certificate);

  for (const keyInfo of styles) {
    const signer = createEnvelopeSigner({ key: signingKey, keyInfo });
    const names = Object.keys(judges).filter((name) => keyInfo !== 'x509-data' || name !== 'WSS4J');
    for (const { name, bytes, layout } of unsignedEnvelopes()) {
      const signed = await signer.sign(bytes, layout);
      for (const judge of names) {
        await report.case(`${judge} accepts ${keyInfo}: ${name}`, () => judges[judge](signed));
      }
      if (keyInfo === 'x509-data') {
        await report.case(`xmlsec1 accepts ${keyInfo} by the chain: ${name}`, () => byChain(signed));
      }
    }
    const [{ bytes, layout }] = unsignedEnvelopes();
    const changed = Buffer.from(await signer.sign(bytes, layout));
    changed.write('X', changed.indexOf('EXAMPLE_SERVICE'));
    for (const judge of names) {
      await report.case(`${judge} refuses ${keyInfo} with a changed Body`, () =>
        refused(() => judges[judge](changed)),
      );
    }
  }
}
