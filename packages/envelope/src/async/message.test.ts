import { type DataCodec, ValidateError, type ValidationIssue } from '@egov-gateway/core';
import { codeOf, passedAsVerified } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatMessageDate } from '../message-date.ts';
import { type AsyncMessage, validateAsyncMessage, writeAsyncMessage } from './message.ts';
import { type AsyncMessageInfo, type AsyncRules, asyncInfoFields } from './message-info.ts';
import { readAsyncMessage } from './read-message.ts';

const textCodec: DataCodec<string> = {
  validate: (value) => (value === 'bad' ? [{ path: '/x', rule: 'any', message: 'is bad' }] : []),
  write: (value, writer) => writer.text(value),
  read: (data) => data.text(),
};

const fields = {
  serviceId: 'EXAMPLE_SERVICE',
  messageDateMs: Date.UTC(2026, 0, 13, 5),
  sender: { senderId: 'example', password: 'test-only' },
};
const request: AsyncMessageInfo = { ...fields, messageType: 'REQUEST' };
const reply: AsyncMessageInfo = { ...fields, messageType: 'RESPONSE', correlationId: '3226347' };
const root = '/sendMessage/request/messageInfo';

/** A message as a caller without types may make it. */
function untyped(info: object): AsyncMessage<string> {
  return { info: info as AsyncMessageInfo };
}

/** `path rule` of each issue, paths below messageInfo. */
function broken(info: object, rules?: AsyncRules): string[] {
  return validateAsyncMessage(untyped(info), rules).map(
    (issue) => `${issue.path.replace(root, '')} ${issue.rule}`,
  );
}

function write(message: AsyncMessage<string>): string {
  return new TextDecoder().decode(writeAsyncMessage(message).bytes);
}

describe('validateAsyncMessage', () => {
  test('finds nothing in the first message of a chain, and in a reply', () => {
    expect([...broken(request), ...broken(reply)]).toEqual([]);
  });

  test('finds nothing in a message with all fields at their limits', () => {
    const full = {
      ...reply,
      messageId: 'm',
      routeId: 'R_ROUTE',
      utcOffset: '-14:00',
      properties: [{ key: 'k'.repeat(30), value: '𐐀'.repeat(500) }],
      sessionId: '{0f8fad5b-d9cb-469f-a165-70867728950e}',
      extensions: [{ name: 'userId', content: '', after: 'messageDate' }],
    };

    expect(broken(full)).toEqual([]);
  });

  test.each(['c', '', ' '])('refuses a REQUEST with the chain %j (contradiction 6)', (correlationId) => {
    expect(broken({ ...request, correlationId })).toEqual(['/correlationId chain']);
  });

  test.each(['NOTIFICATION', 'UPDATE', 'RESPONSE'])(
    'refuses a %s without a chain (contradiction 6)',
    (messageType) => {
      expect(broken({ ...fields, messageType })).toEqual(['/correlationId required']);
      expect(broken({ ...fields, messageType, correlationId: '' })).toEqual(['/correlationId required']);
    },
  );

  test.each<[string, object, string]>([
    ['an unknown type', { messageType: 'ANSWER', correlationId: 'c' }, '/messageType enumeration'],
    ['a type in small letters', { messageType: 'request', correlationId: 'c' }, '/messageType enumeration'],
    ['no type', { messageType: undefined, correlationId: 'c' }, '/messageType enumeration'],
    [
      'a type that an object has anyway',
      { messageType: 'toString', correlationId: 'c' },
      '/messageType enumeration',
    ],
    ['no serviceId', { serviceId: undefined }, '/serviceId required'],
    ['an empty serviceId', { serviceId: '' }, '/serviceId required'],
    ['an empty messageId, although the Rules say "empty"', { messageId: '' }, '/messageId empty'],
    ['a messageId that is a number', { messageId: 216386080 }, '/messageId type'],
    ['an empty routeId', { routeId: '' }, '/routeId empty'],
    ['a control character', { serviceId: 'S\u0000' }, '/serviceId xml-characters'],
    ['a lone surrogate', { messageId: '\uD800' }, '/messageId xml-characters'],
    ['a date that is none', { messageDateMs: Number.NaN }, '/messageDate date-time'],
    ['a date with a fraction of a millisecond', { messageDateMs: 0.5 }, '/messageDate date-time'],
    ['a zone by name', { utcOffset: 'Asia/Almaty' }, '/messageDate offset'],
    ['an empty senderId', { sender: { senderId: '', password: 'p' } }, '/sender/senderId required'],
    ['no password (contradiction 14)', { sender: { senderId: 's' } }, '/sender/password required'],
    ['a long key', { properties: [{ key: 'k'.repeat(31), value: '' }] }, '/properties[1]/key max-length'],
    [
      'a long value',
      { properties: [{ key: 'k', value: 'v'.repeat(501) }] },
      '/properties[1]/value max-length',
    ],
    ['a session that is no guid (contradiction 7)', { sessionId: 'SIGN_NOT_EXIST' }, '/sessionId guid'],
    ['an empty session', { sessionId: '' }, '/sessionId guid'],
    [
      'an extension in the place of a field',
      { extensions: [{ name: 'messageType', content: '', after: 'sender' }] },
      '/messageType reserved',
    ],
    [
      'an extension behind a field of the other channel',
      { extensions: [{ name: 'userId', content: '', after: 'requestData' }] },
      '/userId position',
    ],
  ])('refuses %s', (_name, change, issue) => {
    expect(broken({ ...request, ...change })).toEqual([issue]);
  });

  test('lists every broken rule at once, each with a clause, none with a value', () => {
    const message: AsyncMessage<string> = {
      info: {
        messageType: 'REQUEST',
        correlationId: 'secret-chain',
        serviceId: '',
        messageDateMs: -1e20,
        sender: { senderId: '', password: '' },
        sessionId: 'secret-session',
      } as unknown as AsyncMessageInfo,
      data: { codec: textCodec, value: 'bad' },
      headerBlocks: [{ name: 'x', content: '' }],
    };
    const issues: readonly ValidationIssue[] = validateAsyncMessage(message);

    expect(issues.map(({ rule }) => rule)).toEqual([
      'namespace',
      'chain',
      'required',
      'date-time',
      'required',
      'required',
      'guid',
      'any',
    ]);
    expect(issues.at(-1)?.path).toBe('/sendMessage/request/messageData/data/x');
    expect(issues.slice(0, -1).every(({ clause }) => clause !== undefined)).toBe(true);
    expect(JSON.stringify(issues)).not.toContain('secret');
  });

  test('follows the rules that are handed in', () => {
    expect(broken({ ...request, sender: { senderId: 's' } }, { isPasswordRequired: false })).toEqual([]);
  });
});

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((value) => value.trim() !== '');
const optional = fc.option(text, { nil: undefined });
const common = {
  messageId: optional,
  serviceId: text,
  routeId: optional,
  messageDateMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  sender: fc.record({ senderId: text, password: text }),
  properties: fc.array(
    fc.record({
      key: text.filter((key) => [...key].length <= 30),
      value: fc.string({ unit: 'grapheme', maxLength: 60 }),
    }),
    { maxLength: 4 },
  ),
  sessionId: fc.option(
    fc.uuid().map((uuid) => `{${uuid}}`),
    { nil: undefined },
  ),
};
const anyInfo: fc.Arbitrary<AsyncMessageInfo> = fc.oneof(
  fc.record({ ...common, messageType: fc.constant('REQUEST' as const) }),
  fc.record({
    ...common,
    messageType: fc.constantFrom('NOTIFICATION' as const, 'UPDATE' as const, 'RESPONSE' as const),
    correlationId: text,
  }),
);

describe('writeAsyncMessage', () => {
  test('what is written is read back, field by field', () =>
    fc.assert(
      fc.property(anyInfo, fc.string({ unit: 'grapheme' }), (written, value) => {
        const { bytes } = writeAsyncMessage({ info: written, data: { codec: textCodec, value } });
        const { info, data, namespace } = readAsyncMessage(passedAsVerified(parseXml(bytes).root));

        expect({ ...info, extension: undefined }).toEqual({
          messageId: written.messageId,
          correlationId: written.correlationId,
          serviceId: written.serviceId,
          messageType: written.messageType,
          routeId: written.routeId,
          messageDate: formatMessageDate(written.messageDateMs),
          sender: expect.objectContaining({ senderId: written.sender.senderId }),
          properties: written.properties,
          sessionId: written.sessionId,
        });
        expect(info.sender.password).toBe(written.sender.password);
        expect(data?.text()).toBe(value);
        expect(namespace).toBe('http://bip.bee.kz/AsyncChannel/v10/Types');
      }),
    ));

  test('fields stand in the order of the XSD, whatever the order of the object', () =>
    fc.assert(
      fc.property(anyInfo, fc.shuffledSubarray([...asyncInfoFields]), (written, order) => {
        const info = { ...Object.fromEntries(order.map((key) => [key, undefined])), ...written };
        const { root: envelope } = parseXml(writeAsyncMessage({ info: info as AsyncMessageInfo }).bytes);
        const element = envelope.first?.next?.first?.first?.first;
        const names = [...(element?.children() ?? [])].map((child) => child.localName);

        expect(names).toEqual(asyncInfoFields.flatMap((field) => names.filter((name) => name === field)));
      }),
    ));

  test('leaves ids and session out unless told (contradictions 5, 6, 7, 25)', () => {
    expect(write({ info: { ...request, properties: [] } })).not.toMatch(
      /messageId|correlationId|sessionId|routeId|properties/,
    );
  });

  test('writes the operation with a small letter (contradiction 1)', () => {
    expect(write({ info: request })).toContain(
      '<typ:sendMessage xmlns:typ="http://bip.bee.kz/AsyncChannel/v10/Types"><request><messageInfo>',
    );
  });

  test('writes data even when there is none (contradiction 20)', () => {
    expect(write({ info: request })).toContain('<messageData><data></data></messageData>');
  });

  test('puts an extension behind the place of its field', () => {
    const extensions = asyncInfoFields.map((after) => ({ name: `x-${after}`, content: '', after }));
    const names = [...write({ info: { ...request, extensions } }).matchAll(/<(x-\w+|\w+)>/g)].map(
      ([, name]) => name,
    );

    expect(names.join(' ')).toContain(
      'messageInfo x-messageId x-correlationId serviceId x-serviceId messageType x-messageType x-routeId messageDate ' +
        'x-messageDate sender senderId password x-sender x-properties x-sessionId',
    );
  });

  test('refuses a message that breaks the contract, with every broken rule', () => {
    let thrown: unknown;
    try {
      writeAsyncMessage(untyped({ ...request, messageId: 'm-1', correlationId: 'c', serviceId: '' }));
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toBeInstanceOf(ValidateError);
    expect(thrown).toMatchObject({
      code: 'ERR_VALIDATE_CONTRACT',
      delivery: 'not-sent',
      messageId: 'm-1',
      issues: [{ rule: 'chain' }, { rule: 'required' }],
    });
  });

  test('does not ask a codec to write what it finds invalid', async () => {
    const codec: DataCodec<string> = {
      ...textCodec,
      write: () => {
        throw new TypeError('must not be called');
      },
    };

    expect(await codeOf(() => writeAsyncMessage({ info: request, data: { codec, value: 'bad' } }))).toBe(
      'ERR_VALIDATE_CONTRACT',
    );
  });
});
