import { SendError, SignError, ValidateError } from '@egov-gateway/core';
import { codeOf, failureOf } from '@egov-gateway/testing';
import { makeSamplePdf } from '@egov-gateway/testing/pdf';
import { describe, expect, test } from 'vitest';

import { clientParty, password, sampleDocument, samplePdf } from '../../test/client-party.ts';
import { json, response } from '../../test/scripted-portal.ts';
import { testSigner } from '../../test/test-signer.ts';
import type { EkdoClientOptions } from './client-options.ts';
import { jsonDocument, multipartDocument } from './codec-blocks.ts';
import { EkdoClient } from './ekdo-client.ts';
import { unverifiedJsonCodecs, unverifiedMultipartCodecs, unverifiedRoutes } from './unverified-presets.ts';

const bodyOf = (request: { readonly body: Uint8Array } | undefined): Record<string, string> =>
  JSON.parse(Buffer.from(request?.body ?? []).toString('utf8'));

describe('EkdoClient', () => {
  test('gets a token, uploads the document, then its signature with its type and open key', async () => {
    const { client, portal } = clientParty();
    const sent = await client.send({ ...sampleDocument, group: 'Приказы' });
    expect(sent).toMatchObject({ id: 'id-1', status: { word: 'Вступил в силу', isInForce: true } });
    expect(portal.paths).toEqual(['/token', '/docs', '/docs/id-1/signature']);
    const [token, document, signature] = portal.requests;
    expect(bodyOf(token)).toEqual({ login: 'login', password, userId: 'U-1' });
    expect(bodyOf(document)).toEqual({
      file: Buffer.from(samplePdf).toString('base64'),
      fileName: sampleDocument.fileName,
      group: 'Приказы',
    });
    expect(document?.headers).toMatchObject({ authorization: 'Bearer token-1' });
    expect(bodyOf(signature)).toMatchObject({ type: 'УНЭП' });
    expect(Object.keys(bodyOf(signature))).toEqual(['type', 'signature', 'certificate']);
  });

  test('uploads forms where codecs say so', async () => {
    const { client, portal } = clientParty({ codecs: unverifiedMultipartCodecs });
    await client.send(sampleDocument);
    const { headers = {}, body } = portal.requests[1] ?? {};
    const form = await new Response(new Uint8Array(body ?? []), { headers }).formData();
    expect((form.get('file') as File).name).toBe(sampleDocument.fileName);
  });

  test.each(['file', 'fileName', 'group', 'userId'])(
    'sends nothing when a field of the document would stand beside the codec’s own %s, or in its place',
    async (name) => {
      const names = { file: 'file', fileName: 'fileName', group: 'group', userId: 'userId', id: 'id' };
      for (const document of [jsonDocument(names), multipartDocument(names)]) {
        const { client, portal } = clientParty({ codecs: { ...unverifiedJsonCodecs, document } });
        const prepared = await client.prepare({ ...sampleDocument, fields: { [name]: 'x', other: 'y' } });
        await expect(client.upload(prepared)).rejects.toThrow(TypeError);
        expect(portal.paths).toEqual([]);
      }
    },
  );

  test('signs before it sends: a signer that fails leaves nothing half done', async () => {
    const failing = async () => {
      throw new Error('no card in the reader');
    };
    const { client, portal } = clientParty({ signDetached: failing });
    const error = await client.send(sampleDocument).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SignError);
    expect(error).toMatchObject({ code: 'ERR_SIGN_KEY', delivery: 'not-sent' });
    expect(portal.requests).toEqual([]);
  });

  test('passes on what the signer says in the words of the SDK', async () => {
    const refusal = new SignError('expired', { code: 'ERR_SIGN_CERTIFICATE_EXPIRED' });
    const { client } = clientParty({ signDetached: () => Promise.reject(refusal) });
    await expect(client.prepare(sampleDocument)).rejects.toBe(refusal);
  });

  test.each([
    ['the document is not a PDF', { ...sampleDocument, bytes: new Uint8Array(10) }, 'not-pdf'],
    ['it is empty', { ...sampleDocument, bytes: new Uint8Array() }, 'empty'],
    ['its name has a slash', { ...sampleDocument, fileName: '../приказ.pdf' }, 'file-name'],
    ['its name turns the reading direction', { ...sampleDocument, fileName: 'a\u202Efdp.pdf' }, 'file-name'],
    ['its name has what nobody sees', { ...sampleDocument, fileName: 'a\u200B.pdf' }, 'file-name'],
    ['its name ends with a blank', { ...sampleDocument, fileName: 'a.pdf ' }, 'file-name'],
    ['its name ends with a full stop', { ...sampleDocument, fileName: 'a.pdf.' }, 'file-name'],
    ['it has no name', { ...sampleDocument, fileName: '' }, 'file-name'],
    ['its name is too long', { ...sampleDocument, fileName: 'Ж'.repeat(128) }, 'file-name'],
  ])('does not sign or send when %s', async (_when, document, rule) => {
    let signed = 0;
    const { client, portal } = clientParty({
      signDetached: (bytes) => {
        signed += 1;
        return testSigner()(bytes);
      },
    });
    const error = await client.send(document).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidateError);
    expect((error as ValidateError).issues.map((issue) => issue.rule)).toContain(rule);
    expect([signed, portal.requests.length]).toEqual([0, 0]);
    expect(client.check(document).issues.map((issue) => issue.rule)).toContain(rule);
  });

  test.each([
    ['of other bytes', async () => testSigner()(new Uint8Array(1)), 'digest-differs'],
    [
      'that is none',
      async () => ({ ...(await testSigner()(samplePdf)), cms: new Uint8Array(3) }),
      'cms-malformed',
    ],
    ['of a Kazakh key as УКЭП', testSigner('ukep'), 'kazakh-key'],
  ])('does not send a signature %s', async (_which, signDetached, rule) => {
    const { client, portal } = clientParty({ signDetached });
    const error = await client.send(sampleDocument).catch((reason: unknown) => reason);
    expect((error as ValidateError).issues.map((issue) => issue.rule)).toContain(rule);
    expect(portal.requests).toEqual([]);
  });

  test.each([
    ['by the client', { signatureKinds: ['ukep'] } as const, sampleDocument],
    ['for the document', {}, { ...sampleDocument, signatureKinds: ['ukep', 'pep'] as const }],
  ])('does not send a kind of signature that is not wanted %s', async (_by, options, document) => {
    const { client } = clientParty(options);
    const error = await client.prepare(document).catch((reason: unknown) => reason);
    expect((error as ValidateError).issues).toMatchObject([{ rule: 'signature-kind' }]);
  });

  test('tells doubts that do not stop a document', async () => {
    const { client } = clientParty();
    const document = { ...sampleDocument, bytes: makeSamplePdf() };
    const { warnings } = await client.send(document);
    expect(warnings.map(({ rule }) => rule)).toContain('conformance-b');
  });

  test('takes a signature that was made before', async () => {
    const { client } = clientParty({ signDetached: () => Promise.reject(new Error('nobody is here')) });
    const prepared = await client.prepare(sampleDocument, { signature: await testSigner()(samplePdf) });
    expect(prepared.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(prepared.report.uploadable).toBe(true);
  });

  test('neither the signer nor the caller can change the bytes between check and upload', async () => {
    const bytes = samplePdf.slice();
    const { client, portal } = clientParty({
      signDetached: async (given) => {
        const signature = await testSigner()(given);
        given.fill(0);
        return signature;
      },
    });
    const prepared = await client.prepare({ ...sampleDocument, bytes });
    bytes.fill(0);
    await client.upload(prepared);
    expect(bodyOf(portal.requests[1])['file']).toBe(Buffer.from(samplePdf).toString('base64'));
  });
});

describe('the order of the steps', () => {
  test('is kept at run time too', async () => {
    const { client, make } = clientParty();
    const prepared = await client.prepare(sampleDocument);
    const order = { code: 'ERR_PORTAL_ORDER', delivery: 'not-sent' };
    expect(await failureOf(client.upload(sampleDocument as never))).toEqual(order);
    expect(await failureOf(client.attachSignature(prepared as never))).toEqual(order);
    const uploaded = await client.upload(prepared);
    expect(await failureOf(client.upload(prepared))).toEqual(order);
    expect(await failureOf(make().attachSignature(uploaded))).toEqual(order);
    await client.attachSignature(uploaded);
    expect(await failureOf(client.attachSignature(uploaded))).toEqual(order);
    expect(await codeOf(() => client.resume(prepared, 'id-9'))).toBe('ERR_PORTAL_ORDER');
    expect(await codeOf(() => client.resume({} as never, 'id-9'))).toBe('ERR_PORTAL_ORDER');
  });

  test('one document is not uploaded twice at a time', async () => {
    const { client, portal } = clientParty();
    const prepared = await client.prepare(sampleDocument);
    const [first, second] = await Promise.allSettled([client.upload(prepared), client.upload(prepared)]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: { code: 'ERR_PORTAL_ORDER' } });
    expect(portal.paths.filter((path) => path === '/docs')).toHaveLength(1);
  });

  test('what nobody knows of is not uploaded again, and can be resumed when somebody has looked', async () => {
    const { client, portal } = clientParty();
    portal.next('/docs', response('', { status: 502 }));
    const prepared = await client.prepare(sampleDocument);
    expect(await failureOf(client.upload(prepared))).toEqual({
      code: 'ERR_PORTAL_UNAVAILABLE',
      delivery: 'unknown',
    });
    expect(await codeOf(() => client.upload(prepared))).toBe('ERR_PORTAL_ORDER');
    await client.attachSignature(client.resume(prepared, 'seen-1'));
    expect(portal.paths).toEqual(['/token', '/docs', '/docs/seen-1/signature']);
  });

  test('what was refused or never left may be sent again', async () => {
    const { client, portal } = clientParty();
    const never = new SendError('x', { code: 'ERR_SEND_CONNECT', delivery: 'not-sent' });
    portal.next('/docs', json({}, 422), never);
    const prepared = await client.prepare(sampleDocument);
    expect(await failureOf(client.upload(prepared))).toEqual({
      code: 'ERR_PORTAL_REFUSED',
      delivery: 'answered',
    });
    expect(await codeOf(() => client.upload(prepared))).toBe('ERR_SEND_CONNECT');
    expect((await client.upload(prepared)).id).toBe('id-1');
  });

  test('an impossible id is refused before it goes anywhere', async () => {
    const { client } = clientParty();
    const prepared = await client.prepare(sampleDocument);
    expect(() => client.resume(prepared, '../token')).toThrow(TypeError);
    await expect(client.status('..')).rejects.toThrow(TypeError);
  });
});

describe('the options', () => {
  const refuse = (options: Partial<EkdoClientOptions>) => () => clientParty(options);

  test.each<[string, Partial<EkdoClientOptions>, RegExp]>([
    ['no routes', { routes: undefined as never }, /routes.token is missing: ask the support/],
    ['no documents', { routes: { ...unverifiedRoutes, documents: '' } }, /'\/docs' is the path/],
    ['no signature', { routes: { ...unverifiedRoutes, signature: undefined as never } }, /ask the support/],
    ['no codecs', { codecs: undefined as never }, /codecs.token.write is missing: ask the support/],
    ['no authorize', { codecs: { ...unverifiedJsonCodecs, authorize: undefined as never } }, /which header/],
    ['no credentials', { credentials: undefined as never }, /login is missing: ask the support/],
    ['no password', { credentials: { login: 'a', password: '' } }, /password is missing/],
    ['no signer', { signDetached: undefined as never }, /signed outside/],
    ['no transport', { transport: undefined as never }, /createTransport/],
    ['no address', { baseUrl: undefined as never }, /address of its API/],
    ['a path that leads elsewhere', { routes: { ...unverifiedRoutes, token: '/../token' } }, /plain path/],
    ['kinds of signature by their terms', { signatureKinds: ['УКЭП' as never] }, /^signatureKinds must name/],
    ['one kind of signature', { signatureKinds: 'ukep' as never }, /^signatureKinds must name/],
    ['an option that nobody reads', { passwrod: 'x' } as never, /passwrod/],
    ['no time', { totalTimeoutMs: 0 }, /totalTimeoutMs/],
  ])('%s', (_name, options, words) => {
    expect(refuse(options)).toThrow(words);
    expect(refuse(options)).toThrow(TypeError);
  });

  test('plain http only where it is allowed', async () => {
    expect(await codeOf(refuse({ baseUrl: 'http://portal.example/' }))).toBe('ERR_SEND_INSECURE_URL');
    expect(clientParty({ baseUrl: 'http://portal.example/', allowInsecureHttp: true }).client).toBeInstanceOf(
      EkdoClient,
    );
  });
});
