/** node-soap: signs through its WSSecurityCert; it has no verification of answers at all. */
import soap from 'soap';

import { certificatePem, envelopeText, keyPem } from '../documents.mjs';
import { contend } from './contender.mjs';
import { EXC, RSA_SHA256 } from './xml-names.mjs';

contend({
  sign(size) {
    const text = envelopeText(size);
    return () =>
      new soap.WSSecurityCert(keyPem, certificatePem, '', {
        hasTimeStamp: false,
        signatureTransformations: [EXC],
        signatureAlgorithm: RSA_SHA256,
        signerOptions: { idMode: 'wssecurity' },
      }).postProcess(text, 'soap');
  },
});
