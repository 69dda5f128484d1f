/** xml-crypto: the library that Node users find first. */
import { createRequire } from 'node:module';

import { SignedXml } from 'xml-crypto';

import { certificateBase64, certificatePem, envelopeText, keyPem } from '../documents.mjs';
import { contend } from './contender.mjs';
import { DS, EXC, prepareText, RSA_SHA256, SHA256, securityTokenReference } from './xml-names.mjs';

const require = createRequire(import.meta.url);
const { DOMParser } = createRequire(require.resolve('xml-crypto'))('@xmldom/xmldom');

contend({
  sign(size) {
    const text = envelopeText(size);
    return () => {
      const signed = new SignedXml({
        privateKey: keyPem,
        idMode: 'wssecurity',
        signatureAlgorithm: RSA_SHA256,
        canonicalizationAlgorithm: EXC,
        getKeyInfoContent: () => securityTokenReference(certificateBase64),
      });
      signed.addReference({
        xpath: "/*/*[local-name(.)='Body']",
        transforms: [EXC],
        digestAlgorithm: SHA256,
      });
      signed.computeSignature(prepareText(text), {
        prefix: 'ds',
        location: { reference: "//*[local-name(.)='Security']", action: 'append' },
      });
      return signed.getSignedXml();
    };
  },
  verify(_size, file) {
    const text = file.toString('utf8');
    return () => {
      const document = new DOMParser().parseFromString(text, 'text/xml');
      const node = document.getElementsByTagNameNS(DS, 'Signature')[0];
      const signed = new SignedXml({ publicCert: certificatePem, idMode: 'wssecurity' });
      signed.loadSignature(node);
      return signed.checkSignature(text) && signed.getSignedReferences().length === 1;
    };
  },
});
