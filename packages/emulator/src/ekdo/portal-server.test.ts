import { createTransport } from '@egov-gateway/client';
import { EkdoRegistry, unverifiedJsonCodecs } from '@egov-gateway/ekdo';
import { createMemoryJournal } from '@egov-gateway/journal';
import { failureOf, manualTime } from '@egov-gateway/testing';
import { makeSamplePdf } from '@egov-gateway/testing/pdf';
import { describe, expect, test } from 'vitest';

import { portalClient, sampleDocument } from '../../test/portal-client.ts';
import { createEkdoPortal } from './ekdo-portal.ts';
import type { EkdoMisbehaviourName } from './portal-menu.ts';

describe('EkdoPortal.listen', () => {
  test('serves a client over HTTPS with the built-in certificate', async () => {
    await using portal = createEkdoPortal();
    const { url, port } = await portal.listen({ tls: true });
    await using transport = createTransport({ ca: portal.ca, serverName: 'localhost' });
    expect([url.protocol, url.port]).toEqual(['https:', String(port)]);
    const client = portalClient(portal, { baseUrl: url }, transport);
    const sent = await client.send({ ...sampleDocument(), group: 'Приказы' });
    expect(sent.status).toEqual({ word: 'Вступил в силу', isInForce: true });
    expect(await client.status(sent.id)).toMatchObject({ isInForce: true });
    expect(portal.documents).toMatchObject([{ fileName: 'EMU.pdf', group: 'Приказы' }]);
  });

  test('serves plain HTTP to who allows it on both sides', async () => {
    await using portal = createEkdoPortal();
    await using server = await portal.listen();
    await using transport = createTransport({ allowInsecureHttp: true });
    const baseUrl = server.url;
    expect(() => portalClient(portal, { baseUrl }, transport)).toThrow(
      expect.objectContaining({ code: 'ERR_SEND_INSECURE_URL' }),
    );
    const client = portalClient(portal, { baseUrl, allowInsecureHttp: true }, transport);
    expect((await client.send(sampleDocument())).id).toBe('EMU-DOC-1');
  });

  test('takes the largest document as Base64 too', async () => {
    await using portal = createEkdoPortal();
    const { url: baseUrl } = await portal.listen();
    await using transport = createTransport({ allowInsecureHttp: true });
    const bytes = makeSamplePdf({ conformance: 'A', size: 15 * 1024 * 1024 });
    const options = { baseUrl, allowInsecureHttp: true, codecs: unverifiedJsonCodecs };
    const client = portalClient(portal, options, transport);
    expect((await client.send({ bytes, fileName: 'large.pdf' })).status?.isInForce).toBe(true);
    expect(portal.documents[0]?.bytes.byteLength).toBe(15 * 1024 * 1024);
  });

  test('refuses a request that is larger than any of its documents', async () => {
    await using portal = createEkdoPortal();
    const { url } = await portal.listen();
    await using transport = createTransport({ allowInsecureHttp: true });
    const answer = await transport.exchange({
      url: new URL('/docs', url),
      headers: {},
      body: new Uint8Array(33 * 1024 * 1024),
      signal: new AbortController().signal,
    });
    expect(answer.status).toBe(413);
  });

  test.each<[EkdoMisbehaviourName, string, number]>([
    ['cut-before-reading', 'ERR_SEND_NETWORK', 0],
    ['cut-after-accepting', 'ERR_SEND_NETWORK', 1],
    ['bad-gateway-after-accepting', 'ERR_PORTAL_UNAVAILABLE', 1],
    ['redirect', 'ERR_PORTAL_REDIRECT', 0],
    ['never-answer', 'ERR_SEND_TIMEOUT', 1],
  ])('%s leaves the document in doubt over a socket', async (name, code, documents) => {
    await using portal = createEkdoPortal({ misbehave: [{ name }] });
    const { url: baseUrl } = await portal.listen();
    await using transport = createTransport({ allowInsecureHttp: true });
    const { clock, timers, advance } = manualTime();
    const options = { baseUrl, allowInsecureHttp: true, clock, timers };
    const client = portalClient(portal, options, transport);
    const registry = new EkdoRegistry({ client, journal: createMemoryJournal() });
    const outcome = registry.send({ key: 'a', ...sampleDocument() });
    if (name === 'never-answer') {
      while (portal.documents.length === 0) await new Promise((resolve) => setImmediate(resolve));
      await advance(120_000);
    }
    expect(await outcome).toMatchObject({ state: 'in-doubt', step: 'document', code });
    expect(portal.documents).toHaveLength(documents);
  });

  test('a portal that is not there has got nothing', async () => {
    await using portal = createEkdoPortal();
    const server = await portal.listen();
    await server.close();
    await using transport = createTransport({ allowInsecureHttp: true });
    const client = portalClient(portal, { baseUrl: server.url, allowInsecureHttp: true }, transport);
    expect(await failureOf(client.send(sampleDocument()))).toEqual({
      code: 'ERR_SEND_CONNECT',
      delivery: 'not-sent',
    });
  });

  test('needs key and certificate together', async () => {
    await using portal = createEkdoPortal();
    await expect(portal.listen({ tls: { key: 'x' } })).rejects.toThrow(TypeError);
  });
});
