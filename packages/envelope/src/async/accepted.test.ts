import { GatewayFault } from '@egov-gateway/core';
import { asUnverified, codeOf, passedAsVerified, soapText } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatMessageDate } from '../message-date.ts';
import { soap12Namespace } from '../soap.ts';
import { writeFault } from '../write-fault.ts';
import {
  type AsyncAcceptance,
  type AsyncAccepted,
  readAsyncAccepted,
  writeAsyncAccepted,
} from './accepted.ts';
import { asyncClientTypesNamespace, asyncFaultName, asyncTypesNamespace } from './channel.ts';

const acceptance: AsyncAcceptance = {
  messageId: '216386080',
  correlationId: '3226347',
  responseDateMs: Date.UTC(2026, 0, 13, 5),
};
const fields =
  '<messageId>216386080</messageId><correlationId>3226347</correlationId><responseDate>2026-01-13T10:00:00Z</responseDate>';

function answer(content: string, namespace: string = asyncTypesNamespace): string {
  return `<r:sendMessageResponse xmlns:r="${namespace}"><response>${content}</response></r:sendMessageResponse>`;
}

function read(content: string, soap?: string): AsyncAccepted {
  return readAsyncAccepted(passedAsVerified(parseXml(soapText(content, soap)).root));
}

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((value) => value.trim() !== '');

describe('writeAsyncAccepted', () => {
  test('what is written is read back, in the namespace of the request', () =>
    fc.assert(
      fc.property(
        fc.record({
          messageId: text,
          correlationId: text,
          responseDateMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
          sessionId: fc.option(fc.uuid(), { nil: undefined }),
        }),
        fc.constantFrom(asyncTypesNamespace, asyncClientTypesNamespace),
        (written, namespace) => {
          const { bytes } = writeAsyncAccepted(written, { namespace });

          expect(readAsyncAccepted(passedAsVerified(parseXml(bytes).root))).toEqual({
            messageId: written.messageId,
            correlationId: written.correlationId,
            responseDate: formatMessageDate(written.responseDateMs),
            sessionId: written.sessionId === undefined ? undefined : `{${written.sessionId}}`,
            verified: true,
            namespace,
          });
        },
      ),
    ));

  test.each<[string, Partial<AsyncAcceptance>]>([
    ['no messageId', { messageId: '' }],
    ['no correlationId', { correlationId: '' }],
    ['a date that is none', { responseDateMs: Number.NaN }],
    ['a zone by name', { utcOffset: 'UTC' }],
    ['a session that is no guid', { sessionId: 'SIGN_NOT_EXIST' }],
    ['an empty session', { sessionId: '' }],
  ])('refuses %s', async (_name, change) => {
    expect(await codeOf(() => writeAsyncAccepted({ ...acceptance, ...change }))).toBe(
      'ERR_VALIDATE_CONTRACT',
    );
  });

  test.each(['', 'urn:other', 'http://bip.bee.kz/SyncChannel/v10/Types'])(
    'refuses the namespace %j',
    (namespace) => {
      expect(() => writeAsyncAccepted(acceptance, { namespace: namespace as never })).toThrow(TypeError);
    },
  );
});

describe('readAsyncAccepted', () => {
  test('takes short decimal ids as the strings they are (contradiction 5)', () => {
    expect(read(answer(fields.replace('216386080', '0216386080')))).toMatchObject({
      messageId: '0216386080',
      correlationId: '3226347',
    });
  });

  test('reads fields in any order, unknown ones ignored', () => {
    const content =
      '<sessionId>x</sessionId><responseDate>1</responseDate><routeId/><messageId>m</messageId><correlationId>c</correlationId>';

    expect(read(answer(content))).toMatchObject({ messageId: 'm', correlationId: 'c', sessionId: 'x' });
  });

  test.each([
    ['an absent', fields.replace(/<correlationId>.*<\/correlationId>/, '')],
    ['an empty', fields.replace('3226347', '')],
  ])('reads an answer with %s correlationId', (_name, content) => {
    expect(read(answer(content)).correlationId).toBeUndefined();
  });

  test('reads either namespace and SOAP 1.2', () => {
    expect(read(answer(fields, asyncClientTypesNamespace), soap12Namespace).namespace).toBe(
      asyncClientTypesNamespace,
    );
  });

  test('says that nobody vouches for an unsigned one', () => {
    expect(readAsyncAccepted(asUnverified(parseXml(soapText(answer(fields))).root)).verified).toBe(false);
  });

  test('throws a fault with its ErrorInfo and the id of the message', () => {
    const { bytes } = writeFault({
      faultString: 'отказ',
      errorInfo: { errorCode: 'SCE004', errorMessage: 'нет сервиса', errorDateMs: 0 },
      detailName: asyncFaultName('sendMessage'),
    });
    let thrown: unknown;
    try {
      readAsyncAccepted(passedAsVerified(parseXml(bytes).root), { messageId: 'm-1' });
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toBeInstanceOf(GatewayFault);
    expect(thrown).toMatchObject({
      faultCode: 'SCE004',
      verified: true,
      delivery: 'answered',
      messageId: 'm-1',
    });
  });

  test('leaves the delivery open for a fault that nobody vouches for', () => {
    const { bytes } = writeFault({ faultString: 'отказ' });

    expect(() => readAsyncAccepted(asUnverified(parseXml(bytes).root))).toThrow(
      expect.objectContaining({ code: 'ERR_FAULT_GATEWAY', delivery: 'unknown' }),
    );
  });

  test.each([
    [
      'the answer of the other channel',
      answer(fields).replaceAll('sendMessageResponse', 'SendMessageResponse'),
    ],
    [
      'the answer to another operation',
      answer(fields).replaceAll('sendMessageResponse', 'getMessagesResponse'),
    ],
    ['a request', answer(fields).replaceAll('sendMessageResponse', 'sendMessage')],
    ['another namespace', answer(fields, 'http://bip.bee.kz/SyncChannel/v10/Types')],
    ['no namespace', '<sendMessageResponse><response/></sendMessageResponse>'],
    ['a second answer', answer(fields) + answer(fields)],
  ])('refuses %s', async (_name, content) => {
    expect(await codeOf(() => read(content))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
  });

  test.each([
    ['an empty Body', ''],
    ['an empty wrapper', `<r:sendMessageResponse xmlns:r="${asyncTypesNamespace}"/>`],
    ['no messageId', answer(fields.replace(/<messageId>.*<\/messageId>/, ''))],
    ['a blank messageId', answer(fields.replace('216386080', ' \n'))],
    ['no responseDate', answer(fields.replace(/<responseDate>.*<\/responseDate>/, ''))],
  ])('refuses %s', async (_name, content) => {
    expect(await codeOf(() => read(content))).toBe('ERR_PARSE_MISSING_ELEMENT');
  });

  test.each([
    ['messageId', answer(`${fields}<messageId>2</messageId>`)],
    ['correlationId', answer(`${fields}<x:correlationId xmlns:x="urn:x">2</x:correlationId>`)],
    ['response', answer(fields).replace('<response>', '<response/><response>')],
  ])('refuses a second %s', async (_name, content) => {
    expect(await codeOf(() => read(content))).toBe('ERR_PARSE_DUPLICATE_ELEMENT');
  });
});
