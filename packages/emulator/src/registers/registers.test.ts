import { createGateway } from '@egov-gateway/client/preset';
import { BusinessError, fixedClock, GatewayFault, type Service, type Transport } from '@egov-gateway/core';
import { loadPkcs12 } from '@egov-gateway/keys';
import { formatXsDateTime } from '@egov-gateway/payload';
import {
  companyByBin,
  createCompanyByBin,
  createRegistrationReport,
  createReregistrationReport,
  findPerson,
  isDocumentValid,
  isNotFound,
  personByIin,
  type ReportToken,
  unverifiedCompanyView,
} from '@egov-gateway/registers';
import { fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  emulatedPersons,
  madeUpCompanies,
  madeUpPersons,
  personHandler,
} from '../index.ts';

const nowMs = Date.UTC(2026, 0, 13, 5);
const clock = fixedClock(nowMs);
const companies = createCompanyByBin({ clock });
const registration = createRegistrationReport({ clock });
const reregistration = createReregistrationReport({ clock });

class Caller {
  readonly emulator: Emulator;
  /** What came over the wire, last. */
  received = '';

  constructor(emulator: Emulator) {
    this.emulator = emulator;
  }

  static async of(options: EmulatorOptions = {}): Promise<Caller> {
    return new Caller(await createEmulator({ clock, ...options }));
  }

  call<Request, Response>(service: Service<Request, Response>, request: Request): Promise<Response> {
    const inner = this.emulator.transport();
    const transport: Transport = {
      exchange: async (sent) => {
        const response = await inner.exchange(sent);
        this.received = new TextDecoder().decode(response.body);
        return response;
      },
    };
    const gateway = createGateway({ ...this.emulator.connection(), transport, clock });
    return gateway.call(service, request);
  }

  consent(iin: string, accessName = personByIin.id, expiresInMs = 600_000) {
    const { consents } = this.emulator;
    return consents.issue({ iin, accessNames: [accessName], expiresInMs, atMs: nowMs });
  }

  /** Asks for a person, with a consent of that person unless another one is given. */
  person(iin: string, shown: { token: string; publicKey: string } = this.consent(iin)) {
    return this.call(personByIin, {
      messageId: 'm',
      messageDate: formatXsDateTime(nowMs),
      senderCode: 'SENDER',
      iin,
      kdpToken: shown.token,
      publicKey: shown.publicKey,
    });
  }

  async company(bin: string) {
    const document = await companies.sign(
      { requestorBin: '991340000017', bin },
      this.emulator.testSystem.signingKey,
    );
    return this.call(companies.service, document);
  }

  /** A request for a report, with one consent for this service unless others are given. */
  reportRequest(bin: string, id: string, tokens?: readonly ReportToken[]) {
    const { token: code, publicKey } = this.consent('001300900011', id);
    return {
      requestNumber: '0007',
      declarantId: '991340000017',
      requestDate: formatXsDateTime(nowMs),
      businessData: { bin, infoAbtToken: { tokens: tokens ?? [{ code, publicKey }] } },
    };
  }
}

/** The status with which a call is refused. */
async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof BusinessError) return error.statusCode;
    if (error instanceof GatewayFault) return error.errorInfo?.errorCode ?? error.faultCode;
    throw error;
  }
  return 'none';
}

describe('the built-in register of persons', () => {
  test.each(madeUpPersons.map((person) => [person.iin, person] as const))(
    'tells of %s what it knows',
    async (iin, person) => {
      const answer = await (await Caller.of()).person(iin);
      expect(answer.messageResult.code).toBe('00000');
      expect(answer.requestId).toBe('m');
      expect(findPerson(answer, iin)).toEqual(person);
    },
  );

  test('finds nobody else, which is an answer', async () => {
    const caller = await Caller.of();
    const answer = await caller.person('001300900031');
    expect(answer).toMatchObject({ messageResult: { code: '404' }, persons: [] });
  });

  test('says nil where there is no date of change, as the real one does', async () => {
    const caller = await Caller.of();
    await caller.person('001300900011');
    expect(caller.received).toMatch(
      /<lifeStatus><code>EMU-ALIVE<\/code>.*?<changeDate [^>]*xsi:nil="true"[^>]*>/,
    );
    await caller.person('001300900031');
    expect(caller.received).toContain('xsi:nil="true"');
  });

  test('knows a document that is valid among several, and none of a dead person', async () => {
    const caller = await Caller.of();
    const valid = async (iin: string) =>
      findPerson(await caller.person(iin), iin)
        ?.documents.filter((document) => isDocumentValid(document, '2026-01-13'))
        .map(({ number }) => number);
    expect(await valid('001300900021')).toEqual(['000000047', '01']);
    expect(await valid('001300900207')).toEqual([]);
    expect(await valid('001300900219')).toEqual([]);
  });

  test.each<[string, (caller: Caller) => { token: string; publicKey: string }, string]>([
    ['that nobody issued', () => ({ token: 'TOKEN', publicKey: 'KEY' }), 'EMU-CONSENT-UNKNOWN'],
    [
      'with another key',
      (caller) => ({ ...caller.consent('001300900011'), publicKey: 'KEY' }),
      'EMU-CONSENT-WRONG-KEY',
    ],
    ['of another person', (caller) => caller.consent('001300900021'), 'EMU-CONSENT-OTHER-PERSON'],
    ['for another service', (caller) => caller.consent('001300900011', 'OTHER'), 'EMU-CONSENT-OTHER-SERVICE'],
    [
      'that has expired',
      (caller) => caller.consent('001300900011', personByIin.id, 0),
      'EMU-CONSENT-EXPIRED',
    ],
  ])('refuses a consent %s', async (_name, consent, code) => {
    const caller = await Caller.of();
    expect(await refusal(caller.person('001300900011', consent(caller)))).toBe(code);
    expect(caller.received).not.toContain('ҮЛГІЕВА');
  });

  test('refuses a consent that was taken back, and one that ran out meanwhile', async () => {
    const caller = await Caller.of();
    const consent = caller.consent('001300900011');
    expect(await refusal(caller.person('001300900011', consent))).toBe('none');
    caller.emulator.consents.withdraw('001300900011');
    expect(await refusal(caller.person('001300900011', consent))).toBe('EMU-CONSENT-WITHDRAWN');
    const later = caller.consent('001300900021');
    await caller.emulator.advance(600_000);
    expect(await refusal(caller.person('001300900021', later))).toBe('EMU-CONSENT-EXPIRED');
  });

  test.each([
    ['token', '<kdpToken>TOKEN</kdpToken>'],
    ['key', '<publicKey>KEY</publicKey>'],
  ])('refuses a request without a %s with a code of its own, not as a broken one', async (_name, element) => {
    const caller = await Caller.of();
    const text = `<data><messageId>m</messageId><messageDate>2026-01-13T10:00:00+05:00</messageDate>
      <senderCode>S</senderCode><iin>001300900011</iin><kdpToken>TOKEN</kdpToken><publicKey>KEY</publicKey></data>`;
    for (const data of [text.replace(element, ''), text.replace(/>(TOKEN|KEY)</g, '> <')]) {
      const raw: typeof personByIin = {
        ...personByIin,
        request: {
          ...personByIin.request,
          validate: () => [],
          write: (_, writer) => {
            for (const [, name = '', value = ''] of data.matchAll(/<(\w+)>([^<]*)<\/\w+>/g))
              writer.leaf(name, value);
          },
        },
      };
      expect(await refusal(caller.call(raw, {} as never))).toBe('EMU-CONSENT-MISSING');
    }
  });

  test('takes any consent that is there when no service of consents is', async () => {
    const caller = await Caller.of({ consent: false });
    const answer = await caller.person('001300900011', { token: 'any', publicKey: 'any' });
    expect(answer.persons).toHaveLength(1);
  });

  test('knows other people, and asks somebody else about consents, when told so', async () => {
    const caller = await Caller.of({
      registers: {
        persons: [{ iin: '001300900041', documents: [], addresses: [] }],
        consent: ({ token }) => (token === 'mine' ? 'valid' : 'unknown'),
      },
    });
    const mine = { token: 'mine', publicKey: 'K' };
    expect((await caller.person('001300900041', mine)).persons).toHaveLength(1);
    expect((await caller.person('001300900011', mine)).persons).toHaveLength(0);
    expect(await refusal(caller.person('001300900041', { ...mine, token: 'yours' }))).toBe(
      'EMU-CONSENT-UNKNOWN',
    );
  });

  test('is not served when it is not wanted, and may be served otherwise', async () => {
    for (const options of [{ registers: false }, { services: [] }] as const) {
      const caller = await Caller.of({ consent: false, ...options });
      const shown = { token: 'T', publicKey: 'K' };
      expect(await refusal(caller.person('001300900011', shown))).toBe('SCE004');
      caller.emulator.service(emulatedPersons, personHandler({ persons: [] }));
      expect((await caller.person('001300900011', shown)).persons).toEqual([]);
    }
  });
});

describe('the built-in register of companies', () => {
  test('tells what it knows of a company', async () => {
    const { root } = await (await Caller.of()).company('991340000801');
    expect(root && unverifiedCompanyView(root)).toMatchObject({
      statusCode: '002',
      bin: '991340000801',
      fullNameKz: '«Мысал» жауапкершілігі шектеулі серіктестігі',
      registrationStatusRu: 'Зарегистрирован',
      leaderIin: '001300900011',
    });
  });

  test('finds no other company', async () => {
    const { root } = await (await Caller.of()).company('991340000047');
    expect(root && unverifiedCompanyView(root)).toMatchObject({
      statusCode: 'EMU-NOT-FOUND',
      bin: undefined,
    });
  });

  test('refuses a document that was changed after it was signed, or signed by a stranger', async () => {
    const caller = await Caller.of();
    const { signingKey } = caller.emulator.testSystem;
    const document = await companies.sign({ requestorBin: '991340000017', bin: '991340000813' }, signingKey);
    const changed = new TextDecoder().decode(document).replace('991340000813', '991340000801');
    expect(await refusal(caller.call(companyByBin.service, changed))).toBe('EMU-PAYLOAD-SIGNATURE');

    const stranger = await loadPkcs12(fixture('keys/other-bin.p12'), 'test-only');
    const strange = await companies.sign({ requestorBin: '991340000017', bin: '991340000801' }, stranger);
    const alone = await Caller.of({ roots: [] });
    expect(await refusal(alone.call(companyByBin.service, strange))).toBe('EMU-PAYLOAD-SIGNATURE');
    const known = await Caller.of({ roots: [], registers: { requesters: [stranger.certificate] } });
    expect((await known.call(companyByBin.service, strange)).text).toContain('991340000801');
    const revoked = await Caller.of({
      registers: { requesters: [stranger.certificate] },
      isRevoked: (certificate) => certificate.bin === '991340000027',
    });
    expect(await refusal(revoked.call(companyByBin.service, strange))).toBe('EMU-PAYLOAD-SIGNATURE');
  });

  test.each([
    [
      'no signature',
      '<r:Request xmlns:r="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"><BIN>1</BIN></r:Request>',
    ],
    ['no XML', 'text'],
    ['nothing', ''],
  ])('refuses %s', async (_name, document) => {
    const caller = await Caller.of();
    const raw = {
      ...companyByBin.service,
      request: { ...companyByBin.service.request, validate: () => [] },
    };
    expect(await refusal(caller.call(raw, document))).toBe('EMU-PAYLOAD-SIGNATURE');
  });
});

describe.each([
  ['3005', registration],
  ['3007', reregistration],
] as const)('the built-in report %s', (number, report) => {
  const service = report.service as typeof registration.service;
  const unsigned = report.unsigned as typeof registration.unsigned;

  test.each(madeUpCompanies.map(({ bin }) => [bin]))('is made about %s, signed or not', async (bin) => {
    const caller = await Caller.of();
    const request = caller.reportRequest(bin, service.id);
    const answer = await caller.call(unsigned, request);
    expect(answer).toMatchObject({
      requestNumber: '0007',
      businessData: { reportNumber: `EMU-${number}-${bin}`, organization: { bin } },
    });
    const document = await report.sign(request, caller.emulator.testSystem.signingKey);
    expect(await caller.call(service, document)).toEqual(answer);
  });

  test('is not found about other companies', async () => {
    const caller = await Caller.of();
    const call = caller.call(unsigned, caller.reportRequest('991340000047', service.id));
    await expect(call).rejects.toSatisfy(isNotFound);
  });

  test('is refused without a consent, and with one that does not count among several', async () => {
    const caller = await Caller.of();
    const ask = (tokens: readonly ReportToken[]) =>
      refusal(caller.call(unsigned, caller.reportRequest('991340000801', service.id, tokens)));
    const { token: code, publicKey } = caller.consent('001300900011', service.id);
    const old = caller.consent('001300900021', service.id, 0);
    expect(await ask([])).toBe('EMU-CONSENT-MISSING');
    expect(await ask([{ code }])).toBe('EMU-CONSENT-MISSING');
    expect(await ask([{ code, publicKey }, {}])).toBe('EMU-CONSENT-MISSING');
    expect(await ask([{ code, publicKey: 'KEY' }])).toBe('EMU-CONSENT-WRONG-KEY');
    expect(
      await ask([
        { code, publicKey },
        { code: old.token, publicKey: old.publicKey },
      ]),
    ).toBe('EMU-CONSENT-EXPIRED');
    expect(await ask([{ code, publicKey }])).toBe('none');
    const { infoAbtToken: _, ...bare } = caller.reportRequest('991340000801', service.id).businessData;
    const none = { ...caller.reportRequest('991340000801', service.id), businessData: bare };
    expect(await refusal(caller.call(unsigned, none))).toBe('EMU-CONSENT-MISSING');
  });

  test('is refused when the signature that is there does not hold', async () => {
    const caller = await Caller.of();
    const request = caller.reportRequest('991340000813', service.id);
    const document = await report.sign(request, caller.emulator.testSystem.signingKey);
    const changed = new TextDecoder().decode(document).replace('991340000813', '991340000801');
    expect(await refusal(caller.call(service, changed))).toBe('EMU-PAYLOAD-SIGNATURE');
  });
});

describe('madeUpPersons and madeUpCompanies', () => {
  test('cannot exist', () => {
    // Month 13: no birthday and no founding day has it.
    for (const { iin } of madeUpPersons) expect(iin.slice(2, 6)).toBe('1300');
    for (const { bin } of madeUpCompanies) expect(bin.slice(0, 4)).toBe('9913');
  });

  test('are what their services may answer', () => {
    const answer = { messageResult: { code: '00000' }, persons: madeUpPersons };
    expect(personByIin.response.validate(answer)).toEqual([]);
  });
});
