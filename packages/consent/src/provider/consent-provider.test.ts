import { inspect } from 'node:util';

import { BusinessError, ConsentError, type ConsentErrorCode } from '@egov-gateway/core';
import { codeOf, deferred, failureOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import {
  answerXml,
  gatewayOf,
  grantedFields,
  iin,
  readAnswer,
  requester,
  secretKey,
  secretToken,
} from '../../test/answers.ts';
import {
  type ConsentProvider,
  type ConsentProviderOptions,
  type ConsentRequest,
  createConsentProvider,
  createConsentService,
  explainConsent,
} from '../index.ts';

const accessNames = ['GBDFLUniversal_token'];
const query = { iin, accessNames };
const service = createConsentService({
  refusedStatuses: ['NO'],
  pendingStatuses: ['WAIT'],
  successStatuses: ['ANY'],
});

/** A provider whose answers are these fields, or what a function makes; and a clock that is set by hand. */
function provider(
  answer: string | ((number: number) => unknown) = grantedFields,
  options: Partial<ConsentProviderOptions> = {},
) {
  const requests: ConsentRequest[] = [];
  const calls: unknown[] = [];
  const time = { ms: 1_000_000 };
  const given = createConsentProvider({
    gateway: gatewayOf(({ request, options: call }) => {
      requests.push(request as ConsentRequest);
      calls.push(call);
      if (typeof answer === 'function') return answer(requests.length);
      return readAnswer(service, answerXml(answer));
    }),
    service,
    requester,
    omitSms: true,
    clock: { now: () => time.ms },
    ...options,
  });
  return { provider: given, requests, calls, time };
}

function numbered(number: number): unknown {
  const fields = `<status>ANY</status><code>TOKEN-${number}</code><public-key>K</public-key>`;
  return readAnswer(service, answerXml(fields));
}

describe('ConsentProvider.token', () => {
  test('asks in the name of the requester, with a JWT of this moment', async () => {
    const {
      provider: consents,
      requests,
      calls,
    } = provider(grantedFields, {
      ovt: async () => 'aa.bb.c1',
      totalTimeoutMs: 90_000,
    });
    const consent = await consents.token({ ...query, personalDataName: 'Адрес', employeeName: 'Другой' });
    expect(requests).toEqual([
      {
        iin,
        ...requester,
        employeeName: 'Другой',
        accessNames,
        personalDataName: 'Адрес',
        expiresInMs: 600_000,
        omitSms: true,
        ovt: 'aa.bb.c1',
      },
    ]);
    expect(calls).toMatchObject([{ totalTimeoutMs: 90_000, subjects: [iin] }]);
    expect([consent.token, consent.publicKey, consent.expiresAtMs]).toEqual([
      secretToken,
      secretKey,
      1_600_000,
    ]);
  });

  test('hands out what it has until the margin before its end', async () => {
    const { provider: consents, requests, time } = provider(numbered);
    const first = await consents.token(query);
    time.ms += 539_999;
    expect(await consents.token(query)).toBe(first);
    time.ms += 1;
    expect((await consents.token(query)).token).toBe('TOKEN-2');
    expect(requests).toHaveLength(2);
  });

  test('asks once for all who want the same at the same time', async () => {
    const gate = deferred();
    const { provider: consents, requests } = provider(async (number) => {
      await gate.promise;
      return numbered(number);
    });
    const all = [
      consents.token(query),
      consents.token({ iin, accessNames: [...accessNames, ...accessNames] }),
    ];
    const other = consents.token({ iin, accessNames: ['B', 'A'] });
    const reordered = consents.token({ iin, accessNames: ['A', 'B'] });
    gate.resolve();
    const [one, two] = await Promise.all(all);
    expect(two).toBe(one);
    expect(await reordered).toBe(await other);
    expect(requests.map((request) => request.accessNames)).toEqual([accessNames, ['B', 'A']]);
  });

  test.each([
    ['another person', { iin: '001300900207', accessNames }],
    ['another service', { iin, accessNames: ['OTHER'] }],
    ['one service more', { iin, accessNames: [...accessNames, 'OTHER'] }],
    ['another employee', { ...query, employeeName: 'Другой' }],
    ['other data', { ...query, personalDataName: 'Адрес' }],
  ])('never gives the consent for %s', async (_name, other) => {
    const { provider: consents } = provider(numbered);
    await consents.token(query);
    expect((await consents.token(other)).token).toBe('TOKEN-2');
  });

  test('asks anew after invalidate, by query, by consent, or of everything', async () => {
    const { provider: consents, requests } = provider(numbered);
    consents.invalidate(await consents.token(query));
    await consents.token(query);
    consents.invalidate({ iin, accessNames });
    await consents.token(query);
    consents.clear();
    await consents.token(query);
    expect(requests).toHaveLength(4);
    consents.invalidate({ iin: '001300900207', accessNames });
    consents.invalidate({ token: 'unknown', publicKey: 'K' });
    await consents.token(query);
    expect(requests).toHaveLength(4);
  });

  test.each([
    ['invalidate', (consents: ConsentProvider) => consents.invalidate(query)],
    ['clear', (consents: ConsentProvider) => consents.clear()],
  ])(
    'keeps nothing that was being asked for at %s, and whoever comes later asks anew',
    async (_name, drop) => {
      const gates = [deferred(), deferred()];
      const { provider: consents, requests } = provider(async (number) => {
        await gates[number - 1]?.promise;
        return numbered(number);
      });
      const before = consents.token(query);
      await Promise.resolve();
      drop(consents);
      const after = consents.token(query);
      gates[1]?.resolve();
      expect((await after).token).toBe('TOKEN-2');
      gates[0]?.resolve();
      expect((await before).token).toBe('TOKEN-1');
      expect((await consents.token(query)).token).toBe('TOKEN-2');
      expect(requests).toHaveLength(2);
    },
  );

  test('takes the requester by name or by default for one and the same', async () => {
    const { provider: consents, requests } = provider(numbered);
    const consent = await consents.token(query);
    expect(await consents.token({ ...query, employeeName: requester.employeeName })).toBe(consent);
    consents.invalidate({ ...query, employeeName: requester.employeeName });
    await consents.token(query);
    expect(requests).toHaveLength(2);
  });

  test('does not ask in a name that was written over the one it was made with', async () => {
    const employee = { ...requester, employeeName: 'Первый' };
    const { provider: consents, requests } = provider(numbered, { requester: employee });
    await consents.token(query);
    employee.employeeName = 'Второй';
    await consents.token({ ...query, accessNames: ['OTHER'] });
    expect(requests.map(({ employeeName }) => employeeName)).toEqual(['Первый', 'Первый']);
  });

  test('gives nothing that a clock which was put back would make last longer', async () => {
    const { provider: consents, requests, time } = provider(numbered);
    await consents.token(query);
    time.ms -= 60_000;
    expect((await consents.token(query)).token).toBe('TOKEN-1');
    time.ms -= 1;
    expect((await consents.token(query)).token).toBe('TOKEN-2');
    expect(requests).toHaveLength(2);
  });

  test('keeps no more than it may, the oldest goes', async () => {
    const { provider: consents, requests } = provider(numbered, { maxTokens: 2 });
    for (const name of ['A', 'B', 'C', 'C', 'B', 'A']) await consents.token({ iin, accessNames: [name] });
    expect(requests.map((request) => request.accessNames[0])).toEqual(['A', 'B', 'C', 'A']);
  });

  test('makes room by what has expired first', async () => {
    const { provider: consents, requests, time } = provider(numbered, { maxTokens: 2, marginMs: 0 });
    await consents.token({ iin, accessNames: ['A'] });
    time.ms += 600_000;
    for (const name of ['B', 'C', 'B', 'C']) await consents.token({ iin, accessNames: [name] });
    expect(requests).toHaveLength(3);
  });

  test('hands out, and does not keep, a consent that came within its margin', async () => {
    const {
      provider: consents,
      requests,
      time,
    } = provider((number) => {
      time.ms += 550_000;
      return numbered(number);
    });
    await consents.token(query);
    expect((await consents.token(query)).token).toBe('TOKEN-2');
    expect(requests).toHaveLength(2);
  });

  test('gives nothing by a clock that shows no time', async () => {
    const { provider: consents, time } = provider(numbered);
    await consents.token(query);
    time.ms = Number.NaN;
    expect(await codeOf(() => consents.token(query))).toBe('ERR_CONSENT_EXPIRED');
  });
});

describe('a consent that is not there', () => {
  const status = (text: string, rest = '') => `<status>${text}</status>${rest}`;
  const token = `<code>${secretToken}</code><public-key>${secretKey}</public-key>`;

  test.each<[string, string, ConsentErrorCode]>([
    ['the person refuses', status('NO'), 'ERR_CONSENT_REFUSED'],
    ['the person refuses, and a token comes all the same', status('NO', token), 'ERR_CONSENT_REFUSED'],
    ['the person has not decided', status('WAIT'), 'ERR_CONSENT_PENDING'],
    ['there is no token', status('ANY'), 'ERR_CONSENT_TOKEN'],
    ['there is no key', status('ANY', `<code>${secretToken}</code>`), 'ERR_CONSENT_TOKEN'],
    ['the status is none of the known', status('ELSE', token), 'ERR_CONSENT_STATUS'],
  ])('has a code of its own when %s, and is asked for again', async (_name, answer, code) => {
    const { provider: consents, requests } = provider(answer);
    for (const _time of [1, 2]) {
      expect(await failureOf(consents.token(query))).toEqual({ code, delivery: 'answered' });
    }
    expect(requests).toHaveLength(2);
  });

  test.each(['NO', 'WAIT', 'ELSE', ''])('has the status %j as its cause', async (given) => {
    const { provider: consents } = provider(status(given, given === 'ELSE' ? token : ''));
    const error = await consents.token(query).catch((reason: unknown) => reason);
    const { cause } = error as ConsentError;
    expect(cause).toBeInstanceOf(BusinessError);
    expect(cause).toMatchObject({ statusCode: given, messageId: 'message-1', delivery: 'answered' });
  });

  test('has expired when it took longer than it counts', async () => {
    const { provider: consents, time } = provider((number) => {
      time.ms += 600_000;
      return numbered(number);
    });
    expect(await codeOf(() => consents.token(query))).toBe('ERR_CONSENT_EXPIRED');
  });

  test.each<[string, ConsentErrorCode]>([
    ['NO', 'ERR_CONSENT_REFUSED'],
    ['WAIT', 'ERR_CONSENT_PENDING'],
  ])('is known by the status of the message too: %s', async (refusal, code) => {
    const cause = new BusinessError(
      { code: refusal, message: 'Тестов Тест отказал' },
      { messageId: 'm', delivery: 'unknown' },
    );
    const { provider: consents } = provider(() => Promise.reject(cause));
    const error = await consents.token(query).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConsentError);
    expect(error).toMatchObject({ code, cause, messageId: 'm', delivery: 'unknown' });
  });

  test('lets every other error pass as it is', async () => {
    for (const error of [new BusinessError({ code: 'SCSE001', message: '' }, {}), new Error('x')]) {
      const { provider: consents } = provider(() => Promise.reject(error));
      await expect(consents.token(query)).rejects.toBe(error);
    }
  });

  test('says what to do and nothing of the person, the token or the key', async () => {
    const { provider: consents } = provider(status('ELSE', token));
    const error = await consents.token(query).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      messageId: 'message-1',
      message: expect.stringContaining('ask the owner'),
    });
    for (const text of [
      inspect(error, { depth: 9, showHidden: true }),
      JSON.stringify(error),
      inspect(consents),
    ]) {
      expect(text).not.toMatch(new RegExp(`${secretToken}|${secretKey}|${iin}|Тестов`));
    }
  });

  test('is not asked for when the JWT cannot be made', async () => {
    const { provider: consents, requests } = provider(grantedFields, {
      ovt: () => Promise.reject(new Error('no key')),
    });
    await expect(consents.token(query)).rejects.toThrow('no key');
    expect(requests).toEqual([]);
  });

  test('is not waited for any longer when the caller gives up', async () => {
    const reason = new Error('mine');
    const controller = new AbortController();
    const { provider: consents, calls } = provider(() => new Promise(() => {}));
    const outcome = consents.token(query, { signal: controller.signal });
    await Promise.resolve();
    controller.abort(reason);
    await expect(outcome).rejects.toBe(reason);
    for (const call of calls) expect((call as { signal: AbortSignal }).signal.aborted).toBe(true);
  });

  test('rejects, and does not throw, for a query that is none', async () => {
    const { provider: consents } = provider();
    await expect(consents.token(undefined as never)).rejects.toThrow(TypeError);
  });
});

describe('explainConsent', () => {
  const codes: readonly ConsentErrorCode[] = [
    'ERR_CONSENT_REFUSED',
    'ERR_CONSENT_PENDING',
    'ERR_CONSENT_TOKEN',
    'ERR_CONSENT_STATUS',
    'ERR_CONSENT_EXPIRED',
  ];

  test('has words and a remedy of its own for every code, in both languages', () => {
    const all = codes.map((code) => explainConsent(code));
    for (const pick of [
      (one: (typeof all)[number]) => one?.text.ru,
      (one: (typeof all)[number]) => one?.text.en,
      (one: (typeof all)[number]) => one?.remedy.ru,
      (one: (typeof all)[number]) => one?.remedy.en,
    ]) {
      expect(new Set(all.map(pick)).size).toBe(codes.length);
    }
  });

  test.each(['ERR_BUSINESS_STATUS', '', 'toString', '__proto__'])('has none for %j', (code) => {
    expect(explainConsent(code)).toBeUndefined();
  });
});

describe('createConsentProvider', () => {
  test.each([
    ['an unknown option', { omitSMS: true }],
    ['no requester', { requester: undefined }],
    ['a lifetime of nothing', { expiresInMs: 0 }],
    ['a lifetime that is no whole number', { expiresInMs: 1.5 }],
    ['a margin as long as the lifetime', { expiresInMs: 1000, marginMs: 1000 }],
    ['a negative margin', { marginMs: -1 }],
    ['room for nothing', { maxTokens: 0 }],
  ])('refuses %s', (_name, options) => {
    expect(() => provider(grantedFields, options as never)).toThrow(TypeError);
  });

  test('wants to be told about SMS', () => {
    const gateway = gatewayOf(() => undefined);
    expect(() => createConsentProvider({ gateway, requester } as never)).toThrow(/omitSms is missing/);
    expect(() => createConsentProvider({ gateway, requester, omitSms: undefined })).not.toThrow();
  });

  test('takes a lifetime as long as the longest that was seen', async () => {
    const { provider: consents, time } = provider(numbered, { expiresInMs: 132_000_000 });
    await consents.token(query);
    time.ms += 131_939_999;
    expect((await consents.token(query)).token).toBe('TOKEN-1');
  });
});
