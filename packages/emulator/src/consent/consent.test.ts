import { createGateway } from '@egov-gateway/client/preset';
import {
  type ConsentProviderOptions,
  type ConsentServiceOptions,
  createConsentedCall,
  createConsentProvider,
  createConsentService,
  createOvt,
  flatConsent,
} from '@egov-gateway/consent';
import { BusinessError, type Clock, type SigningKey, type Transport } from '@egov-gateway/core';
import { loadPkcs12 } from '@egov-gateway/keys';
import { formatXsDateTime } from '@egov-gateway/payload';
import { findPerson, personByIin } from '@egov-gateway/registers';
import { codeOf, fixture } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { createEmulator, type EmulatedConsentOptions, type EmulatorOptions, madeUpPeople } from '../index.ts';
import { ConsentDesk } from './consent-desk.ts';

const [agreeing, refusing, undecided, hasty] = madeUpPeople.map(({ iin }) => iin);
const iin = agreeing ?? '';
const requester = {
  company: 'ТОО Пример',
  companyBin: '991340000017',
  companyResponsible: 'МИС Пример',
  employeeName: 'Тестов Тест',
};
const emulatorStatuses = {
  successStatuses: ['EMU_GRANTED'],
  refusedStatuses: ['EMU_REFUSED'],
  pendingStatuses: ['EMU_PENDING'],
};

/** An emulator with its clock, and a provider that asks it. */
async function setUp(
  options: {
    readonly emulator?: EmulatorOptions;
    readonly consent?: EmulatedConsentOptions;
    readonly service?: ConsentServiceOptions;
    readonly provider?: Partial<ConsentProviderOptions>;
  } = {},
) {
  const time = { ms: Date.UTC(2026, 10, 22, 5) };
  const clock: Clock = { now: () => time.ms };
  const consent = options.consent ?? {};
  const emulator = await createEmulator({ clock, consent, ...options.emulator });
  const wire = { sent: '', received: '' };
  const inner = emulator.transport();
  const transport: Transport = {
    exchange: async (request) => {
      wire.sent = new TextDecoder().decode(request.body);
      const response = await inner.exchange(request);
      wire.received = new TextDecoder().decode(response.body);
      return response;
    },
  };
  const gateway = createGateway({ ...emulator.connection(), transport, clock });
  const service = createConsentService({ ...emulatorStatuses, ...options.service });
  const provider = createConsentProvider({
    gateway,
    service,
    requester,
    omitSms: true,
    clock,
    ...options.provider,
  });
  return { emulator, gateway, provider, clock, time, wire };
}

function query(person: string | undefined, accessName = personByIin.id) {
  return { iin: person ?? '', accessNames: [accessName] };
}

describe('the built-in service of consents', () => {
  test.each([
    ['SendMessage with xsi:type', {}, /<typ:SendMessage [\s\S]*xsi:type="getUserDataRequest"/],
    ['SendMessage without xsi:type', { xsiType: false }, /<data><uin>/],
    [
      'the wrapper of КДП',
      { wrapper: 'kdp' },
      /<kdp:sendMessageRequest [\s\S]*<kdp:requestInfo>[\s\S]*<kdp:data [^>]*xsi:type="getUserDataRequest"><kdp:uin>/,
    ],
  ] as const)('is asked in %s, and answers in the wrapper of КДП', async (_name, service, sent) => {
    const { emulator, provider, wire } = await setUp({ service });
    const consent = await provider.token(query(iin));
    expect(wire.sent).toMatch(sent);
    expect(wire.received).toMatch(
      /<kdp:sendMessageResponse [\s\S]*<kdp:status><\/kdp:status>[\s\S]*<kdp:data><kdp:status>EMU_GRANTED/,
    );
    expect(wire.received).not.toContain(consent.token);
    expect(emulator.consents.issued).toMatchObject([
      { iin, token: consent.token, publicKey: consent.publicKey },
    ]);
  });

  test.each([
    [undefined, '<typ:SendMessage ', ':SendMessageResponse '],
    ['kdp', '<kdp:sendMessageRequest ', '<kdp:sendMessageResponse '],
  ] as const)('answers as it was asked when told so: %s', async (wrapper, sent, received) => {
    const service = wrapper === undefined ? {} : { wrapper };
    const { provider, wire } = await setUp({ service, consent: { answerWrapper: 'as-request' } });
    await provider.token(query(iin));
    expect(wire.sent).toContain(sent);
    expect(wire.received).toContain(received);
  });

  test('refuses by the script in its wrapper, too', async () => {
    const { emulator, provider, wire } = await setUp();
    emulator.misbehave('business-error');
    expect(await codeOf(() => provider.token(query(iin)))).toBe('ERR_BUSINESS_STATUS');
    expect(wire.received).toContain('<kdp:sendMessageResponse ');
  });

  test('takes unqualified parts only when told so', async () => {
    const service = { wrapper: 'kdp', unverifiedParts: 'unqualified' } as const;
    const strict = await setUp({ service });
    expect(await codeOf(() => strict.provider.token(query(iin)))).toBe('ERR_FAULT_GATEWAY');
    const told = await setUp({ service, consent: { requestParts: 'unqualified' } });
    expect(await codeOf(() => told.provider.token(query(iin)))).toBeNull();
  });

  test('takes other services in its wrapper for a mistake', async () => {
    const { gateway } = await setUp();
    const { wrapper } = createConsentService({ wrapper: 'kdp' });
    const request = {
      messageId: 'm',
      messageDate: formatXsDateTime(0),
      senderCode: 'S',
      iin,
      kdpToken: 't',
      publicKey: 'k',
    };
    await expect(gateway.call({ ...personByIin, wrapper }, request)).rejects.toMatchObject({
      faultCode: 'SCE001',
    });
  });

  test('gives the same tokens for the same seed', async () => {
    const tokens = await Promise.all(
      ['a', 'a', 'b'].map(async (seed) => {
        const { provider } = await setUp({ consent: { seed } });
        return (await provider.token(query(iin))).token;
      }),
    );
    expect(tokens[0]).toBe(tokens[1]);
    expect(tokens[0]).not.toBe(tokens[2]);
  });

  test.each([
    ['refuses', refusing, 'ERR_CONSENT_REFUSED'],
    ['has not decided', undecided, 'ERR_CONSENT_PENDING'],
  ])('gives no token of a person who %s', async (_name, person, code) => {
    const { emulator, provider } = await setUp();
    expect(await codeOf(() => provider.token(query(person)))).toBe(code);
    expect(emulator.consents.issued).toEqual([]);
  });

  test('leaves a client that knows no statuses with no token', async () => {
    const { gateway } = await setUp();
    const provider = createConsentProvider({ gateway, requester, omitSms: true });
    expect(await codeOf(() => provider.token(query(refusing)))).toBe('ERR_CONSENT_TOKEN');
    expect(await codeOf(() => provider.token(query(iin)))).toBeNull();
  });

  test('lets a person think again', async () => {
    const { emulator, provider } = await setUp();
    emulator.consents.decide(undecided ?? '', 'agrees');
    const { token } = await provider.token(query(undecided));
    emulator.consents.decide(undecided ?? '', 'refuses');
    expect(emulator.consents.issued).toMatchObject([{ token, isWithdrawn: true }]);
    provider.clear();
    expect(await codeOf(() => provider.token(query(undecided)))).toBe('ERR_CONSENT_REFUSED');
  });

  test('waits for the person when told so', async () => {
    const { emulator, provider } = await setUp({ consent: { undecided: 'wait' } });
    const decided = provider.token(query(undecided));
    emulator.consents.decide(undecided ?? '', 'agrees');
    expect((await decided).token).toBe(emulator.consents.issued[0]?.token);
  });

  test('goes on waiting until the person has decided', async () => {
    const desk = new ConsentDesk(madeUpPeople, 'seed');
    const { signal } = new AbortController();
    const next = [desk.nextDecision(undecided ?? '', signal), desk.nextDecision(undecided ?? '', signal)];
    desk.decide(iin, 'refuses');
    desk.decide(undecided ?? '', 'refuses');
    expect(await Promise.all(next)).toEqual(['refuses', 'refuses']);
    await expect(desk.nextDecision(iin, AbortSignal.abort('mine'))).rejects.toBe('mine');
  });

  test('no longer waits when the caller gives up', async () => {
    const { provider } = await setUp({ consent: { undecided: 'wait' } });
    const controller = new AbortController();
    const outcome = provider.token(query(undecided), { signal: controller.signal });
    controller.abort('mine');
    await expect(outcome).rejects.toBe('mine');
  });
});

describe('the JWT of a company', () => {
  const bin = requester.companyBin;

  /** Signed as it should be, whatever it says. */
  async function handMade(key: SigningKey, clock: Clock, header: object, claims: object): Promise<string> {
    const iat = clock.now() / 1000;
    const json = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const input = [
      json({ alg: 'RS256', ...header }),
      json({ cbin: bin, iat, exp: iat + 60, ...claims }),
    ].join('.');
    const signature = await key.sign(new TextEncoder().encode(input));
    return `${input}.${Buffer.from(signature).toString('base64url')}`;
  }

  test.each<[string, (key: SigningKey, clock: Clock) => Promise<string>, string | null]>([
    ['of the company', (key, clock) => createOvt({ key, bin, clock }), null],
    [
      'with another character in it',
      async (key, clock) =>
        (await createOvt({ key, bin, clock })).replace(/.$/, (c) => (c === 'A' ? 'Q' : 'A')),
      'EMU_OVT',
    ],
    ['that is none', async () => 'a.b.c', 'EMU_OVT'],
    [
      'of yesterday',
      (key, clock) => createOvt({ key, bin, clock: { now: () => clock.now() - 86_400_000 } }),
      'EMU_OVT',
    ],
    [
      'of tomorrow',
      (key, clock) => createOvt({ key, bin, clock: { now: () => clock.now() + 86_400_000 } }),
      'EMU_OVT',
    ],
    [
      'without a signature',
      async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.AA`,
      'EMU_OVT',
    ],
    ['made by hand', (key, clock) => handMade(key, clock, {}, {}), null],
    [
      'with times as text',
      (key, clock) => handMade(key, clock, {}, { iat: '', exp: '9999999999' }),
      'EMU_OVT',
    ],
    ['without an end', (key, clock) => handMade(key, clock, {}, { exp: undefined }), 'EMU_OVT'],
    ['of no company', (key, clock) => handMade(key, clock, {}, { cbin: undefined }), 'EMU_OVT'],
    ['with a critical header', (key, clock) => handMade(key, clock, { crit: ['b64'] }, {}), 'EMU_OVT'],
    ['of another algorithm', (key, clock) => handMade(key, clock, { alg: 'HS256' }, {}), 'EMU_OVT'],
  ])('%s is judged', async (_name, make, refusal) => {
    const parts = await setUp();
    const key = parts.emulator.testSystem.signingKey;
    const ovt = () => make(key, parts.clock);
    const { gateway, clock } = parts;
    const provider = createConsentProvider({ gateway, requester, omitSms: true, clock, ovt });
    const outcome = await provider.token(query(iin)).then(
      () => null,
      (error: unknown) => (error instanceof BusinessError ? error.statusCode : error),
    );
    expect(outcome).toBe(refusal);
  });

  test('of another key is refused, unless the company is registered with it', async () => {
    // Its certificate names no company, so that createOvt takes it for any.
    const key = await loadPkcs12(fixture('keys/person.p12'), 'test-only');
    for (const [companies, code] of [
      [[], 'ERR_BUSINESS_STATUS'],
      [[key.certificate], null],
    ] as const) {
      const { gateway, clock } = await setUp({ consent: { companies } });
      const ovt = () => createOvt({ key, bin, clock });
      const provider = createConsentProvider({ gateway, requester, omitSms: true, clock, ovt });
      expect(await codeOf(() => provider.token(query(iin)))).toBe(code);
    }
  });

  test('is asked for, or not looked at, when told so', async () => {
    const required = await setUp({ consent: { ovt: 'require' } });
    expect(await codeOf(() => required.provider.token(query(iin)))).toBe('ERR_BUSINESS_STATUS');
    const ignored = await setUp({ consent: { ovt: 'ignore' }, provider: { ovt: () => 'a.b.c' } });
    expect(await codeOf(() => ignored.provider.token(query(iin)))).toBeNull();
  });
});

describe('the desk and the register of persons', () => {
  const known = '001300900011';

  async function callOf(parts: Awaited<ReturnType<typeof setUp>>, expiredCodes?: readonly string[]) {
    const { gateway, provider, clock } = parts;
    const call = createConsentedCall({
      gateway,
      provider,
      service: personByIin,
      place: flatConsent,
      expiredCodes,
    });
    const head = () => ({ messageId: 'm', messageDate: formatXsDateTime(clock.now()), senderCode: 'SENDER' });
    return (person: string) => call({ ...head(), iin: person }, { iin: person });
  }

  test('a person is found with the consent of that person, which is got by the way', async () => {
    const parts = await setUp();
    const call = await callOf(parts);
    const first = await call(known);
    expect(findPerson(first, known)).toBeDefined();
    await call(known);
    expect(parts.emulator.consents.issued).toHaveLength(1);
  });

  test('a consent that was taken back is not asked for once more by itself', async () => {
    const parts = await setUp();
    const call = await callOf(parts, ['EMU-CONSENT-EXPIRED']);
    await call(known);
    // To the registers of the emulator, this is another refusal than an expired consent.
    parts.emulator.consents.withdraw(known);
    await expect(call(known)).rejects.toBeInstanceOf(BusinessError);
    parts.provider.clear();
    parts.time.ms += 1;
    expect(await codeOf(() => call(known))).toBeNull();
  });

  test('tokens that are expired when they arrive end in a code of their own', async () => {
    const parts = await setUp();
    const call = await callOf(parts, ['EMU-CONSENT-EXPIRED']);
    expect(await codeOf(() => call(hasty ?? ''))).toBe('ERR_CONSENT_EXPIRED');
    expect(parts.emulator.consents.issued).toHaveLength(2);
  });

  test('the desk says of a consent why it does not count', async () => {
    const { emulator, time } = await setUp();
    const { consents } = emulator;
    const issued = consents.issue({ iin, accessNames: ['A', 'B'], expiresInMs: 1000, atMs: time.ms });
    const { token, publicKey } = issued;
    const shown = { token, publicKey, iin, accessName: 'B', atMs: time.ms + 999 };
    const verdicts = [
      shown,
      { ...shown, token: `${token.slice(0, 9)}\n ${token.slice(9)}` },
      { ...shown, iin: undefined },
      { ...shown, token: undefined },
      { ...shown, publicKey: ' ' },
      { ...shown, token: 'x' },
      { ...shown, publicKey: 'x' },
      { ...shown, iin: known },
      { ...shown, accessName: 'C' },
      { ...shown, atMs: time.ms + 1000 },
      { ...shown, atMs: Number.NaN },
    ].map((one) => consents.check(one));
    expect(verdicts).toEqual([
      ...['valid', 'valid', 'valid', 'missing', 'missing', 'unknown', 'wrong-key'],
      ...['other-person', 'other-service', 'expired', 'expired'],
    ]);
    consents.withdraw(iin);
    expect(consents.check(shown)).toBe('withdrawn');
  });
});

describe('createEmulator', () => {
  test('does not serve consents when told so, or when services are given', async () => {
    for (const emulator of [
      await createEmulator({ consent: false }),
      await createEmulator({ services: [] }),
    ]) {
      expect(() => emulator.consents).toThrow(TypeError);
    }
    expect((await createEmulator({ services: [], consent: {} })).consents.issued).toEqual([]);
  });

  test.each([
    { undecided: 'sometimes' },
    { ovt: true },
    { answerWrapper: 'sync-channel' },
    { requestParts: 'some' },
    { seeds: 'x' },
  ])('refuses consent: %j', async (consent) => {
    await expect(createEmulator({ consent: consent as never })).rejects.toThrow(TypeError);
  });
});
