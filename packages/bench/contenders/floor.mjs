/** What no implementation can beat: SHA-256 of the message and one RSA-2048 operation, both of node:crypto. */
import { createHash, createPrivateKey, sign, verify, X509Certificate } from 'node:crypto';

import { certificatePem, envelopeText, keyPem } from '../documents.mjs';
import { contend } from './contender.mjs';

const key = createPrivateKey(keyPem);
const publicKey = new X509Certificate(certificatePem).publicKey;
const signedInfo = Buffer.alloc(600, 'x');
const signature = sign('sha256', signedInfo, key);

contend({
  sign(size) {
    const text = envelopeText(size);
    return () => {
      createHash('sha256').update(text).digest();
      return sign('sha256', signedInfo, key).length > 0;
    };
  },
  verify(size) {
    const text = envelopeText(size);
    return () => {
      createHash('sha256').update(text).digest();
      return verify('sha256', signedInfo, publicKey, signature);
    };
  },
});
