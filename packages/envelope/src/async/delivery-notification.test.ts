import { codeOf, passedAsVerified, soapText } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatMessageDate } from '../message-date.ts';
import { asyncClientTypesNamespace, asyncTypesNamespace } from './channel.ts';
import {
  type DeliveryNotification,
  type ReceivedDeliveryNotification,
  readDeliveryNotification,
  validateDeliveryNotification,
  writeDeliveryNotification,
} from './delivery-notification.ts';
import {
  type DeliveryNotificationAnswer,
  readDeliveryNotificationAnswer,
  writeDeliveryNotificationAnswer,
} from './delivery-notification-answer.ts';

const notification: DeliveryNotification = {
  messageId: '216386080',
  serviceId: 'EXAMPLE_SERVICE',
  receiveStatus: 'accepted',
  requestDateMs: Date.UTC(2026, 0, 13, 5),
  sender: { senderId: 'example', password: 'test-only' },
};
const date = '2026-01-13T10:00:00+05:00';
const status = `<receiveStatus>MESSAGE_ACCEPTED</receiveStatus><statusDate>${date}</statusDate><resendMessage>NOT_RESEND</resendMessage>`;

function request(deliveryStatus: string, rest = `<requestDate>${date}</requestDate>`): string {
  return (
    `<t:sendDeliveryNotification xmlns:t="${asyncTypesNamespace}"><request><notification><messageId>m</messageId>` +
    `<serviceId>S</serviceId><notificationDate>${date}</notificationDate><deliveryStatus>${deliveryStatus}` +
    `</deliveryStatus></notification>${rest}</request></t:sendDeliveryNotification>`
  );
}

function read(content: string): ReceivedDeliveryNotification {
  return readDeliveryNotification(passedAsVerified(parseXml(soapText(content)).root));
}

function write(change: Partial<DeliveryNotification>): string {
  return new TextDecoder().decode(writeDeliveryNotification({ ...notification, ...change }).bytes);
}

/** `path rule` of each issue, paths below the request. */
function broken(change: object): string[] {
  return validateDeliveryNotification({ ...notification, ...change }).map(
    ({ path, rule }) => `${path.replace('/sendDeliveryNotification/request', '')} ${rule}`,
  );
}

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((value) => value.trim() !== '');
const instant = fc.integer({ min: 0, max: 4_102_444_800_000 });

describe('writeDeliveryNotification', () => {
  test('what is written is read back', () =>
    fc.assert(
      fc.property(
        fc.record({
          messageId: text,
          serviceId: text,
          requestDateMs: instant,
          notificationDateMs: fc.option(instant, { nil: undefined }),
          statusDateMs: fc.option(instant, { nil: undefined }),
          error: fc.option(
            fc.record({ errorCode: text, errorMessage: text, errorDateMs: instant }).map((error) => ({
              ...error,
              // White space around what a fault says means nothing.
              errorCode: error.errorCode.trim(),
              errorMessage: error.errorMessage.trim(),
            })),
            { nil: undefined },
          ),
        }),
        fc.constantFrom(
          { receiveStatus: 'accepted' as const, resend: false },
          { receiveStatus: 'notAccepted' as const, resend: false },
          { receiveStatus: 'notAccepted' as const, resend: true },
        ),
        fc.constantFrom('MESSAGE_NOT_ACCTEPTED' as const, 'MESSAGE_NOT_ACCEPTED' as const),
        (fields, outcome, notAcceptedSpelling) => {
          const { bytes } = writeDeliveryNotification({ ...fields, ...outcome }, { notAcceptedSpelling });
          const { requestDateMs, notificationDateMs, statusDateMs, error } = fields;

          expect(readDeliveryNotification(passedAsVerified(parseXml(bytes).root))).toMatchObject({
            messageId: fields.messageId,
            serviceId: fields.serviceId,
            ...outcome,
            requestDate: formatMessageDate(requestDateMs),
            notificationDate: formatMessageDate(notificationDateMs ?? requestDateMs),
            statusDate: formatMessageDate(statusDateMs ?? requestDateMs),
            error: error && { errorCode: error.errorCode, errorMessage: error.errorMessage },
            sender: undefined,
            verified: true,
          });
        },
      ),
    ));

  test('spells "not accepted" as the XSD does (contradiction 3)', () => {
    expect(write({ receiveStatus: 'notAccepted' })).toContain(
      '<receiveStatus>MESSAGE_NOT_ACCTEPTED</receiveStatus>',
    );
  });

  test('always says whether to send again, and not to unless told', () => {
    expect(write({})).toContain('<resendMessage>NOT_RESEND</resendMessage>');
  });

  test.each<[string, object, string]>([
    ['no messageId', { messageId: '' }, '/notification/messageId required'],
    ['no serviceId', { serviceId: undefined }, '/notification/serviceId required'],
    [
      'the value of the wire as status',
      { receiveStatus: 'MESSAGE_ACCEPTED' },
      '/notification/deliveryStatus/receiveStatus enumeration',
    ],
    ['no status', { receiveStatus: undefined }, '/notification/deliveryStatus/receiveStatus enumeration'],
    [
      'to send again what was accepted',
      { resend: true },
      '/notification/deliveryStatus/resendMessage resend',
    ],
    [
      'a text where yes or no is asked',
      { receiveStatus: 'notAccepted', resend: 'NOT_RESEND' },
      '/notification/deliveryStatus/resendMessage type',
    ],
    [
      'an error without a code',
      { error: { errorCode: '', errorMessage: 'm', errorDateMs: 0 } },
      '/notification/deliveryStatus/error/errorCode required',
    ],
    [
      'a date of the status that is none',
      { statusDateMs: 0.1 },
      '/notification/deliveryStatus/statusDate date-time',
    ],
    ['a date that is none', { notificationDateMs: Number.NaN }, '/notification/notificationDate date-time'],
    ['a sender without a password', { sender: { senderId: 's' } }, '/sender/password required'],
  ])('refuses %s', (_name, change, issue) => {
    expect(broken(change)).toEqual([issue]);
  });

  test('refuses an unknown spelling', async () => {
    const options = { notAcceptedSpelling: 'NOT_ACCEPTED' as never };

    expect(await codeOf(() => writeDeliveryNotification(notification, options))).toBe(
      'ERR_VALIDATE_CONTRACT',
    );
  });
});

describe('readDeliveryNotification', () => {
  test.each([
    ['MESSAGE_ACCEPTED', 'accepted'],
    ['MESSAGE_NOT_ACCTEPTED', 'notAccepted'],
    ['MESSAGE_NOT_ACCEPTED', 'notAccepted'],
  ])('reads %s (contradiction 3)', (spelled, receiveStatus) => {
    expect(read(request(status.replace('MESSAGE_ACCEPTED', spelled))).receiveStatus).toBe(receiveStatus);
  });

  test('reads a sender when there is one (contradiction 15)', () => {
    const rest = `<sender><senderId>s</senderId></sender><requestDate>${date}</requestDate>`;

    expect(read(request(status)).sender).toBeUndefined();
    expect(read(request(status, rest)).sender?.senderId).toBe('s');
  });

  test('reads an error of any completeness, an empty one as absent (contradiction 18)', () => {
    expect(read(request(`${status}<error><errorCode>E</errorCode></error>`)).error).toMatchObject({
      errorCode: 'E',
      errorMessage: '',
    });
    expect(read(request(`${status}<error/>`)).error).toBeUndefined();
  });

  test.each(['accepted', 'ACCEPTED', 'MESSAGE_NOT_ACCTEPTED MESSAGE_ACCEPTED', 'message_accepted'])(
    'refuses the status %j',
    async (spelled) => {
      expect(await codeOf(() => read(request(status.replace('MESSAGE_ACCEPTED', spelled))))).toBe(
        'ERR_PARSE_VALUE',
      );
    },
  );

  test.each(['true', 'resend', 'NO'])('refuses the resendMessage %j', async (spelled) => {
    expect(await codeOf(() => read(request(status.replace('NOT_RESEND', spelled))))).toBe('ERR_PARSE_VALUE');
  });

  test.each([
    ['no status', request(status.replace(/<receiveStatus>.*<\/receiveStatus>/, ''))],
    ['an empty resendMessage', request(status.replace('NOT_RESEND', ''))],
    ['no statusDate', request(status.replace(/<statusDate>.*<\/statusDate>/, ''))],
    ['no requestDate', request(status, '')],
    ['the misprint requestdate', request(status, `<requestdate>${date}</requestdate>`)],
    ['no messageId', request(status).replace('<messageId>m</messageId>', '')],
    ['no notification', request(status).replace(/<notification>.*<\/notification>/, '')],
  ])('refuses %s', async (_name, content) => {
    expect(await codeOf(() => read(content))).toBe('ERR_PARSE_MISSING_ELEMENT');
  });

  test.each([
    ['receiveStatus', request(status + status)],
    ['notification', request(status, '<notification/>')],
  ])('refuses a second %s', async (_name, content) => {
    expect(await codeOf(() => read(content))).toBe('ERR_PARSE_DUPLICATE_ELEMENT');
  });

  test('refuses the namespace of the client side', async () => {
    const content = request(status).replace(asyncTypesNamespace, asyncClientTypesNamespace);

    expect(await codeOf(() => read(content))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
  });
});

describe('writeDeliveryNotificationAnswer', () => {
  const answer: DeliveryNotificationAnswer = {
    notificationId: '77',
    responseDateMs: 0,
    sessionId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  };

  test('is read back, the session with its braces', () => {
    const { bytes } = writeDeliveryNotificationAnswer(answer);

    expect(readDeliveryNotificationAnswer(passedAsVerified(parseXml(bytes).root))).toEqual({
      notificationId: '77',
      responseDate: '1970-01-01T05:00:00.000+05:00',
      sessionId: '{0f8fad5b-d9cb-469f-a165-70867728950e}',
      verified: true,
    });
  });

  test.each<[string, object]>([
    ['no session, which the XSD requires here', { sessionId: undefined }],
    ['a session that is no guid', { sessionId: 'x' }],
    ['no notificationId', { notificationId: '' }],
    ['a date that is none', { responseDateMs: Number.POSITIVE_INFINITY }],
  ])('refuses %s', async (_name, change) => {
    expect(await codeOf(() => writeDeliveryNotificationAnswer({ ...answer, ...change }))).toBe(
      'ERR_VALIDATE_CONTRACT',
    );
  });
});

describe('readDeliveryNotificationAnswer', () => {
  const answer = (content: string): string =>
    `<t:sendDeliveryNotificationResponse xmlns:t="${asyncTypesNamespace}"><response>${content}</response></t:sendDeliveryNotificationResponse>`;
  const readAnswer = (content: string): unknown =>
    readDeliveryNotificationAnswer(passedAsVerified(parseXml(soapText(content)).root));

  test('needs no session: the Rules have it optional', () => {
    const content = `<notificationId>77</notificationId><responseDate>${date}</responseDate>`;

    expect(readAnswer(answer(content))).toMatchObject({ notificationId: '77', sessionId: undefined });
  });

  test.each([
    ['no notificationId', answer(`<responseDate>${date}</responseDate>`), 'ERR_PARSE_MISSING_ELEMENT'],
    ['no responseDate', answer('<notificationId>77</notificationId>'), 'ERR_PARSE_MISSING_ELEMENT'],
    ['a fault', '<S:Fault><faultcode>x</faultcode></S:Fault>', 'ERR_FAULT_GATEWAY'],
    ['a notification', request(status), 'ERR_PARSE_UNEXPECTED_ELEMENT'],
  ])('refuses %s', async (_name, content, code) => {
    expect(await codeOf(() => readAnswer(content))).toBe(code);
  });
});
