import { inspect } from 'node:util';

import { codeOf } from '@egov-gateway/testing';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { answerXml, grantedFields, readAnswer, request, secretKey, secretToken } from '../../test/answers.ts';
import type { ConsentRequest, ConsentService } from '../index.ts';
import { consentService, createConsentService } from './consent-service.ts';

function written(service: ConsentService, value: ConsentRequest): string {
  const writer = createXmlWriter();
  writer.open('data');
  service.request.write(value, writer);
  writer.close();
  return new TextDecoder().decode(writer.finish().bytes);
}

const fields =
  '<uin>001300900011</uin><company>ТОО Пример</company><company_bin>991340000017</company_bin>' +
  '<company_responsible>МИС Пример</company_responsible><employee_name>Тестов Тест</employee_name>' +
  '<access_name>GBDFLUniversal_token</access_name><personal_data_name></personal_data_name>' +
  '<expiresIn>600000</expiresIn><omit-sms>true</omit-sms>';
const xsiType = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="getUserDataRequest"';
const full: ConsentRequest = {
  ...request,
  accessNames: ['GBDFLUniversal_token', 'GbdulReport3005_KDP'],
  personalDataName: 'Адрес',
  ovt: 'aa.bb.cc',
};

describe('a request for consent', () => {
  test('has the fields of the known clients in their order, with xsi:type without a prefix', () => {
    expect(written(consentService, request)).toBe(`<data${xsiType}>${fields}</data>`);
  });

  test('goes without xsi:type, and with qualified fields', () => {
    expect(written(createConsentService({ xsiType: false }), request)).toBe(`<data>${fields}</data>`);
    const qualified = written(createConsentService({ wrapper: 'kdp' }), request);
    expect(qualified).toContain(
      '<kdp:uin xmlns:kdp="http://service.2fa-chain.kz/ns/kdp">001300900011</kdp:uin>',
    );
    expect(qualified).toContain(`<data${xsiType}>`);
    expect(written(createConsentService({ wrapper: 'kdp', xsiType: false }), request)).not.toContain(
      'xsi:type',
    );
    const mixed = createConsentService({ wrapper: 'kdp', unverifiedFields: 'unqualified' });
    expect(written(mixed, request)).toBe(`<data${xsiType}>${fields}</data>`);
  });

  test('joins the services with semicolons, and leaves out what is not given', () => {
    expect(written(consentService, full)).toContain(
      '<access_name>GBDFLUniversal_token;GbdulReport3005_KDP</access_name><personal_data_name>Адрес<',
    );
    expect(written(consentService, full)).toContain('</omit-sms><ovt>aa.bb.cc</ovt></data>');
    const { omitSms: _omitSms, ...silent } = request;
    expect(written(consentService, silent)).not.toContain('omit-sms');
  });

  test.each([
    ['in SyncChannel', consentService],
    ['in the wrapper of КДП', createConsentService({ wrapper: 'kdp' })],
  ])('is read back by either service, %s', (_name, service) => {
    const { root } = parseXml(new TextEncoder().encode(written(service, full)));
    for (const reader of [consentService, createConsentService({ wrapper: 'kdp' })]) {
      expect(reader.request.read(root)).toEqual(full);
    }
  });

  test.each<[string, Partial<ConsentRequest>, string]>([
    ['an IIN with a wrong control digit', { iin: '001300900012' }, '/uin iin-checksum'],
    ['a BIN with a wrong control digit', { companyBin: '991340000018' }, '/company_bin bin-checksum'],
    ['an empty name', { employeeName: '' }, '/employee_name min-length'],
    ['no services', { accessNames: [] }, '/access_name access-names'],
    ['an empty name of a service', { accessNames: ['A', ''] }, '/access_name access-names'],
    ['two names in one', { accessNames: ['A;B'] }, '/access_name access-names'],
    ['white space in a name', { accessNames: ['A B'] }, '/access_name access-names'],
    ['text in the place of a list', { accessNames: 'A' as never }, '/access_name access-names'],
    ['a lifetime of nothing', { expiresInMs: 0 }, '/expiresIn minimum'],
    ['a lifetime that is no whole number', { expiresInMs: 0.5 }, '/expiresIn type'],
    ['a lifetime that is no number', { expiresInMs: Number.NaN }, '/expiresIn type'],
    ['text for omit-sms', { omitSms: 'nein' as never }, '/omit-sms type'],
    ['an ovt that is no JWT', { ovt: 'secret' }, '/ovt jwt'],
    ['an ovt with padding', { ovt: 'aa.bb.cc==' }, '/ovt jwt'],
  ])('is refused with %s, and no value is told', (_name, wrong, expected) => {
    const issues = consentService.request.validate({ ...full, ...wrong });
    expect(issues.map(({ path, rule }) => `${path} ${rule}`)).toEqual([expected]);
    const [value] = Object.values(wrong);
    if (typeof value === 'string' && value !== '') expect(JSON.stringify(issues)).not.toContain(value);
  });

  test('tells everything that is missing, and takes no request for none', () => {
    expect(consentService.request.validate({} as never).length).toBeGreaterThan(6);
    for (const value of [undefined, null, 'text']) {
      expect(consentService.request.validate(value as never)).toHaveLength(1);
    }
  });
});

describe('an answer', () => {
  test('with token and key is a consent, whatever its status and white space', () => {
    const answer = readAnswer(consentService, answerXml(grantedFields));
    expect(answer.outcome).toBe('granted');
    expect(answer.status).toBe('ANY');
    expect([answer.token?.token, answer.token?.publicKey]).toEqual([secretToken, secretKey]);
  });

  test('is read without the namespace as well, in any order, with elements nobody knows', () => {
    const xml = `<data><public-key>${secretKey}</public-key><new/><code>${secretToken}</code></data>`;
    expect(readAnswer(consentService, xml).token?.token).toBe(secretToken);
  });

  test('white space at any place of the token is taken out', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(' ', '\n', '\t', '\r\n', 'A', 'b', '9', '=', '/')), (parts) => {
        const { token } = readAnswer(
          consentService,
          answerXml(`<code>x${parts.join('')}</code><public-key>k</public-key>`),
        );
        expect(token?.token).toBe(`x${parts.join('').replace(/\s/g, '')}`);
      }),
    ));

  test('shows nothing but its outcome', () => {
    const answer = readAnswer(consentService, answerXml(grantedFields));
    expect(JSON.stringify(answer)).toBe('{"outcome":"granted"}');
    const printed = inspect(answer, { showHidden: true, depth: 9 });
    expect(printed).not.toMatch(new RegExp(`${secretToken}|${secretKey}|ANY`));
  });

  test.each([
    ['nothing', ''],
    ['no key', `<code>${secretToken}</code>`],
    ['no token', `<public-key>${secretKey}</public-key>`],
    ['a token of white space', `<code> \n </code><public-key>${secretKey}</public-key>`],
    ['an empty key', `<code>${secretToken}</code><public-key/>`],
  ])('with %s is no consent', (_name, xml) => {
    const answer = readAnswer(consentService, answerXml(xml));
    expect([answer.outcome, answer.token]).toEqual(['no-token', undefined]);
  });

  test('without data is no consent', () => {
    expect(consentService.response.readAbsent?.().outcome).toBe('no-token');
  });

  test.each([
    [
      'a second token',
      `<code>a</code><code>b</code><public-key>k</public-key>`,
      'ERR_PARSE_DUPLICATE_ELEMENT',
    ],
    ['elements in the token', `<code><a/></code>`, 'ERR_PARSE_NOT_TEXT'],
    [
      'a token without end',
      `<code>${'A'.repeat(65_537)}</code><public-key>k</public-key>`,
      'ERR_PARSE_VALUE',
    ],
    ['an invisible character', `<code>a\u200bb</code><public-key>k</public-key>`, 'ERR_PARSE_VALUE'],
    ['a control character in the key', `<code>a</code><public-key>k\u0085</public-key>`, 'ERR_PARSE_VALUE'],
  ])('with %s is refused', async (_name, xml, code) => {
    expect(await codeOf(() => readAnswer(consentService, answerXml(xml)))).toBe(code);
  });

  const ofService = 'http://service.2fa-chain.kz/ns/kdp';
  const granted = `<code>${secretToken}</code><public-key>${secretKey}</public-key>`;

  test.each([
    ['a status', `<data>${granted}<k:status xmlns:k="${ofService}">NO</k:status></data>`],
    ['a token', `<data><k:status xmlns:k="${ofService}">NO</k:status>${granted}</data>`],
  ])('with %s in another namespace than the rest is refused', async (_name, xml) => {
    expect(await codeOf(() => readAnswer(told, xml))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
  });

  test('is found behind elements that nobody knows', () => {
    expect(readAnswer(told, answerXml(`<status>OK</status>${granted}`).replace('>', '><new/>')).outcome).toBe(
      'granted',
    );
    expect(readAnswer(told, `<data><new/><status>OK</status>${granted}</data>`).outcome).toBe('granted');
  });

  test('that is nil everywhere is no consent', () => {
    const nil = ['status', 'code', 'public-key'].map((name) => `<${name} xsi:nil="true"/>`).join('');
    const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    expect(readAnswer(consentService, `<data ${xsi}>${nil}</data>`).outcome).toBe('no-token');
    expect(readAnswer(consentService, `<data ${xsi} xsi:nil="true"/>`).outcome).toBe('no-token');
  });

  test('in a namespace of somebody else is no consent', () => {
    expect(readAnswer(consentService, `<data xmlns="urn:other">${granted}</data>`).outcome).toBe('no-token');
  });

  const told = createConsentService({
    successStatuses: ['OK'],
    refusedStatuses: ['NO'],
    pendingStatuses: ['WAIT'],
  });

  test.each([
    ['OK', grantedFields, 'granted'],
    ['NO', grantedFields, 'refused'],
    ['WAIT', grantedFields, 'pending'],
    ['ok', grantedFields, 'unrecognised'],
    ['', grantedFields, 'unrecognised'],
    ['OK', '', 'no-token'],
    ['NO', '', 'refused'],
    ['WAIT', '', 'pending'],
    ['ELSE', '', 'no-token'],
  ])('with status %j is judged by the statuses that were told: %#', (status, rest, outcome) => {
    const xml = answerXml(`<status> ${status}\n</status>${rest.replace(/<status>.*?<\/status>/, '')}`);
    const answer = readAnswer(told, xml);
    expect(answer.outcome).toBe(outcome);
    expect(answer.token === undefined).toBe(outcome !== 'granted');
  });

  test('is written for the side that serves', () => {
    const { response } = createConsentService({ wrapper: 'kdp' });
    const writer = createXmlWriter();
    writer.open('data');
    response.write({ outcome: 'granted', status: 'S', token: { token: 'T', publicKey: 'K' } }, writer);
    writer.close();
    const { bytes } = writer.finish();
    expect(new TextDecoder().decode(bytes)).toContain('public-key xmlns:kdp=');
    expect(response.read(parseXml(bytes).root).token?.token).toBe('T');
    expect(response.validate({ outcome: 'refused', status: 'S', token: undefined })).toEqual([]);
  });
});

describe('createConsentService', () => {
  test('takes an empty status of the message for success, beside the usual codes', () => {
    expect(consentService.successCodes).toEqual(['SCSS001', 'SUCCESS', 'Success', '']);
    expect(consentService.id).toBe('KDP_SERVICE');
    expect(consentService.wrapper?.request).toBeUndefined();
  });

  test('names the wrapper of КДП', () => {
    const { wrapper } = createConsentService({ wrapper: 'kdp', unverifiedParts: 'unqualified' });
    expect(wrapper?.request).toMatchObject({
      name: { localName: 'sendMessageRequest' },
      parts: 'unqualified',
    });
    expect(wrapper?.response).toMatchObject({
      name: { localName: 'sendMessageResponse' },
      parts: 'qualified',
    });
  });

  test.each([
    ['an unknown option', { sucessStatuses: ['OK'] }],
    ['an unknown wrapper', { wrapper: 'other' }],
    ['parts of a wrapper that is known', { unverifiedParts: 'qualified' }],
    ['unknown parts', { wrapper: 'kdp', unverifiedParts: 'some' }],
    ['unknown fields', { unverifiedFields: 'some' }],
    ['no successStatuses', { successStatuses: [] }],
    ['a status that is no text', { refusedStatuses: [1] }],
    ['a status with two meanings', { refusedStatuses: ['A'], pendingStatuses: ['A'] }],
    ['an empty id', { id: '' }],
    ['no success codes', { successCodes: [] }],
    ['an unknown identity', { identity: 'loose' }],
  ])('refuses %s', (_name, options) => {
    expect(() => createConsentService(options as never)).toThrow(TypeError);
  });
});
