import { LazyBinary } from '@egov-gateway/payload';
import { codeOf, fixture, fixtureText } from '@egov-gateway/testing';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';

import {
  createMedicalExemptionSearch,
  type MedicalExemptionSearchRequest,
  type MedicalExemptionSearchResponse,
  medicalExemptionSearch,
} from './index.ts';

const { request, response } = medicalExemptionSearch;

function data<T>(
  codec: { write(value: T, writer: ReturnType<typeof createXmlWriter>): void },
  value: T,
): string {
  const writer = createXmlWriter();
  writer.open('data');
  codec.write(value, writer);
  writer.close();
  return new TextDecoder().decode(writer.finish().bytes);
}

function readResponse(content: string): MedicalExemptionSearchResponse {
  return response.read(parseXml(new TextEncoder().encode(`<data>${content}</data>`)).root);
}

/** Whether the children of `data` are what the schema asks for. */
function validateAs(element: 'request' | 'response', text: string): void {
  const { root } = parseXml(new TextEncoder().encode(text));
  const children = [...root.children()].map((child) => child.toXml()).join('');
  using schema = XmlDocument.fromBuffer(fixture('medical-exemption/types.xsd'));
  using validator = XsdValidator.fromDoc(schema);
  using document = XmlDocument.fromString(
    `<s:${element} xmlns:s="http://ehealth.kz/integration/sync">${children}</s:${element}>`,
  );
  validator.validate(document);
}

const requests: readonly (readonly [string, MedicalExemptionSearchRequest])[] = [
  ['by-number', { number: '01085' }],
  ['by-iin', { iin: '001300900011' }],
  ['by-passport', { passportNumber: 'N12345678', citizenshipCode: '398' }],
];

const found: MedicalExemptionSearchResponse = {
  status: { code: 'SUCCESS', message: 'The request has been processed' },
  medicalExemptionList: [
    {
      number: '01085',
      medicalProcedure: { code: '100', nameRu: 'Иммунопрофилактика', nameKk: 'Иммунды алдын алу' },
      status: 'UP_TO_DATE',
      certificate: LazyBinary.from(new TextEncoder().encode('%PDF-1.4\n')),
      printableCertificate: LazyBinary.from(Uint8Array.of(1)),
    },
    {
      number: '01086',
      medicalProcedure: { code: '100' },
      status: 'MADE-UP-1',
      temporaryContraindicationEndDate: '2024-02-29T00:00:00.000+05:00',
    },
    {
      number: '01087',
      medicalProcedure: { code: '100' },
      status: 'MADE-UP-2',
      revocationReason: 'Қате берілген & <жойылды>',
    },
  ],
};

/** Lazy content compares by what it decodes to. */
function comparable({ status, medicalExemptionList }: MedicalExemptionSearchResponse): unknown {
  const list = medicalExemptionList.map(({ certificate, printableCertificate, ...rest }) => ({
    ...rest,
    certificate: certificate?.bytes(),
    printableCertificate: printableCertificate?.bytes(),
  }));
  return { status, list };
}

describe('medicalExemptionSearch', () => {
  test('is the service of the registry, with the codes of success that are known', () => {
    expect(medicalExemptionSearch.id).toBe('EHEALTH_MEDICAL_EXEMPTION_SEARCH');
    expect(medicalExemptionSearch.successCodes).toContain('SUCCESS');
  });

  test('has a second status inside the data', () => {
    expect(medicalExemptionSearch.innerStatus?.(found)).toEqual(found.status);
    const silent = { status: { code: 'X' }, medicalExemptionList: [] };
    expect(medicalExemptionSearch.innerStatus?.(silent)).toEqual({ code: 'X', message: '' });
  });
});

describe('request', () => {
  test.each(requests)('is written as %s.xml', (name, value) => {
    expect(request.validate(value)).toEqual([]);
    expect(`${data(request, value)}\n`).toBe(fixtureText(`medical-exemption/${name}.xml`));
  });

  test.each(requests)('fits the schema: %s', (_name, value) => {
    expect(() => validateAs('request', data(request, value))).not.toThrow();
  });

  test.each(requests)('is read back from %s.xml', (name, value) => {
    expect(request.read(parseXml(fixture(`medical-exemption/${name}.xml`)).root)).toEqual(value);
  });

  const criteria = ['', 'search-criteria'] as const;
  const refused: readonly (readonly [string, unknown, readonly (readonly [string, string])[]])[] = [
    ['no criterion', {}, [criteria]],
    ['number and iin', { number: '1', iin: '001300900011' }, [criteria]],
    ['number and passport', { number: '1', passportNumber: 'N1', citizenshipCode: '398' }, [criteria]],
    ['iin and passport', { iin: '001300900011', passportNumber: 'N1', citizenshipCode: '398' }, [criteria]],
    ['a passport without citizenship', { passportNumber: 'N1' }, [['/citizenshipCode', 'required-with']]],
    ['a citizenship without passport', { citizenshipCode: '398' }, [['/passportNumber', 'required-with']]],
    ['an empty number', { number: '' }, [['/number', 'min-length']]],
    ['a number that is a number', { number: 1085 }, [['/number', 'type']]],
    ['an iin of eleven digits', { iin: '00130090001' }, [['/iin', 'iin-format']]],
    ['an iin with a wrong control digit', { iin: '001300900012' }, [['/iin', 'iin-checksum']]],
    ['an iin of zeros', { iin: '000000000000' }, [['/iin', 'iin-checksum']]],
    [
      'an empty passport',
      { passportNumber: '', citizenshipCode: '398' },
      [['/passportNumber', 'min-length']],
    ],
    ['a control character', { number: '1\u0000' }, [['/number', 'xml-characters']]],
    ['an unknown field', { number: '1', nummer: '2' }, [['/nummer', 'unknown-field']]],
    ['nothing', undefined, [['', 'required']]],
    ['text', '01085', [['', 'type']]],
    [
      'everything wrong at once',
      { number: '', iin: '1', passportNumber: 'N1' },
      [['/number', 'min-length'], ['/iin', 'iin-format'], criteria, ['/citizenshipCode', 'required-with']],
    ],
  ];

  test.each(refused)('with %s is refused, with the clause', (_name, value, expected) => {
    const issues = request.validate(value as never);
    expect(issues.map(({ path, rule }) => [path, rule])).toEqual(expected);
    expect(issues.every(({ clause }) => clause !== undefined && clause !== '')).toBe(true);
  });

  test('never shows an iin in an issue', () => {
    expect(JSON.stringify(request.validate({ iin: '001300900012' }))).not.toContain('001300900012');
  });

  test.each([
    ['no criterion', '<data/>'],
    ['two criteria', '<data><number>1</number><iin>001300900011</iin></data>'],
    ['a passport alone', '<data><passportNumber>N1</passportNumber></data>'],
  ])('that came with %s is refused by a server too', async (_name, xml) => {
    const root = parseXml(new TextEncoder().encode(xml)).root;
    expect(await codeOf(() => request.read(root))).toBe('ERR_PARSE_VALUE');
  });
});

describe('response', () => {
  test('is written as found.xml, and fits the schema', () => {
    expect(response.validate(found)).toEqual([]);
    const text = data(response, found);
    expect(`${text}\n`).toBe(fixtureText('medical-exemption/found.xml'));
    expect(() => validateAs('response', text)).not.toThrow();
  });

  test('is read back from found.xml', () => {
    const read = response.read(parseXml(fixture('medical-exemption/found.xml')).root);
    expect(comparable(read)).toEqual(comparable(found));
  });

  test('is read in the shape of the printed sample, with other prefixes', () => {
    const { status, medicalExemptionList } = response.read(
      parseXml(fixture('medical-exemption/printed-sample.xml')).root,
    );
    expect(status.code).toBe('SUCCESS');
    expect(medicalExemptionList).toHaveLength(1);
    expect(medicalExemptionList[0]).toMatchObject({ number: '01085', status: 'UP_TO_DATE' });
    expect(new TextDecoder().decode(medicalExemptionList[0]?.certificate?.bytes())).toBe('%PDF-1.4\n');
  });

  test('without exemptions has an empty list', () => {
    const read = response.read(parseXml(fixture('medical-exemption/nothing-found.xml')).root);
    expect(read).toEqual({
      status: { code: 'SUCCESS', message: 'Деректер табылмады' },
      medicalExemptionList: [],
    });
  });

  test('keeps unknown statuses, and leaves out what is empty', () => {
    const { medicalExemptionList } = readResponse(
      '<status><code>SUCCESS</code></status><medicalExemptionList><number>1</number>' +
        '<medicalProcedure><code>1</code><new/></medicalProcedure><status>SOMETHING_NEW</status>' +
        '<temporaryContraindicationEndDate/><certificate/><added>later</added></medicalExemptionList>',
    );
    expect(medicalExemptionList).toEqual([
      { number: '1', medicalProcedure: { code: '1' }, status: 'SOMETHING_NEW' },
    ]);
  });

  const item = (content: string) =>
    '<status><code>SUCCESS</code></status><medicalExemptionList><number>1</number>' +
    `<medicalProcedure><code>1</code></medicalProcedure><status>UP_TO_DATE</status>${content}</medicalExemptionList>`;

  test.each(['2024-02-29T10:00:00', '2024-02-29T10:00:00.5Z', '29-02-2024'])('takes the end %s', (end) => {
    const read = readResponse(
      item(`<temporaryContraindicationEndDate>${end}</temporaryContraindicationEndDate>`),
    );
    expect(read.medicalExemptionList[0]?.temporaryContraindicationEndDate).toBe(end);
  });

  test.each([
    ['the status is missing', '', 'ERR_PARSE_MISSING_ELEMENT'],
    ['the code of the status is missing', '<status/>', 'ERR_PARSE_MISSING_ELEMENT'],
    [
      'there are two statuses',
      '<status><code>A</code></status><status><code>B</code></status>',
      'ERR_PARSE_DUPLICATE_ELEMENT',
    ],
    ['the status is text', '<status>SUCCESS</status>', 'ERR_PARSE_MISSING_ELEMENT'],
    [
      'the status is in a namespace',
      '<status xmlns="urn:x"><code>A</code></status>',
      'ERR_PARSE_MISSING_ELEMENT',
    ],
    [
      'an exemption has no number',
      '<status><code>A</code></status><medicalExemptionList/>',
      'ERR_PARSE_MISSING_ELEMENT',
    ],
    ['an exemption has an empty status', item('').replace('UP_TO_DATE', ''), 'ERR_PARSE_MISSING_ELEMENT'],
    [
      'an exemption has two certificates',
      item('<certificate>AA==</certificate><certificate>AA==</certificate>'),
      'ERR_PARSE_DUPLICATE_ELEMENT',
    ],
    ['a certificate has elements', item('<certificate><a/></certificate>'), 'ERR_PARSE_NOT_TEXT'],
    [
      'the end is a word',
      item('<temporaryContraindicationEndDate>soon</temporaryContraindicationEndDate>'),
      'ERR_PARSE_VALUE',
    ],
    [
      'the end is no day',
      item('<temporaryContraindicationEndDate>30-02-2024</temporaryContraindicationEndDate>'),
      'ERR_PARSE_VALUE',
    ],
    [
      'the end has dots',
      item('<temporaryContraindicationEndDate>29.02.2024</temporaryContraindicationEndDate>'),
      'ERR_PARSE_VALUE',
    ],
  ])('is refused when %s', async (_name, content, code) => {
    expect(await codeOf(() => readResponse(content))).toBe(code);
  });

  test('reports a certificate that is no base64 when it is opened', async () => {
    const [exemption] = readResponse(item('<certificate>%PDF</certificate>')).medicalExemptionList;
    expect(await codeOf(() => exemption?.certificate?.bytes())).toBe('ERR_PARSE_VALUE');
  });
});

describe('createMedicalExemptionSearch', () => {
  test('takes another id and another check of identity numbers', () => {
    const stand = createMedicalExemptionSearch({ id: 'TEST_SEARCH', identity: 'format' });
    expect(stand.id).toBe('TEST_SEARCH');
    expect(stand.request.validate({ iin: '123456789012' })).toEqual([]);
    expect(stand.request.validate({ iin: '12345678901' })).toMatchObject([{ rule: 'iin-format' }]);
    expect(createMedicalExemptionSearch({ identity: 'off' }).request.validate({ iin: 'test' })).toEqual([]);
  });

  test('refuses options without meaning', () => {
    expect(() => createMedicalExemptionSearch({ id: '' })).toThrow(TypeError);
    expect(() => createMedicalExemptionSearch({ identiti: 'format' } as never)).toThrow(TypeError);
    expect(() => createMedicalExemptionSearch({ identity: 'lax' as never })).toThrow(TypeError);
  });
});
