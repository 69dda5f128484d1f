import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { loadPkcs12 } from '@egov-gateway/keys';
import { createEnvelopeSigner } from '@egov-gateway/wsse';

import { unsignedEnvelopes } from './messages.mjs';
import { run } from './tools.mjs';

const styles = ['key-identifier', 'binary-security-token', 'x509-data', 'issuer-serial'];
const idAttribute = '--id-attr:Id';
const soapBody = 'http://schemas.xmlsoap.org/soap/envelope/:Body';
const signedBody = /^\/(\w+:)?Envelope\/(\w+:)?Body$/;

const base64 = (bytes) => Buffer.from(bytes).toString('base64');

async function refuses(check) {
  try {
    await check();
  } catch {
    return;
  }
  throw new Error('accepts a message whose Body was changed');
}

/** Their verifiers accept what we sign, and refuse it when one character of the Body is changed. */
export async function verifyCases(report, { java, python, folder, key }) {
  report.section(
    'what we sign, judged by xmlsec1, zeep (xmlsec for Python), WSS4J and Santuario',
    'WSS4J is not asked about x509-data: it wants a SecurityTokenReference in KeyInfo, by design',
    'xmlsec1 resolves no SecurityTokenReference: it is given the certificate; for x509-data it also checks the chain',
  );
  const signingKey = await loadPkcs12(key('organisation.p12'), 'test-only');
  const path = join(folder, 'signed.xml');
  const certificatePath = key('organisation.crt');
  const certificate = base64(signingKey.certificate.der);

  const xmlsec1 = (bytes, ...trust) => {
    writeFileSync(path, bytes);
    run('xmlsec1', ['--verify', ...trust, idAttribute, soapBody, path]);
  };
  const judges = {
    xmlsec1: (bytes) => xmlsec1(bytes, '--pubkey-cert-pem', certificatePath),
    zeep: (bytes) => python.ask('zeep-verify', base64(bytes), certificatePath),
    Santuario: (bytes) => java.ask('santuario', base64(bytes), certificate),
    WSS4J: async (bytes) => {
      const signed = await java.ask('wss4j-verify', base64(bytes));
      if (!signedBody.test(signed)) throw new Error(`the Body is not what was signed, but ${signed}`);
    },
  };

  for (const keyInfo of styles) {
    const signer = createEnvelopeSigner({ key: signingKey, keyInfo });
    const names = Object.keys(judges).filter((name) => keyInfo !== 'x509-data' || name !== 'WSS4J');
    for (const { name, bytes, layout } of unsignedEnvelopes()) {
      const signed = await signer.sign(bytes, layout);
      for (const judge of names) {
        await report.case(`${judge} accepts ${keyInfo}: ${name}`, () => judges[judge](signed));
      }
      if (keyInfo === 'x509-data') {
        await report.case(`xmlsec1 accepts ${keyInfo} by the chain: ${name}`, () =>
          xmlsec1(signed, '--trusted-pem', key('ca.crt'), '--enabled-reference-uris', 'same-doc'),
        );
      }
    }
    const [{ bytes, layout }] = unsignedEnvelopes();
    const changed = Buffer.from(await signer.sign(bytes, layout));
    changed.write('X', changed.indexOf('EXAMPLE_SERVICE'));
    for (const judge of names) {
      await report.case(`${judge} refuses ${keyInfo} with a changed Body`, () =>
        refuses(() => judges[judge](changed)),
      );
    }
  }
}
