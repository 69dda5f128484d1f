import { type SigningKey, ValidateError } from '@egov-gateway/core';
import { loadPkcs12, pinnedCertificates } from '@egov-gateway/keys';
import { type PlainElement, verifyPayload } from '@egov-gateway/payload';
import { codeOf, fixture } from '@egov-gateway/testing';
import { createXmlWriter } from '@egov-gateway/xml';
import { beforeAll, describe, expect, test } from 'vitest';

import {
  change,
  changed,
  clock,
  codesOf,
  contracts,
  contractsOf,
  register,
  rootOf,
  terminate,
  textOf,
} from '../../test/sample-requests.ts';
import type { ContractRequest, PayloadMode } from '../index.ts';

describe('sign', () => {
  let key: SigningKey;
  let other: SigningKey;
  let person: SigningKey;
  let auth: SigningKey;
  beforeAll(async () => {
    const load = (name: string) => loadPkcs12(fixture(`keys/${name}.p12`), 'test-only');
    [key, other, person, auth] = await Promise.all([
      load('organisation'),
      load('other-bin'),
      load('person'),
      load('auth'),
    ]);
  });
  const trust = () => pinnedCertificates([key.certificate]);
  const carried = (mode: PayloadMode, document: Uint8Array): string => {
    const { service } = contractsOf({ payloadMode: mode });
    expect(service.request.validate(document)).toEqual([]);
    const writer = createXmlWriter();
    writer.open('data');
    service.request.write(document, writer);
    writer.close();
    return textOf(writer.finish().bytes);
  };

  test.each([
    ['string-escaped', 'xsi:type="xs:string">&lt;ns3:contractRequest'],
    ['string-cdata', 'xsi:type="xs:string"><![CDATA[<ns3:contractRequest'],
    ['element', '<data><ns3:contractRequest xmlns:ns3='],
  ] as const)('makes a document that verifies after it has travelled as %s', async (mode, beginning) => {
    const document = await contractsOf({ payloadMode: mode }).sign(register, key);
    const data = carried(mode, document);
    expect(data).toContain(beginning);
    const received = contractsOf().service.request.read(rootOf(data));
    const { root, signer } = await verifyPayload(received, { trust: trust(), atMs: clock.now() });
    expect(signer.certificate.bin).toBe('991340000017');
    expect(contracts.read(root)).toEqual(register);
  });

  test('is done with the key of the employer only', async () => {
    const refused = async (request: ContractRequest, by: SigningKey) => {
      try {
        await contracts.sign(request, by);
        return [];
      } catch (error) {
        return error instanceof ValidateError ? codesOf(error.issues) : [String(error)];
      }
    };
    expect(await refused(register, other)).toEqual(['SCSE046']);
    expect(await refused(change, person)).toEqual(['SCSE046']);
    expect(await refused(terminate, auth)).toEqual(['SCSE001']);
    // Its certificate names this IIN, of whoever signs for the organisation.
    expect(await refused(changed(register, 'newContractData/employerData/bin', '001300900011'), key)).toEqual(
      ['SCSE046'],
    );
    expect(
      await refused(changed(register, 'newContractData/employerData/bin', '001300900207'), person),
    ).toEqual([]);
  });

  test('compares the key with a raw operation that names its employer', async () => {
    const raw = (content: PlainElement['content']): ContractRequest => ({
      rawOperation: { name: 'madeUp', content },
    });
    const employer = (number: string) =>
      raw([{ name: 'employerData', content: [{ name: 'bin', content: number }] }]);
    expect(await codeOf(() => contracts.sign(employer('991340000027'), key))).toBe('ERR_VALIDATE_CONTRACT');
    expect(await codeOf(() => contracts.sign(employer('991340000017'), key))).toBeNull();
    expect(await codeOf(() => contracts.sign(raw('text'), key))).toBeNull();
    expect(await codeOf(() => contracts.sign(raw('text'), auth))).toBe('ERR_VALIDATE_CONTRACT');
    const element = rootOf('<madeUp><employerData><bin>991340000027</bin></employerData></madeUp>');
    expect(await codeOf(() => contracts.sign({ rawOperation: { element } }, key))).toBe(
      'ERR_VALIDATE_CONTRACT',
    );
  });

  test('refuses what is wrong before the key is asked', async () => {
    const asked: SigningKey = { ...key, sign: () => Promise.reject(new Error('asked')) };
    const broken = changed(register, 'newContractData/employeeData/iin', '');
    expect(await codeOf(() => contracts.sign(broken, asked))).toBe('ERR_VALIDATE_CONTRACT');
    expect(await codeOf(() => contracts.sign(register, asked))).toBe('ERR_SIGN_KEY');
  });

  test('refuses a document that is too big', async () => {
    const big = changed(register, 'newContractData/contractData/contractNumber', '1'.repeat(102_000));
    await expect(contracts.sign(big, key)).rejects.toMatchObject({ issues: [{ code: 'SCSE999' }] });
    const size = (await contracts.sign(register, key)).length;
    expect(await codeOf(() => contractsOf({ maxPayloadBytes: size }).sign(register, key))).toBeNull();
    expect(await codeOf(() => contractsOf({ maxPayloadBytes: size - 1 }).sign(register, key))).toBe(
      'ERR_VALIDATE_CONTRACT',
    );
  });

  test('uses exclusive C14N where the document travels as an element, and the service refuses the other', async () => {
    const inclusive = await contracts.sign(register, key);
    const { service } = contractsOf({ payloadMode: 'element' });
    expect(service.request.validate(inclusive)).toMatchObject([{ rule: 'inclusive-c14n' }]);
  });
});

describe('service.request', () => {
  test.each<[string, unknown, string]>([
    ['no document', 1, 'type'],
    ['no XML', 'x', 'xml'],
    ['a document without a signature', textOf(contracts.encode(register)), 'unsigned'],
    ['another document', '<a/>', 'root'],
    ['another namespace', '<contractRequest xmlns="urn:x"/>', 'root'],
    ['too many octets', `<a>${'ә'.repeat(60_000)}</a>`, 'max-bytes'],
  ])('refuses %s', (_name, document, rule) => {
    expect(contracts.service.request.validate(document as string)[0]).toMatchObject({ rule });
  });
});
