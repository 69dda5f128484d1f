/** This SDK: validates, writes and signs typed values; verifies and decodes back to typed values. */
import { newMessageId, systemClock } from '@egov-gateway/core';
import { readSyncRequest, validateSyncRequest, writeSyncRequest } from '@egov-gateway/envelope';
import { loadPem, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';

import { certificatePem, keyPem, values } from '../documents.mjs';
import { payload, service } from '../service.mjs';
import { contend } from './contender.mjs';

const key = await loadPem({ privateKey: keyPem, certificate: certificatePem });
const signer = createEnvelopeSigner({ key });
const verifier = createEnvelopeVerifier({
  trust: pinnedCertificates([parseCertificate(Buffer.from(certificatePem))]),
});

contend({
  sign(size) {
    const value = values(size);
    return async () => {
      const request = {
        info: {
          messageId: newMessageId(),
          serviceId: service.id,
          messageDateMs: systemClock.now(),
          sender: { senderId: 'sender', password: 'password' },
        },
        data: { codec: payload, value },
      };
      if (validateSyncRequest(request).length > 0) throw new Error('the request breaks its contract');
      const { bytes, layout } = writeSyncRequest(request);
      return signer.sign(bytes, layout);
    };
  },
  verify(_size, file) {
    return async () => {
      const { data } = readSyncRequest(await verifier.verify(file));
      return payload.read(data) !== undefined;
    };
  },
  'verify-only'(_size, file) {
    return async () => (await verifier.verify(file)).verified;
  },
});
