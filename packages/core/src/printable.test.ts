import { describe, expect, test } from 'vitest';

import { ParseError } from './errors.ts';
import { printableName, printablePath, printableUri } from './printable.ts';

const iin = '001300900011';

describe('printableName', () => {
  test.each(['SendMessage', 'soap:Body', 'data-1_b.c', 'row[2]', 'Тіркеу', 'a12345'])('keeps %s', (name) => {
    expect(printableName(name)).toBe(name);
  });

  test.each([
    ['a number', iin],
    ['a number behind letters', `IIN${iin}`],
    ['six digits', 'a001300'],
    ['a number beyond the cut', `${'a'.repeat(70)}${iin}${iin}`],
    ['a number across the first cut', `${'1'.repeat(40)}${'a'.repeat(36)}${iin}`],
    ['digits of another script', '٠٠١٣٠٠٩'],
  ])('masks %s', (_name, text) => {
    expect(printableName(text)).not.toMatch(/\p{Nd}{6}/u);
    expect(printableName(text)).toContain('***');
  });

  test('cuts what is long', () => {
    expect(printableName('a'.repeat(1_000_000))).toHaveLength(81);
  });

  test('replaces what cannot be printed', () => {
    expect(printableName('a\n\u001b[2J \u202eb')).toBe('a??[2J??b');
  });
});

describe('printablePath', () => {
  test('keeps an honest path', () => {
    expect(printablePath('/Envelope/Body/SendMessage')).toBe('/Envelope/Body/SendMessage');
  });

  test('masks each name of it', () => {
    expect(printablePath(`/Envelope/p${iin}/x`)).toBe('/Envelope/p***/x');
  });

  test('shows beginning and end of a long one', () => {
    const printable = printablePath(`/Envelope${'/name'.repeat(10_000)}/last`);
    expect(printable.length).toBeLessThanOrEqual(401);
    expect(printable).toMatch(/^\/Envelope\/.*…[a-z/]*\/last$/);
  });
});

describe('printableUri', () => {
  test.each([
    'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-512',
    'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3',
  ])('keeps %s', (uri) => {
    expect(printableUri(uri)).toBe(uri);
  });

  test('masks a number of a person', () => {
    expect(printableUri(`urn:${iin}`)).toBe('urn:***');
  });

  test.each([
    ['empty', ''],
    ['too long', 'a'.repeat(121)],
    ['of several lines', 'a\nb'],
  ])('does not show what is %s', (_name, uri) => {
    expect(printableUri(uri)).toBe('something unprintable');
  });
});

describe('ParseError', () => {
  test('shows its path as it may be printed', () => {
    const error = new ParseError('expected once', { code: 'ERR_PARSE_VALUE', path: `/data/p${iin}` });
    expect(error.message).toBe('/data/p***: expected once');
    expect(error.path).toBe('/data/p***');
  });
});
