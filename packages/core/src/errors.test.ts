import { inspect } from 'node:util';

import { describe, expect, test } from 'vitest';

import {
  BusinessError,
  ConsentError,
  GatewayError,
  GatewayFault,
  KeyError,
  ParseError,
  SendError,
  SignError,
  ValidateError,
  VerifyError,
  XmlError,
} from './errors.ts';

const secret = '001300900011';

describe('GatewayError', () => {
  test('every class is a GatewayError with a name, a code and a delivery', () => {
    const errors = [
      new ValidateError([{ path: '/a', rule: 'required', message: 'is required' }]),
      new KeyError('wrong password', { code: 'ERR_KEY_PASSWORD' }),
      new SignError('no suite', { code: 'ERR_SIGN_ALGORITHM' }),
      new SendError('refused', { code: 'ERR_SEND_CONNECT', delivery: 'not-sent' }),
      new XmlError('a DOCTYPE', { code: 'ERR_XML_DOCTYPE', line: 1, column: 2 }),
      new VerifyError('unsigned', { code: 'ERR_VERIFY_UNSIGNED' }),
      new ParseError('missing', { code: 'ERR_PARSE_MISSING_ELEMENT', path: '/a' }),
      new BusinessError({ code: 'SCSE001', message: '' }, {}),
      new ConsentError('refused', { code: 'ERR_CONSENT_REFUSED', delivery: 'answered' }),
      new GatewayFault({ faultCode: 'soap:Server', faultString: '' }, { verified: true }),
    ];

    for (const error of errors) {
      expect(error).toBeInstanceOf(GatewayError);
      expect(error.name).toBe(error.constructor.name);
      expect(error.code).toMatch(/^ERR_[A-Z]+_[A-Z_]+$/);
      expect(['not-sent', 'unknown', 'answered']).toContain(error.delivery);
    }
  });

  test('what happens before sending is not-sent, what comes back unverified is unknown', () => {
    expect(new ValidateError([]).delivery).toBe('not-sent');
    expect(new KeyError('', { code: 'ERR_KEY_FORMAT' }).delivery).toBe('not-sent');
    expect(new SignError('', { code: 'ERR_SIGN_KEY' }).delivery).toBe('not-sent');
    expect(new XmlError('', { code: 'ERR_XML_SYNTAX', line: 1, column: 1 }).delivery).toBe('unknown');
    expect(new VerifyError('', { code: 'ERR_VERIFY_DIGEST' }).delivery).toBe('unknown');
    expect(new ParseError('', { code: 'ERR_PARSE_VALUE', path: '/a' }).delivery).toBe('unknown');
  });

  test('keeps its cause and does not copy the words of it', () => {
    const cause = new Error(`a stack that names ${secret}`);
    const error = new SendError('the connection broke', {
      code: 'ERR_SEND_NETWORK',
      delivery: 'unknown',
      cause,
    });

    expect(error.cause).toBe(cause);
    expect(error.message).not.toContain(secret);
  });

  test('has no cause when none is given', () => {
    expect('cause' in new KeyError('', { code: 'ERR_KEY_FORMAT' })).toBe(false);
  });
});

describe('ValidateError', () => {
  test('names every broken rule, by path and words', () => {
    const error = new ValidateError([
      { path: '/number', rule: 'required', message: 'is required' },
      { path: '/iin', rule: 'iin-checksum', message: 'has a control digit that does not fit' },
    ]);

    expect(error.issues).toHaveLength(2);
    expect(error.message).toContain('/number: is required');
    expect(error.message).toContain('/iin: has a control digit');
  });
});

describe('XmlError', () => {
  test('says where the reader stopped', () => {
    const error = new XmlError('a DOCTYPE is not accepted', { code: 'ERR_XML_DOCTYPE', line: 3, column: 7 });

    expect(error).toMatchObject({ line: 3, column: 7 });
    expect(error.message).toContain('line 3, column 7');
  });
});

describe('BusinessError', () => {
  const refusal = new BusinessError({ code: 'SCSE001', message: `no ${secret}` }, { data: { iin: secret } });

  test('gives the words and the data of the service to those who ask', () => {
    expect(refusal.statusMessage).toBe(`no ${secret}`);
    expect(refusal.data).toEqual({ iin: secret });
  });

  test('shows neither when it is printed or serialised', () => {
    expect(inspect(refusal, { depth: 10, showHidden: true })).not.toContain(secret);
    expect(JSON.stringify(refusal)).not.toContain(secret);
    expect(refusal.message).not.toContain(secret);
  });

  test('prints a short number: registers answer 404', () => {
    expect(new BusinessError({ code: '404', message: '' }, {}).message).toContain('status 404');
    expect(new BusinessError({ code: '001300', message: '' }, {}).message).not.toContain('001300');
  });

  test('does not print a code that could be a person', () => {
    expect(new BusinessError({ code: secret, message: '' }, {}).message).not.toContain(secret);
    expect(new BusinessError({ code: `IIN${secret}`, message: '' }, {}).message).not.toContain(secret);
    const refusal = new BusinessError({ code: secret, message: '' }, {});
    expect(refusal.statusCode).toBe(secret);
    expect(refusal.message).toContain('statusCode'); // where it is to be found
    expect(Object.keys(refusal)).not.toContain('statusCode');
    expect(inspect(refusal, { depth: 10, showHidden: true, customInspect: false })).not.toContain(secret);
    expect(JSON.stringify(refusal)).not.toContain(secret);
  });
});

describe('GatewayFault', () => {
  const content = {
    faultCode: 'soap:Server',
    faultString: `refused ${secret}`,
    errorInfo: { errorCode: 'SCE006', errorMessage: secret },
  };

  test('prefers the code of the ErrorInfo over faultcode', () => {
    expect(new GatewayFault(content, { verified: true }).faultCode).toBe('SCE006');
    expect(new GatewayFault({ ...content, errorInfo: undefined }, { verified: true }).faultCode).toBe(
      'soap:Server',
    );
  });

  test('is answered only when its signature was verified', () => {
    expect(new GatewayFault(content, { verified: true }).delivery).toBe('answered');
    expect(new GatewayFault(content, { verified: false }).delivery).toBe('unknown');
  });

  test('does not print a code that could be a person', () => {
    const fault = new GatewayFault({ faultCode: secret, faultString: '' }, { verified: true });

    expect(fault.faultCode).toBe(secret);
    expect(fault.message).toContain('faultCode');
    expect(Object.keys(fault)).not.toContain('faultCode');
    expect(inspect(fault, { depth: 10, showHidden: true, customInspect: false })).not.toContain(secret);
    expect(JSON.stringify(fault)).not.toContain(secret);
  });

  test('shows the words of the gateway to those who ask, and prints none of them', () => {
    const fault = new GatewayFault(content, { verified: true });

    expect(fault.faultString).toContain(secret);
    expect(fault.errorInfo?.errorMessage).toBe(secret);
    expect(inspect(fault, { depth: 10, showHidden: true })).not.toContain(secret);
    expect(JSON.stringify(fault)).not.toContain(secret);
  });
});
