/** The clients of the full-call measurement, each making the same 2 KB request. */
import { readFileSync } from 'node:fs';

import { certificatePem, keyPem, values } from './documents.mjs';

const fixture = (name) => readFileSync(new URL(`../../fixtures/keys/${name}`, import.meta.url), 'latin1');

/** The SDK with the key and the gateway of a folder of fixtures. */
async function sdk(url, folder) {
  const { createGateway } = await import('@egov-gateway/client/preset');
  const { loadPem } = await import('@egov-gateway/keys');
  const { service } = await import('./service.mjs');
  const gateway = createGateway({
    endpoint: url,
    allowInsecureHttp: true,
    sender: { id: 'sender', password: 'password' },
    key: await loadPem({
      privateKey: fixture(`${folder}organisation.key`),
      certificate: fixture(`${folder}organisation.crt`),
    }),
    gatewayCertificates: fixture(`${folder}gateway.crt`),
  });
  const value = values('2k');
  return async () => {
    const { medicalExemption } = await gateway.call(service, value);
    if (medicalExemption.length !== value.medicalExemption.length) throw new Error('wrong answer');
  };
}

const clients = {
  sdk: (url) => sdk(url, ''),

  'sdk-gost': (url) => sdk(new URL('/gost', url), 'gost2015-512/'),

  async 'node-soap'(url) {
    const { default: soap } = await import('soap');
    const { EXC, RSA_SHA256 } = await import('./contenders/xml-names.mjs');
    const client = await soap.createClientAsync(`${url}?wsdl`);
    client.setEndpoint(url);
    client.addHttpHeader('Connection', 'keep-alive');
    client.setSecurity(
      new soap.WSSecurityCert(keyPem, certificatePem, '', {
        hasTimeStamp: false,
        signatureTransformations: [EXC],
        signatureAlgorithm: RSA_SHA256,
        signerOptions: { idMode: 'wssecurity' },
      }),
    );
    const request = {
      request: {
        requestInfo: {
          messageId: '92769bcb-a615-4fec-ba5a-81c284d49763',
          serviceId: 'EHEALTH_MEDICAL_EXEMPTION_SEARCH',
          messageDate: '2021-02-17T10:35:59.667+06:00',
          sender: { senderId: 'sender', password: 'password' },
        },
        requestData: { data: values('2k') },
      },
    };
    return () => client.SendMessageAsync(request);
  },
};

/** A function that makes one call and waits for its answer. */
export const clientOf = (name, url) => clients[name](url);
