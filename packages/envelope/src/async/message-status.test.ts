import type { DeliveryState } from '@egov-gateway/core';
import { codeOf, passedAsVerified, soapText } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { asyncTypesNamespace } from './channel.ts';
import {
  type ReceivedStatusAnswer,
  readStatusAnswer,
  type StatusAnswer,
  writeStatusAnswer,
} from './status-answer.ts';
import {
  type ReceivedStatusRequest,
  readStatusRequest,
  type StatusRequest,
  writeStatusRequest,
} from './status-request.ts';

const date = '2026-01-13T10:00:00+05:00';
const states: readonly DeliveryState[] = ['ON_DELIVERY', 'DELIVERED', 'NOT_DELIVERED', 'DELIVERY_STOPPED'];

const request: StatusRequest = {
  messageId: '216386080',
  requestDateMs: 0,
  sender: { senderId: 'example', password: 'test-only' },
};
const answer: StatusAnswer = {
  messageState: 'DELIVERED',
  status: { statusCode: 'example', statusMessage: 'слова', statusDateMs: 0 },
  responseDateMs: 0,
};

function wrapped(name: string, part: string, content: string): string {
  return `<t:${name} xmlns:t="${asyncTypesNamespace}"><${part}>${content}</${part}></t:${name}>`;
}

describe('writeStatusRequest', () => {
  test('is read back', () => {
    const properties = [{ key: 'a', value: '' }];
    const { bytes } = writeStatusRequest({ ...request, properties });

    expect(readStatusRequest(passedAsVerified(parseXml(bytes).root))).toMatchObject({
      messageId: '216386080',
      requestDate: '1970-01-01T05:00:00.000+05:00',
      sender: { senderId: 'example' },
      properties,
      verified: true,
    });
  });

  test.each<[string, object]>([
    ['no messageId', { messageId: '' }],
    ['a messageId that is a number', { messageId: 216386080 }],
    ['a date that is none', { requestDateMs: Number.NaN }],
    ['an empty senderId', { sender: { senderId: '', password: 'p' } }],
    ['no password', { sender: { senderId: 's' } }],
    ['a property without a key', { properties: [{ key: '', value: '' }] }],
  ])('refuses %s', async (_name, change) => {
    expect(await codeOf(() => writeStatusRequest({ ...request, ...change }))).toBe('ERR_VALIDATE_CONTRACT');
  });

  test('needs no password when the rules say so', async () => {
    const options = { isPasswordRequired: false };

    expect(
      await codeOf(() => writeStatusRequest({ ...request, sender: { senderId: 's' } }, options)),
    ).toBeNull();
  });
});

describe('readStatusRequest', () => {
  const fields = `<messageId>m</messageId><requestDate>${date}</requestDate><sender><senderId>s</senderId></sender>`;
  const read = (content: string, name = 'getMessageStatus'): ReceivedStatusRequest =>
    readStatusRequest(passedAsVerified(parseXml(soapText(wrapped(name, 'request', content))).root));

  test('reads a sender without a password', () => {
    expect(read(fields)).toMatchObject({ messageId: 'm', sender: { senderId: 's' }, properties: [] });
  });

  test.each(['messageId', 'requestDate', 'sender'])('refuses one without %s', async (name) => {
    expect(await codeOf(() => read(fields.replace(new RegExp(`<${name}>.*</${name}>`), '')))).toBe(
      'ERR_PARSE_MISSING_ELEMENT',
    );
  });

  test.each(['messageId', 'requestDate', 'sender'])('refuses a second %s', async (name) => {
    expect(await codeOf(() => read(`${fields}<${name}/>`))).toBe('ERR_PARSE_DUPLICATE_ELEMENT');
  });

  test('refuses the spelling of the Rules', async () => {
    expect(await codeOf(() => read(fields, 'GetMessageStatus'))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
  });
});

describe('writeStatusAnswer', () => {
  test.each(states)('%s is read back, with the words of the gateway', (messageState) => {
    const { bytes } = writeStatusAnswer({ ...answer, messageState, sessionId: 'any string' });

    expect(readStatusAnswer(passedAsVerified(parseXml(bytes).root))).toEqual({
      messageState,
      status: { statusCode: 'example', statusMessage: 'слова', statusDate: '1970-01-01T05:00:00.000+05:00' },
      responseDate: '1970-01-01T05:00:00.000+05:00',
      sessionId: 'any string',
      verified: true,
    });
  });

  test.each<[string, object]>([
    ['an unknown state', { messageState: 'LOST' }],
    ['no state', { messageState: undefined }],
    ['a state that an object has anyway', { messageState: 'toString' }],
    ['an empty statusCode', { status: { ...answer.status, statusCode: '' } }],
    ['a statusCode that is a number (contradiction 12)', { status: { ...answer.status, statusCode: 1 } }],
    ['a control character', { status: { ...answer.status, statusMessage: '\u0001' } }],
    ['a date of the status that is none', { status: { ...answer.status, statusDateMs: Number.NaN } }],
    ['a zone by name', { utcOffset: 'Z' }],
    ['an empty session', { sessionId: '' }],
  ])('refuses %s', async (_name, change) => {
    expect(await codeOf(() => writeStatusAnswer({ ...answer, ...change }))).toBe('ERR_VALIDATE_CONTRACT');
  });
});

describe('readStatusAnswer', () => {
  const status = `<status><statusCode>1</statusCode><statusMessage/><statusDate>${date}</statusDate></status>`;
  const fields = `<messageState>DELIVERED</messageState>${status}<responseDate>${date}</responseDate>`;
  const read = (content: string): ReceivedStatusAnswer =>
    readStatusAnswer(
      passedAsVerified(parseXml(soapText(wrapped('getMessageStatusResponse', 'response', content))).root),
    );

  test('takes the code as a string, and a message that is empty (contradiction 12)', () => {
    expect(read(fields).status).toEqual({ statusCode: '1', statusMessage: '', statusDate: date });
  });

  test.each(['delivered', 'DELIVERY', 'NOT_DELIVERED DELIVERED'])('refuses the state %j', async (state) => {
    expect(await codeOf(() => read(fields.replace('DELIVERED', state)))).toBe('ERR_PARSE_VALUE');
  });

  test.each(['messageState', 'status', 'statusCode', 'statusDate', 'responseDate'])(
    'refuses one without %s',
    async (name) => {
      expect(await codeOf(() => read(fields.replace(new RegExp(`<${name}>.*</${name}>`), '')))).toBe(
        'ERR_PARSE_MISSING_ELEMENT',
      );
    },
  );

  test.each(['messageState', 'status', 'responseDate'])('refuses a second %s', async (name) => {
    expect(await codeOf(() => read(`${fields}<${name}/>`))).toBe('ERR_PARSE_DUPLICATE_ELEMENT');
  });

  test('throws a fault', () => {
    const fault = soapText('<S:Fault><faultcode>SCE001</faultcode></S:Fault>');

    expect(() => readStatusAnswer(passedAsVerified(parseXml(fault).root), { messageId: 'm' })).toThrow(
      expect.objectContaining({ code: 'ERR_FAULT_GATEWAY', messageId: 'm', faultCode: 'SCE001' }),
    );
  });
});
