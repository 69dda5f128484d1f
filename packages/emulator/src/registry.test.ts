import type { Certificate } from '@egov-gateway/core';
import { parseCertificate } from '@egov-gateway/keys';
import { fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { Refusal } from './codes.ts';
import { SystemRegistry } from './registry.ts';

const organisation: Certificate = parseCertificate(fixture('keys/organisation.crt'));
const otherBin: Certificate = parseCertificate(fixture('keys/other-bin.crt'));
const person: Certificate = parseCertificate(fixture('keys/person.crt'));

function refusalOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

function registry(): SystemRegistry {
  const systems = new SystemRegistry();
  systems.add({ senderId: 'hr', password: 'secret', certificates: [organisation] });
  systems.add({ senderId: 'doctor', iin: '001300900207' });
  systems.add({ senderId: 'narrow', bin: '991340000017', services: ['ONE'] });
  return systems;
}

describe('SystemRegistry', () => {
  test('takes BIN before IIN from the first certificate', () => {
    expect(registry().admit('hr', 'ANY')).toMatchObject({ bin: '991340000017', iin: null });
  });

  test.each([
    ['the right password and certificate', 'hr', 'secret', organisation, null],
    ['no certificate where the endpoint takes none', 'hr', 'secret', undefined, null],
    ['a person by IIN', 'doctor', undefined, person, null],
    ['any password where none is registered', 'doctor', 'whatever', person, null],
    ['another senderId', 'nobody', 'secret', organisation, 'EMU-UNKNOWN-SENDER'],
    ['another password', 'hr', 'Secret', organisation, 'EMU-WRONG-PASSWORD'],
    ['no password', 'hr', undefined, organisation, 'EMU-WRONG-PASSWORD'],
    ['a longer password', 'hr', 'secret ', organisation, 'EMU-WRONG-PASSWORD'],
    ['the certificate of another BIN', 'hr', 'secret', otherBin, 'EMU-SIGNER-MISMATCH'],
    ['a certificate without a BIN', 'hr', 'secret', person, 'EMU-SIGNER-MISMATCH'],
    ['the certificate of another person', 'doctor', undefined, organisation, 'EMU-SIGNER-MISMATCH'],
  ])('authorises by %s', (_case, senderId, password, signer, code) => {
    expect(refusalOf(() => registry().authorise({ senderId, password }, 'ANY', signer))).toBe(code);
  });

  test('refuses a service that the registration does not list', () => {
    expect(refusalOf(() => registry().admit('narrow', 'ONE'))).toBeNull();
    expect(refusalOf(() => registry().admit('narrow', 'TWO'))).toBe('EMU-SERVICE-DENIED');
  });

  test('refuses a suspended system until it is resumed', () => {
    const systems = registry();
    systems.suspend('hr');
    expect(refusalOf(() => systems.admit('hr', 'ANY'))).toBe('EMU-SUSPENDED');
    systems.resume('hr');
    expect(refusalOf(() => systems.admit('hr', 'ANY'))).toBeNull();
  });

  test('does not suspend a system it does not know', () => {
    expect(() => registry().suspend('nobody')).toThrow(TypeError);
  });

  test.each([
    ['an empty senderId', { senderId: '', bin: '991340000017' }],
    ['an empty password', { senderId: 'a', password: '', bin: '991340000017' }],
    ['nothing that identifies', { senderId: 'a' }],
    ['a BIN that is too short', { senderId: 'a', bin: '99134000001' }],
    ['an IIN with letters', { senderId: 'a', iin: '00130090001x' }],
  ])('refuses to register %s', (_case, registration) => {
    expect(() => new SystemRegistry().add(registration)).toThrow(TypeError);
  });
});
