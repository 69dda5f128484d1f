import { fixedClock, type SigningKey } from '@egov-gateway/core';
import { loadPkcs12 } from '@egov-gateway/keys';
import { signPayload } from '@egov-gateway/payload';
import { fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { ContractCaller, clock, documentOf, keyCalled, register } from '../../test/contract-caller.ts';

const caller = await ContractCaller.of();
const key = caller.emulator.testSystem.signingKey;
const signed = (request = register, by: SigningKey = key) => signPayload(documentOf(request), by, { clock });
const text = async () => new TextDecoder().decode(await signed());

describe('the signature of the employer', () => {
  test('is missing', async () => {
    expect((await caller.post(documentOf(register))).code).toBe('SCSE001');
  });

  test.each([
    ['a changed value', 'ЕШ-001/26', 'ЕШ-002/26'],
    ['an added element', '<documentData>', '<documentData><more/>'],
    ['a changed digest', '<ds:DigestValue>', '<ds:DigestValue>AAAA'],
    [
      'a second one',
      '</ns3:contractRequest>',
      '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></ns3:contractRequest>',
    ],
  ])('does not hold: %s', async (_name, from, to) => {
    const document = await text();
    expect(document).toContain(from);
    expect((await caller.post(document.replace(from, to))).code).toBe('SCSE001');
  });

  test.each([['attacker'], ['auth']])('is of a key that does not count: %s', async (name) => {
    expect((await caller.send(register, await keyCalled(name))).code).toBe('SCSE001');
  });

  test('is of a key that has expired since', async () => {
    const expired = await keyCalled('expired');
    const before = fixedClock(Date.UTC(2020, 5, 1));
    const document = await signPayload(documentOf(register), expired, { clock: before });
    expect((await caller.post(document)).code).toBe('SCSE001');
  });

  test('is of a key that is revoked', async () => {
    const strict = await ContractCaller.of({}, { isRevoked: ({ bin }) => bin === '991340000027' });
    expect((await strict.send(register, await keyCalled('other-bin'))).code).toBe('SCSE001');
    expect((await strict.send(register)).id).toBe('EMU-1');
  });

  test('is of another employer, whatever the transport key is', async () => {
    expect((await caller.send(register, await keyCalled('other-bin'))).code).toBe('SCSE046');
    expect((await caller.send(register, await keyCalled('person'))).code).toBe('SCSE046');
  });

  test('is of a key that no authority here has issued, until it is told of', async () => {
    const stranger = await keyCalled('attacker');
    expect((await caller.send(register, stranger)).code).toBe('SCSE001');
    const told = await ContractCaller.of({ employers: [stranger.certificate] });
    expect((await told.send(register, stranger)).id).toBe('EMU-1');
  });

  test('may be GOST', async () => {
    const gost = await loadPkcs12(fixture('keys/gost2015-512/organisation.p12'), 'test-only');
    const both = await ContractCaller.of();
    expect((await both.send(register, gost)).id).toBe('EMU-1');
  });
});

describe('a document', () => {
  test.each([
    ['nothing', '', 'SCSE002'],
    ['words', 'Қабылданды', 'SCSE002'],
    ['broken XML', '<a>', 'SCSE002'],
    ['a DOCTYPE', '<!DOCTYPE a><a/>', 'SCSE002'],
    ['more than 100 KiB', `<a>${'ә'.repeat(60_000)}</a>`, 'SCSE999'],
  ])('is refused: %s', async (_name, document, code) => {
    // The writer of the channel escapes whatever it is given.
    expect((await caller.post(document)).code).toBe(code);
  });

  test.each([
    ['another root', '<other><newContractData/></other>'],
    ['another namespace', '<contractRequest xmlns="urn:other"/>'],
    ['no operation', documentOf({})],
    ['two operations', documentOf({ ...register, rawOperation: {} })],
    ['an element twice', documentOf(register).replace(/<documentData>.*<\/documentData>/, '$&$&')],
  ])('is refused although it is signed: %s', async (_name, document) => {
    expect((await caller.post(await signPayload(document, key, { clock }))).code).toBe('SCSE002');
  });

  test('of the size of the limit is taken, one octet more is not', async () => {
    const document = await signed();
    const exact = await ContractCaller.of({ maxPayloadBytes: document.length });
    expect((await exact.post(document)).id).toBe('EMU-1');
    const less = await ContractCaller.of({ maxPayloadBytes: document.length - 1 });
    expect((await less.post(document)).code).toBe('SCSE999');
  });
});
