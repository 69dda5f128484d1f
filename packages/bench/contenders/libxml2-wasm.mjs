/** libxml2-wasm with node:crypto: the fastest peer, glued together the way its users would. No wrapping checks. */
import { createHash, createPrivateKey, sign, verify, X509Certificate } from 'node:crypto';

import * as libxml2 from 'libxml2-wasm';

import { certificateBase64, certificatePem, envelopeText, keyPem } from '../documents.mjs';
import { contend } from './contender.mjs';
import { DS, prepareText, SOAP, securityTokenReference, signedInfo } from './xml-names.mjs';

const key = createPrivateKey(keyPem);
const publicKey = new X509Certificate(certificatePem).publicKey;
const names = { ds: DS, soap: SOAP };
const option = libxml2.ParseOption.XML_PARSE_HUGE;
const canonical = (node) => node.canonicalizeToString({ mode: libxml2.XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 });
const sha256 = (text) => createHash('sha256').update(text).digest('base64');

contend({
  sign(size) {
    const text = envelopeText(size);
    return () => {
      const prepared = prepareText(text);
      const document = libxml2.XmlDocument.fromString(prepared, { option });
      try {
        const info = signedInfo(sha256(canonical(document.get('/soap:Envelope/soap:Body', names))));
        const value = sign('sha256', Buffer.from(info), key).toString('base64');
        const signature = `<ds:Signature xmlns:ds="${DS}">${info}<ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo>${securityTokenReference(certificateBase64)}</ds:KeyInfo></ds:Signature>`;
        return prepared.replace('</wsse:Security>', () => `${signature}</wsse:Security>`);
      } finally {
        document.dispose();
      }
    };
  },
  verify(_size, file) {
    const text = file.toString('utf8');
    return () => {
      const document = libxml2.XmlDocument.fromString(text, { option });
      try {
        const value = document.get('//ds:SignatureValue', names).content;
        const digest = document.get('//ds:DigestValue', names).content.trim();
        return (
          sha256(canonical(document.get('/soap:Envelope/soap:Body', names))) === digest &&
          verify(
            'sha256',
            Buffer.from(canonical(document.get('//ds:SignedInfo', names))),
            publicKey,
            Buffer.from(value, 'base64'),
          )
        );
      } finally {
        document.dispose();
      }
    };
  },
});
