import { fixedClock, type Service } from '@egov-gateway/core';
import { definePayload, defineService } from '@egov-gateway/payload';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

import { secretKey, secretToken } from '../../test/answers.ts';
import { consentToken, flatConsent, tokenListConsent, withConsent } from '../index.ts';

const response = definePayload({ schema: z.object({ found: z.boolean() }) });
const flat = defineService({
  id: 'FLAT',
  request: definePayload({
    schema: z.object({ iin: z.string().min(1), kdpToken: z.string().min(1), publicKey: z.string().min(1) }),
  }),
  response,
  innerStatus: ({ found }) => ({ code: String(found), message: '' }),
  successCodes: ['true'],
});
const token = z.object({ code: z.string().optional(), publicKey: z.string().optional() });
const list = defineService({
  id: 'LIST',
  request: definePayload({
    schema: z.object({
      number: z.string(),
      businessData: z.object({
        bin: z.string(),
        infoAbtToken: z.object({ tokens: z.array(token) }).optional(),
      }),
    }),
  }),
  response,
});
const consent = consentToken({ token: secretToken, publicKey: secretKey, expiresAtMs: 1000 });
const clock = fixedClock(999);

function written<Request>(service: Service<Request, unknown>, value: Request): string {
  expect(service.request.validate(value)).toEqual([]);
  const writer = createXmlWriter();
  writer.open('data');
  service.request.write(value, writer);
  writer.close();
  return new TextDecoder().decode(writer.finish().bytes);
}

describe('withConsent', () => {
  test('puts token and key beside the request', () => {
    const service = withConsent(flat, { place: flatConsent, clock });
    expect(written(service, { iin: '1', consent })).toBe(
      `<data><iin>1</iin><kdpToken>${secretToken}</kdpToken><publicKey>${secretKey}</publicKey></data>`,
    );
  });

  test('puts them into a list, behind those that are there', () => {
    const service = withConsent(list, { place: tokenListConsent, clock });
    const entry = `<tokens><code>${secretToken}</code><publicKey>${secretKey}</publicKey></tokens>`;
    expect(written(service, { number: '1', businessData: { bin: '2' }, consent })).toBe(
      `<data><number>1</number><businessData><bin>2</bin><infoAbtToken>${entry}</infoAbtToken></businessData></data>`,
    );
    const infoAbtToken = { tokens: [{ code: 'a', publicKey: 'b' }] };
    expect(written(service, { number: '1', businessData: { bin: '2', infoAbtToken }, consent })).toContain(
      `<tokens><code>a</code><publicKey>b</publicKey></tokens>${entry}`,
    );
  });

  test('puts them wherever a function puts them', () => {
    const place = ({ who }: { readonly who: string }, { token: kdpToken }: { readonly token: string }) => ({
      iin: who,
      kdpToken,
      publicKey: 'x',
    });
    const service = withConsent(flat, { place, clock });
    expect(written(service, { who: '1', consent })).toContain(`<kdpToken>${secretToken}</kdpToken>`);
  });

  test('takes the white space out of a consent that was kept as it came', () => {
    const kept = { token: ' a\n b', publicKey: '\tc d' };
    expect(flatConsent({ iin: '1' }, kept)).toEqual({ iin: '1', kdpToken: 'ab', publicKey: 'cd' });
    // Written where it is used: the type of the request is its own.
    expect(tokenListConsent({ number: '1', businessData: { bin: '2' } }, kept)).toMatchObject({
      number: '1',
      businessData: { bin: '2', infoAbtToken: { tokens: [{}] } },
    });
    expect(tokenListConsent({ businessData: {} }, kept)).toEqual({
      businessData: { infoAbtToken: { tokens: [{ code: 'ab', publicKey: 'cd' }] } },
    });
  });

  test('leaves everything else of the service as it is', () => {
    const service = withConsent(flat, { place: flatConsent });
    expect(service).toMatchObject({ id: 'FLAT', response: flat.response, successCodes: ['true'] });
    expect(service.innerStatus?.({ found: true })).toEqual({ code: 'true', message: '' });
  });

  test.each([
    ['no consent', {}, 'required'],
    ['null', { consent: null }, 'required'],
    ['text', { consent: secretToken }, 'required'],
    ['no token', { consent: { publicKey: secretKey } }, 'required'],
    ['a blank token', { consent: { token: ' ', publicKey: secretKey } }, 'required'],
    ['no key', { consent: { token: secretToken } }, 'required'],
    [
      'a consent that expires now',
      { consent: { token: 't', publicKey: 'k', expiresAtMs: 999 } },
      'consent-expired',
    ],
    [
      'one that expires at no time',
      { consent: { token: 't', publicKey: 'k', expiresAtMs: Number.NaN } },
      'consent-expired',
    ],
  ])('refuses %s before anything is sent', (_name, given, rule) => {
    const service = withConsent(flat, { place: flatConsent, clock });
    const issues = service.request.validate({ iin: '1', ...given } as never);
    expect(issues.map((issue) => `${issue.path} ${issue.rule}`)).toEqual([`/consent ${rule}`]);
    expect(JSON.stringify(issues)).not.toMatch(new RegExp(`${secretToken}|${secretKey}`));
  });

  test('refuses a token and a key that cannot be ones', () => {
    const service = withConsent(flat, { place: flatConsent, clock });
    const given = { token: `${secretToken}\u0000`, publicKey: 'K'.repeat(65_537) };
    const issues = service.request.validate({ iin: '1', consent: given });
    expect(issues.map((issue) => `${issue.path} ${issue.rule}`)).toEqual([
      '/consent/token characters',
      '/consent/publicKey max-length',
    ]);
    expect(JSON.stringify(issues)).not.toContain(secretToken);
  });

  test('takes nothing for a request without consent', () => {
    const service = withConsent(flat, { place: flatConsent, clock });
    expect(service.request.validate(undefined as never)).toHaveLength(1);
  });

  test('tells the issues of the service itself, once the consent is there', () => {
    const service = withConsent(flat, { place: flatConsent, clock });
    expect(service.request.validate({ iin: '', consent }).map(({ path }) => path)).toEqual(['/iin']);
  });

  test('is for calling, not for serving', () => {
    const service = withConsent(flat, { place: flatConsent, clock });
    const { root } = parseXml(new TextEncoder().encode('<data/>'));
    expect(() => service.request.read(root)).toThrow(/serve the service/);
  });

  test('wants to know the place', () => {
    expect(() => withConsent(flat, {} as never)).toThrow(TypeError);
    expect(() => withConsent(flat, { place: flatConsent, time: clock } as never)).toThrow(TypeError);
  });
});
