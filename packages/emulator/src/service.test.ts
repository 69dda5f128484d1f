import { BusinessError, GatewayFault } from '@egov-gateway/core';
import { describe, expect, test } from 'vitest';

import { faultCodeOf, faultOf, post, readAnswer, readUnsigned, requestEnvelope } from '../test/caller.ts';
import { echo } from '../test/echo-service.ts';
import {
  businessError,
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  fault,
  type RequestContext,
  reply,
  type ServiceHandler,
} from './index.ts';

async function serving(
  handler: ServiceHandler<string, string>,
  options: EmulatorOptions = {},
): Promise<{ emulator: Emulator; call: typeof call }> {
  const emulator = await createEmulator(options);
  emulator.service(echo, handler);
  const call = async (request = {}) =>
    post(emulator.transport(), emulator.url, await requestEnvelope(emulator, request));
  return { emulator, call };
}

describe('a handler', () => {
  test('gets the decoded request and what is known of it', async () => {
    let seen: RequestContext | undefined;
    const { emulator, call } = await serving((text, context) => {
      seen = context;
      return text;
    });
    const request = {
      correlationId: 'chain',
      routeId: 'R',
      properties: [{ key: 'k', value: 'v' }],
    };
    await call({ messageId: 'm-1', request });
    expect(seen).toMatchObject({
      messageId: 'm-1',
      serviceId: 'ECHO',
      ...request,
      sender: { senderId: 'test-system', bin: '991340000017', iin: null },
    });
    expect(seen?.signer?.thumbprintSha256).toBe(emulator.testSystem.signingKey.certificate.thumbprintSha256);
    expect(seen?.data?.first?.text()).toBe('сәлем');
    expect(seen?.signal.aborted).toBe(false);
  });

  test('answers with its first success code and a standard message', async () => {
    const { emulator, call } = await serving((text) => text);
    const { info } = await readAnswer(emulator, await call());
    expect(info.status).toEqual({ code: 'SCSS001', message: 'Message has been processed successfully' });
    expect(info.correlationId).toBeUndefined();
  });

  test('sets status, messageId and correlationId with reply', async () => {
    const options = {
      status: { code: 'SUCCESS', message: 'дайын' },
      messageId: '216386080',
      correlationId: '3226347',
    };
    const { emulator, call } = await serving(async (text) => reply(text, options));
    const { info, data } = await readAnswer(emulator, await call());
    expect(info).toMatchObject(options);
    expect(data?.first?.text()).toBe('сәлем');
  });

  test('refuses in a normal answer with businessError', async () => {
    const { emulator, call } = await serving(() => businessError({ code: 'SCSE001', message: 'жоқ' }));
    const answer = await call();
    expect(answer.status).toBe(200);
    const { info, data } = await readAnswer(emulator, answer);
    expect(info.status).toEqual({ code: 'SCSE001', message: 'жоқ' });
    expect(data).toBeUndefined();
    expect(emulator.exchanges).toMatchObject([{ result: 'business-error', code: 'SCSE001' }]);
  });

  test('sends data with a refusal', async () => {
    const { emulator, call } = await serving(() => businessError({ code: 'SCSE002', message: '' }, 'why'));
    expect((await readAnswer(emulator, await call())).data?.first?.text()).toBe('why');
  });

  test('refuses with a fault, with its chain of causes', async () => {
    const { emulator, call } = await serving(() =>
      fault({
        errorCode: 'X1',
        errorMessage: 'қате',
        errorData: 'd',
        subError: { errorCode: 'X2', errorMessage: 'себеп' },
      }),
    );
    const answer = await call();
    expect(answer.status).toBe(500);
    expect(faultOf(answer)?.errorInfo).toMatchObject({
      errorCode: 'X1',
      errorMessage: 'қате',
      errorData: 'd',
      subError: { errorCode: 'X2', errorMessage: 'себеп' },
    });
    expect(faultOf(answer)?.errorInfo?.sessionId).toMatch(/^\{.{36}\}$/);
    expect(emulator.exchanges).toMatchObject([{ result: 'fault', code: 'X1' }]);
    await expect(readAnswer(emulator, answer)).rejects.toMatchObject({ delivery: 'answered' });
  });

  test('may throw what a client would throw', async () => {
    let error: Error = new BusinessError({ code: 'SCSE001', message: 'жоқ' }, { messageId: undefined });
    const { emulator, call } = await serving(() => {
      throw error;
    });
    expect((await readAnswer(emulator, await call())).info.status.code).toBe('SCSE001');
    error = new GatewayFault({ faultCode: 'SCE013', faultString: 'words' }, { verified: true });
    expect(faultCodeOf(await call())).toBe('SCE013');
  });

  test('that fails becomes a fault, and its error stays here', async () => {
    const { emulator, call } = await serving(async () => {
      throw new RangeError('001300900011 is out of range');
    });
    const answer = await call();
    expect(faultCodeOf(answer)).toBe('EMU-HANDLER-ERROR');
    expect(Buffer.from(answer.body).toString()).not.toContain('001300900011');
    expect(emulator.exchanges[0]?.error).toBeInstanceOf(RangeError);
  });

  test('that answers too late is cut off, and told so by its signal', async () => {
    let reason: unknown;
    const { call } = await serving(
      (_text, { signal }) =>
        new Promise((_resolve) => {
          signal.addEventListener('abort', () => {
            reason = signal.reason;
          });
        }),
      { answerWithinMs: 5 },
    );
    expect(faultCodeOf(await call())).toBe('EMU-ANSWER-TIMEOUT');
    expect(reason).toBeInstanceOf(Error);
  });

  test('that answers against its own contract is stopped: step 11', async () => {
    const { emulator, call } = await serving(() => 'x'.repeat(101));
    const answer = await call();
    expect(faultCodeOf(answer)).toBe('EMU-ANSWER-INVALID');
    expect(faultOf(answer)?.errorInfo?.errorData).toContain('responseData/data/text');
    expect(emulator.exchanges[0]?.passed).not.toContain('answer');
  });

  test.each([
    ['a status message of 251 characters', () => businessError({ code: 'X', message: 'x'.repeat(251) })],
    ['an empty status code', () => businessError({ code: '', message: '' })],
    ['a fault without code', () => fault({ errorCode: '', errorMessage: 'x' })],
    ['a fault with a character XML cannot carry', () => fault({ errorCode: 'X', errorMessage: '\u0000' })],
  ])('that answers with %s is stopped', async (_case, handler) => {
    const { call } = await serving(handler);
    expect(faultCodeOf(await call())).toBe('EMU-ANSWER-INVALID');
  });

  test('is replaced by a later one of the same service', async () => {
    const { emulator, call } = await serving(() => 'first');
    emulator.service(echo, () => 'second');
    expect((await readAnswer(emulator, await call())).data?.first?.text()).toBe('second');
  });
});

describe('a request whose data is not the service’s', () => {
  test.each([
    ['another element', (xml: string) => xml.replaceAll('<text>', '<txt>').replaceAll('</text>', '</txt>')],
    ['empty data', (xml: string) => xml.replace(/<data>.*<\/data>/, '<data></data>')],
    ['no data', (xml: string) => xml.replace(/<data>.*<\/data>/, '')],
  ])('is refused with SCE001: %s', async (_case, edit) => {
    const { call } = await serving((text) => text);
    expect(faultCodeOf(await call({ edit }))).toBe('SCE001');
  });

  test('is refused with every broken rule', async () => {
    const { call } = await serving((text) => text);
    const edit = (xml: string) => xml.replace('сәлем', 'x'.repeat(101));
    const fault = faultOf(await call({ edit }));
    expect(fault?.errorInfo).toMatchObject({
      errorCode: 'SCE001',
      errorData: 'data/text: must have at most 100 characters',
    });
  });
});

describe('options of the answer', () => {
  test('messageId can be the one of the request', async () => {
    const { emulator, call } = await serving((text) => text, { responseMessageId: 'echo' });
    expect((await readAnswer(emulator, await call({ messageId: 'm-1' }))).info.messageId).toBe('m-1');
  });

  test('faultcode can be the error code', async () => {
    const { emulator, call } = await serving((text) => text, { faultCodeStyle: 'error-code' });
    await call({ password: 'x' });
    const [exchange] = emulator.exchanges;
    expect(Buffer.from(exchange?.answer ?? []).toString()).toContain(
      '<faultcode>EMU-WRONG-PASSWORD</faultcode>',
    );
  });

  test('faultcode tells the sender’s fault from the server’s by default', async () => {
    const { emulator, call } = await serving(() => {
      throw new Error('no');
    });
    await call({ password: 'x' });
    await call();
    const codes = emulator.exchanges.map(
      ({ answer }) => /<faultcode>(.*?)</.exec(Buffer.from(answer ?? []).toString())?.[1],
    );
    expect(codes).toEqual(['soap:Client', 'soap:Server']);
  });

  test.each(['key-identifier', 'binary-security-token', 'x509-data', 'issuer-serial'] as const)(
    'KeyInfo can be %s',
    async (keyInfo) => {
      const { emulator, call } = await serving((text) => text, { responseSigning: { keyInfo } });
      expect((await readAnswer(emulator, await call())).verified).toBe(true);
    },
  );

  test('faults can go unsigned', async () => {
    const { emulator, call } = await serving((text) => text, { responseSigning: { signFaults: false } });
    await expect(readAnswer(emulator, await call({ password: 'x' }))).rejects.toMatchObject({
      delivery: 'unknown',
    });
    expect((await readAnswer(emulator, await call())).verified).toBe(true);
  });

  test('the offset of dates can be another', async () => {
    const { emulator, call } = await serving((text) => text, { utcOffset: '+06:00' });
    expect((await readAnswer(emulator, await call())).info.responseDate).toMatch(/\+06:00$/);
  });

  test('a key of the caller’s own signs, and a key that refuses becomes an unsigned fault', async () => {
    const { signingKey } = (await createEmulator()).testSystem;
    const own = await serving((text) => text, { responseSigning: { key: signingKey } });
    expect((await readAnswer(own.emulator, await own.call())).verified).toBe(true);

    const refusing = { ...signingKey, sign: () => Promise.reject(new Error('token removed')) };
    const broken = await serving((text) => text, { responseSigning: { key: refusing } });
    const answer = await broken.call();
    expect(answer.status).toBe(500);
    expect(faultCodeOf(answer)).toBe('EMU-SIGN-ERROR');
    expect(broken.emulator.exchanges[0]?.error).toBeInstanceOf(Error);
  });
});

describe('canned services', () => {
  test('answer without a handler', async () => {
    const emulator = await createEmulator({ services: [{ id: 'ECHO', xml: '<text>canned</text>' }] });
    const answer = await post(emulator.transport(), emulator.url, await requestEnvelope(emulator));
    expect((await readAnswer(emulator, answer)).data?.first?.text()).toBe('canned');
    expect(readUnsigned(answer).info.status.code).toBe('SCSS001');
  });

  test('replace the built-in service', async () => {
    const emulator = await createEmulator({ services: [] });
    const envelope = await requestEnvelope(emulator, { serviceId: 'EHEALTH_MEDICAL_EXEMPTION_SEARCH' });
    expect(faultCodeOf(await post(emulator.transport(), emulator.url, envelope))).toBe('SCE004');
  });
});
