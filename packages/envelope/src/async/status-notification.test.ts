import { codeOf, passedAsVerified, soapText } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { answerSession, toGuid } from '../guid.ts';
import { formatMessageDate } from '../message-date.ts';
import { asyncClientTypesNamespace, asyncTypesNamespace } from './channel.ts';
import {
  type ReceivedStatusNotification,
  readStatusNotification,
  type StatusNotification,
  writeStatusNotification,
} from './status-notification.ts';
import { readStatusNotificationAnswer, writeStatusNotificationAnswer } from './status-notification-answer.ts';

const date = '2026-01-13T10:00:00+05:00';
const session = '{0f8fad5b-d9cb-469f-a165-70867728950e}';
const spellings = [
  'changeMassageStatusNotification',
  'changeMessageStatusNotification',
  'ChangeMessageStatusNotification',
] as const;
const namespaces = [asyncClientTypesNamespace, asyncTypesNamespace] as const;
const everyWay = namespaces.flatMap((namespace) => spellings.map((spelling) => ({ namespace, spelling })));

const notification: StatusNotification = {
  notificationId: '78',
  messageId: '216386080',
  messageState: 'DELIVERED',
  status: { statusCode: 'example', statusMessage: '', statusDateMs: 0 },
  requestDateMs: 0,
};

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((value) => value.trim() !== '');
const instant = fc.integer({ min: 0, max: 4_102_444_800_000 });

describe('writeStatusNotification', () => {
  test('what is written is read back, however it is spelled', () =>
    fc.assert(
      fc.property(
        fc.record({
          notificationId: text,
          messageId: text,
          messageState: fc.constantFrom(
            'ON_DELIVERY' as const,
            'DELIVERED' as const,
            'NOT_DELIVERED' as const,
            'DELIVERY_STOPPED' as const,
          ),
          status: fc.record({
            statusCode: text,
            statusMessage: fc.string({ unit: 'grapheme', maxLength: 300 }),
            statusDateMs: instant,
          }),
          requestDateMs: instant,
          notificationDateMs: fc.option(instant, { nil: undefined }),
          sessionId: fc.option(fc.uuid(), { nil: undefined }),
        }),
        fc.constantFrom(...everyWay),
        (written, { namespace, spelling }) => {
          const { bytes } = writeStatusNotification(written, { namespace, spelling });

          expect(readStatusNotification(passedAsVerified(parseXml(bytes).root))).toEqual({
            notificationId: written.notificationId,
            messageId: written.messageId,
            messageState: written.messageState,
            status: {
              statusCode: written.status.statusCode,
              statusMessage: written.status.statusMessage,
              statusDate: formatMessageDate(written.status.statusDateMs),
            },
            error: undefined,
            requestDate: formatMessageDate(written.requestDateMs),
            notificationDate: formatMessageDate(written.notificationDateMs ?? written.requestDateMs),
            sessionId: written.sessionId && `{${written.sessionId}}`,
            verified: true,
            namespace,
          });
        },
      ),
    ));

  test('keeps the misprint, in the namespace of the client side (contradiction 2)', () => {
    expect(new TextDecoder().decode(writeStatusNotification(notification).bytes)).toContain(
      '<cli:changeMassageStatusNotification xmlns:cli="http://bip.bee.kz/AsyncChannel/v10/Types/Client"><request>',
    );
  });

  test.each<[string, object]>([
    ['no notificationId', { notificationId: '' }],
    ['no messageId', { messageId: '' }],
    ['an unknown state', { messageState: 'LOST' }],
    ['an empty statusCode', { status: { ...notification.status, statusCode: '' } }],
    ['a date of the status that is none', { status: { ...notification.status, statusDateMs: 0.5 } }],
    ['a date that is none', { requestDateMs: Number.NaN }],
    ['a session that is no guid', { sessionId: 'x' }],
    ['an error without a message', { error: { errorCode: 'E', errorMessage: '', errorDateMs: 0 } }],
  ])('refuses %s', async (_name, change) => {
    expect(await codeOf(() => writeStatusNotification({ ...notification, ...change }))).toBe(
      'ERR_VALIDATE_CONTRACT',
    );
  });

  test('refuses a namespace that is none of the channel', () => {
    expect(() => writeStatusNotification(notification, { namespace: 'urn:x' as never })).toThrow(TypeError);
  });
});

describe('readStatusNotification', () => {
  const status = `<status><statusCode>1</statusCode><statusMessage>m</statusMessage><statusDate>${date}</statusDate></status>`;
  const note = `<notificationId>n</notificationId><messageId>m</messageId><notificationDate>${date}</notificationDate><messageState>DELIVERED</messageState>${status}`;
  const wrapped = (content: string, name: string, namespace: string): string =>
    `<t:${name} xmlns:t="${namespace}"><request><notification>${content}</notification><requestDate>${date}</requestDate></request></t:${name}>`;
  const read = (
    content: string,
    name: string = spellings[0],
    namespace: string = asyncClientTypesNamespace,
  ): ReceivedStatusNotification =>
    readStatusNotification(passedAsVerified(parseXml(soapText(wrapped(content, name, namespace))).root));

  test('reads an error that is a whole ErrorInfo, a flat one as well (contradiction 22)', () => {
    const error =
      '<error><errorCode>E</errorCode><errorMessage>m</errorMessage><subError><errorCode>F</errorCode></subError></error>';

    expect(read(note + error).error).toMatchObject({ errorCode: 'E', subError: { errorCode: 'F' } });
    expect(
      read(`${note}<error><errorCode>E</errorCode><subError>text</subError></error>`).error,
    ).toMatchObject({
      errorCode: 'E',
      subError: undefined,
    });
  });

  test.each(['delivered', 'LOST', '1'])('refuses the state %j', async (state) => {
    expect(await codeOf(() => read(note.replace('DELIVERED', state)))).toBe('ERR_PARSE_VALUE');
  });

  test.each(['notificationId', 'messageId', 'notificationDate', 'messageState', 'status'])(
    'refuses one without %s',
    async (name) => {
      expect(await codeOf(() => read(note.replace(new RegExp(`<${name}>.*</${name}>`), '')))).toBe(
        'ERR_PARSE_MISSING_ELEMENT',
      );
    },
  );

  test.each(['notificationId', 'messageId', 'messageState', 'status'])(
    'refuses a second %s',
    async (name) => {
      expect(await codeOf(() => read(`${note}<${name}/>`))).toBe('ERR_PARSE_DUPLICATE_ELEMENT');
    },
  );

  test.each([
    ['changeMassageStatusNotificationRequest', asyncClientTypesNamespace],
    ['changemassagestatusnotification', asyncClientTypesNamespace],
    ['changeMassageStatusNotification', 'http://bip.bee.kz/SyncChannel/v10/Types'],
    ['changeMassageStatusNotification', ''],
    ['sendMessage', asyncClientTypesNamespace],
  ])('refuses %s in %j', async (name, namespace) => {
    const content = wrapped(note, name, namespace).replaceAll(
      namespace === '' ? /t:| xmlns:t=""/g : /^$/g,
      '',
    );
    const run = (): unknown => readStatusNotification(passedAsVerified(parseXml(soapText(content)).root));

    expect(await codeOf(run)).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
  });
});

describe('writeStatusNotificationAnswer', () => {
  test.each(namespaces)('is read back in %s, spelled as the XSD does', (namespace) => {
    const { bytes } = writeStatusNotificationAnswer({ responseDateMs: 0, sessionId: session }, { namespace });

    expect(new TextDecoder().decode(bytes)).toContain(':changeMassageStatusNotificationResponse ');
    expect(readStatusNotificationAnswer(passedAsVerified(parseXml(bytes).root))).toEqual({
      responseDate: '1970-01-01T05:00:00.000+05:00',
      sessionId: session,
      verified: true,
      namespace,
    });
  });

  test.each([undefined, '', 'x', 'SIGN_NOT_EXIST', '{0f8fad5b}'])(
    'refuses the session %j',
    async (sessionId) => {
      const write = (): unknown =>
        writeStatusNotificationAnswer({ responseDateMs: 0, sessionId: sessionId as never });

      expect(await codeOf(write)).toBe('ERR_VALIDATE_CONTRACT');
    },
  );
});

describe('readStatusNotificationAnswer', () => {
  const read = (content: string): unknown =>
    readStatusNotificationAnswer(passedAsVerified(parseXml(soapText(content)).root));

  test.each(everyWay)('reads $spelling in $namespace', ({ spelling, namespace }) => {
    const content = `<t:${spelling}Response xmlns:t="${namespace}"><response><responseDate>${date}</responseDate></response></t:${spelling}Response>`;

    expect(read(content)).toMatchObject({ responseDate: date, sessionId: undefined, namespace });
  });

  test.each([
    ['a fault', '<S:Fault/>', 'ERR_FAULT_GATEWAY'],
    [
      'another answer',
      `<sendMessageResponse xmlns="${asyncTypesNamespace}"/>`,
      'ERR_PARSE_UNEXPECTED_ELEMENT',
    ],
    [
      'an empty wrapper',
      `<changeMassageStatusNotificationResponse xmlns="${asyncClientTypesNamespace}"/>`,
      'ERR_PARSE_MISSING_ELEMENT',
    ],
  ])('refuses %s', async (_name, content, code) => {
    expect(await codeOf(() => read(content))).toBe(code);
  });
});

describe('answerSession', () => {
  test.each([session, session.slice(1, -1), ` ${session}\n`])('echoes %j with its braces', (received) => {
    expect(answerSession(received)).toBe(session);
  });

  test.each([undefined, '', 'SIGN_NOT_EXIST', '{x}', `${session}${session}`])(
    'makes a fresh guid when %j came (contradiction 7)',
    (received) => {
      const made = answerSession(received);

      expect(toGuid(made)).toBe(made);
      expect(answerSession(received)).not.toBe(made);
    },
  );
});
