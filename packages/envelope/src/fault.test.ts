import type { FaultContent } from '@egov-gateway/core';
import { codeOf } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { maxSubErrorDepth } from './error-info.ts';
import { readFault } from './fault.ts';
import { soap12Namespace } from './soap.ts';

function read(inner: string): FaultContent {
  const xml = `<S:Fault xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">${inner}</S:Fault>`;
  return readFault(parseXml(new TextEncoder().encode(xml)).root);
}

function read12(inner: string): FaultContent {
  return readFault(
    parseXml(new TextEncoder().encode(`<E:Fault xmlns:E="${soap12Namespace}">${inner}</E:Fault>`)).root,
  );
}

const faultElement = 'http://bip.bee.kz/SyncChannel/v10/Types';

describe('readFault', () => {
  test('reads a fault with the ErrorInfo of the XSD', () => {
    expect(
      read(
        '<faultcode>S:Server</faultcode><faultstring>Ошибка</faultstring><detail>' +
          `<n:SendMessageFault1_SendMessageFault xmlns:n="${faultElement}">` +
          '<errorCode>SCE004</errorCode><errorMessage>Сервис не существует</errorMessage><errorData>d</errorData>' +
          '<errorDate>2026-01-13T10:00:00+05:00</errorDate><subError><errorCode>X1</errorCode><errorMessage>y</errorMessage>' +
          '</subError><sessionId>{s}</sessionId></n:SendMessageFault1_SendMessageFault></detail>',
      ),
    ).toEqual({
      faultCode: 'S:Server',
      faultString: 'Ошибка',
      errorInfo: {
        errorCode: 'SCE004',
        errorMessage: 'Сервис не существует',
        errorData: 'd',
        errorDate: '2026-01-13T10:00:00+05:00',
        sessionId: '{s}',
        subError: { errorCode: 'X1', errorMessage: 'y' },
      },
    });
  });

  test('takes a faultcode that is the error code itself and no QName', () => {
    expect(read('<faultcode>SCE006</faultcode><faultstring>x</faultstring>')).toEqual({
      faultCode: 'SCE006',
      faultString: 'x',
      errorInfo: undefined,
    });
  });

  test.each([
    ['no detail', ''],
    ['an empty detail', '<detail/>'],
    ['a detail without an ErrorInfo', '<detail><stackTrace>at x</stackTrace></detail>'],
    ['a detail of text', '<detail>something</detail>'],
  ])('tolerates %s', (_name, detail) => {
    expect(read(`<faultcode>c</faultcode><faultstring>s</faultstring>${detail}`).errorInfo).toBeUndefined();
  });

  test('tolerates a fault that says nothing', () => {
    expect(read('')).toEqual({ faultCode: '', faultString: '', errorInfo: undefined });
  });

  test('reads parts in any order, with white space around them', () => {
    expect(read('<faultstring>\n s </faultstring><faultcode> c\n</faultcode>')).toMatchObject({
      faultCode: 'c',
      faultString: 's',
    });
  });

  describe('finds an ErrorInfo', () => {
    const error = '<errorCode>E</errorCode><errorMessage>m</errorMessage>';

    test.each([
      ['directly in the detail', error],
      [
        'under errorInfo of the common namespace',
        `<c:errorInfo xmlns:c="http://bip.bee.kz/common/v10/Types">${error}</c:errorInfo>`,
      ],
      ['under an element of any name', `<whatever>${error}</whatever>`],
      ['below other levels', `<a><b/><c><d><e>${error}</e></d></c></a>`],
      ['behind elements without one', `<a><b>1</b></a><c/><d>${error}</d>`],
      [
        'with qualified fields',
        `<x:i xmlns:x="urn:x"><x:errorCode>E</x:errorCode><x:errorMessage>m</x:errorMessage></x:i>`,
      ],
    ])('%s', (_name, detail) => {
      expect(read(`<detail>${detail}</detail>`).errorInfo).toMatchObject({
        errorCode: 'E',
        errorMessage: 'm',
      });
    });

    test('that has a code only (contradiction 18)', () => {
      expect(read('<detail><i><errorCode>E</errorCode></i></detail>').errorInfo).toEqual({
        errorCode: 'E',
        errorMessage: '',
      });
    });

    test('that has a message only', () => {
      expect(read('<detail><i><errorMessage>m</errorMessage></i></detail>').errorInfo).toMatchObject({
        errorCode: '',
        errorMessage: 'm',
      });
    });

    test('and takes the first of two', () => {
      const two = `<i>${error}</i><i><errorCode>F</errorCode></i>`;

      expect(read(`<detail>${two}</detail>`).errorInfo?.errorCode).toBe('E');
    });
  });

  test('does not look for an ErrorInfo outside the detail', () => {
    const outside = '<detail/><other><errorCode>E</errorCode></other>';

    expect(read(outside).errorInfo).toBeUndefined();
  });

  test('gives markup inside a field as XML text', () => {
    expect(
      read('<detail><i><errorCode>E</errorCode><errorData><a>1</a></errorData></i></detail>').errorInfo
        ?.errorData,
    ).toBe('<errorData><a>1</a></errorData>');
  });

  test.each(['<subError/>', '<subError>  </subError>'])(
    'takes an empty sub-error for none: %s',
    (subError) => {
      expect(
        read(`<detail><i><errorCode>E</errorCode>${subError}</i></detail>`).errorInfo?.subError,
      ).toBeUndefined();
    },
  );

  function nested(depth: number): string {
    return `<detail><i>${'<errorCode>E</errorCode><subError>'.repeat(depth - 1)}<errorCode>last</errorCode>${'</subError>'.repeat(depth - 1)}</i></detail>`;
  }

  test('follows sub-errors to the permitted depth', () => {
    let error = read(nested(maxSubErrorDepth)).errorInfo;
    let depth = 1;
    for (; error?.subError !== undefined; depth++) error = error.subError;

    expect([depth, error?.errorCode]).toEqual([maxSubErrorDepth, 'last']);
  });

  test('refuses sub-errors that nest deeper', async () => {
    expect(await codeOf(() => read(nested(maxSubErrorDepth + 1)))).toBe('ERR_PARSE_DEPTH');
  });

  test.each([
    ['faultcode', '<faultcode>a</faultcode><faultcode>b</faultcode>'],
    ['detail', '<detail/><detail/>'],
    ['errorCode', '<detail><errorCode>a</errorCode><errorCode>b</errorCode></detail>'],
    ['subError', '<detail><errorCode>a</errorCode><subError/><subError/></detail>'],
  ])('refuses a second %s', async (_name, inner) => {
    expect(await codeOf(() => read(inner))).toBe('ERR_PARSE_DUPLICATE_ELEMENT');
  });

  describe('of SOAP 1.2 (contradiction 28)', () => {
    test('reads code, first reason and detail', () => {
      expect(
        read12(
          '<E:Code><E:Value>E:Receiver</E:Value><E:Subcode><E:Value>x</E:Value></E:Subcode></E:Code>' +
            '<E:Reason><E:Text xml:lang="ru">Ошибка</E:Text><E:Text xml:lang="en">Error</E:Text></E:Reason>' +
            '<E:Detail><i><errorCode>SCE001</errorCode></i></E:Detail>',
        ),
      ).toMatchObject({ faultCode: 'E:Receiver', faultString: 'Ошибка', errorInfo: { errorCode: 'SCE001' } });
    });

    test('tolerates empty parts', () => {
      expect(read12('<E:Code/><E:Reason/><E:Detail/>')).toEqual({
        faultCode: '',
        faultString: '',
        errorInfo: undefined,
      });
    });
  });
});
