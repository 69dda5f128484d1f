import type { Certificate, NameAttribute } from '@egov-gateway/core';
import { parseCertificate } from '@egov-gateway/keys';
import { codeOf, copiedCertificate, fixture } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { keyInfoWriter } from './key-info-style.ts';
import { signatureNamespace } from './vocabulary.ts';

const organisation = parseCertificate(fixture('keys/organisation.crt'));

function issuedBy(issuer: readonly NameAttribute[], serialNumber = '01'): Certificate {
  return copiedCertificate(organisation, { issuer, serialNumber });
}

/** Issuer and serial number as a reader sees them. */
function readIssuerSerial(certificate: Certificate): readonly (string | undefined)[] {
  const keyInfo = keyInfoWriter('issuer-serial', certificate).keyInfo('');
  const { root } = parseXml(
    Buffer.from(`<x xmlns:ds="${signatureNamespace}" xmlns:wsse="urn:test">${keyInfo}</x>`),
  );
  const pair = root.first?.first?.first?.first;
  return [pair?.first?.text(), pair?.first?.next?.text()];
}

describe('keyInfoWriter', () => {
  test('issuer-serial writes the issuer last RDN first, and the serial number in decimal', () => {
    const certificate = issuedBy(
      [
        { type: '2.5.4.3', value: 'ҰЛТТЫҚ ОРТАЛЫҚ' },
        { type: '2.5.4.6', value: 'KZ' },
      ],
      'ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00',
    );
    expect(readIssuerSerial(certificate)).toEqual([
      'C=KZ,CN=ҰЛТТЫҚ ОРТАЛЫҚ',
      '1455814860531949988560868938425558183003574828800',
    ]);
  });

  test('an issuer name cannot break out of its element', () => {
    const [issuer] = readIssuerSerial(issuedBy([{ type: '2.5.4.3', value: 'a<b>&]]>\r\n' }]));
    expect(issuer).toContain('&');
    expect(issuer).toMatch(/\r|0D/i);
  });

  test.each(['\u0000', '\u0001', '\u000b'])('a control character %j of an issuer is escaped', (character) => {
    const [issuer] = readIssuerSerial(issuedBy([{ type: '2.5.4.10', value: `a${character}b` }]));
    expect(issuer).toMatch(/^O=a\\[0-9A-Fa-f]{2}b$/);
  });

  test.each(['\ufffe', '\uffff'])(
    'an issuer with %j, which XML cannot carry, is refused',
    async (character) => {
      const certificate = issuedBy([{ type: '2.5.4.10', value: `a${character}b` }]);
      expect(await codeOf(() => keyInfoWriter('issuer-serial', certificate))).toBe('ERR_SIGN_KEY');
    },
  );

  test('only a token is written beside the signature, and only it needs the id', () => {
    for (const style of ['key-identifier', 'x509-data', 'issuer-serial'] as const) {
      const writer = keyInfoWriter(style, organisation);
      expect(writer.token('id-1')).toBe('');
      expect(writer.keyInfo('id-1')).not.toContain('id-1');
    }
    const writer = keyInfoWriter('binary-security-token', organisation);
    expect(writer.token('id-1')).toContain('wsu:Id="id-1"');
    expect(writer.keyInfo('id-1')).toContain('URI="#id-1"');
  });
});
