import {
  BusinessError,
  type GatewayError,
  GatewayFault,
  SendError,
  SignError,
  XmlError,
} from '@egov-gateway/core';
import { describe, expect, test } from 'vitest';

import { identified } from './identified-error.ts';

describe('identified', () => {
  const first = { messageId: 'm-1', delivery: 'not-sent' } as const;
  const second = { messageId: 'm-2', delivery: 'unknown' } as const;

  test.each<[string, GatewayError]>([
    ['SignError', new SignError('x', { code: 'ERR_SIGN_KEY', cause: new Error('below') })],
    ['SendError', new SendError('x', { code: 'ERR_SEND_NETWORK', delivery: 'unknown', httpStatus: 500 })],
    ['XmlError', new XmlError('x', { code: 'ERR_XML_SYNTAX', line: 1, column: 2 })],
    ['BusinessError', new BusinessError({ code: 'SCSE001', message: 'слова' }, { data: [1] })],
    ['GatewayFault', new GatewayFault({ faultCode: 'A', faultString: 'слова' }, { verified: false })],
  ])('a %s that two calls share tells each its own id', (_name, shared) => {
    const one = identified(shared, first);
    const two = identified(shared, second);
    expect(one).toMatchObject(first);
    expect(two).toMatchObject(second);
    expect(two).not.toBe(one);
    expect(two).toBeInstanceOf(shared.constructor);
    expect(Object.prototype.toString.call(two)).toBe('[object Error]');
    expect({ ...two }).toEqual({ ...shared, ...second });
    expect([two.message, two.stack, two.cause]).toEqual([shared.message, shared.stack, shared.cause]);
    if (two instanceof BusinessError) expect([two.statusMessage, two.data]).toEqual(['слова', [1]]);
    if (two instanceof GatewayFault) expect(two.faultString).toBe('слова');
  });

  test.each([Object.freeze, Object.seal, Object.preventExtensions])(
    'an error that cannot be changed: %o',
    (close) => {
      const error = close(new SignError('x', { code: 'ERR_SIGN_KEY' }));
      expect(identified(error, first)).toMatchObject({ ...first, code: 'ERR_SIGN_KEY', message: 'x' });
    },
  );

  test('of a call that is repeated with the same id does not change the error of the first', () => {
    const shared = new SignError('x', { code: 'ERR_SIGN_KEY' });
    const one = identified(shared, first);
    identified(shared, { messageId: 'm-1', delivery: 'unknown' });
    expect(one).toMatchObject(first);
    expect(identified(one, first)).toBe(one);
  });
});
