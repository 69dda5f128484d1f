import { fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { parseCertificate } from './certificate.ts';
import { certificateRoles, describeCertificate } from './describe-certificate.ts';

const load = (name: string) => parseCertificate(fixture(`keys/${name}.crt`));

describe('describeCertificate', () => {
  test('has the fields people ask for, absent ones null', () => {
    const person = load('person');
    expect(describeCertificate(person)).toEqual({
      algorithm: 'rsa',
      subject: 'GN=СЫНАҚҰЛЫ,C=KZ,serialNumber=IIN001300900207,SN=ӘЛІМҰЛЫ,CN=ӘЛІМҰЛЫ СЫНАҚ TEST ONLY',
      iin: '001300900207',
      bin: null,
      serialNumber: person.serialNumber,
      notBefore: '2020-01-01T00:00:00.000Z',
      notAfter: '2099-12-31T23:59:59.000Z',
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.4', '1.2.398.3.3.4.1.1'],
      thumbprintSha256: person.thumbprintSha256,
    });
  });

  test('survives JSON with every field', () => {
    const described = describeCertificate(load('ca'));
    expect(JSON.parse(JSON.stringify(described))).toEqual(described);
    expect(described.extendedKeyUsage).toBeNull();
  });
});

describe('certificateRoles', () => {
  test.each([
    [
      'organisation',
      {
        purpose: 'sign',
        roles: ['organization', 'chief-executive'],
        policies: ['1.2.398.3.3.2', '1.2.398.3.3.2.1'],
      },
    ],
    [
      'auth',
      {
        purpose: 'auth',
        roles: ['organization', 'chief-executive'],
        policies: ['1.2.398.3.3.2', '1.2.398.3.3.2.2'],
      },
    ],
    ['person', { purpose: 'sign', roles: ['person'], policies: ['1.2.398.3.3.2', '1.2.398.3.3.2.3'] }],
    ['tls-server', { purpose: null, roles: [], policies: null }],
    ['ca', { purpose: null, roles: [], policies: null }],
  ])('%s', (name, roles) => {
    expect(certificateRoles(load(name))).toEqual(roles);
  });
});
