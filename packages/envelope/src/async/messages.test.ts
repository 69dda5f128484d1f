import { codeOf, passedAsVerified, soapText } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { asyncClientTypesNamespace, asyncTypesNamespace } from './channel.ts';
import {
  type GetMessages,
  type ReceivedGetMessages,
  readGetMessages,
  writeGetMessages,
} from './get-messages.ts';
import type { AsyncDeliveryInfo } from './message-info.ts';
import { type MessagesAnswer, type ReceivedMessages, readMessages, writeMessages } from './messages.ts';

const date = '2026-01-13T10:00:00+05:00';
const question: GetMessages = {
  serviceId: 'EXAMPLE_SERVICE',
  sender: { senderId: 'example', password: 'test-only' },
};
const info: AsyncDeliveryInfo = {
  messageType: 'RESPONSE',
  messageId: '216386083',
  correlationId: '3226347',
  serviceId: 'EXAMPLE_SERVICE',
  messageDateMs: 0,
  sender: { senderId: 'example' },
};
const answer: MessagesAnswer = {
  responseDateMs: 0,
  sessionId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  messages: [{ info }],
};

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((value) => value.trim() !== '');
const optional = fc.option(text, { nil: undefined });

describe('writeGetMessages', () => {
  test('what is written is read back', () =>
    fc.assert(
      fc.property(
        fc.record({
          serviceId: text,
          messageId: optional,
          correlationId: optional,
          amount: fc.option(fc.nat({ max: 2_147_483_647 }), { nil: undefined }),
        }),
        (written) => {
          const { bytes } = writeGetMessages(written);

          expect(readGetMessages(passedAsVerified(parseXml(bytes).root))).toEqual({
            ...written,
            requestDate: undefined,
            sender: undefined,
            properties: [],
            verified: true,
          });
        },
      ),
    ));

  test('leaves out what does not filter (contradiction 16)', () => {
    const written = new TextDecoder().decode(writeGetMessages(question).bytes);

    expect(written).not.toMatch(/messageId|correlationId|amount|properties|requestDate/);
  });

  test.each<[string, object]>([
    ['no serviceId', { serviceId: '' }],
    ['an empty messageId', { messageId: '' }],
    ['an empty correlationId', { correlationId: '' }],
    ['a negative amount', { amount: -1 }],
    ['an amount with a fraction', { amount: 1.5 }],
    ['an amount that is none', { amount: Number.NaN }],
    ['an amount beyond xs:int', { amount: 2_147_483_648 }],
    ['an amount that is text', { amount: '10' }],
    ['a date that is none', { requestDateMs: Number.NaN }],
    ['a sender without a password', { sender: { senderId: 's' } }],
    ['a property without a key', { properties: [{ key: '', value: 'v' }] }],
  ])('refuses %s', async (_name, change) => {
    expect(await codeOf(() => writeGetMessages({ ...question, ...change }))).toBe('ERR_VALIDATE_CONTRACT');
  });
});

describe('readGetMessages', () => {
  const read = (content: string, namespace: string = asyncTypesNamespace): ReceivedGetMessages =>
    readGetMessages(
      passedAsVerified(
        parseXml(
          soapText(`<t:getMessages xmlns:t="${namespace}"><request>${content}</request></t:getMessages>`),
        ).root,
      ),
    );

  test.each([
    ['0', 0],
    [' 10\n', 10],
    ['+007', 7],
    ['', undefined],
  ])('reads the amount %j', (written, amount) => {
    expect(read(`<serviceId>S</serviceId><amount>${written}</amount>`).amount).toBe(amount);
  });

  test('counts empty elements as absent (contradiction 25)', () => {
    const content =
      '<messageId/><correlationId/><serviceId>S</serviceId><requestDate/><sender/><properties/>';

    expect(read(content)).toEqual({ serviceId: 'S', properties: [], verified: true });
  });

  test.each(['-1', '1.0', '1e3', '0x10', '２', '2147483648', '9'.repeat(30), 'all'])(
    'refuses the amount %j',
    async (amount) => {
      expect(await codeOf(() => read(`<serviceId>S</serviceId><amount>${amount}</amount>`))).toBe(
        'ERR_PARSE_VALUE',
      );
    },
  );

  test.each([
    ['no serviceId', '<messageId>m</messageId>', 'ERR_PARSE_MISSING_ELEMENT'],
    ['a second serviceId', '<serviceId>S</serviceId><serviceId>S</serviceId>', 'ERR_PARSE_DUPLICATE_ELEMENT'],
    ['elements in an id', '<serviceId>S</serviceId><messageId><b/></messageId>', 'ERR_PARSE_NOT_TEXT'],
  ])('refuses %s', async (_name, content, code) => {
    expect(await codeOf(() => read(content))).toBe(code);
  });

  test('refuses the namespace of the client side', async () => {
    expect(await codeOf(() => read('<serviceId>S</serviceId>', asyncClientTypesNamespace))).toBe(
      'ERR_PARSE_UNEXPECTED_ELEMENT',
    );
  });
});

describe('writeMessages', () => {
  test('is read back, each message with its place', () => {
    const messages = [{ info }, { info: { ...info, messageId: '216386084' } }];
    const { bytes } = writeMessages({ ...answer, messages });
    const read = readMessages(passedAsVerified(parseXml(bytes).root));

    expect(
      read.messages.map(({ part, info: { messageId }, verified }) => [part, messageId, verified]),
    ).toEqual([
      [0, '216386083', true],
      [1, '216386084', true],
    ]);
    expect(read).toMatchObject({
      responseDate: '1970-01-01T05:00:00.000+05:00',
      sessionId: '{0f8fad5b-d9cb-469f-a165-70867728950e}',
      unreadable: [],
    });
  });

  test('lists what every message breaks, with its position', () => {
    const messages = [{ info }, { info: { ...info, messageId: '', correlationId: '' } }];

    expect(() => writeMessages({ ...answer, sessionId: 'x', messages })).toThrow(
      expect.objectContaining({
        issues: [
          expect.objectContaining({ path: '/getMessagesResponse/response/sessionId', rule: 'guid' }),
          expect.objectContaining({
            path: '/getMessagesResponse/response/messages[2]/messageInfo/messageId',
          }),
          expect.objectContaining({
            path: '/getMessagesResponse/response/messages[2]/messageInfo/correlationId',
          }),
        ],
      }),
    );
  });

  test('refuses an answer without a session, which the XSD requires here', async () => {
    expect(await codeOf(() => writeMessages({ ...answer, sessionId: undefined as never }))).toBe(
      'ERR_VALIDATE_CONTRACT',
    );
  });
});

describe('readMessages', () => {
  const message = (id: string, type = 'RESPONSE'): string =>
    `<messages><messageInfo><messageId>${id}</messageId><correlationId>c</correlationId><serviceId>S</serviceId>` +
    `<messageType>${type}</messageType><messageDate>${date}</messageDate><sender><senderId>s</senderId></sender>` +
    '</messageInfo><messageData><data>t</data></messageData></messages>';
  const read = (content: string): ReceivedMessages =>
    readMessages(
      passedAsVerified(
        parseXml(
          soapText(
            `<t:getMessagesResponse xmlns:t="${asyncTypesNamespace}"><response>${content}</response></t:getMessagesResponse>`,
          ),
        ).root,
      ),
    );
  const head = `<responseDate>${date}</responseDate><sessionId>any string</sessionId>`;

  test('reads none, and an empty element is none (contradiction 25)', () => {
    expect(read(`${head}<messages/>`)).toEqual({
      responseDate: date,
      sessionId: 'any string',
      messages: [],
      unreadable: [],
      verified: true,
    });
  });

  test('reads messages in their order, whatever stands between them', () => {
    const { messages } = read(`${message('1')}${head}${message('2')}<other/>${message('3')}`);

    expect(messages.map(({ info: { messageId }, data }) => [messageId, data?.text()])).toEqual([
      ['1', 't'],
      ['2', 't'],
      ['3', 't'],
    ]);
  });

  test.each([
    ['an unknown type', message('2', 'ANSWER'), 'ERR_PARSE_VALUE'],
    ['no serviceId', message('2').replace('<serviceId>S</serviceId>', ''), 'ERR_PARSE_MISSING_ELEMENT'],
    ['no messageInfo', '<messages><messageData/></messages>', 'ERR_PARSE_MISSING_ELEMENT'],
    [
      'two ids',
      message('2').replace('<serviceId>', '<messageId>3</messageId><serviceId>'),
      'ERR_PARSE_DUPLICATE_ELEMENT',
    ],
    ['elements in an id', message('<b/>'), 'ERR_PARSE_NOT_TEXT'],
  ])('does not let a message with %s hide the others', (_name, broken, code) => {
    const { messages, unreadable } = read(head + message('1') + broken + message('3'));

    expect(messages.map(({ part, info: { messageId } }) => [part, messageId])).toEqual([
      [0, '1'],
      [2, '3'],
    ]);
    expect(unreadable).toMatchObject([{ part: 1, error: { code }, element: { localName: 'messages' } }]);
  });

  test.each([
    ['no responseDate', '', 'ERR_PARSE_MISSING_ELEMENT'],
    ['a second responseDate', head + head, 'ERR_PARSE_DUPLICATE_ELEMENT'],
  ])('refuses %s', async (_name, content, code) => {
    expect(await codeOf(() => read(content))).toBe(code);
  });

  test('throws a fault', async () => {
    const fault = soapText('<S:Fault/>');

    expect(await codeOf(() => readMessages(passedAsVerified(parseXml(fault).root)))).toBe(
      'ERR_FAULT_GATEWAY',
    );
  });
});
