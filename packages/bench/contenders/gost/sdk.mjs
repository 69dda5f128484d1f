import { randomBytes } from 'node:crypto';

import { createGostSigner, createGostSuite } from '@egov-gateway/gost';

import { serve } from './serve.mjs';

const algorithm = process.argv[2];
const message = randomBytes(64);
// 30 octets are below the order of every curve.
const signer = createGostSigner({ algorithm, d: BigInt(`0x01${randomBytes(30).toString('hex')}`) });
const key = signer.publicKey;
const signature = await signer.sign(message);
const remembering = createGostSuite({ algorithm });
const forgetful = createGostSuite({ algorithm, maxKnownKeys: 0 });

for (const suite of [remembering, forgetful]) {
  if (!(await suite.verify(key, message, signature))) throw new Error('the SDK does not verify itself');
}

serve({
  'verify, new key': () => forgetful.verify(key, message, signature),
  'verify, known key': () => remembering.verify(key, message, signature),
  sign: () => signer.sign(message),
});
