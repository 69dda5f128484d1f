import { GatewayFault, ValidateError } from '@egov-gateway/core';
import { codeOf, passedAsVerified } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { type ErrorInfoContent, maxSubErrorDepth } from './error-info.ts';
import { readSyncResponse } from './sync/read-response.ts';
import { type Fault, writeFault } from './write-fault.ts';

const errorDateMs = Date.UTC(2026, 0, 13, 5);
const errorInfo: ErrorInfoContent = {
  errorCode: 'SCE007',
  errorMessage: 'Сообщение не подписано',
  errorDateMs,
};

function nested(depth: number): ErrorInfoContent {
  let info = errorInfo;
  for (let level = 1; level < depth; level++) info = { ...errorInfo, subError: info };
  return info;
}

function issuesOf(fault: Fault): string[] {
  try {
    writeFault(fault);
    return [];
  } catch (error) {
    if (error instanceof ValidateError) return error.issues.map(({ path, rule }) => `${path} ${rule}`);
    throw error;
  }
}

describe('writeFault', () => {
  test('is read back as the fault it is', () => {
    const { bytes } = writeFault({
      faultString: 'Сообщение не подписано',
      errorInfo: { ...errorInfo, errorData: '<x>', subError: { ...errorInfo, errorCode: 'inner' } },
    });
    let thrown: unknown;
    try {
      readSyncResponse(passedAsVerified(parseXml(bytes).root));
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toBeInstanceOf(GatewayFault);
    expect(thrown).toMatchObject({ faultCode: 'SCE007', faultString: 'Сообщение не подписано' });
    expect((thrown as GatewayFault).errorInfo).toMatchObject({
      errorCode: 'SCE007',
      errorData: '<x>',
      errorDate: '2026-01-13T10:00:00.000+05:00',
      subError: { errorCode: 'inner' },
    });
  });

  test('takes the element of another channel for the detail', () => {
    const detailName = {
      localName: 'getMessagesFault1_getMessagesFault',
      namespace: 'urn:example',
      prefix: 'x',
    };
    const text = new TextDecoder().decode(writeFault({ faultString: 's', errorInfo, detailName }).bytes);

    expect(text).toContain('<detail><x:getMessagesFault1_getMessagesFault xmlns:x="urn:example"><errorCode>');
  });

  test('writes sub-errors to the permitted depth', async () => {
    expect(
      await codeOf(() => writeFault({ faultString: 's', errorInfo: nested(maxSubErrorDepth) })),
    ).toBeNull();
  });

  const detail = '/Fault/detail/SendMessageFault1_SendMessageFault';

  test.each<[string, Fault, string]>([
    ['an empty faultstring', { faultString: '' }, '/Fault/faultstring required'],
    ['an empty faultcode', { faultCode: '', faultString: 's' }, '/Fault/faultcode required'],
    ['a control character', { faultString: '\u0000' }, '/Fault/faultstring xml-characters'],
    [
      'an empty error code',
      { faultString: 's', errorInfo: { ...errorInfo, errorCode: '' } },
      `${detail}/errorCode required`,
    ],
    [
      'an empty error message',
      { faultString: 's', errorInfo: { ...errorInfo, errorMessage: '' } },
      `${detail}/errorMessage required`,
    ],
    [
      'empty error data',
      { faultString: 's', errorInfo: { ...errorInfo, errorData: '' } },
      `${detail}/errorData empty`,
    ],
    [
      'NaN for a date',
      { faultString: 's', errorInfo: { ...errorInfo, errorDateMs: Number.NaN } },
      `${detail}/errorDate date-time`,
    ],
    [
      'a session id that is no guid',
      { faultString: 's', errorInfo: { ...errorInfo, sessionId: 'x' } },
      `${detail}/sessionId guid`,
    ],
    [
      'a broken sub-error',
      { faultString: 's', errorInfo: { ...errorInfo, subError: { ...errorInfo, errorCode: '' } } },
      `${detail}/subError/errorCode required`,
    ],
    [
      'sub-errors that nest too deep',
      { faultString: 's', errorInfo: nested(maxSubErrorDepth + 1) },
      `${detail}${'/subError'.repeat(maxSubErrorDepth)} depth`,
    ],
  ])('refuses %s', (_name, fault, issue) => {
    expect(issuesOf(fault)).toEqual([issue]);
  });
});
