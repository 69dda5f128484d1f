import { fixedClock, type SigningKey, ValidateError } from '@egov-gateway/core';
import { loadPkcs12, pinnedCertificates } from '@egov-gateway/keys';
import { verifyPayload } from '@egov-gateway/payload';
import { codeOf, fixture } from '@egov-gateway/testing';
import { beforeAll, describe, expect, test } from 'vitest';

import { issuesOf, rootOf, written } from '../../test/data-element.ts';
import { companyByBin, createCompanyByBin, unverifiedCompanyView } from '../index.ts';

const clock = fixedClock(Date.UTC(2026, 0, 13, 5));
const companies = createCompanyByBin({ clock });
const request = { requestorBin: '991340000017', bin: '991340000801' };

const answer = `<ns3:responseDataType xmlns:ns3="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz">
  <Status><Code>002</Code><NameRu>Обработан</NameRu></Status>
  <Organization><BIN>991340000801</BIN><RegStatus><NameRu>Зарегистрирован</NameRu></RegStatus>
    <RegistrationDate>2020-01-15+06:00</RegistrationDate><FullNameRu>ТОО «Пример»</FullNameRu>
    <FullNameKz>«Мысал» ЖШС</FullNameKz><OrganizationLeader><IIN>001300900011</IIN></OrganizationLeader>
  </Organization></ns3:responseDataType>`;
const escaped = answer.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

let key: SigningKey;
beforeAll(async () => {
  key = await loadPkcs12(fixture('keys/organisation.p12'), 'test-only');
});

describe('sign', () => {
  test('makes the document that public clients send, escaped and without xsi:type', async () => {
    const document = await companies.sign(request, key);
    const data = written(companies.service.request, document);
    expect(
      data.startsWith(
        '<data>&lt;ns2:Request xmlns:ns2="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"&gt;' +
          '&lt;RequestorBIN&gt;991340000017&lt;/RequestorBIN&gt;&lt;BIN&gt;991340000801&lt;/BIN&gt;&lt;ds:Signature ',
      ),
    ).toBe(true);
    expect(issuesOf(companies.service.request, document)).toEqual([]);
    expect(companies.service.id).toBe('GbdulInfoByBin_v2');
  });

  test('makes a signature that holds after the document has travelled', async () => {
    const data = rootOf(written(companies.service.request, await companies.sign(request, key)));
    const received = companies.service.request.read(data);
    const trust = pinnedCertificates([key.certificate]);
    const { root, signer } = await verifyPayload(received, { trust, atMs: clock.now() });
    expect(signer.certificate.bin).toBe('991340000017');
    expect(root.first?.next?.text()).toBe('991340000801');
  });

  test.each<[string, object, readonly string[]]>([
    ['no BIN', { requestorBin: '991340000017' }, ['/Request/BIN required']],
    ['a BIN with another control digit', { ...request, bin: '991340000802' }, ['/Request/BIN bin-checksum']],
    ['a short BIN', { ...request, requestorBin: '1' }, ['/Request/RequestorBIN bin-format']],
    ['a number', { ...request, bin: 991_340_000_801 }, ['/Request/BIN type']],
    ['an unknown field', { ...request, name: 'x' }, ['/Request/name unknown-field']],
    ['nothing', {}, ['/Request/RequestorBIN required', '/Request/BIN required']],
  ])('refuses %s before the key is asked', async (_name, wrong, issues) => {
    const asked: SigningKey = { ...key, sign: () => Promise.reject(new Error('asked')) };
    expect(companies.check(wrong as typeof request).map(({ path, rule }) => `${path} ${rule}`)).toEqual(
      issues,
    );
    await expect(companies.sign(wrong as typeof request, asked)).rejects.toBeInstanceOf(ValidateError);
  });

  test('tells of a key that does not sign', async () => {
    const broken: SigningKey = { ...key, sign: () => Promise.reject(new Error('no token in the slot')) };
    expect(await codeOf(() => companies.sign(request, broken))).toBe('ERR_SIGN_KEY');
    const later = createCompanyByBin({ clock: fixedClock(Date.UTC(2126, 0, 1)) });
    expect(await codeOf(() => later.sign(request, key))).toBe('ERR_SIGN_CERTIFICATE_EXPIRED');
    expect(await codeOf(() => createCompanyByBin({ suites: [] }).sign(request, key))).toBe(
      'ERR_SIGN_ALGORITHM',
    );
  });
});

describe('service.request', () => {
  test.each<[string, unknown, string]>([
    ['no document', 1, ' type'],
    ['no XML', 'x', ' xml'],
    [
      'a document without a signature',
      '<r:Request xmlns:r="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"/>',
      '/Request unsigned',
    ],
    ['another document', '<Response xmlns="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"/>', '/Request root'],
    ['another namespace', '<Request xmlns="urn:x"/>', '/Request root'],
  ])('refuses %s', (_name, document, issue) => {
    expect(issuesOf(companies.service.request, document)).toEqual([issue]);
  });
});

describe('service.response', () => {
  const read = (content: string) => companyByBin.service.response.read(rootOf(`<data>${content}</data>`));

  test.each([
    ['text', escaped],
    ['CDATA', `<![CDATA[${answer}]]>`],
    ['an element', answer],
  ])('is all there from %s', (_name, content) => {
    const { root, text } = read(content);
    expect(root?.localName).toBe('responseDataType');
    expect(text).toContain('991340000801');
  });

  test.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['words', 'Қабылданды'],
    ['broken XML', '&lt;r&gt;'],
  ])('has no root from %s', (_name, content) => {
    expect(read(content).root).toBeUndefined();
  });

  test('is as absent as the data', () => {
    expect(companyByBin.service.response.readAbsent?.()).toEqual({ root: undefined, text: '' });
  });

  test('is written as it was read', () => {
    const response = read(escaped);
    const again = companyByBin.service.response.read(
      rootOf(written(companyByBin.service.response, response)),
    );
    expect(again.text).toBe(response.text);
    expect(issuesOf(companyByBin.service.response, { text: '\u0000', root: undefined })).toEqual([
      ' xml-characters',
    ]);
  });
});

describe('unverifiedCompanyView', () => {
  test('finds what one fixture is known to have', () => {
    expect(unverifiedCompanyView(rootOf(answer))).toEqual({
      statusCode: '002',
      statusNameRu: 'Обработан',
      bin: '991340000801',
      fullNameRu: 'ТОО «Пример»',
      fullNameKz: '«Мысал» ЖШС',
      registrationStatusRu: 'Зарегистрирован',
      registrationDate: '2020-01-15+06:00',
      leaderIin: '001300900011',
    });
  });

  test.each([
    ['another document', '<a/>'],
    ['two organisations', '<r><Organization><BIN>1</BIN></Organization><Organization/></r>'],
    ['two numbers', '<r><Organization><BIN>1</BIN><BIN>2</BIN></Organization></r>'],
    ['an empty number', '<r><Organization><BIN> </BIN></Organization></r>'],
    ['elements in the number', '<r><Organization><BIN><a/></BIN></Organization></r>'],
  ])('does not guess from %s', (_name, xml) => {
    expect(unverifiedCompanyView(rootOf(xml)).bin).toBeUndefined();
  });
});

describe('createCompanyByBin', () => {
  test('refuses options without a meaning', () => {
    expect(() => createCompanyByBin({ sucessCodes: ['X'] } as never)).toThrow(TypeError);
    expect(() => createCompanyByBin({ id: ' ' })).toThrow(TypeError);
    expect(() => createCompanyByBin({ successCodes: [] })).toThrow(TypeError);
    expect(() => createCompanyByBin({ identity: 'x' as 'off' })).toThrow(TypeError);
  });
});
