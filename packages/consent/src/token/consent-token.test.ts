import { inspect } from 'node:util';

import { ValidateError } from '@egov-gateway/core';
import { describe, expect, test } from 'vitest';

import { secretKey, secretToken } from '../../test/answers.ts';
import { consentToken } from './consent-token.ts';

describe('consentToken', () => {
  test('takes the white space out of token and key', () => {
    const { token, publicKey } = consentToken({
      token: ` ${secretToken.slice(0, 4)}\r\n\t${secretToken.slice(4)}\n`,
      publicKey: `${secretKey}\u00a0`,
    });
    expect([token, publicKey]).toEqual([secretToken, secretKey]);
  });

  test('is printed and written as JSON without token and key', () => {
    const consent = consentToken({ token: secretToken, publicKey: secretKey, expiresAtMs: 5 });
    for (const text of [inspect(consent, { showHidden: true }), JSON.stringify(consent), String(consent)]) {
      expect(text).not.toContain(secretToken);
      expect(text).not.toContain(secretKey);
    }
    expect(JSON.stringify({ consent })).toBe('{"consent":{"expiresAtMs":5}}');
  });

  test.each([
    ['an empty token', { token: '', publicKey: secretKey }, ['/token']],
    ['a token of white space', { token: ' \n', publicKey: secretKey }, ['/token']],
    ['no key', { token: secretToken } as never, ['/publicKey']],
    ['neither', { token: 1, publicKey: null } as never, ['/token', '/publicKey']],
  ])('refuses %s, without saying the other one', (_name, fields, paths) => {
    const run = () => consentToken(fields);
    expect(run).toThrow(ValidateError);
    try {
      run();
    } catch (error) {
      const { issues, message } = error as ValidateError;
      expect(issues.map(({ path }) => path)).toEqual(paths);
      expect(message).not.toMatch(new RegExp(`${secretToken}|${secretKey}`));
    }
  });

  test.each([
    ['more than a token has', 'A'.repeat(65_537), 'max-length'],
    ['a control character', 'TO\u0000KEN', 'characters'],
    ['a control character of C1', 'TO\u0085KEN', 'characters'],
    ['a space without width', 'TO\u200bKEN', 'characters'],
    ['a mark that turns the direction of text', 'TO\u202eKEN', 'characters'],
  ])('refuses %s, as token and as key', (_name, text, rule) => {
    const rules = (fields: Parameters<typeof consentToken>[0]): string[] => {
      try {
        consentToken(fields);
        return [];
      } catch (error) {
        expect((error as Error).message).not.toContain(text);
        return (error as ValidateError).issues.map(({ path, rule: broken }) => `${path} ${broken}`);
      }
    };
    expect(rules({ token: text, publicKey: secretKey })).toEqual([`/token ${rule}`]);
    expect(rules({ token: secretToken, publicKey: text })).toEqual([`/publicKey ${rule}`]);
  });

  test('takes the longest there may be, white space aside', () => {
    const token = 'A'.repeat(65_536);
    expect(consentToken({ token: `${token}\n`, publicKey: secretKey }).token).toBe(token);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d as an instant', (expiresAtMs) => {
    expect(() => consentToken({ token: secretToken, publicKey: secretKey, expiresAtMs })).toThrow(TypeError);
  });
});
