import { inspect } from 'node:util';

import { type GatewayError, ParseError, ValidateError } from '@egov-gateway/core';
import { codeOf } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatMessageDate } from '../message-date.ts';
import type { JsonCodec, JsonValue } from './json-value.ts';
import { type RestRequest, readRestRequest, validateRestRequest, writeRestRequest } from './rest-request.ts';
import { type RestResponse, readRestResponse, writeRestResponse } from './rest-response.ts';

const anyJson: JsonCodec<JsonValue> = {
  validate: (value) => (value === 'bad' ? [{ path: '/x', rule: 'any', message: 'is bad' }] : []),
  toJson: (value) => value,
  fromJson: (json) => json,
};
const request: RestRequest<JsonValue> = {
  info: {
    messageId: '7ea6369f-18c5-4633-ad73-19de35883e0b',
    serviceId: 'EXAMPLE_SERVICE',
    messageDateMs: Date.UTC(2026, 0, 13, 5),
    sender: { senderId: 'example', password: 'test-only' },
  },
  data: { codec: anyJson, value: { number: '01085' } },
};
const response: RestResponse<JsonValue> = {
  info: { messageId: 'a', responseDateMs: Date.UTC(2026, 0, 13, 5), message: 'слова' },
  data: { codec: anyJson, value: [1, null, true] },
};

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((value) => value.trim() !== '');

/** A request with members changed or, by `undefined`, left out. */
function changed(info: Record<string, unknown>, rest: Record<string, unknown> = {}): Uint8Array {
  const requestInfo = {
    messageId: 'm',
    serviceId: 'S',
    messageDate: '2026-01-13T10:00:00+05:00',
    sender: { senderId: 's' },
    ...info,
  };
  return encode(JSON.stringify({ request: { requestInfo, requestData: {}, ...rest } }));
}

describe('writeRestRequest', () => {
  test('writes the tree of the Rules, exactly', () => {
    expect(decode(writeRestRequest(request))).toBe(
      '{"request":{"requestInfo":{"messageId":"7ea6369f-18c5-4633-ad73-19de35883e0b","serviceId":"EXAMPLE_SERVICE",' +
        '"messageDate":"2026-01-13T10:00:00.000+05:00","sender":{"senderId":"example","password":"test-only"}},' +
        '"requestData":{"data":{"number":"01085"}}}}',
    );
  });

  test('what is written is read back', () =>
    fc.assert(
      fc.property(
        fc.record({
          messageId: text,
          serviceId: text,
          messageDateMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
          routeId: fc.option(text, { nil: undefined }),
          sender: fc.record({ senderId: text, password: text }),
        }),
        fc.jsonValue({ maxDepth: 4 }).filter((value) => value !== 'bad' && value !== null),
        fc.constantFrom('serviceId' as const, 'serviceid' as const),
        (info, value, serviceIdName) => {
          const json = JSON.parse(JSON.stringify(value)) as JsonValue;
          fc.pre(isExact(json));
          const bytes = writeRestRequest({ info, data: { codec: anyJson, value: json } }, { serviceIdName });
          const read = readRestRequest(bytes);

          expect(read.info).toMatchObject({
            messageId: info.messageId,
            serviceId: info.serviceId,
            messageDate: formatMessageDate(info.messageDateMs),
            routeId: info.routeId,
            sender: { senderId: info.sender.senderId },
          });
          expect(read.info.sender.password).toBe(info.sender.password);
          expect(JSON.stringify(read.data)).toBe(JSON.stringify(json));
        },
      ),
    ));

  test.each<[string, object]>([
    ['no messageId', { messageId: '' }],
    ['no serviceId', { serviceId: undefined }],
    ['a date that is none', { messageDateMs: Number.NaN }],
    ['no password', { sender: { senderId: 's' } }],
    ['an empty routeId', { routeId: '' }],
  ])('refuses %s', async (_name, change) => {
    const broken = { ...request, info: { ...request.info, ...change } };

    expect(await codeOf(() => writeRestRequest(broken))).toBe('ERR_VALIDATE_CONTRACT');
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'json'],
    ['a function', () => 1, 'json'],
    ['a date, which would turn into text', new Date(0), 'json'],
    ['what writes itself as something else', { toJSON: () => 1 }, 'json'],
    ['a bigint', 1n, 'json'],
    ['a number that is none', Number.NaN, 'number'],
    ['a number without end', [Number.NEGATIVE_INFINITY], 'number'],
    ['half of a surrogate pair', { a: '\uD800' }, 'characters'],
    ['what the codec finds invalid', 'bad', 'any'],
  ])('refuses %s as data', (_name, value, rule) => {
    const broken = { ...request, data: { codec: anyJson, value: value as JsonValue } };

    expect(validateRestRequest(broken).map((issue) => issue.rule)).toEqual([rule]);
  });

  test('refuses data that contains itself', async () => {
    const value: JsonValue[] = [];
    value.push(value);

    expect(await codeOf(() => writeRestRequest({ ...request, data: { codec: anyJson, value } }))).toBe(
      'ERR_VALIDATE_CONTRACT',
    );
  });

  test('lists every broken rule at once, with the message id', () => {
    const broken = { info: { ...request.info, serviceId: '', sender: { senderId: '' } } };

    expect(() => writeRestRequest(broken)).toThrow(ValidateError);
    expect(() => writeRestRequest(broken)).toThrow(
      expect.objectContaining({
        messageId: request.info.messageId,
        issues: [
          expect.objectContaining({ path: '/request/requestInfo/serviceId' }),
          expect.objectContaining({ path: '/request/requestInfo/sender/senderId' }),
          expect.objectContaining({ path: '/request/requestInfo/sender/password' }),
        ],
      }),
    );
  });
});

describe('readRestRequest', () => {
  test('reads either spelling of serviceId (contradiction 8)', () => {
    expect(readRestRequest(changed({ serviceId: undefined, serviceid: 'T' })).info.serviceId).toBe('T');
  });

  test('counts null and empty members as absent, ignores unknown ones', () => {
    const { info, data } = readRestRequest(changed({ routeId: '', x: [1] }, { requestData: { data: null } }));

    expect([info.routeId, data]).toEqual([undefined, undefined]);
    expect(readRestRequest(changed({}, { requestData: undefined })).data).toBeUndefined();
  });

  test('does not show the password when it is printed', () => {
    const read = readRestRequest(changed({ sender: { senderId: 's', password: 'test-only' } }));

    expect(read.info.sender.password).toBe('test-only');
    expect(inspect(read, { depth: 9, showHidden: true })).not.toContain('test-only');
  });

  test('lets no name of the data mean anything but itself', () => {
    const bytes = encode(
      decode(changed({})).replace('"requestData":{}', '"requestData":{"data":{"__proto__":{"a":1}}}'),
    );
    const { data } = readRestRequest(bytes);

    expect(JSON.stringify(data)).toBe('{"__proto__":{"a":1}}');
    expect((data as { a?: unknown }).a).toBeUndefined();
  });

  test.each<[string, Uint8Array, string]>([
    ['both spellings of serviceId', changed({ serviceid: 'S' }), 'ERR_PARSE_DUPLICATE_ELEMENT'],
    ['no messageId', changed({ messageId: undefined }), 'ERR_PARSE_MISSING_ELEMENT'],
    ['a messageId that is a number', changed({ messageId: 216386080 }), 'ERR_PARSE_NOT_TEXT'],
    ['a blank serviceId', changed({ serviceId: ' ' }), 'ERR_PARSE_MISSING_ELEMENT'],
    ['no sender', changed({ sender: null }), 'ERR_PARSE_MISSING_ELEMENT'],
    ['a sender that is text', changed({ sender: 's' }), 'ERR_PARSE_UNEXPECTED_ELEMENT'],
    ['requestData that is an array', changed({}, { requestData: [] }), 'ERR_PARSE_UNEXPECTED_ELEMENT'],
    ['an array of requests', encode('[{"request":{}}]'), 'ERR_PARSE_UNEXPECTED_ELEMENT'],
    ['no request', encode('{}'), 'ERR_PARSE_MISSING_ELEMENT'],
    ['a request inherited from nowhere', encode('{"__proto__":{"request":{}}}'), 'ERR_PARSE_MISSING_ELEMENT'],
    ['a name that is there twice', encode('{"request":{},"request":{}}'), 'ERR_PARSE_DUPLICATE_ELEMENT'],
    [
      'a name that is there twice, once escaped',
      encode('{"a":1,"\\u0061":2}'),
      'ERR_PARSE_DUPLICATE_ELEMENT',
    ],
    ['a number that would be rounded', encode('{"a":12345678901234567890}'), 'ERR_PARSE_VALUE'],
    ['a number that would be infinite', encode('{"a":1e999}'), 'ERR_PARSE_VALUE'],
    ['nothing', encode(''), 'ERR_PARSE_VALUE'],
    ['something behind the end', encode('{} {}'), 'ERR_PARSE_VALUE'],
    ['a comma at the end', encode('{"a":1,}'), 'ERR_PARSE_VALUE'],
    ['a comma at the end of an array', encode('[1,]'), 'ERR_PARSE_VALUE'],
    ['a comment', encode('/**/{}'), 'ERR_PARSE_VALUE'],
    ['single quotes', encode("{'a':1}"), 'ERR_PARSE_VALUE'],
    ['a number with a zero in front', encode('{"a":01}'), 'ERR_PARSE_VALUE'],
    ['a word', encode('{"a":undefined}'), 'ERR_PARSE_VALUE'],
    ['half a word', encode('{"a":nul}'), 'ERR_PARSE_VALUE'],
    ['a word that goes on', encode('{"a":nullx}'), 'ERR_PARSE_VALUE'],
    ['an open string', encode('{"a":"'), 'ERR_PARSE_VALUE'],
    ['a string whose end is escaped', encode('{"a":"\\"}'), 'ERR_PARSE_VALUE'],
    ['a control character in a string', encode('{"a":"\n"}'), 'ERR_PARSE_VALUE'],
    ['an unknown escape', encode('{"a":"\\x41"}'), 'ERR_PARSE_VALUE'],
    ['an open object', encode('{"a":1'), 'ERR_PARSE_VALUE'],
    ['no colon', encode('{"a" 1}'), 'ERR_PARSE_VALUE'],
    ['bytes that are no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'ERR_PARSE_VALUE'],
    ['UTF-16', new Uint8Array(Buffer.from('{}', 'utf16le')), 'ERR_PARSE_VALUE'],
    ['nesting without end', encode('['.repeat(100_000)), 'ERR_PARSE_DEPTH'],
  ])('refuses %s', async (_name, bytes, code) => {
    expect(await codeOf(() => readRestRequest(bytes))).toBe(code);
  });

  test('refuses more bytes than allowed', async () => {
    expect(await codeOf(() => readRestRequest(changed({}), { maxBytes: 10 }))).toBe('ERR_PARSE_VALUE');
  });

  test('never says a value in an error', () => {
    let thrown: unknown;
    try {
      readRestRequest(encode('{"a":"secret\n"}'));
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toBeInstanceOf(ParseError);
    expect(inspect(thrown as GatewayError, { depth: 9 })).not.toContain('secret');
  });
});

describe('parseJson', () => {
  test('agrees with JSON.parse on everything that both accept', () =>
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (json) => {
        const value = JSON.parse(json) as JsonValue;
        fc.pre(isExact(value));
        const bytes = encode(`{"request":${JSON.stringify(requestAround(value))}}`);

        expect(JSON.stringify(readRestRequest(bytes).data)).toBe(
          value === null ? undefined : JSON.stringify(value),
        );
      }),
    ));
});

function requestAround(data: JsonValue): JsonValue {
  const requestInfo = { messageId: 'm', serviceId: 'S', messageDate: 'd', sender: { senderId: 's' } };
  return { requestInfo, requestData: { data } };
}

/** Whether the numbers in a value are written without a change, which rounded whole ones are not. */
function isExact(value: JsonValue): boolean {
  return !/(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/.test(JSON.stringify(value));
}

describe('writeRestResponse', () => {
  test('writes the tree of the Rules, exactly: a message, no code', () => {
    expect(decode(writeRestResponse(response))).toBe(
      '{"response":{"responseInfo":{"messageId":"a","responseDate":"2026-01-13T10:00:00.000+05:00","message":"слова"},' +
        '"responseData":{"data":[1,null,true]}}}',
    );
  });

  test('is read back', () => {
    expect(readRestResponse(writeRestResponse(response))).toEqual({
      info: { messageId: 'a', responseDate: '2026-01-13T10:00:00.000+05:00', message: 'слова' },
      data: [1, null, true],
    });
  });

  test.each<[string, object]>([
    ['no messageId', { messageId: '' }],
    ['no message', { message: '' }],
    ['a date that is none', { responseDateMs: 0.5 }],
  ])('refuses %s', async (_name, change) => {
    const broken = { ...response, info: { ...response.info, ...change } };

    expect(await codeOf(() => writeRestResponse(broken))).toBe('ERR_VALIDATE_CONTRACT');
  });
});

describe('readRestResponse', () => {
  const read = (responseInfo: object, responseData: unknown = {}): ReturnType<typeof readRestResponse> =>
    readRestResponse(encode(JSON.stringify({ response: { responseInfo, responseData } })));
  const info = { messageId: 'a', responseDate: 'd' };

  test('reads a status of services that mirror the SOAP format', () => {
    const { code, message } = read({ ...info, status: { code: 'SCSS001', message: 'm' } }).info;

    expect([code, message]).toEqual(['SCSS001', 'm']);
  });

  test.each<[string, object, unknown, string]>([
    ['no messageId', { responseDate: 'd' }, {}, 'ERR_PARSE_MISSING_ELEMENT'],
    ['no responseDate', { messageId: 'a' }, {}, 'ERR_PARSE_MISSING_ELEMENT'],
    ['a status that is text', { ...info, status: 'x' }, {}, 'ERR_PARSE_UNEXPECTED_ELEMENT'],
    ['a code that is a number', { ...info, status: { code: 1 } }, {}, 'ERR_PARSE_NOT_TEXT'],
    ['responseData that is text', info, 'x', 'ERR_PARSE_UNEXPECTED_ELEMENT'],
  ])('refuses %s', async (_name, responseInfo, responseData, code) => {
    expect(await codeOf(() => read(responseInfo, responseData))).toBe(code);
  });
});
