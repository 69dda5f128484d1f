import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { documentIdFault, documentIdOf, encodeDocumentId } from './document-id.ts';
import { portalAddress, routeUrl } from './portal-address.ts';

describe('portalAddress', () => {
  test('takes https, and http when it is allowed', () => {
    expect(portalAddress('https://portal.example/api', false).href).toBe('https://portal.example/api');
    expect(portalAddress(new URL('http://127.0.0.1:1/'), true).href).toBe('http://127.0.0.1:1/');
  });

  test.each(['http://portal.example/', 'ftp://portal.example/', 'file:///etc/passwd'])(
    'refuses %s before anything is sent',
    async (url) => {
      expect(await codeOf(() => portalAddress(url, false))).toBe('ERR_SEND_INSECURE_URL');
    },
  );

  test('allows no other scheme than http', async () => {
    expect(await codeOf(() => portalAddress('ws://portal.example/', true))).toBe('ERR_SEND_INSECURE_URL');
  });

  test.each([
    undefined,
    '',
    'portal.example',
    'https://user:password@portal.example/',
    'https://portal.example/?a=1',
    'https://portal.example/#a',
  ])('refuses %s', (url) => {
    expect(() => portalAddress(url, false)).toThrow(TypeError);
  });

  test('says what to ask when there is none', () => {
    expect(() => portalAddress(undefined, false)).toThrow(/support of the portal/);
  });
});

describe('routeUrl', () => {
  const base = new URL('https://portal.example/api/');

  test.each([
    ['/docs', 'https://portal.example/api/docs'],
    ['/docs/1/signature', 'https://portal.example/api/docs/1/signature'],
    ['/docs?kind=a&b=c', 'https://portal.example/api/docs?kind=a&b=c'],
    ['/docs/%D0%B0', 'https://portal.example/api/docs/%D0%B0'],
  ])('puts %s below the address', (route, url) => {
    expect(routeUrl(base, route, 'documents').href).toBe(url);
  });

  test.each([
    'docs',
    '',
    '//evil.example/docs',
    '/docs/../token',
    '/docs/%2e%2e/token',
    '/docs/.%2E/token',
    '/docs/./1',
    '/docs\\..\\token',
    '/docs#a',
    '/docs 1',
    '/docs//1',
    '/документы',
    'https://evil.example/docs',
  ])('refuses %s', (route) => {
    expect(() => routeUrl(base, route, 'documents')).toThrow(TypeError);
  });

  test('refuses what is no text', () => {
    expect(() => routeUrl(base, undefined as unknown as string, 'documents')).toThrow(TypeError);
  });
});

describe('documentIdOf', () => {
  test.each([
    ['123', '123'],
    [123, '123'],
    [12345678901234567890n, '12345678901234567890'],
    ['a1b2-c3', 'a1b2-c3'],
    ['{}'.length, '2'],
    ['документ-1', 'документ-1'],
  ])('takes %s', (value, id) => {
    expect(documentIdOf(value)).toBe(id);
  });

  test.each([undefined, null, ''])('finds none in %s', async (value) => {
    expect(await codeOf(() => documentIdOf(value))).toBe('ERR_PORTAL_ID_MISSING');
  });

  test.each([
    ['..'],
    ['.'],
    ['../token'],
    ['a/b'],
    ['a\\b'],
    ['a?b'],
    ['a#b'],
    ['%2e%2e'],
    ['a b'],
    ['a\u0000b'],
    ['a\nb'],
    ['\ud800'],
    ['x'.repeat(201)],
    [1.5],
    [Number.NaN],
    [true],
    [{}],
    [['1']],
  ])('refuses %j, and does not know whether the document is there', async (value) => {
    expect(await codeOf(() => documentIdOf(value))).toBe('ERR_PORTAL_ID_INVALID');
    try {
      documentIdOf(value);
    } catch (error) {
      expect(error).toMatchObject({ delivery: 'unknown' });
    }
  });
});

describe('encodeDocumentId', () => {
  test('makes one segment of a path', () => {
    expect(encodeDocumentId('a:b+c')).toBe('a%3Ab%2Bc');
    expect(
      routeUrl(new URL('https://portal.example/'), `/docs/${encodeDocumentId('ж-1')}`, 'x').pathname,
    ).toBe('/docs/%D0%B6-1');
  });

  test('refuses what is none', () => {
    expect(() => encodeDocumentId('..')).toThrow(TypeError);
    expect(documentIdFault(7)).toBeDefined();
  });
});
