import { inspect } from 'node:util';

import { PortalError, SendError, SignError, ValidateError } from '@egov-gateway/core';
import { codeOf, deferred, failureOf, manualTime } from '@egov-gateway/testing';
import { makeSamplePdf } from '@egov-gateway/testing/pdf';
import { describe, expect, test } from 'vitest';

import { clientParty, password, sampleDocument, samplePdf } from '../../test/client-party.ts';
import { json, response } from '../../test/scripted-portal.ts';
import { testSigner } from '../../test/test-signer.ts';
import type { EkdoClientOptions, EkdoStepEvent } from './client-options.ts';
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

describe('the token', () => {
  test('is asked for once by calls at a time, and kept', async () => {
    const { client, portal } = clientParty();
    await Promise.all([client.send(sampleDocument), client.send(sampleDocument)]);
    await client.send(sampleDocument);
    expect(portal.paths.filter((path) => path === '/token')).toHaveLength(1);
  });

  test('is renewed once after a 401, and the document goes out again', async () => {
    const { client, portal } = clientParty();
    portal.next('/docs', json({}, 401));
    await client.send(sampleDocument);
    expect(portal.paths).toEqual(['/token', '/docs', '/token', '/docs', '/docs/id-1/signature']);
    expect(portal.requests[3]?.headers['authorization']).toBe('Bearer token-2');
  });

  test('is renewed once for all calls that were refused with it', async () => {
    const { client, portal } = clientParty();
    portal.next('/docs', json({}, 401), json({}, 401), json({}, 401));
    const prepared = await Promise.all([1, 2, 3].map(() => client.prepare(sampleDocument)));
    await Promise.all(prepared.map((one) => client.upload(one)));
    expect(portal.paths.filter((path) => path === '/token')).toHaveLength(2);
    expect(portal.paths.filter((path) => path === '/docs')).toHaveLength(6);
  });

  test('is not renewed a second time by the same call', async () => {
    const { client, portal } = clientParty();
    portal.next('/docs', json({}, 401), response('<html>', { status: 401, type: 'text/html' }));
    expect(await failureOf(client.send(sampleDocument))).toEqual({
      code: 'ERR_PORTAL_CREDENTIALS',
      delivery: 'answered',
    });
    expect(portal.paths).toEqual(['/token', '/docs', '/token', '/docs']);
    await client.send(sampleDocument);
    expect(portal.paths.filter((path) => path === '/token')).toHaveLength(3);
  });

  test.each([
    ['401', json({}, 401), 'ERR_PORTAL_CREDENTIALS'],
    ['400', json({}, 400), 'ERR_PORTAL_CREDENTIALS'],
    ['403', json({}, 403), 'ERR_PORTAL_CREDENTIALS'],
    ['404', json({}, 404), 'ERR_PORTAL_REFUSED'],
    ['500', json({}, 500), 'ERR_PORTAL_UNAVAILABLE'],
    ['a page', response('<html>', { type: 'text/html' }), 'ERR_PORTAL_HTML'],
    ['no token', json({}), 'ERR_PORTAL_ANSWER'],
    ['an empty token', json({ token: '' }), 'ERR_PORTAL_ANSWER'],
    ['a life that is none', json({ token: 't', expiresIn: -1 }), 'ERR_PORTAL_ANSWER'],
    ['a list', json([]), 'ERR_PORTAL_ANSWER'],
    [
      'a broken connection',
      new SendError('x', { code: 'ERR_SEND_NETWORK', delivery: 'unknown' }),
      'ERR_SEND_NETWORK',
    ],
  ])('refused with %s: nothing of the document was sent', async (_answer, answer, code) => {
    const { client, portal } = clientParty();
    portal.next('/token', answer);
    expect(await failureOf(client.send(sampleDocument))).toEqual({ code, delivery: 'not-sent' });
    expect(portal.paths).toEqual(['/token']);
  });

  test('that has ended by its own word is not used', async () => {
    const time = manualTime();
    const { client, portal } = clientParty({ clock: time.clock, timers: time.timers });
    await client.send(sampleDocument);
    time.leap(600_000);
    await client.send(sampleDocument);
    expect(portal.paths.filter((path) => path === '/token')).toHaveLength(2);
  });
});

describe('answers to a document', () => {
  const html = '<!DOCTYPE html><title>Технические работы</title>';
  test.each([
    ['a page with 200', response(html, { type: 'text/html' }), 'ERR_PORTAL_HTML', 'unknown'],
    ['a page called JSON', response(`\n ${html}`), 'ERR_PORTAL_HTML', 'unknown'],
    ['a page with 404', response(html, { status: 404, type: 'text/html' }), 'ERR_PORTAL_HTML', 'unknown'],
    [
      'a page with 502',
      response(html, { status: 502, type: 'text/html' }),
      'ERR_PORTAL_UNAVAILABLE',
      'unknown',
    ],
    ['413 of a proxy', response(html, { status: 413, type: 'text/html' }), 'ERR_PORTAL_REFUSED', 'answered'],
    ['429', json({}, 429), 'ERR_PORTAL_LIMIT', 'answered'],
    ['400', json({}, 400), 'ERR_PORTAL_REFUSED', 'answered'],
    ['403', json({}, 403), 'ERR_PORTAL_CREDENTIALS', 'answered'],
    ['500', json({}, 500), 'ERR_PORTAL_UNAVAILABLE', 'unknown'],
    ['302', response('', { status: 302 }), 'ERR_PORTAL_REDIRECT', 'unknown'],
    ['303', response('', { status: 303 }), 'ERR_PORTAL_REDIRECT', 'unknown'],
    ['text', response('{"id":"1"}', { type: 'text/plain' }), 'ERR_PORTAL_CONTENT_TYPE', 'unknown'],
    ['nothing', response('', { status: 204, type: '' }), 'ERR_PORTAL_CONTENT_TYPE', 'unknown'],
    ['garbage', response('{"id":'), 'ERR_PORTAL_JSON', 'unknown'],
    ['two ids', response('{"id":"1","id":"2"}'), 'ERR_PORTAL_DUPLICATE_KEY', 'unknown'],
    ['no id', json({}), 'ERR_PORTAL_ID_MISSING', 'unknown'],
    ['an id of null', json({ id: null }), 'ERR_PORTAL_ID_MISSING', 'unknown'],
    ['an empty id', json({ id: '' }), 'ERR_PORTAL_ID_MISSING', 'unknown'],
    ['a path', json({ id: '../token' }), 'ERR_PORTAL_ID_INVALID', 'unknown'],
    ['a long id', json({ id: 'x'.repeat(5000) }), 'ERR_PORTAL_ID_INVALID', 'unknown'],
    ['a text', json('id'), 'ERR_PORTAL_ANSWER', 'unknown'],
    ['too much', response(`{}${' '.repeat(2_000_000)}`), 'ERR_SEND_RESPONSE_TOO_LARGE', 'unknown'],
  ])('%s', async (_answer, answer, code, delivery) => {
    const { client, portal } = clientParty();
    portal.next('/docs', answer);
    expect(await failureOf(client.send(sampleDocument))).toEqual({ code, delivery });
    expect(portal.paths).toEqual(['/token', '/docs']);
  });

  test('a broken connection is not tried again', async () => {
    const { client, portal } = clientParty();
    portal.next('/docs', new SendError('x', { code: 'ERR_SEND_NETWORK', delivery: 'unknown' }));
    expect(await failureOf(client.send(sampleDocument))).toEqual({
      code: 'ERR_SEND_NETWORK',
      delivery: 'unknown',
    });
    expect(portal.paths).toEqual(['/token', '/docs']);
  });

  test('an error of a transport that is none of the SDK', async () => {
    const { client, portal } = clientParty();
    portal.next('/docs', Object.assign(new Error(`socket of ${password}`), { code: 'ECONNRESET' }));
    const error = await client.send(sampleDocument).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_SEND_NETWORK', delivery: 'unknown' });
    expect(inspect(error, { depth: 9 })).toContain('ECONNRESET');
    expect(inspect(error, { depth: 9 })).not.toContain(password);
  });

  test('a codec that throws', async () => {
    const codecs = {
      ...unverifiedJsonCodecs,
      document: {
        ...unverifiedJsonCodecs.document,
        read: () => {
          throw new Error('Unexpected token in 001300900011');
        },
      },
    };
    const { client } = clientParty({ codecs });
    const error = await client.send(sampleDocument).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_PORTAL_ANSWER', delivery: 'unknown' });
    expect(inspect(error)).not.toContain('001300900011');
  });

  test('a failing signature names the document', async () => {
    const { client, portal } = clientParty();
    portal.next('/docs/id-1/signature', response('', { status: 500 }));
    const error = await client.send(sampleDocument).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_PORTAL_UNAVAILABLE', messageId: 'id-1', httpStatus: 500 });
  });

  test('an id that a number would round is kept exactly', async () => {
    const { client, portal } = clientParty();
    portal.next('/docs', response('{"id":12345678901234567891}'));
    expect((await client.send(sampleDocument)).id).toBe('12345678901234567891');
  });
});

describe('status', () => {
  test('is the word of the portal', async () => {
    const { client, portal } = clientParty();
    portal.next('/docs/7', json({ status: ' Отозван ' }));
    expect(await client.status('7')).toEqual({ word: 'Отозван', isInForce: false });
    expect(await client.status('7')).toEqual({ word: 'Вступил в силу', isInForce: true });
    expect(portal.requests[1]).toMatchObject({ method: 'GET' });
    expect(portal.requests[1]?.body.byteLength).toBe(0);
  });

  test.each([json({}), json({ status: '' }), json({ status: 'x'.repeat(201) }), json({ status: 'a\nb' })])(
    'is refused when it is no word',
    async (answer) => {
      const { client, portal } = clientParty();
      portal.next('/docs/7', answer);
      expect(await codeOf(() => client.status('7'))).toBe('ERR_PORTAL_ANSWER');
    },
  );

  test('cannot be asked when nobody has said how', async () => {
    const { token, documents, signature } = unverifiedRoutes;
    const { client } = clientParty({ routes: { token, documents, signature } });
    expect(client.canAskStatus).toBe(false);
    await expect(client.status('7')).rejects.toThrow(/support of the portal/);
  });
});

describe('time and cancellation', () => {
  const silent = () => new Promise<never>(() => {});

  test('a step that takes too long ends as unknown, a token that does as not sent', async () => {
    for (const [path, delivery] of [
      ['/docs', 'unknown'],
      ['/token', 'not-sent'],
    ] as const) {
      const time = manualTime();
      const { client, portal } = clientParty({
        clock: time.clock,
        timers: time.timers,
        totalTimeoutMs: 1000,
      });
      portal.next(path, silent);
      const outcome = failureOf(client.send(sampleDocument));
      await time.settle();
      await time.advance(1000);
      expect(await outcome).toEqual({ code: 'ERR_SEND_TIMEOUT', delivery });
    }
  });

  test('a cancelled step rejects with the reason of the caller', async () => {
    const { client, portal } = clientParty();
    const controller = new AbortController();
    const reason = new Error('enough');
    portal.next('/docs', () => {
      controller.abort(reason);
      return silent();
    });
    const prepared = await client.prepare(sampleDocument);
    await expect(client.upload(prepared, { signal: controller.signal })).rejects.toBe(reason);
    expect(await codeOf(() => client.upload(prepared))).toBe('ERR_PORTAL_ORDER');
  });

  test('one caller that gives up does not take the token from the others', async () => {
    const { client, portal } = clientParty();
    const gate = deferred();
    portal.next('/token', async () => {
      await gate.promise;
      return json({ token: 't' });
    });
    const controller = new AbortController();
    const [one, two] = await Promise.all([client.prepare(sampleDocument), client.prepare(sampleDocument)]);
    const first = client.upload(one, { signal: controller.signal });
    const second = client.upload(two);
    controller.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    gate.resolve();
    expect((await second).id).toBe('id-1');
    expect((await client.upload(one)).id).toBe('id-2');
  });

  test('a signal that has fired already stops everything', async () => {
    const { client, portal } = clientParty();
    const signal = AbortSignal.abort(new Error('before'));
    await expect(client.send(sampleDocument, { signal })).rejects.toThrow('before');
    expect(portal.requests).toEqual([]);
  });

  test('a signer that nobody waits for any more does not send', async () => {
    const controller = new AbortController();
    const { client, portal } = clientParty({ signDetached: silent });
    const outcome = client.send(sampleDocument, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(outcome).rejects.toThrow('enough');
    expect(portal.requests).toEqual([]);
  });

  test('nothing leaves when what runs before it fails', async () => {
    const { client, portal } = clientParty();
    const prepared = await client.prepare(sampleDocument);
    const beforeSend = () => Promise.reject(new Error('the disk is full'));
    await expect(client.upload(prepared, { beforeSend })).rejects.toThrow('the disk is full');
    expect(portal.paths).toEqual(['/token']);
    expect((await client.upload(prepared)).id).toBe('id-1');
  });
});

describe('what is never shown', () => {
  test('password and token stand in no client, error, event or answer of an error', async () => {
    const events: EkdoStepEvent[] = [];
    const { client, portal } = clientParty({ onStep: (event) => events.push(event) });
    portal.next('/docs', json({ echo: `Bearer token-1 ${password}` }, 422));
    const error = await client.send(sampleDocument).catch((reason: unknown) => reason as PortalError);
    expect(error).toBeInstanceOf(PortalError);
    expect((error as PortalError).answer?.text).toBe('{"echo":"Bearer *** ***"}');
    const seen = [client, error, events].map((one) => inspect(one, { depth: 9, showHidden: true }));
    const all = [...seen, JSON.stringify([client, error, events])].join('\n');
    for (const secret of [password, 'token-1', 'echo']) expect(all).not.toContain(secret);
  });

  test('an answer with a token that was not understood is not kept', async () => {
    const { client, portal } = clientParty();
    portal.next('/token', json({ access_token: 'secret-token' }));
    const error = await client.send(sampleDocument).catch((reason: unknown) => reason as PortalError);
    expect((error as PortalError).answer).toMatchObject({ status: 200, text: '' });
  });
});

describe('onStep', () => {
  test('tells every request', async () => {
    const events: EkdoStepEvent[] = [];
    const { client, portal } = clientParty({ onStep: (event) => events.push(event) });
    portal.next('/docs', json({}, 401)).next('/docs/id-1/signature', response('', { status: 500 }));
    await client.send(sampleDocument).catch(() => {});
    expect(events).toMatchObject([
      { step: 'token', httpStatus: 200 },
      { step: 'document', attempt: 1, httpStatus: 401 },
      { step: 'token', httpStatus: 200 },
      { step: 'document', attempt: 2, httpStatus: 201 },
      { step: 'signature', httpStatus: 500, code: 'ERR_PORTAL_UNAVAILABLE', delivery: 'unknown' },
    ]);
  });

  test('decides nothing', async () => {
    const onStep = () => {
      throw new Error('of a log');
    };
    expect((await clientParty({ onStep }).client.send(sampleDocument)).id).toBe('id-1');
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
