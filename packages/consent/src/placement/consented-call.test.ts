import { inspect } from 'node:util';

import { BusinessError, ConsentError, GatewayFault, type Service, ValidateError } from '@egov-gateway/core';
import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { answerXml, gatewayOf, iin, readAnswer, requester } from '../../test/answers.ts';
import {
  type ConsentToken,
  consentService,
  createConsentedCall,
  createConsentProvider,
  flatConsent,
} from '../index.ts';

interface Target {
  readonly number: string;
  readonly kdpToken: string;
  readonly publicKey: string;
}

// Nothing is written here: what is handed to the gateway is looked at.
const request = {
  validate: ({ number, kdpToken }: Target) => [
    ...(number === '' ? [{ path: '/number', rule: 'required', message: 'x' }] : []),
    ...(kdpToken.startsWith('TOKEN') ? [] : [{ path: '/kdpToken', rule: 'pattern', message: 'x' }]),
  ],
};
const service = { id: 'TARGET', request } as unknown as Service<Target, string>;

/** A gateway that grants numbered consents, and hands calls of the service to a function. */
function setUp(answer: (target: Target, attempt: number) => unknown, expiredCodes?: readonly string[]) {
  const targets: Target[] = [];
  const asked: unknown[] = [];
  const gateway = gatewayOf(({ service: called, request, options }) => {
    if (called.id === 'TARGET') {
      targets.push(request as Target);
      expect(options?.subjects).toEqual([iin]);
      return answer(request as Target, targets.length);
    }
    asked.push((request as { accessNames: unknown }).accessNames);
    const fields = `<code>TOKEN-${asked.length}</code><public-key>K</public-key>`;
    return readAnswer(consentService, answerXml(fields));
  });
  const provider = createConsentProvider({ gateway, requester, omitSms: true });
  const call = createConsentedCall({ gateway, provider, service, place: flatConsent, expiredCodes });
  return { call, provider, targets, asked };
}

const refuse = (code: string) => Promise.reject(new BusinessError({ code, message: '' }, { messageId: 'm' }));

describe('createConsentedCall', () => {
  test('asks for the service that is called, places the consent, and uses it again', async () => {
    const { call, targets, asked } = setUp(({ number }) => `found ${number}`);
    expect(await call({ number: '1' }, { iin })).toBe('found 1');
    expect(await call({ number: '2' }, { iin })).toBe('found 2');
    expect(targets).toEqual([
      { number: '1', kdpToken: 'TOKEN-1', publicKey: 'K' },
      { number: '2', kdpToken: 'TOKEN-1', publicKey: 'K' },
    ]);
    expect(asked).toEqual([['TARGET']]);
  });

  test('asks nobody when the request is about another person than the one who is asked', async () => {
    const { provider, targets, asked } = setUp(() => 'found');
    const persons = service as unknown as Service<Target & { readonly iin: string }, string>;
    const parts = { gateway: gatewayOf(() => 'found'), provider, service: persons };
    const call = createConsentedCall({ ...parts, place: flatConsent });
    const error = await call({ number: '1', iin: '001300900207' }, { iin }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ValidateError);
    expect((error as ValidateError).issues).toMatchObject([{ path: '/iin', rule: 'consent-other-person' }]);
    expect(inspect(error)).not.toMatch(/0013009/);
    expect([targets, asked]).toEqual([[], []]);
    expect(await call({ number: '1', iin }, { iin })).toBe('found');
    // A place of one's own decides for itself: a parent may consent for a child.
    const place = (request: { readonly iin: string; readonly number: string }, consent: ConsentToken) =>
      flatConsent(request, consent);
    const free = createConsentedCall({ ...parts, place });
    expect(await free({ number: '1', iin: '001300900207' }, { iin })).toBe('found');
  });

  test('asks nobody for a request that cannot go out', async () => {
    const { call, targets, asked } = setUp(() => 'found');
    const error = await call({ number: '' }, { iin }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidateError);
    expect((error as ValidateError).issues).toMatchObject([{ path: '/number', rule: 'required' }]);
    expect([targets, asked]).toEqual([[], []]);
  });

  test('asks for other services when told so, and lets the place take its time', async () => {
    const { provider, asked } = setUp(() => '');
    const gateway = gatewayOf(({ request }) => request);
    const place = async (number: string, { token }: { readonly token: string }) =>
      `${number} ${token} signed`;
    const signed = { id: 'SIGNED' } as Service<string, string>;
    const call = createConsentedCall({ gateway, provider, service: signed, place });
    expect(await call('1', { iin, accessNames: ['A', 'B'] })).toBe('1 TOKEN-1 signed');
    expect(asked).toEqual([['A', 'B']]);
  });

  test('asks once more when the service says that the consent has expired', async () => {
    const { call, targets, asked } = setUp(
      (_target, attempt) => (attempt === 1 ? refuse('OLD') : 'found'),
      ['OLD'],
    );
    expect(await call({ number: '1' }, { iin })).toBe('found');
    expect(targets.map(({ kdpToken }) => kdpToken)).toEqual(['TOKEN-1', 'TOKEN-2']);
    expect(asked).toHaveLength(2);
  });

  test('knows the code in a verified fault too', async () => {
    const fault = new GatewayFault({ faultCode: 'OLD', faultString: '' }, { verified: true });
    const { call, targets } = setUp(
      (_target, attempt) => (attempt === 1 ? Promise.reject(fault) : 'found'),
      ['OLD'],
    );
    expect(await call({ number: '1' }, { iin })).toBe('found');
    expect(targets).toHaveLength(2);
  });

  test('asks no third time', async () => {
    const { call, targets, provider } = setUp(() => refuse('OLD'), ['OLD']);
    const error = await call({ number: '1' }, { iin }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConsentError);
    expect(error).toMatchObject({ code: 'ERR_CONSENT_EXPIRED', delivery: 'answered', messageId: 'm' });
    expect((error as Error).cause).toBeInstanceOf(BusinessError);
    expect(targets).toHaveLength(2);
    const next = await provider.token({ iin, accessNames: ['TARGET'] });
    expect(next.token).toBe('TOKEN-3');
  });

  test('takes a code of the service of consents for none of the service, and asks the person once', async () => {
    let asked = 0;
    const gateway = gatewayOf(() => {
      asked += 1;
      return refuse('OLD');
    });
    const provider = createConsentProvider({ gateway, requester, omitSms: true });
    const call = createConsentedCall({
      ...{ gateway, provider, service, place: flatConsent },
      expiredCodes: ['OLD'],
    });
    await expect(call({ number: '1' }, { iin })).rejects.toBeInstanceOf(BusinessError);
    expect(asked).toBe(1);
  });

  test.each([
    ['no codes are known', undefined, () => refuse('OLD')],
    ['the code is another', ['OLD'], () => refuse('OTHER')],
    [
      'nobody vouches for the fault',
      ['OLD'],
      () => Promise.reject(new GatewayFault({ faultCode: 'OLD', faultString: '' }, { verified: false })),
    ],
    ['the error is none of the SDK', ['OLD'], () => Promise.reject(new Error('OLD'))],
  ])('lets a refusal pass when %s', async (_name, expiredCodes, answer) => {
    const { call, targets } = setUp(answer, expiredCodes);
    await expect(call({ number: '1' }, { iin })).rejects.not.toBeInstanceOf(ConsentError);
    expect(targets).toHaveLength(1);
  });

  test('does not call without a consent', async () => {
    const { targets, provider } = setUp(() => 'found');
    const gateway = gatewayOf(() => readAnswer(consentService, answerXml('<status>ANY</status>')));
    const without = createConsentProvider({ gateway, requester, omitSms: true });
    const call = createConsentedCall({ gateway, provider: without, service, place: flatConsent });
    expect(await codeOf(() => call({ number: '1' }, { iin }))).toBe('ERR_CONSENT_TOKEN');
    expect(targets).toEqual([]);
    expect(provider).toBeDefined();
  });

  test('does not call when it was cancelled meanwhile', async () => {
    const controller = new AbortController();
    const { provider, targets } = setUp(() => 'found');
    const place = (request: { readonly number: string }, consent: Parameters<typeof flatConsent>[1]) => {
      controller.abort('mine');
      return flatConsent(request, consent);
    };
    const call = createConsentedCall({ gateway: gatewayOf(() => ''), provider, service, place });
    await expect(call({ number: '1' }, { iin }, { signal: controller.signal })).rejects.toBe('mine');
    expect(targets).toEqual([]);
  });

  test('wants to know the place', () => {
    const { provider } = setUp(() => '');
    const options = { gateway: gatewayOf(() => ''), provider, service };
    expect(() => createConsentedCall(options as never)).toThrow(TypeError);
    const misspelt = { ...options, place: flatConsent, expiredCode: ['OLD'] };
    expect(() => createConsentedCall(misspelt as never)).toThrow(TypeError);
  });
});
