import type { MessageWrapper, Service, Transport } from '@egov-gateway/core';
import { loadPem, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { codeOf, fixture, fixtureText } from '@egov-gateway/testing';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';
import { describe, expect, test } from 'vitest';

import { SyncClient } from '../sync/sync-client.ts';
import { serve } from './hosted-service.ts';
import { createServiceHost } from './service-host.ts';

const text: Service<string, string>['request'] = {
  validate: () => [],
  write: (value, writer) => writer.text(value),
  read: (data) => data.text(),
};
const named = (localName: string) => ({ localName, namespace: 'urn:example:own', prefix: 'own' });
const wrapper: MessageWrapper = {
  request: { name: named('ask'), parts: 'qualified' },
  response: { name: named('told'), parts: 'qualified' },
  isStatusOptional: true,
};
const own: Service<string, string> = {
  id: 'OWN',
  request: text,
  response: text,
  successCodes: [''],
  wrapper,
};
const usual: Service<string, string> = {
  id: 'USUAL',
  request: text,
  response: text,
  successCodes: ['SCSS001'],
};

/** A client and a host that serves both, with one key. */
async function bench() {
  const key = await loadPem({
    privateKey: fixtureText('keys/organisation.key'),
    certificate: fixtureText('keys/organisation.crt'),
  });
  const signer = createEnvelopeSigner({ key });
  const certificate = parseCertificate(fixture('keys/organisation.crt'));
  const verifier = createEnvelopeVerifier({ trust: pinnedCertificates([certificate]) });
  const host = createServiceHost({
    services: [
      serve(own, (value) => `own ${value}`, { status: { code: '', message: '' } }),
      serve(usual, (value) => `usual ${value}`),
    ],
    verifier,
    signer,
  });
  const bodies: string[] = [];
  const transport: Transport = {
    async exchange({ body, signal }) {
      const headers = { 'content-type': 'text/xml' };
      const answer = await host.handle({ method: 'POST', target: '/', headers, body, signal });
      bodies.push(new TextDecoder().decode(body), new TextDecoder().decode(answer.body));
      return { status: answer.status, headers: { ...answer.headers }, body: answer.body };
    },
  };
  const endpoint = 'https://gateway.example/';
  const sender = { id: 's', password: 'p' };
  return { client: new SyncClient({ endpoint, sender, signer, verifier, transport }), bodies };
}

describe('a service with a wrapper of its own', () => {
  test('is called and served in it, beside one without', async () => {
    const { client, bodies } = await bench();
    expect(await client.call(own, 'a')).toBe('own a');
    expect(await client.call(usual, 'b')).toBe('usual b');
    expect(
      bodies.map((body) => /<(\w+:(?:ask|told|SendMessage|SendMessageResponse)) /.exec(body)?.[1]),
    ).toEqual(['own:ask', 'own:told', 'typ:SendMessage', 'typ:SendMessageResponse']);
  });

  test.each([
    ['the usual one', { ...own, wrapper: undefined }],
    ['that of another service', { ...usual, wrapper }],
    ['one that nobody knows', { ...own, wrapper: { request: { ...wrapper.request, name: named('other') } } }],
  ])('is refused in %s', async (_name, service) => {
    const { client } = await bench();
    expect(await codeOf(() => client.call(service as Service<string, string>, 'a'))).toBe(
      'ERR_FAULT_GATEWAY',
    );
  });

  test('is not read in another one than its own', async () => {
    const { client } = await bench();
    const deaf = { ...own, wrapper: { request: wrapper.request } };
    expect(await codeOf(() => client.call(deaf, 'a'))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
  });

  test('counts an empty status as success only when it says so', async () => {
    const { client } = await bench();
    const strict = { ...own, successCodes: ['SCSS001'] };
    expect(await codeOf(() => client.call(strict, 'a'))).toBe('ERR_BUSINESS_STATUS');
  });
});
