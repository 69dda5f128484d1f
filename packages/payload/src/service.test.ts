import { describe, expect, test } from 'vitest';

import { commonSuccessCodes, defineService } from './service.ts';
import { textPayload } from './text-payload.ts';

const text = textPayload();

describe('defineService', () => {
  test('counts the codes as success that have been seen to mean it', () => {
    expect(defineService({ id: 'X', request: text, response: text }).successCodes).toEqual([
      'SCSS001',
      'SUCCESS',
      'Success',
    ]);
  });

  test('takes other codes and the inner status', () => {
    const service = defineService({
      id: 'X',
      request: text,
      response: text,
      successCodes: ['00000'],
      innerStatus: (answer) => ({ code: answer, message: '' }),
    });
    expect(service.successCodes).toEqual(['00000']);
    expect(service.innerStatus?.('1')).toEqual({ code: '1', message: '' });
    expect('innerStatus' in defineService({ id: 'X', request: text, response: text })).toBe(false);
  });

  test('takes a wrapper, and an empty code only where the status is optional', () => {
    const wrapper = { isStatusOptional: true };
    const definition = { id: 'X', request: text, response: text, successCodes: ['A', ''] };
    expect(defineService({ ...definition, wrapper })).toMatchObject({ wrapper, successCodes: ['A', ''] });
    expect('wrapper' in defineService({ id: 'X', request: text, response: text })).toBe(false);
    for (const other of [{}, { isStatusOptional: false }]) {
      expect(() => defineService({ ...definition, wrapper: other })).toThrow(TypeError);
    }
  });

  test('cannot be changed afterwards', () => {
    const codes = ['A'];
    const service = defineService({ id: 'X', request: text, response: text, successCodes: codes });
    codes.push('B');
    expect(service.successCodes).toEqual(['A']);
    expect(Object.isFrozen(service)).toBe(true);
    expect(Object.isFrozen(service.successCodes)).toBe(true);
    expect(Object.isFrozen(commonSuccessCodes)).toBe(true);
  });

  test.each([
    ['the id is empty', { id: '' }],
    ['the id is a space', { id: ' ' }],
    ['the id has spaces around it', { id: ' X' }],
    ['the id is no text', { id: 1 as never }],
    ['no code means success', { id: 'X', successCodes: [] }],
    ['an empty code means success', { id: 'X', successCodes: [''] }],
  ])('refuses when %s', (_name, options) => {
    expect(() => defineService({ request: text, response: text, ...options })).toThrow(TypeError);
  });
});
