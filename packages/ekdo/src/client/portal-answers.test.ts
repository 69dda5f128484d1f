import { inspect } from 'node:util';

import { type PortalError, SendError } from '@egov-gateway/core';
import { codeOf, failureOf, manualTime } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { clientParty, password, sampleDocument } from '../../test/client-party.ts';
import { json, response } from '../../test/scripted-portal.ts';
import { unverifiedJsonCodecs, unverifiedRoutes } from './unverified-presets.ts';

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
    ['a token of two lines', json({ token: 'a\r\nx-role: admin' }), 'ERR_PORTAL_ANSWER'],
    ['a token with a space', json({ token: 'a b' }), 'ERR_PORTAL_ANSWER'],
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

  test('is in no error, not even where it came in a header', async () => {
    const { client, portal } = clientParty();
    const headers = { 'content-type': 'application/json', 'x-token': 'SECRET', location: '/?t=SECRET' };
    portal.next('/token', { headers: { ...headers, 'retry-after': '9' }, body: Buffer.from('SECRET') });
    const error = await client.send(sampleDocument).catch((reason: unknown) => reason);
    expect((error as PortalError).answer).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'retry-after': '9' },
      text: '',
    });
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
    ['407 of a proxy', response(html, { status: 407, type: 'text/html' }), 'ERR_PORTAL_REFUSED', 'answered'],
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

  test('is asked for with GET unless the codec names another method', async () => {
    for (const method of [undefined, 'POST'] as const) {
      const status = {
        ...unverifiedJsonCodecs.status,
        write: () => ({ method, headers: {}, bytes: new Uint8Array() }),
        read: () => 'x',
      };
      const { client, portal } = clientParty({ codecs: { ...unverifiedJsonCodecs, status } });
      await client.status('7');
      expect(portal.requests[1]?.method).toBe(method ?? 'GET');
    }
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
