import type { ValidateError } from '@egov-gateway/core';
import type { PlainElement } from '@egov-gateway/payload';
import { codeOf, fixtureText } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import {
  change,
  changed,
  codesOf,
  contracts,
  contractsOf,
  register,
  rootOf,
  sample,
  terminate,
  textOf,
} from '../test/sample-requests.ts';
import type { LaborContractsOptions } from './index.ts';

describe('createLaborContracts', () => {
  test.each<[string, Partial<LaborContractsOptions>]>([
    ['no service', { serviceId: '' }],
    ['white space for a service', { serviceId: ' TEST' }],
    ['an unknown mode', { payloadMode: 'base64' as never }],
    ['an unknown check of numbers', { identity: 'lax' as never }],
    ['no limit', { maxPayloadBytes: 0 }],
    ['a limit that is none', { maxPayloadBytes: Number.NaN }],
    ['an offset that is none', { offset: '+5' }],
    ['nothing that means success', { successCodes: [] }],
  ])('refuses %s', (_name, options) => {
    expect(() => contractsOf(options)).toThrow(TypeError);
  });

  test('takes SCSS001 for success and nothing else', () => {
    expect(contracts.service.successCodes).toEqual(['SCSS001']);
    expect(contracts.service.id).toBe('TEST');
  });
});

describe('encode', () => {
  test.each(['register', 'change', 'terminate'])('writes %s.json as %s.xml', (name) => {
    expect(`${textOf(contracts.encode(sample(name)))}\n`).toBe(fixtureText(`labor-contracts/${name}.xml`));
  });

  test('writes extra elements where the caller says', () => {
    const extra = [{ after: 'contractDate', name: 'madeUpTerm', content: '1' }];
    const xml = textOf(contracts.encode(changed(register, 'newContractData/contractData/extra', extra)));
    expect(xml).toContain('</contractDate><madeUpTerm>1</madeUpTerm><beginDate>');
  });

  test('writes a raw operation', () => {
    const rawOperation: PlainElement = {
      name: 'madeUpOperation',
      content: [{ name: 'employerData', content: [{ name: 'bin', content: '991340000017' }] }],
    };
    expect(textOf(contracts.encode({ rawOperation }))).toContain(
      '<madeUpOperation><employerData><bin>991340000017</bin></employerData></madeUpOperation></ns3:contractRequest>',
    );
  });

  test('refuses with all issues at once, and without a value in any word', async () => {
    const broken = changed(
      changed(register, 'newContractData/employeeData/iin', '001300900012'),
      'newContractData/contractData/position',
      undefined,
    );
    expect(await codeOf(() => contracts.encode(broken))).toBe('ERR_VALIDATE_CONTRACT');
    try {
      contracts.encode(broken);
    } catch (error) {
      expect(codesOf((error as ValidateError).issues)).toEqual(['SCSE045', 'SCSE006']);
      expect((error as Error).message).toContain('(SCSE045)');
      expect((error as Error).message).not.toContain('001300900012');
    }
  });
});

describe('read', () => {
  const wrap = (content: string) =>
    `<x:contractRequest xmlns:x="http://enbek.kz/contract/ws/schemas">${content}</x:contractRequest>`;

  test.each([register, change, terminate])('gives what was written (%#)', (request) => {
    expect(contracts.read(rootOf(contracts.encode(request)))).toEqual(request);
  });

  test('gives what is there of a broken request, for check to tell the rest', () => {
    const request = contracts.read(
      rootOf(wrap('<newContractData><employerData><bin>1</bin></employerData><new/></newContractData>')),
    );
    expect(codesOf(contracts.check(request).issues)).toEqual(['SCSE043', 'SCSE010', 'SCSE138', 'SCSE021']);
    expect(request.newContractData?.extra?.[0]?.after).toBe('employerData');
  });

  test('gives an operation of another name raw, without the signature', () => {
    const request = contracts.read(
      rootOf(wrap('<madeUp><a/></madeUp><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>')),
    );
    expect(textOf(contracts.encode(request))).toContain('<madeUp><a></a></madeUp></ns3:contractRequest>');
  });

  test.each([
    ['another root', '<a/>', 'ERR_PARSE_UNEXPECTED_ELEMENT'],
    ['a root without its namespace', '<contractRequest/>', 'ERR_PARSE_UNEXPECTED_ELEMENT'],
    ['an element twice', wrap('<newContractData/><newContractData/>'), 'ERR_PARSE_DUPLICATE_ELEMENT'],
    [
      'elements in text',
      wrap('<terminationContractData><contractId><a/></contractId></terminationContractData>'),
      'ERR_PARSE_NOT_TEXT',
    ],
  ])('refuses %s', async (_name, xml, code) => {
    expect(await codeOf(() => contracts.read(rootOf(xml)))).toBe(code);
  });

  test('leaves it to check to refuse none and several operations', () => {
    for (const xml of [wrap(''), wrap('<a/><b/>'), wrap('<newContractData/><a/>')]) {
      expect(contracts.check(contracts.read(rootOf(xml))).issues).toHaveLength(1);
    }
  });
});
