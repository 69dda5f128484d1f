import { fixedClock, type SigningKey, ValidateError } from '@egov-gateway/core';
import { loadPkcs12, pinnedCertificates } from '@egov-gateway/keys';
import { type PlainElement, verifyPayload } from '@egov-gateway/payload';
import { codeOf, fixture } from '@egov-gateway/testing';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';
import { beforeAll, describe, expect, test } from 'vitest';

import {
  bookOf,
  type ContractIssue,
  type ContractRequest,
  createLaborContracts,
  createWorkCalendar,
  type LaborContractsOptions,
  type PayloadMode,
  registeredIdByPosition,
} from './index.ts';

const clock = fixedClock(Date.UTC(2026, 0, 13, 5));
const contractsOf = (options: Partial<LaborContractsOptions> = {}) =>
  createLaborContracts({ serviceId: 'TEST', clock, ...options });
const contracts = contractsOf();

const register = {
  newContractData: {
    employerData: { bin: '991340000017' },
    employeeData: { iin: '001300900011' },
    contractData: {
      contractNumber: 'ЕШ-001/26',
      contractDate: '2026-01-12+05:00',
      beginDate: '2026-01-13+05:00',
      position: '2511-1-002',
      establishedPost: '2511-1-002',
    },
    documentData: { conscript: '1' },
  },
} as const satisfies ContractRequest;

const change = {
  subsidiaryContractData: {
    employerData: { bin: '991340000017' },
    contractId: 'MADE-UP',
    subsidiaryContractNumber: 'ДС-1',
    subsidiaryContractDate: '2026-01-12+05:00',
    beginDate: '2026-01-13+05:00',
    position: '2511-1-002',
    establishedPost: '2511-1-002',
  },
} as const satisfies ContractRequest;

const terminate = {
  terminationContractData: {
    employerData: { bin: '991340000017' },
    contractId: 'MADE-UP',
    terminationDate: '2026-01-12+05:00',
    terminationReason: '05',
  },
} as const satisfies ContractRequest;

/** A deep copy with one field replaced, or left out. */
function changed(request: ContractRequest, path: string, value: unknown): ContractRequest {
  const copy = structuredClone(request);
  const keys = path.split('/');
  let at = copy as unknown as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  const last = keys.at(-1) as string;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

const codesOf = (issues: readonly ContractIssue[]) => issues.map(({ code, rule }) => code ?? rule);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const rootOf = (xml: string | Uint8Array) =>
  parseXml(typeof xml === 'string' ? new TextEncoder().encode(xml) : xml).root;

describe('createLaborContracts', () => {
  test.each<[string, Partial<LaborContractsOptions>]>([
    ['no service', { serviceId: '' }],
    ['white space for a service', { serviceId: ' TEST' }],
    ['an unknown mode', { payloadMode: 'base64' as never }],
    ['an unknown check of numbers', { identity: 'lax' as never }],
    ['no limit', { maxPayloadBytes: 0 }],
    ['a limit that is none', { maxPayloadBytes: Number.NaN }],
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
  test('writes a new contract with the names and the order of the known client', () => {
    expect(textOf(contracts.encode(register))).toBe(
      '<ns3:contractRequest xmlns:ns3="http://enbek.kz/contract/ws/schemas"><newContractData><employerData>' +
        '<bin>991340000017</bin></employerData><employeeData><iin>001300900011</iin></employeeData><contractData>' +
        '<contractNumber>ЕШ-001/26</contractNumber><contractDate>2026-01-12+05:00</contractDate>' +
        '<beginDate>2026-01-13+05:00</beginDate><position>2511-1-002</position>' +
        '<establishedPost>2511-1-002</establishedPost></contractData><documentData><conscript>1</conscript>' +
        '</documentData></newContractData></ns3:contractRequest>',
    );
  });

  test('writes an additional agreement and a termination', () => {
    expect(textOf(contracts.encode(change))).toContain(
      '<subsidiaryContractData><employerData><bin>991340000017</bin></employerData><contractId>MADE-UP</contractId>' +
        '<subsidiaryContractNumber>ДС-1</subsidiaryContractNumber><subsidiaryContractDate>2026-01-12+05:00',
    );
    expect(textOf(contracts.encode(terminate))).toContain(
      '<contractId>MADE-UP</contractId><terminationDate>2026-01-12+05:00</terminationDate>' +
        '<terminationReason>05</terminationReason></terminationContractData>',
    );
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

describe('check', () => {
  test.each([
    ['registration', register],
    ['change', change],
    ['termination', terminate],
  ])('finds nothing in a %s', (_name, request) => {
    expect(contracts.check(request)).toEqual({ issues: [], warnings: [] });
  });

  const contract = 'newContractData/contractData';
  const agreement = 'subsidiaryContractData';
  const end = 'terminationContractData';
  test.each<[string, ContractRequest, string, unknown]>([
    ['SCSE008', register, 'newContractData/employerData', undefined],
    ['SCSE009', register, 'newContractData/employerData/bin', undefined],
    ['SCSE043', register, 'newContractData/employerData/bin', ''],
    ['SCSE043', register, 'newContractData/employerData/bin', '991340000018'],
    ['SCSE010', register, 'newContractData/employeeData', undefined],
    ['SCSE011', register, 'newContractData/employeeData/iin', undefined],
    ['SCSE045', register, 'newContractData/employeeData/iin', '1300900011'],
    ['SCSE045', register, 'newContractData/employeeData/iin', '001300900270'],
    ['SCSE138', register, contract, undefined],
    ['SCSE003', register, `${contract}/contractNumber`, undefined],
    ['SCSE003', register, `${contract}/contractNumber`, ' '],
    ['SCSE004', register, `${contract}/contractDate`, undefined],
    ['SCSE005', register, `${contract}/beginDate`, undefined],
    ['SCSE006', register, `${contract}/position`, ''],
    ['SCSE029', register, `${contract}/establishedPost`, undefined],
    ['SCSE021', register, 'newContractData/documentData', undefined],
    ['required', register, 'newContractData/documentData/conscript', undefined],
    ['SCSE059', register, `${contract}/contractDate`, '2026-01-14'],
    ['SCSE139', register, `${contract}/beginDate`, '1956-01-12'],
    ['SCSE140', register, `${contract}/beginDate`, '2076-01-14'],
    ['date', register, `${contract}/beginDate`, '2026-02-30'],
    ['date', register, `${contract}/beginDate`, '13.01.2026'],
    ['nfc', register, `${contract}/contractNumber`, 'И\u0306'],
    ['xml-characters', register, `${contract}/contractNumber`, 'a\u0000'],
    ['type', register, `${contract}/contractNumber`, 1],
    ['type', register, contract, null],
    ['unknown-field', register, `${contract}/endDate`, '2027-01-01'],
    ['known-element', register, `${contract}/extra`, [{ name: 'beginDate', content: '1' }]],
    ['place', register, `${contract}/extra`, [{ after: 'nowhere', name: 'a', content: '1' }]],
    ['SCSE008', change, `${agreement}/employerData`, undefined],
    ['SCSE026', change, `${agreement}/contractId`, undefined],
    ['SCSE015', change, `${agreement}/subsidiaryContractNumber`, ''],
    ['SCSE023', change, `${agreement}/subsidiaryContractDate`, undefined],
    ['SCSE024', change, `${agreement}/beginDate`, undefined],
    ['SCSE006', change, `${agreement}/position`, undefined],
    ['SCSE029', change, `${agreement}/establishedPost`, undefined],
    ['SCSE064', change, `${agreement}/beginDate`, '2026-01-11'],
    ['SCSE026', terminate, `${end}/contractId`, undefined],
    ['SCSE018', terminate, `${end}/terminationDate`, undefined],
    ['SCSE066', terminate, `${end}/terminationDate`, '2026-01-14+05:00'],
    ['SCSE022', terminate, `${end}/terminationReason`, undefined],
    ['SCSE022', terminate, `${end}/terminationReason`, '5'],
    ['SCSE022', terminate, `${end}/terminationReason`, '03-026'],
    ['SCSE084', terminate, `${end}/terminationReason`, '03'],
  ])('says %s', (code, request, path, value) => {
    const { issues } = contracts.check(changed(request, path, value));
    expect(codesOf(issues)).toEqual([code]);
    expect(issues[0]?.path).toMatch(/^\/contractRequest\//);
    if (code.startsWith('SCSE')) {
      expect(issues[0]?.message).toContain(`(${code})`);
      expect(issues[0]?.clause).toContain(code);
    }
  });

  test('says SCSE062 for an agreement of tomorrow', () => {
    const tomorrow = changed(
      changed(change, `${agreement}/subsidiaryContractDate`, '2026-01-14'),
      `${agreement}/beginDate`,
      '2026-01-14',
    );
    expect(codesOf(contracts.check(tomorrow).issues)).toEqual(['SCSE062']);
  });

  test.each<[string, unknown, string, string]>([
    ['nothing', {}, '/contractRequest', 'operation'],
    ['no object', null, '/contractRequest', 'type'],
    ['text', 'x', '/contractRequest', 'type'],
    ['two operations', { ...register, ...terminate }, '/contractRequest', 'operation'],
    ['an operation that is null', { newContractData: null }, '/contractRequest/newContractData', 'type'],
    [
      'an operation that is text',
      { terminationContractData: 'x' },
      '/contractRequest/terminationContractData',
      'type',
    ],
    ['several raw operations', { rawOperation: [] }, '/contractRequest/rawOperation', 'type'],
    [
      'a raw operation of a known name',
      { rawOperation: { name: 'newContractData', content: '' } },
      '/contractRequest/rawOperation[1]',
      'known-element',
    ],
    [
      'a raw operation without a name',
      { rawOperation: { content: '' } },
      '/contractRequest/rawOperation[1]',
      'name',
    ],
    [
      'a raw operation with markup for a name',
      { rawOperation: { name: 'a/><b', content: '' } },
      '/contractRequest/rawOperation[1]',
      'name',
    ],
  ])('refuses %s', (_name, request, path, rule) => {
    expect(contracts.check(request as ContractRequest).issues).toMatchObject([{ path, rule }]);
  });

  test('compares with the registered contract where it is known', () => {
    const known = { beginDate: '2026-01-13' };
    expect(codesOf(contracts.check(change, known).issues)).toEqual(['SCSE063']);
    expect(codesOf(contracts.check(terminate, known).issues)).toEqual(['SCSE067']);
    expect(contracts.check(terminate, { beginDate: '2026-01-12+06:00' }).issues).toEqual([]);
  });

  test('knows what day it is in Kazakhstan, not on the host', () => {
    const at = (atMs: number, offset?: string) =>
      codesOf(
        contractsOf({ clock: fixedClock(atMs), ...(offset === undefined ? {} : { offset }) }).check(terminate)
          .issues,
      );
    expect(at(Date.UTC(2026, 0, 11, 18, 59, 59))).toEqual(['SCSE066']);
    expect(at(Date.UTC(2026, 0, 11, 19))).toEqual([]);
    expect(at(Date.UTC(2026, 0, 11, 18, 59, 59), '+06:00')).toEqual([]);
  });

  test('looks codes up in the books that there are', () => {
    const book = bookOf([
      { code: '2511-1-002', actual: true, leaf: true },
      { code: '2511-1', actual: true, leaf: false },
      { code: '211101', actual: false, leaf: true },
    ]);
    const all = contractsOf({ books: { position: book, establishedPost: book, conscript: book } });
    const at = (path: string, value: string) => codesOf(all.check(changed(register, path, value)).issues);
    expect(codesOf(all.check(register).issues)).toEqual(['SCSE040']);
    expect(at(`${contract}/position`, '2511-1')).toEqual(['SCSE083', 'SCSE040']);
    expect(at(`${contract}/position`, '9999-9-999')).toEqual(['SCSE007', 'SCSE040']);
    expect(at(`${contract}/position`, '211101')).toEqual(['SCSE007', 'SCSE040']);
    expect(at(`${contract}/establishedPost`, 'Бас маман')).toEqual(['SCSE069', 'SCSE040']);
    expect(at(`${contract}/establishedPost`, '2511-1')).toEqual(['SCSE082', 'SCSE040']);
  });

  test('takes another book of reasons than its own', () => {
    const other = contractsOf({ books: { terminationReason: bookOf([{ code: '10', actual: true }]) } });
    expect(codesOf(other.check(terminate).issues)).toEqual(['SCSE022']);
    expect(other.check(changed(terminate, `${end}/terminationReason`, '10')).issues).toEqual([]);
  });

  test('warns of a position of another form, and does not refuse it', () => {
    const { issues, warnings } = contracts.check(changed(register, `${contract}/position`, '211101'));
    expect(issues).toEqual([]);
    expect(warnings).toMatchObject([{ rule: 'code-pattern', code: 'SCSE007' }]);
    expect(contracts.encode(changed(register, `${contract}/position`, '211101')).length).toBeGreaterThan(0);
  });

  test('warns of a term that has passed, and does not refuse it', () => {
    const calendar = createWorkCalendar({ holidays: ['2026-01-01', '2026-01-02', '2026-01-07'] });
    const late = contractsOf({ calendar });
    expect(late.check(register).warnings).toEqual([]);
    // Signed on Monday, 29 December: 30, 31, 5, 6, 8 January are the five working days.
    const at = (date: string) =>
      codesOf(late.check(changed(register, `${contract}/contractDate`, date)).warnings);
    expect(at('2025-12-29')).toEqual(['SCSE088']);
    expect(at('2026-01-06')).toEqual([]);
    expect(at('2026-01-05')).toEqual([]);
    expect(at('2026-01-02')).toEqual(['SCSE088']);
    expect(at('nonsense')).toEqual([]);
    expect(codesOf(late.check(changed(terminate, `${end}/terminationDate`, '2026-01-05')).warnings)).toEqual([
      'SCSE091',
    ]);
    expect(
      codesOf(late.check(changed(change, `${agreement}/subsidiaryContractDate`, '2025-12-28')).warnings),
    ).toEqual(['SCSE089']);
    expect(late.check(changed(change, `${agreement}/subsidiaryContractDate`, undefined)).warnings).toEqual(
      [],
    );
  });

  test('checks numbers as much as it is told', () => {
    const stand = changed(register, 'newContractData/employeeData/iin', '123456789012');
    expect(codesOf(contracts.check(stand).issues)).toEqual(['SCSE045']);
    expect(contractsOf({ identity: 'format' }).check(stand).issues).toEqual([]);
    const word = changed(register, 'newContractData/employeeData/iin', 'test');
    expect(contractsOf({ identity: 'off' }).check(word).issues).toEqual([]);
  });
});

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
    expect(contractsOf({ payloadMode: 'element' }).service.request.validate(inclusive)).not.toEqual([]);
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
    ['another root', '<a/>'],
    ['a root without its namespace', '<contractRequest/>'],
    ['an element twice', wrap('<newContractData/><newContractData/>')],
    [
      'elements in text',
      wrap('<terminationContractData><contractId><a/></contractId></terminationContractData>'),
    ],
  ])('refuses %s', (_name, xml) => {
    expect(() => contracts.read(rootOf(xml))).toThrow();
  });

  test('leaves it to check to refuse none and several operations', () => {
    for (const xml of [wrap(''), wrap('<a/><b/>'), wrap('<newContractData/><a/>')]) {
      expect(contracts.check(contracts.read(rootOf(xml))).issues).toHaveLength(1);
    }
  });
});

describe('service.response', () => {
  const { response } = contracts.service;
  const read = (content: string) => response.read(rootOf(`<data>${content}</data>`));

  test.each([
    ['text', '&lt;r&gt;&lt;a/&gt;&lt;b&gt;&lt;c&gt; 12-ә &lt;/c&gt;&lt;/b&gt;&lt;/r&gt;'],
    [
      'text with a declaration',
      '&lt;?xml version="1.0" encoding="utf-16"?&gt;&lt;r&gt;&lt;a/&gt;&lt;b&gt;&lt;c&gt;12-ә&lt;/c&gt;&lt;/b&gt;&lt;/r&gt;',
    ],
    ['CDATA', '<![CDATA[<r><a/><b><c>12-ә</c></b></r>]]>'],
    ['elements', '<r><a/><b><c>12-ә</c></b></r>'],
    ['namespaces', '<x:r xmlns:x="urn:x"><x:a/><b xmlns="urn:y"><c>12-ә</c></b></x:r>'],
  ])('finds the id by its position in %s', (_name, content) => {
    expect(read(content).registeredId).toBe('12-ә');
  });

  test.each([
    ['nothing', ''],
    ['white space', ' \n '],
    ['words', 'Қабылданды'],
    ['broken XML', '&lt;r&gt;'],
    ['one child', '<r><a><c>1</c></a></r>'],
    ['no grandchild', '<r><a/><b>1</b></r>'],
    ['an empty grandchild', '<r><a/><b><c> </c></b></r>'],
    ['elements where the id should be', '<r><a/><b><c><d>1</d></c></b></r>'],
  ])('finds no id in %s', (_name, content) => {
    expect(read(content).registeredId).toBeUndefined();
  });

  test('keeps the whole answer reachable', () => {
    expect(read('<r><a/></r>').root?.localName).toBe('r');
    expect(read('Қабылданды')).toEqual({ registeredId: undefined, root: undefined, text: 'Қабылданды' });
    expect(response.readAbsent?.()).toEqual({ registeredId: undefined, root: undefined, text: '' });
  });

  test('finds the id where the caller says', () => {
    const { service } = contractsOf({ registeredId: (root) => root.first?.attribute('id') });
    expect(service.response.read(rootOf('<data><r><a id="7"/></r></data>')).registeredId).toBe('7');
    expect(registeredIdByPosition(rootOf('<r/>'))).toBeUndefined();
  });

  test('writes what it reads', () => {
    const writer = createXmlWriter();
    writer.open('data');
    response.write({ registeredId: undefined, root: undefined, text: '<r><a/><b><c>1</c></b></r>' }, writer);
    writer.close();
    expect(response.read(rootOf(writer.finish().bytes)).registeredId).toBe('1');
  });
});
