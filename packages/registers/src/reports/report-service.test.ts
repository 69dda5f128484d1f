import { BusinessError, fixedClock, type SigningKey } from '@egov-gateway/core';
import { loadPkcs12, pinnedCertificates } from '@egov-gateway/keys';
import { verifyPayload } from '@egov-gateway/payload';
import { codeOf, fixture } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

import { changed, issuesOf, rootOf, written } from '../../test/data-element.ts';
import { registrationAnswer, reportRequest, reregistrationAnswer } from '../../test/report-values.ts';
import {
  createRegistrationReport,
  createReregistrationReport,
  isNotFound,
  type ReportRequest,
  registrationReport,
  reregistrationReport,
} from '../index.ts';

const clock = fixedClock(Date.UTC(2026, 0, 13, 5));
const reports = [
  ['3005', createRegistrationReport({ clock }), 'http://3005_kdp.reports.egp.gbdul.tamur.kz'],
  ['3007', createReregistrationReport({ clock }), 'http://kdp.3007.reports.egp.gbdul.tamur.kz'],
] as const;
const minimal: ReportRequest = {
  requestNumber: '1',
  declarantId: '001300900011',
  businessData: { bin: '991340000801' },
};

let key: SigningKey;
beforeAll(async () => {
  key = await loadPkcs12(fixture('keys/organisation.p12'), 'test-only');
});

describe.each(reports)('report %s, request', (_number, report, namespace) => {
  test('is written qualified, in the order of the XSD', () => {
    const xml = written(report.unsigned.request, minimal);
    expect(xml).toBe(
      `<data><ns2:request xmlns:ns2="${namespace}"><ns2:requestNumber>1</ns2:requestNumber>` +
        '<ns2:declarantId>001300900011</ns2:declarantId><ns2:businessData><ns2:BIN>991340000801</ns2:BIN>' +
        '</ns2:businessData></ns2:request></data>',
    );
    const { request } = report.unsigned;
    expect(request.read(rootOf(written(request, reportRequest)))).toEqual(reportRequest);
    expect(issuesOf(request, reportRequest)).toEqual([]);
  });

  test('is signed in the child element of data, and the signature holds there', async () => {
    const document = await report.sign(reportRequest, key);
    expect(issuesOf(report.service.request, document)).toEqual([]);
    const xml = written(report.service.request, document);
    expect(xml).toMatch(/^<data><ns2:request .*<ds:Signature .*<\/ds:Signature><\/ns2:request><\/data>$/);
    expect(xml).toContain('http://www.w3.org/2001/10/xml-exc-c14n#');
    const received = report.service.request.read(rootOf(xml));
    const { root } = await verifyPayload(received, {
      trust: pinnedCertificates([key.certificate]),
      atMs: clock.now(),
    });
    expect(report.unsigned.request.read(rootOf(`<data>${root.toXml()}</data>`))).toEqual(reportRequest);
    expect(report.unsigned.request.read(rootOf(xml))).toEqual(reportRequest);
  });

  test.each<[string, string, unknown, string]>([
    ['no number', 'requestNumber', undefined, '/requestNumber required'],
    ['an empty number', 'requestNumber', '', '/requestNumber min-length'],
    ['no declarant', 'declarantId', undefined, '/declarantId required'],
    ['a declarant with another control digit', 'declarantId', '991340000018', '/declarantId identity-number'],
    ['an empty declarant', 'declarantId', '', '/declarantId identity-number'],
    ['a date without a time', 'requestDate', '2026-01-13', '/requestDate date-time'],
    ['no data', 'businessData', undefined, '/businessData required'],
    ['no BIN', 'businessData/bin', undefined, '/businessData/BIN required'],
    [
      'a BIN with another control digit',
      'businessData/bin',
      '991340000802',
      '/businessData/BIN bin-checksum',
    ],
    [
      'a requestor without IIN',
      'businessData/requestor/person/iin',
      undefined,
      '/businessData/Requestor/Person/IIN required',
    ],
    ['words for a flag', 'businessData/requestor/legal', 'yes', '/businessData/Requestor/Legal type'],
    ['no list of tokens', 'businessData/infoAbtToken', {}, '/businessData/InfoAbtToken/tokens required'],
    [
      'a token as it came',
      'businessData/infoAbtToken/tokens/0/code',
      'TO KEN',
      '/businessData/InfoAbtToken/tokens[1]/Code white-space',
    ],
    [
      'an empty key',
      'businessData/infoAbtToken/tokens/0/publicKey',
      '',
      '/businessData/InfoAbtToken/tokens[1]/PublicKey white-space',
    ],
    ['an unknown field', 'businessData/BIN', '991340000801', '/businessData/BIN unknown-field'],
  ])('is refused with %s', async (_name, path, value, issue) => {
    const wrong = changed(reportRequest, path, value);
    expect(issuesOf(report.unsigned.request, wrong)).toEqual([`/request${issue}`]);
    expect(report.check(wrong).map((one) => `${one.path} ${one.rule}`)).toEqual([`/request${issue}`]);
    const asked: SigningKey = { ...key, sign: () => Promise.reject(new Error('asked')) };
    expect(await codeOf(() => report.sign(wrong, asked))).toBe('ERR_VALIDATE_CONTRACT');
  });

  test('is refused as a document that is not signed, or not this one', async () => {
    const issues = (document: string) => issuesOf(report.service.request, document);
    expect(issues(`<request xmlns="${namespace}"/>`)).toEqual(['/request unsigned']);
    expect(issues('<request/>')).toEqual(['/request root']);
    expect(issues(`<response xmlns="${namespace}"/>`)).toEqual(['/request root']);
    expect(issues('')).toEqual([' xml']);
    const other = namespace.includes('3005') ? reregistrationReport : registrationReport;
    const document = new TextDecoder().decode(await other.sign(minimal, key));
    expect(issues(document)).toEqual(['/request root']);
  });
});

describe.each([
  ['3005', registrationReport.unsigned.response, registrationAnswer],
  ['3007', reregistrationReport.unsigned.response, reregistrationAnswer],
] as const)('report %s, response', (_number, response, answer) => {
  const codec = response as typeof registrationReport.unsigned.response;
  const value = answer as typeof registrationAnswer;
  const xml = written(codec, value);

  test('is read as it was written, as element and as text', () => {
    expect(issuesOf(codec, value)).toEqual([]);
    expect(codec.read(rootOf(xml))).toEqual(value);
    const inner = xml
      .slice('<data>'.length, -'</data>'.length)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;');
    expect(codec.read(rootOf(`<data>${inner}</data>`))).toEqual(value);
    const other = xml.replaceAll('ns2:', 'q:').replace('xmlns:ns2', 'xmlns:q');
    expect(codec.read(rootOf(other))).toEqual(value);
  });

  test('may have no data', () => {
    const { businessData: _, ...head } = value;
    expect(codec.read(rootOf(written(codec, head)))).toEqual(head);
  });

  const without = (element: string) => xml.replace(new RegExp(`<ns2:${element}>.*?</ns2:${element}>`), '');
  test.each<[string, string, string]>([
    ['no number', without('requestNumber'), 'ERR_PARSE_MISSING_ELEMENT'],
    ['no status', without('status'), 'ERR_PARSE_MISSING_ELEMENT'],
    ['no organisation', without('Organization'), 'ERR_PARSE_MISSING_ELEMENT'],
    ['no department', without('RegistrationDepartment'), 'ERR_PARSE_MISSING_ELEMENT'],
    [
      'elements without their namespace',
      xml.replaceAll('ns2:', '').replace('xmlns:ns2', 'xmlns:x'),
      'ERR_PARSE_MISSING_ELEMENT',
    ],
    ['a date that is none', xml.replace('2024-02-29', '2023-02-29'), 'ERR_PARSE_VALUE'],
    ['a number that is none', xml.replace(/(<ns2:OrgFormCode>)\d/, '$1x'), 'ERR_PARSE_VALUE'],
    ['a number that is no xs:int', xml.replace(/(<ns2:OrgFormCode>)\d/, '$12147483648'), 'ERR_PARSE_VALUE'],
    ['words for a flag', xml.replace('>true<', '>yes<'), 'ERR_PARSE_VALUE'],
    ['two answers', xml.replace('</data>', xml.slice('<data>'.length)), 'ERR_PARSE_DUPLICATE_ELEMENT'],
    ['words', '<data>&lt;ok/&gt;</data>', 'ERR_PARSE_UNEXPECTED_ELEMENT'],
    ['nothing', '<data/>', 'ERR_PARSE_MISSING_ELEMENT'],
  ])('is refused with %s', async (_name, wrong, code) => {
    expect(wrong).not.toBe(xml);
    expect(await codeOf(() => codec.read(rootOf(wrong)))).toBe(code);
  });
});

describe('registrationReport.unsigned.response', () => {
  const codec = registrationReport.unsigned.response;
  const deals = /<ns2:RegisterDeals>.*<\/ns2:RegisterDeals>/;

  test('needs a registration, unless told to take what comes', async () => {
    const xml = written(codec, registrationAnswer).replace(deals, '');
    expect(await codeOf(() => codec.read(rootOf(xml)))).toBe('ERR_PARSE_MISSING_ELEMENT');
    const { response } = createRegistrationReport({ received: 'decoded' }).unsigned;
    expect(response.read(rootOf(xml)).businessData?.registerDeals).toEqual([]);
  });

  test('has arrays where there is one, or none', () => {
    const one = changed(registrationAnswer, 'businessData/organization/foundersUl', []);
    expect(codec.read(rootOf(written(codec, one))).businessData?.organization.foundersUl).toEqual([]);
    expect(codec.read(rootOf(written(codec, one))).businessData?.registerDeals).toHaveLength(1);
  });
});

describe('innerStatus', () => {
  test('is not judged unless its codes are given: none is published', () => {
    expect(registrationReport.unsigned.innerStatus?.(registrationAnswer)).toBeUndefined();
    const strict = createReregistrationReport({ innerSuccessCodes: ['000'] }).unsigned;
    expect(strict.innerStatus?.(reregistrationAnswer)).toEqual({ code: '002', message: 'Обработан' });
    const right = createReregistrationReport({ innerSuccessCodes: ['002'] }).unsigned;
    expect(right.innerStatus?.(reregistrationAnswer)).toBeUndefined();
  });

  test('is none without business data, unless the codes of success are known', () => {
    const { businessData, ...empty } = reregistrationAnswer;
    const refusal = { code: '002', message: 'Обработан' };
    expect(businessData).toBeDefined();
    expect(reregistrationReport.service.innerStatus?.(empty)).toEqual(refusal);
    expect(reregistrationReport.unsigned.innerStatus?.(empty)).toEqual(refusal);
    expect(reregistrationReport.service.innerStatus?.(reregistrationAnswer)).toBeUndefined();
    const told = createReregistrationReport({ innerSuccessCodes: ['002'] }).unsigned;
    expect(told.innerStatus?.(empty)).toBeUndefined();
  });
});

describe('createRegistrationReport', () => {
  test('has the ids of the known client, and others', () => {
    expect(registrationReport.service.id).toBe('GbdulReport3005_KDP');
    expect(reregistrationReport.unsigned.id).toBe('GbdulReport3007_KDP');
    expect(createRegistrationReport({ id: 'X' }).service.id).toBe('X');
  });

  test('takes numbers of test stands when told so', () => {
    const wrong = { requestNumber: '1', declarantId: '123456789012', businessData: { bin: '123456789012' } };
    expect(createRegistrationReport({ identity: 'format' }).check(wrong)).toEqual([]);
    expect(registrationReport.check(wrong)).toHaveLength(2);
    expect(createRegistrationReport({ identity: 'off' }).check({ ...wrong, declarantId: 'x' })).toHaveLength(
      0,
    );
    expect(createRegistrationReport({ identity: 'off' }).check({ ...wrong, declarantId: '' })).toHaveLength(
      1,
    );
  });

  test.each<[string, object]>([
    ['no id', { id: '' }],
    ['no inner codes', { innerSuccessCodes: [] }],
    ['an unknown option', { innerSucessCodes: ['002'] }],
    ['no success codes', { successCodes: [] }],
    ['another way to read', { received: 'x' }],
    ['another mode', { identity: 'x' }],
  ])('refuses %s', (_name, options) => {
    expect(() => createRegistrationReport(options)).toThrow(TypeError);
    expect(() => createReregistrationReport(options)).toThrow(TypeError);
  });
});

describe('isNotFound', () => {
  test('is true of a refusal with 404 only', () => {
    const refusal = (code: string) => new BusinessError({ code, message: '' }, {});
    expect(isNotFound(refusal('404'))).toBe(true);
    for (const other of [
      refusal('SCSE001'),
      refusal('0404'),
      new Error('404'),
      { statusCode: '404' },
      undefined,
    ]) {
      expect(isNotFound(other)).toBe(false);
    }
  });
});

describe('any request', () => {
  const text = fc.string({ unit: fc.constantFrom(...'0Aғ &<]"\u00e9'), minLength: 1, maxLength: 8 });
  const word = text.filter((value) => !/\s/.test(value));
  const optional = { requiredKeys: [] };
  const request = fc.record(
    {
      requestNumber: text,
      declarantId: fc.constantFrom('001300900011', '991340000017'),
      requestSystemId: text,
      businessData: fc.record(
        {
          bin: fc.constantFrom('991340000801', '991340000027'),
          requestor: fc.record(
            { person: fc.record({ iin: text, name: text }, { requiredKeys: ['iin'] }), legal: fc.boolean() },
            optional,
          ),
          infoAbtToken: fc.record({
            tokens: fc.array(fc.record({ code: word, publicKey: word }, optional), { maxLength: 3 }),
          }),
        },
        { requiredKeys: ['bin'] },
      ),
    },
    { requiredKeys: ['requestNumber', 'declarantId', 'businessData'] },
  );

  test('is read as it was written', async () => {
    await fc.assert(
      fc.property(request, (value) => {
        for (const { unsigned } of [registrationReport, reregistrationReport]) {
          expect(issuesOf(unsigned.request, value)).toEqual([]);
          const bytes = new TextEncoder().encode(written(unsigned.request, value as ReportRequest));
          expect(unsigned.request.read(parseXml(bytes).root)).toEqual(value);
        }
      }),
    );
  });
});
