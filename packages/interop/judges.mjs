import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { run } from './tools.mjs';

const idAttribute = '--id-attr:Id';
const soapBody = 'http://schemas.xmlsoap.org/soap/envelope/:Body';
const signedBody = /^\/(\w+:)?Envelope\/(\w+:)?Body$/;

const base64 = (bytes) => Buffer.from(bytes).toString('base64');

/**
 * The verifiers of others, by name: each throws when it does not accept an RSA-signed envelope of the organisation.
 * `byChain` is xmlsec1 once more, with the authority in the place of the certificate.
 */
export function createJudges({ java, python, folder, key }, certificate) {
  const path = join(folder, 'signed.xml');
  const certificatePath = key('organisation.crt');
  const xmlsec1 = (bytes, ...trust) => {
    writeFileSync(path, bytes);
    run('xmlsec1', ['--verify', ...trust, idAttribute, soapBody, path]);
  };
  const judges = {
    xmlsec1: (bytes) => xmlsec1(bytes, '--pubkey-cert-pem', certificatePath),
    zeep: (bytes) => python.ask('zeep-verify', base64(bytes), certificatePath),
    Santuario: (bytes) => java.ask('santuario', base64(bytes), base64(certificate.der)),
    WSS4J: async (bytes) => {
      const signed = await java.ask('wss4j-verify', base64(bytes));
      if (!signedBody.test(signed)) throw new Error(`the Body is not what was signed, but ${signed}`);
    },
  };
  const byChain = (bytes) =>
    xmlsec1(bytes, '--trusted-pem', key('ca.crt'), '--enabled-reference-uris', 'same-doc');
  return { judges, byChain };
}
