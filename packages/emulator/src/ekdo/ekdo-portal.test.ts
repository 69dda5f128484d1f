import { fixedClock } from '@egov-gateway/core';
import {
  type EkdoClientOptions,
  EkdoRegistry,
  jsonSignature,
  unverifiedJsonCodecs,
  unverifiedMultipartCodecs,
  unverifiedRoutes,
} from '@egov-gateway/ekdo';
import { createMemoryJournal } from '@egov-gateway/journal';
import { codeOf, failureOf, manualTime } from '@egov-gateway/testing';
import { makeSamplePdf } from '@egov-gateway/testing/pdf';
import { describe, expect, test } from 'vitest';

import { portalClient, sampleDocument } from '../../test/portal-client.ts';
import { createEkdoPortal } from './ekdo-portal.ts';
import type { EkdoPortalExchange } from './portal-document.ts';
import { type EkdoMisbehaviourName, ekdoMisbehaviours } from './portal-menu.ts';
import type { EkdoPortalOptions } from './portal-options.ts';

describe('createEkdoPortal', () => {
  test.each([
    ['forms', unverifiedMultipartCodecs],
    ['JSON', unverifiedJsonCodecs],
  ])('takes a document and its signature as %s; then it is in force', async (_form, codecs) => {
    const portal = createEkdoPortal({ clock: fixedClock(1_800_000_000_000) });
    const client = portalClient(portal, { codecs });
    const document = { ...sampleDocument(), group: 'Приказы', fields: { note: 'x' } };
    const prepared = await client.prepare(document);
    const uploaded = await client.upload(prepared);
    expect(portal.documents).toMatchObject([{ id: 'EMU-DOC-1', status: 'EMU: загружен' }]);
    expect(await client.status(uploaded.id)).toEqual({ word: 'EMU: загружен', isInForce: false });
    const sent = await client.attachSignature(uploaded);
    expect(sent.status).toEqual({ word: 'Вступил в силу', isInForce: true });
    expect(portal.documents).toMatchObject([
      {
        fileName: 'EMU.pdf',
        group: 'Приказы',
        fields: { note: 'x' },
        bytes: document.bytes,
        status: 'Вступил в силу',
        signature: { kind: 'ukep' },
        signedAtMs: 1_800_000_000_000,
      },
    ]);
    expect(await client.status(uploaded.id)).toMatchObject({ isInForce: true });
    expect([portal.tokensGiven, portal.refusals]).toEqual([1, []]);
  });

  test('tells of every exchange, with the id of a document whose answer got lost', async () => {
    const exchanges: EkdoPortalExchange[] = [];
    const portal = createEkdoPortal({ onExchange: (exchange) => exchanges.push(exchange) });
    portal.misbehave('cut-after-accepting').misbehave('bad-request');
    const client = portalClient(portal);
    for (const _ of ['lost', 'refused']) await codeOf(() => client.send(sampleDocument()));
    await client.send(sampleDocument());
    await client.status('EMU-DOC-1').catch(() => undefined);
    await codeOf(() => client.status('EMU-DOC-9'));
    const none = { documentId: undefined, code: undefined, misbehaviour: undefined };
    const document = { ...none, step: 'document' };
    expect(exchanges).toEqual([
      { ...none, step: 'token', httpStatus: 200 },
      {
        ...document,
        documentId: 'EMU-DOC-1',
        httpStatus: undefined,
        misbehaviour: 'cut-after-accepting',
      },
      { ...document, httpStatus: 400, misbehaviour: 'bad-request' },
      { ...document, documentId: 'EMU-DOC-2', httpStatus: 201 },
      { ...none, step: 'signature', documentId: 'EMU-DOC-2', httpStatus: 200 },
      { ...none, step: 'status', documentId: 'EMU-DOC-1', httpStatus: 200 },
      { ...none, step: 'status', documentId: 'EMU-DOC-9', httpStatus: 404, code: 'EMU-UNKNOWN-ID' },
    ]);
  });

  test('has paths as it is told', async () => {
    const routes = {
      ...unverifiedRoutes,
      token: '/v2/auth',
      signature: (id: string) => `/v2/signatures/${id}/of-document`,
    };
    const portal = createEkdoPortal({ routes });
    const client = portalClient(portal);
    expect((await client.send(sampleDocument())).status?.isInForce).toBe(true);
  });

  test('lets tokens end, and the client gets another', async () => {
    const portal = createEkdoPortal({ tokenLifetimeMs: 60_000, tellsTokenLifetime: false });
    const client = portalClient(portal);
    const uploaded = await client.upload(await client.prepare(sampleDocument()));
    portal.advance(60_000);
    await client.attachSignature(uploaded);
    expect(portal.tokensGiven).toBe(2);
    expect(portal.refusals).toMatchObject([{ step: 'signature', code: 'EMU-TOKEN', httpStatus: 401 }]);
  });

  test.each<[string, Partial<EkdoClientOptions>]>([
    ['another password', { credentials: { login: 'test-employer', password: 'x', userId: 'EMU-USER' } }],
    ['no user identifier', { credentials: { login: 'test-employer', password: 'test-only' } }],
  ])('lets nobody in with %s', async (_what, options) => {
    const portal = createEkdoPortal();
    expect(await codeOf(() => portalClient(portal, options).send(sampleDocument()))).toBe(
      'ERR_PORTAL_CREDENTIALS',
    );
    expect(portal.refusals).toMatchObject([{ step: 'token', code: 'EMU-CREDENTIALS' }]);
  });

  test.each([
    ['a document that is none', { bytes: new Uint8Array(20), fileName: 'a.pdf' }, 422, 'EMU-NOT-PDFA'],
    [
      'a document without a claim',
      { bytes: makeSamplePdf({ metadata: null }), fileName: 'a.pdf' },
      422,
      'EMU-NOT-PDFA',
    ],
    [
      'a document that is too large',
      { bytes: new Uint8Array(15 * 1024 * 1024 + 1), fileName: 'a.pdf' },
      413,
      'EMU-TOO-LARGE',
    ],
    ['a name that leads elsewhere', { ...sampleDocument(), fileName: '../a.pdf' }, 422, 'EMU-FILE-NAME'],
  ])('refuses %s, however it got past a client', async (_what, document, status, code) => {
    const portal = createEkdoPortal();
    const token = await tokenOf(portal);
    const body = unverifiedJsonCodecs.document.write(document, { login: '' });
    expect(await post(portal, '/docs', body, token)).toMatchObject({ status });
    expect(portal.refusals).toMatchObject([{ step: 'document', code }]);
    expect(portal.documents).toEqual([]);
  });

  test.each([
    ['of a document that is not there', 'EMU-DOC-9', 'УКЭП', undefined, 404, 'EMU-UNKNOWN-ID'],
    ['of another kind', 'EMU-DOC-1', 'УНЭП', undefined, 422, 'EMU-SIGNATURE-KIND'],
    ['of no kind', 'EMU-DOC-1', 'другая', undefined, 422, 'EMU-SIGNATURE-KIND'],
    ['of other bytes', 'EMU-DOC-1', 'УКЭП', new Uint8Array(1), 422, 'EMU-SIGNATURE'],
  ])('refuses a signature %s', async (_what, id, kind, bytes, status, code) => {
    const portal = createEkdoPortal({ signatureKinds: ['ukep'] });
    const client = portalClient(portal);
    const document = sampleDocument();
    await client.upload(await client.prepare(document));
    const signature = await portal.signDetached()(bytes ?? document.bytes);
    const kinds = { pep: kind, unep: kind, ukep: kind };
    const codec = jsonSignature({ signature: 'signature', kind: 'type', certificate: 'certificate', kinds });
    const body = codec.write(signature, { id, fileName: 'a' }, { login: '' });
    const answer = await post(portal, `/docs/${id}/signature`, body, await tokenOf(portal));
    expect(answer.status).toBe(status);
    expect(portal.refusals.at(-1)).toMatchObject({ step: 'signature', code });
    expect(portal.documents[0]?.status).toBe('EMU: загружен');
  });

  test('takes any signature when it is told not to look, as the description says', async () => {
    const portal = createEkdoPortal({ signatures: 'as-they-come' });
    const client = portalClient(portal);
    await client.upload(await client.prepare(sampleDocument()));
    const signature = await portal.signDetached()(new Uint8Array(1));
    const body = unverifiedJsonCodecs.signature.write(
      signature,
      { id: 'EMU-DOC-1', fileName: 'a' },
      { login: '' },
    );
    const token = await tokenOf(portal);
    const send = () => post(portal, '/docs/EMU-DOC-1/signature', body, token);
    // One signature, also of two that come at the same time.
    expect((await Promise.all([send(), send()])).map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await send()).toMatchObject({ status: 409 });
  });

  test.each([
    ['nothing there', '/nowhere', 'POST', {}, '', 404, 'EMU-ROUTE'],
    ['another method', '/docs', 'GET', {}, '', 405, 'EMU-METHOD'],
    ['no token', '/docs', 'POST', {}, '', 401, 'EMU-TOKEN'],
    ['no type of a body', '/token', 'POST', {}, '', 415, 'EMU-BODY-TYPE'],
    ['JSON that is none', '/token', 'POST', { 'content-type': 'application/json' }, '{', 400, 'EMU-BODY'],
    ['a list', '/token', 'POST', { 'content-type': 'application/json' }, '[]', 400, 'EMU-BODY'],
    [
      'a form that is none',
      '/token',
      'POST',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '',
      400,
      'EMU-BODY',
    ],
  ])('refuses a request with %s', async (_what, path, method, headers, text, status, code) => {
    const portal = createEkdoPortal();
    const answer = await portal.transport().exchange({
      method: method as 'POST',
      url: new URL(path, 'https://ekdo.emulator.invalid/'),
      headers: headers as Record<string, string>,
      body: new Uint8Array(Buffer.from(text)),
      signal: new AbortController().signal,
    });
    expect(answer.status).toBe(status);
    expect(portal.refusals).toMatchObject([{ code, httpStatus: status }]);
  });

  test.each<EkdoPortalOptions>([
    { signatures: 'loosely' as never },
    { tokenLifetimeMs: 0 },
    { maxDocumentBytes: -1 },
    { misbehave: [{ name: 'explode' as never }] },
    { misbehave: [{ name: 'html-page', times: 0 }] },
    { misbehave: [{ name: 'html-page', step: 'login' as never }] },
    { misbehave: [{ name: 'html-page', often: 1 } as never] },
    { misbehave: [{ name: 'html-page', delayMs: 5 }] },
    { misbehave: [{ name: 'delay', answerBytes: 5 }] },
    { misbehaves: [{ name: 'html-page' }] } as never,
    { signatureKinds: ['УКЭП' as never] },
  ])('refuses options that do not fit', (options) => {
    expect(() => createEkdoPortal(options)).toThrow(TypeError);
  });
});

describe('misbehaviours', () => {
  /** What a client makes of each, and whether the portal has the document all the same. */
  const cases: Partial<
    Record<EkdoMisbehaviourName, readonly [code: string | null, delivery: string, documents: number]>
  > = {
    'html-page': ['ERR_PORTAL_HTML', 'unknown', 0],
    'html-after-accepting': ['ERR_PORTAL_HTML', 'unknown', 1],
    'server-error': ['ERR_PORTAL_UNAVAILABLE', 'unknown', 0],
    'bad-gateway-after-accepting': ['ERR_PORTAL_UNAVAILABLE', 'unknown', 1],
    'cut-before-reading': ['ERR_SEND_NETWORK', 'unknown', 0],
    'cut-after-accepting': ['ERR_SEND_NETWORK', 'unknown', 1],
    'never-answer': ['ERR_SEND_TIMEOUT', 'unknown', 1],
    forbidden: ['ERR_PORTAL_CREDENTIALS', 'answered', 0],
    'bad-request': ['ERR_PORTAL_REFUSED', 'answered', 0],
    'too-many-requests': ['ERR_PORTAL_LIMIT', 'answered', 0],
    redirect: ['ERR_PORTAL_REDIRECT', 'unknown', 0],
    'missing-id': ['ERR_PORTAL_ID_MISSING', 'unknown', 1],
    'long-id': ['ERR_PORTAL_ID_INVALID', 'unknown', 1],
    'path-id': ['ERR_PORTAL_ID_INVALID', 'unknown', 1],
    'duplicate-keys': ['ERR_PORTAL_DUPLICATE_KEY', 'unknown', 1],
    'garbage-json': ['ERR_PORTAL_JSON', 'unknown', 1],
    'wrong-content-type': ['ERR_PORTAL_CONTENT_TYPE', 'unknown', 1],
    'oversized-answer': ['ERR_SEND_RESPONSE_TOO_LARGE', 'unknown', 1],
  };
  const elsewhere: readonly EkdoMisbehaviourName[] = [
    'delay',
    'expired-token',
    'unauthorized',
    'duplicate-id',
  ];

  test('are all tried', () => {
    expect([...Object.keys(cases), ...elsewhere].sort()).toEqual(Object.keys(ekdoMisbehaviours).sort());
  });

  test.each(Object.entries(cases))('%s', async (name, [code, delivery, documents]) => {
    const portal = createEkdoPortal({ misbehave: [{ name: name as EkdoMisbehaviourName }] });
    const { clock, timers, advance } = manualTime();
    const client = portalClient(portal, { clock, timers });
    const failure = failureOf(client.upload(await client.prepare(sampleDocument())));
    if (name === 'never-answer') {
      while (portal.documents.length === 0) await new Promise((resolve) => setImmediate(resolve));
      await advance(120_000);
    }
    expect(await failure).toEqual({ code, delivery });
    expect([portal.documents.length, portal.misbehavioursLeft]).toEqual([documents, 0]);
  });

  test('expired-token in the middle: the client gets another', async () => {
    const portal = createEkdoPortal().misbehave('expired-token', { step: 'signature' });
    expect((await portalClient(portal).send(sampleDocument())).status?.isInForce).toBe(true);
    expect(portal.tokensGiven).toBe(2);
  });

  test('unauthorized for ever: the client gives up after one new token', async () => {
    const portal = createEkdoPortal().misbehave('unauthorized', { times: Number.POSITIVE_INFINITY });
    const client = portalClient(portal);
    expect(await codeOf(() => client.send(sampleDocument()))).toBe('ERR_PORTAL_CREDENTIALS');
    expect(portal.tokensGiven).toBe(2);
    portal.behave();
    expect((await client.send(sampleDocument())).id).toBe('EMU-DOC-1');
  });

  test('delay: a slow token is only slow', async () => {
    const portal = createEkdoPortal().misbehave('delay', { step: 'token', delayMs: 5 });
    expect((await portalClient(portal).send(sampleDocument())).id).toBe('EMU-DOC-1');
  });

  test('duplicate-id: the registry sees that it is the id of another document', async () => {
    const portal = createEkdoPortal();
    const registry = new EkdoRegistry({ client: portalClient(portal), journal: createMemoryJournal() });
    await registry.send({ key: 'a', ...sampleDocument('A') });
    portal.misbehave('duplicate-id');
    expect(await registry.send({ key: 'b', ...sampleDocument('B') })).toMatchObject({
      state: 'in-doubt',
      code: 'ERR_PORTAL_ID_TAKEN',
    });
  });

  test('a doubt is resolved with the id that the portal shows, and the document is there once', async () => {
    const portal = createEkdoPortal().misbehave('bad-gateway-after-accepting');
    const registry = new EkdoRegistry({ client: portalClient(portal), journal: createMemoryJournal() });
    const entry = { key: 'a', ...sampleDocument() };
    expect(await registry.send(entry)).toMatchObject({ state: 'in-doubt' });
    const id = portal.documents[0]?.id;
    await registry.resolve('a', { as: 'sent', id, note: 'seen' });
    expect(await registry.send(entry)).toMatchObject({ state: 'sent', id });
    expect(portal.documents).toMatchObject([{ status: 'Вступил в силу' }]);
  });
});

type Portal = ReturnType<typeof createEkdoPortal>;
type Body = ReturnType<typeof unverifiedJsonCodecs.token.write>;

function post(portal: Portal, path: string, { headers, bytes }: Body, token = '') {
  return portal.transport().exchange({
    url: new URL(path, 'https://ekdo.emulator.invalid/'),
    headers: { ...headers, authorization: `Bearer ${token}` },
    body: bytes,
    signal: new AbortController().signal,
  });
}

async function tokenOf(portal: Portal): Promise<string> {
  const { credentials, codecs } = portal.connection();
  const reply = await post(portal, '/token', unverifiedJsonCodecs.token.write(credentials));
  return codecs.token.read({ ...reply, bytes: reply.body }).token;
}
