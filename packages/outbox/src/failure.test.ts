import {
  BusinessError,
  GatewayError,
  GatewayFault,
  JournalError,
  KeyError,
  ParseError,
  SendError,
  VerifyError,
} from '@egov-gateway/core';
import { describe, expect, test } from 'vitest';

import { codeOf, isJournalTrouble, outcomeOf } from './failure.ts';

const fault = (errorCode: string, verified = true) =>
  new GatewayFault(
    { faultCode: 'soap:Server', faultString: '', errorInfo: { errorCode, errorMessage: '' } },
    { verified },
  );
const send = (code: 'ERR_SEND_CONNECT' | 'ERR_SEND_INSECURE_URL', delivery: 'not-sent' | 'unknown') =>
  new SendError('', { code, delivery });

describe('outcomeOf', () => {
  test.each<[string, unknown, object]>([
    ['a verified fault refuses', fault('SCE006'), { kind: 'refused', code: 'SCE006' }],
    [
      'a fault with a code that could be a number of a person',
      fault('X001300900011'),
      { kind: 'refused', code: 'ERR_FAULT_GATEWAY' },
    ],
    [
      'an unverified fault proves nothing',
      fault('SCE006', false),
      { kind: 'unknown', code: 'ERR_FAULT_GATEWAY' },
    ],
    [
      'a status that is no success refuses',
      new BusinessError({ code: 'SCSE001', message: '' }, {}),
      { kind: 'refused', code: 'SCSE001' },
    ],
    [
      'a verified answer that cannot be read',
      new ParseError('', { code: 'ERR_PARSE_VALUE', path: '/x', delivery: 'answered' }),
      { kind: 'unreadable', code: 'ERR_PARSE_VALUE' },
    ],
    [
      'an answer that is not to be trusted',
      new VerifyError('', { code: 'ERR_VERIFY_DIGEST' }),
      { kind: 'unknown', code: 'ERR_VERIFY_DIGEST' },
    ],
    [
      'a connection that was refused',
      send('ERR_SEND_CONNECT', 'not-sent'),
      { kind: 'unsent', code: 'ERR_SEND_CONNECT', isRetriable: true },
    ],
    [
      'an address that is not allowed',
      send('ERR_SEND_INSECURE_URL', 'not-sent'),
      { kind: 'unsent', code: 'ERR_SEND_INSECURE_URL', isRetriable: false },
    ],
    [
      'a key that cannot be used',
      new KeyError('', { code: 'ERR_KEY_FORMAT' }),
      { kind: 'unsent', code: 'ERR_KEY_FORMAT', isRetriable: false },
    ],
    ['any other error', new TypeError('x'), { kind: 'unknown', code: 'UNEXPECTED' }],
    ['something that is no error', undefined, { kind: 'unknown', code: 'UNEXPECTED' }],
    [
      'an error of another copy of the SDK',
      Object.assign(new Error('x'), { code: 'ERR_SEND_CONNECT', delivery: 'not-sent' }),
      { kind: 'unsent', code: 'ERR_SEND_CONNECT', isRetriable: true },
    ],
    [
      'an error that only looks like one',
      Object.assign(new Error('x'), { code: 'ERR_SEND_CONNECT' }),
      { kind: 'unknown', code: 'ERR_SEND_CONNECT' },
    ],
  ])('%s', (_, error, expected) => {
    expect(outcomeOf(error)).toEqual(expected);
  });
});

describe('codeOf', () => {
  test.each([new Error('x'), { code: 7 }, { code: 'ENOSPC' }, { code: 'err_send_connect' }, null])(
    'is UNEXPECTED for %s',
    (error) => {
      expect(codeOf(error)).toBe('UNEXPECTED');
    },
  );
});

describe('isJournalTrouble', () => {
  test.each(['ERR_JOURNAL_LOCKED', 'ERR_JOURNAL_FULL', 'ERR_JOURNAL_IO', 'ERR_JOURNAL_CLOSED'] as const)(
    '%s is of the journal',
    (code) => {
      expect(isJournalTrouble(new JournalError('', { code }))).toBe(true);
    },
  );

  test.each([
    'ERR_JOURNAL_CONFLICT',
    'ERR_JOURNAL_EVENT',
    'ERR_JOURNAL_STATE',
    'ERR_JOURNAL_UNSUPPORTED',
  ] as const)('%s is of the change', (code) => {
    expect(isJournalTrouble(new JournalError('', { code }))).toBe(false);
  });

  test('any other error is not of the journal', () => {
    expect(isJournalTrouble(new GatewayError('', { code: 'ERR_SEND_CONNECT', delivery: 'unknown' }))).toBe(
      false,
    );
  });
});
