import { soapText, statusNotification } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { glanceAsyncOperation } from './glance-operation.ts';

describe('glanceAsyncOperation', () => {
  test('sees the operation of an envelope that nobody verified', () => {
    expect(glanceAsyncOperation(statusNotification())?.operation).toBe('changeMassageStatusNotification');
  });

  test.each([
    ['no XML', new TextEncoder().encode('hello')],
    ['no bytes', new Uint8Array()],
    ['no envelope', new TextEncoder().encode('<a/>')],
    ['an empty Body', new TextEncoder().encode('<Envelope><Body/></Envelope>')],
    ['an element of no operation', soapText('<a/>')],
  ])('sees none in %s', (_what, envelope) => {
    expect(glanceAsyncOperation(envelope)).toBeUndefined();
  });
});
