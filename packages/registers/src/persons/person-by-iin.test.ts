import { inspect } from 'node:util';

import { codeOf } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { changed, issuesOf, rootOf, written } from '../../test/data-element.ts';
import { personAnswer, personAnswerXml } from '../../test/person-answer.ts';
import {
  createPersonByIin,
  findPerson,
  type Person,
  type PersonRequest,
  type PersonResponse,
  personByIin,
} from '../index.ts';

const request: PersonRequest = {
  messageId: 'm',
  messageDate: '2026-01-13T10:00:02.000+05:00',
  senderCode: 'SENDER',
  iin: '001300900011',
  kdpToken: 'TOKEN',
  publicKey: 'BASE64KEY',
};
const read = (xml: string, service = personByIin) => service.response.read(rootOf(xml));
const answer = (content: string) =>
  `<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${content}</data>`;
const found = (person: string) =>
  answer(`<messageResult><code>00000</code></messageResult><persons><person>${person}</person></persons>`);
const iin = '<iin>001300900011</iin>';

describe('personByIin.request', () => {
  test('is written as public clients send it', () => {
    expect(written(personByIin.request, request)).toBe(
      '<data><messageId>m</messageId><messageDate>2026-01-13T10:00:02.000+05:00</messageDate>' +
        '<senderCode>SENDER</senderCode><iin>001300900011</iin><kdpToken>TOKEN</kdpToken>' +
        '<publicKey>BASE64KEY</publicKey></data>',
    );
    expect(issuesOf(personByIin.request, request)).toEqual([]);
    expect(personByIin.id).toBe('GBDFLUniversal_token');
  });

  test('is read with the white space in which tokens arrive', () => {
    const xml = written(personByIin.request, request).replace('TOKEN', '\n TO\r\n KEN\t');
    expect(personByIin.request.read(parseXml(new TextEncoder().encode(xml)).root)).toEqual(request);
  });

  test.each<[string, string, unknown, string]>([
    ['no token', 'kdpToken', undefined, '/kdpToken required'],
    ['an empty token', 'kdpToken', '', '/kdpToken required'],
    ['a token as it came', 'kdpToken', 'TO\n KEN', '/kdpToken white-space'],
    ['a token with a no-break space', 'kdpToken', 'TO\u00a0KEN', '/kdpToken white-space'],
    ['no key', 'publicKey', undefined, '/publicKey required'],
    ['an empty key', 'publicKey', '', '/publicKey required'],
    ['a key in lines', 'publicKey', 'BASE64\r\nKEY', '/publicKey white-space'],
    ['no IIN', 'iin', undefined, '/iin required'],
    ['an IIN as a number', 'iin', 1_300_900_011, '/iin type'],
    ['an IIN that lost its zeros', 'iin', '1300900011', '/iin iin-leading-zero'],
    ['an IIN with another control digit', 'iin', '001300900012', '/iin iin-checksum'],
    ['a BIN with a letter', 'iin', '99134000001O', '/iin iin-format'],
    ['no sender', 'senderCode', '', '/senderCode min-length'],
    ['no id', 'messageId', '', '/messageId min-length'],
    ['a date that is none', 'messageDate', '2026-02-30T00:00:00', '/messageDate date-time'],
    ['a field that nobody knows', 'surname', 'X', '/surname unknown-field'],
  ])('is refused with %s', (_name, path, value, issue) => {
    expect(issuesOf(personByIin.request, changed(request, path, value))).toEqual([issue]);
  });

  test('is refused with all that is wrong, without a value in the words', () => {
    const issues = personByIin.request.validate({
      ...request,
      iin: '001300900012',
      kdpToken: 'SECRET TOKEN',
    });
    expect(issues.map(({ rule }) => rule)).toEqual(['iin-checksum', 'white-space']);
    expect(JSON.stringify(issues)).not.toMatch(/SECRET|001300900012/);
  });

  test('takes invalid numbers of test stands when told so', () => {
    const stand = createPersonByIin({ id: 'STAND', identity: 'format' });
    expect(stand.id).toBe('STAND');
    expect(issuesOf(stand.request, { ...request, iin: '123456789012' })).toEqual([]);
    expect(issuesOf(stand.request, { ...request, iin: '12345678901' })).toEqual(['/iin iin-format']);
  });
});

describe('personByIin.response', () => {
  test('has every field of the vector, its digits as they are', () => {
    expect(read(personAnswerXml)).toEqual(personAnswer);
    expect(issuesOf(personByIin.response, personAnswer)).toEqual([]);
    expect(read(written(personByIin.response, personAnswer))).toEqual(personAnswer);
  });

  test('is read from text that holds XML, too', () => {
    const inner = rootOf(personAnswerXml).toXml().replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    expect(read(`<data>${inner}</data>`)).toEqual(personAnswer);
  });

  test('has arrays whatever came', () => {
    const [person] = read(found(iin)).persons;
    expect(person).toEqual({ iin: '001300900011', documents: [], addresses: [] });
    const one = '<document><number>01</number></document>';
    for (const [xml, count] of [
      ['<documents/>', 0],
      ['<documents xsi:nil="true"/>', 0],
      [`<documents>${one}</documents>`, 1],
      [`<documents>${one}${one}${one}</documents>`, 3],
    ] as const) {
      expect(read(found(iin + xml)).persons[0]?.documents).toHaveLength(count);
    }
    expect(read(answer('<messageResult><code>404</code></messageResult>')).persons).toEqual([]);
    expect(read(answer('<messageResult><code>404</code></messageResult><persons/>')).persons).toEqual([]);
  });

  test('does not have what is nil or empty', () => {
    const nil = '<patronymic xsi:nil="true"/><deathDate xsi:nil="1"/><lifeStatus xsi:nil="true"/><removed/>';
    const empty =
      '<gender><code/><nameRu/><changeDate xsi:nil="true"/></gender><birthDate> </birthDate><surname/>';
    expect(read(found(iin + nil + empty)).persons[0]).toEqual({
      iin: '001300900011',
      gender: {},
      documents: [],
      addresses: [],
    });
  });

  test('tolerates elements that are not known, any order, and unknown codes', () => {
    const xml = `<inventedLater><a/></inventedLater><lifeStatus><code>17</code></lifeStatus>${iin}
      <documents><document><type><code>099</code></type><status><code>77</code></status></document></documents>
      <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>`;
    expect(read(found(xml)).persons[0]).toMatchObject({
      lifeStatus: { code: '17' },
      documents: [{ type: { code: '099' }, status: { code: '77' } }],
    });
  });

  test.each<[string, string, string]>([
    ['no result', answer('<persons/>'), 'ERR_PARSE_MISSING_ELEMENT'],
    [
      'no code of the result',
      answer('<messageResult><nameRu>x</nameRu></messageResult>'),
      'ERR_PARSE_MISSING_ELEMENT',
    ],
    ['a nil result', answer('<messageResult xsi:nil="true"/>'), 'ERR_PARSE_MISSING_ELEMENT'],
    ['a person without IIN', found('<surname>X</surname>'), 'ERR_PARSE_MISSING_ELEMENT'],
    ['an IIN that is none', found('<iin>00130090001</iin>'), 'ERR_PARSE_VALUE'],
    ['an IIN twice', found(iin + iin), 'ERR_PARSE_DUPLICATE_ELEMENT'],
    [
      'two results',
      answer('<messageResult><code>00000</code></messageResult>'.repeat(2)),
      'ERR_PARSE_DUPLICATE_ELEMENT',
    ],
    [
      'persons twice',
      answer('<messageResult><code>00000</code></messageResult><persons/><persons/>'),
      'ERR_PARSE_DUPLICATE_ELEMENT',
    ],
    ['a day that does not exist', found(`${iin}<birthDate>1990-02-30</birthDate>`), 'ERR_PARSE_VALUE'],
    ['words for a date', found(`${iin}<deathDate>вчера</deathDate>`), 'ERR_PARSE_VALUE'],
    ['words for a flag', found(`${iin}<removed>да</removed>`), 'ERR_PARSE_VALUE'],
    ['elements in a name', found(`${iin}<surname><x/></surname>`), 'ERR_PARSE_NOT_TEXT'],
    [
      'a dictionary for a date',
      found(`${iin}<excludeStatus><excludeReasonDate><code>1</code></excludeReasonDate></excludeStatus>`),
      'ERR_PARSE_NOT_TEXT',
    ],
    ['nil with content', found(`${iin}<surname xsi:nil="true">X</surname>`), 'ERR_PARSE_VALUE'],
    [
      'a person in another namespace',
      found(`<iin xmlns="urn:x">001300900011</iin>`),
      'ERR_PARSE_MISSING_ELEMENT',
    ],
  ])('is refused with %s', async (_name, xml, code) => {
    expect(await codeOf(() => read(xml))).toBe(code);
  });

  test('does not judge the control digit of numbers that the register has, and dates when told so', () => {
    expect(read(found('<iin>001300900012</iin>')).persons).toHaveLength(1);
    const lenient = createPersonByIin({ received: 'decoded' });
    const xml = found('<iin>x</iin><birthDate>00.00.1990</birthDate>');
    expect(read(xml, lenient).persons[0]).toMatchObject({ iin: 'x', birthDate: '00.00.1990' });
  });

  test('may not be written with what could not be read', () => {
    const issues = (path: string, value: unknown) =>
      issuesOf(personByIin.response, changed(personAnswer, path, value));
    expect(issues('messageResult/code', '')).toEqual(['/messageResult/code min-length']);
    expect(issues('persons/0/iin', '')).toEqual(['/persons/person[1]/iin iin-format']);
    expect(issues('persons/0/birthDate', 'x')).toEqual(['/persons/person[1]/birthDate date']);
    expect(issues('persons/0/surname', '')).toEqual(['/persons/person[1]/surname min-length']);
    expect(issues('persons/0/documents/0/type/code', 2)).toEqual([
      '/persons/person[1]/documents/document[1]/type/code type',
    ]);
    expect(issues('persons/0/gender/name', 'x')).toEqual(['/persons/person[1]/gender/name unknown-field']);
    expect(issues('persons/0/documents', 'x')).not.toEqual([]);
    expect(issues('persons/0/documents', null)).not.toEqual([]);
  });
});

describe('personByIin.innerStatus', () => {
  const status = (code: string, service = personByIin) =>
    service.innerStatus?.({ messageResult: { code, nameRu: 'Ошибка' }, persons: [] } as PersonResponse);

  test.each(['00000', '404'])('takes %s for an answer', (code) => {
    expect(status(code)).toBeUndefined();
  });

  test.each(['0', '000000', '00404', '4040', '500', 'Ошибка', '00000 '])('takes %j for a refusal', (code) => {
    expect(status(code)).toEqual({ code, message: 'Ошибка' });
    expect(personByIin.successCodes).not.toContain(code);
  });

  test('knows other codes when told so', () => {
    const service = createPersonByIin({ answerCodes: ['0'], successCodes: ['OK'] });
    expect(status('0', service)).toBeUndefined();
    expect(status('00000', service)).toBeDefined();
    expect(service.successCodes).toEqual(['OK']);
  });
});

describe('findPerson', () => {
  const asked = '001300900011';
  const [person] = personAnswer.persons as [Person];
  const somebody: Person = { iin: '001300900207', documents: [], addresses: [] };
  const notFound = { ...personAnswer, messageResult: { code: '404' }, persons: [] };

  test('finds who was asked for', () => {
    expect(findPerson(personAnswer, asked)?.name).toBe('ӘСЕЛ');
  });

  test('says undefined when the register says that there is nobody', () => {
    expect(findPerson(notFound, asked)).toBeUndefined();
    const other = read(answer('<messageResult><code>NOBODY</code></messageResult>'));
    expect(findPerson(other, asked)).toBeUndefined();
  });

  test.each<[string, PersonResponse, string]>([
    ['somebody else', { ...personAnswer, persons: [somebody] }, 'ERR_PARSE_VALUE'],
    ['somebody else as well', { ...personAnswer, persons: [person, somebody] }, 'ERR_PARSE_VALUE'],
    ['the same IIN twice', { ...personAnswer, persons: [person, person] }, 'ERR_PARSE_DUPLICATE_ELEMENT'],
    ['somebody beside 404', { ...notFound, persons: [person] }, 'ERR_PARSE_VALUE'],
    ['somebody else beside 404', { ...notFound, persons: [somebody] }, 'ERR_PARSE_VALUE'],
    ['nobody beside 00000', { ...personAnswer, persons: [] }, 'ERR_PARSE_MISSING_ELEMENT'],
    [
      'persons in a namespace that nobody knows',
      read(found(iin).replaceAll('persons>', 'x:persons>').replace('<data', '<data xmlns:x="urn:x"')),
      'ERR_PARSE_MISSING_ELEMENT',
    ],
  ])('refuses an answer with %s, and names nobody', async (_name, response, code) => {
    expect(await codeOf(() => findPerson(response, asked))).toBe(code);
    try {
      findPerson(response, asked);
    } catch (error) {
      expect(inspect(error)).not.toMatch(/0013009|ӘСЕЛ|ҮЛГІЕВА/);
    }
  });

  test.each(['', ' 001300900011', '1300900011'])('takes %j for another IIN', async (text) => {
    expect(await codeOf(() => findPerson(personAnswer, text))).toBe('ERR_PARSE_VALUE');
  });
});

describe('createPersonByIin', () => {
  test.each<[string, object]>([
    ['no id', { id: '' }],
    ['an unknown option', { sucessCodes: ['X'] }],
    ['no answer codes', { answerCodes: [] }],
    ['an empty answer code', { answerCodes: ['00000', ''] }],
    ['no success codes', { successCodes: [] }],
    ['another way to read', { received: 'all' }],
    ['another mode', { identity: 'none' }],
  ])('refuses %s', (_name, options) => {
    expect(() => createPersonByIin(options)).toThrow(TypeError);
  });
});

describe('any answer', () => {
  const text = fc.string({ unit: fc.constantFrom(...'0Aғ &<]\n\u00e9'), minLength: 1, maxLength: 8 });
  const word = text.filter((value) => !/[\n ]/.test(value));
  const date = fc.constantFrom(
    '2024-02-29',
    '1990-01-01+06:00',
    '2005-01-01T00:00:00',
    '2005-01-01T00:00:00.5Z',
  );
  const optional = { requiredKeys: [] };
  const dictionary = fc.record({ code: word, nameRu: text, nameKz: text, changeDate: text }, optional);
  const document = fc.record({ type: dictionary, number: text, endDate: date, status: dictionary }, optional);
  const address = fc.record(
    { type: dictionary, city: text, foreignData: fc.record({ regionName: text }) },
    optional,
  );
  const person = fc.record(
    {
      iin: fc.constantFrom('001300900011', '001300900207', '001300900012'),
      surname: text,
      birthDate: date,
      lifeStatus: dictionary,
      regAddress: fc.record({ street: text, status: dictionary }, optional),
      missingStatus: fc.record({ missing: fc.boolean(), gpTerritorial: dictionary }, optional),
      documents: fc.array(document, { maxLength: 3 }),
      addresses: fc.array(address, { maxLength: 3 }),
      removed: fc.boolean(),
    },
    { requiredKeys: ['iin', 'documents', 'addresses'] },
  );
  const response = fc.record({
    messageResult: fc.record({ code: word, nameRu: text }, { requiredKeys: ['code'] }),
    persons: fc.array(person, { maxLength: 3 }),
  });

  test('is read as it was written', async () => {
    await fc.assert(
      fc.property(response, (value) => {
        expect(issuesOf(personByIin.response, value)).toEqual([]);
        const bytes = new TextEncoder().encode(written(personByIin.response, value as PersonResponse));
        expect(personByIin.response.read(parseXml(bytes).root)).toEqual(value);
      }),
    );
  });

  test('is either refused with issues or written, whatever it is', async () => {
    const anything = fc.anything({ maxDepth: 2 });
    const broken = fc.record({
      messageResult: fc.oneof(anything, fc.constant({ code: '00000' })),
      persons: fc.oneof(anything, fc.array(fc.oneof(person, anything), { maxLength: 2 })),
    });
    await fc.assert(
      fc.property(broken, (value) => {
        if (issuesOf(personByIin.response, value).length > 0) return;
        const bytes = new TextEncoder().encode(written(personByIin.response, value as PersonResponse));
        expect(parseXml(bytes).root.localName).toBe('data');
      }),
    );
  });
});
