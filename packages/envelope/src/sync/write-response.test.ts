import type { ValidationIssue } from '@egov-gateway/core';
import { codeOf, passedAsVerified } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatMessageDate } from '../message-date.ts';
import { readSyncResponse } from './read-response.ts';
import { type SyncResponseInfo, validateSyncResponse } from './response.ts';
import { writeSyncResponse } from './write-response.ts';

const info: SyncResponseInfo = {
  messageId: '559eaf6e-4aee-4f9f-ad5a-df36ac7fb60b',
  responseDateMs: Date.UTC(2026, 0, 13, 5),
  status: { code: 'SCSS001', message: 'OK' },
};

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((value) => value.trim() !== '');

describe('writeSyncResponse', () => {
  test('what is written is read back, field by field', () =>
    fc.assert(
      fc.property(
        fc.record({
          messageId: text,
          correlationId: fc.option(text, { nil: undefined }),
          responseDateMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
          status: fc.record({ code: text, message: fc.string({ unit: 'grapheme', maxLength: 40 }) }),
          sessionId: fc.option(
            fc.uuid().map((uuid) => `{${uuid}}`),
            { nil: undefined },
          ),
        }),
        (written) => {
          const { bytes } = writeSyncResponse({ info: written });
          const { info: read } = readSyncResponse(passedAsVerified(parseXml(bytes).root));

          expect(read).toEqual({
            messageId: written.messageId,
            correlationId: written.correlationId,
            responseDate: formatMessageDate(written.responseDateMs),
            status: written.status,
            sessionId: written.sessionId,
          });
        },
      ),
    ));

  test('refuses an answer that breaks the contract', async () => {
    const broken = { info: { ...info, messageId: '' } };

    expect(await codeOf(() => writeSyncResponse(broken))).toBe('ERR_VALIDATE_CONTRACT');
  });
});

describe('validateSyncResponse', () => {
  function broken(change: Partial<SyncResponseInfo>): string[] {
    const issues: readonly ValidationIssue[] = validateSyncResponse({ info: { ...info, ...change } });
    return issues.map(
      ({ path, rule }) => `${path.replace('/SendMessageResponse/response/responseInfo', '')} ${rule}`,
    );
  }

  test.each<[string, Partial<SyncResponseInfo>, string]>([
    ['an empty messageId', { messageId: '' }, '/messageId required'],
    ['an empty correlationId', { correlationId: '' }, '/correlationId empty'],
    ['NaN for a date', { responseDateMs: Number.NaN }, '/responseDate date-time'],
    ['a zone by name', { utcOffset: 'UTC' }, '/responseDate offset'],
    ['an empty status code', { status: { code: '', message: '' } }, '/status/code required'],
    ['a status code that is a number', { status: { code: 0 as never, message: '' } }, '/status/code type'],
    [
      'a status message of 251 characters',
      { status: { code: 'c', message: 'қ'.repeat(251) } },
      '/status/message max-length',
    ],
    ['no status message', { status: { code: 'c', message: undefined as never } }, '/status/message required'],
    ['a control character', { status: { code: 'c', message: '\u0007' } }, '/status/message xml-characters'],
    ['a session id that is no guid', { sessionId: 'SIGN_NOT_EXIST' }, '/sessionId guid'],
  ])('refuses %s', (_name, change, issue) => {
    expect(broken(change)).toEqual([issue]);
  });

  test('finds nothing in an answer at its limits', () => {
    expect(broken({ status: { code: 'c', message: '𐐀'.repeat(250) } })).toEqual([]);
    expect(broken({ status: { code: 'c', message: '' } })).toEqual([]);
  });

  test('puts the paths of the codec behind data', () => {
    const codec = {
      validate: () => [{ path: '/n', rule: 'r', message: 'm' }],
      write: () => undefined,
      read: () => 0,
    };

    expect(validateSyncResponse({ info, data: { codec, value: 0 } })).toMatchObject([
      { path: '/SendMessageResponse/response/responseData/data/n' },
    ]);
  });
});
