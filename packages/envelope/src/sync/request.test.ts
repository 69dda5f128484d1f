import type { DataCodec, ValidationIssue } from '@egov-gateway/core';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import type { HeaderBlock } from '../header-block.ts';
import {
  type SyncRequest,
  type SyncRequestInfo,
  type SyncRequestRules,
  validateSyncRequest,
} from './request.ts';

const info: SyncRequestInfo = {
  messageId: '7ea6369f-18c5-4633-ad73-19de35883e0b',
  serviceId: 'EXAMPLE_SERVICE',
  messageDateMs: Date.UTC(2026, 0, 13, 5),
  sender: { senderId: 'example', password: 'test-only' },
};

const root = '/SendMessage/request/requestInfo';

function validate(change: Partial<SyncRequestInfo>, rules?: SyncRequestRules): readonly ValidationIssue[] {
  return validateSyncRequest({ info: { ...info, ...change } }, rules);
}

/** `path rule` of each issue, paths below requestInfo. */
function broken(change: Partial<SyncRequestInfo>, rules?: SyncRequestRules): string[] {
  return validate(change, rules).map((issue) => `${issue.path.replace(root, '')} ${issue.rule}`);
}

/** A field as a caller without types may fill it. */
function untyped(value: unknown): never {
  return value as never;
}

describe('validateSyncRequest', () => {
  test('finds nothing in a request with the required fields', () => {
    expect(validate({})).toEqual([]);
  });

  test('finds nothing in a request with all fields at their limits', () => {
    const full: Partial<SyncRequestInfo> = {
      correlationId: 'c',
      routeId: 'R_ROUTE',
      utcOffset: '-14:00',
      properties: [
        { key: 'k'.repeat(30), value: '𐐀'.repeat(500) },
        { key: 'flag', value: '' },
      ],
      sessionId: '{0f8fad5b-d9cb-469f-a165-70867728950e}',
      extensions: [{ name: 'userId', content: '', after: 'messageDate' }],
    };

    expect(validate(full)).toEqual([]);
  });

  test('lists every broken rule, each with path, clause and words', () => {
    const request: SyncRequest = {
      info: {
        messageId: '',
        serviceId: '',
        messageDateMs: Number.NaN,
        sender: { senderId: '' },
        properties: [{ key: '', value: '' }],
      },
    };
    const issues = validateSyncRequest(request);

    expect(issues.map((issue) => issue.path)).toEqual([
      `${root}/messageId`,
      `${root}/serviceId`,
      `${root}/messageDate`,
      `${root}/sender/senderId`,
      `${root}/sender/password`,
      `${root}/properties[1]/key`,
    ]);
    expect(issues.every((issue) => issue.clause !== undefined && issue.message !== '')).toBe(true);
  });

  test.each<[string, Partial<SyncRequestInfo>, string]>([
    ['an empty messageId', { messageId: '' }, '/messageId required'],
    ['a missing messageId', { messageId: untyped(undefined) }, '/messageId required'],
    ['a messageId that is a number', { messageId: untyped(12) }, '/messageId type'],
    ['a messageId that is null', { messageId: untyped(null) }, '/messageId type'],
    ['an empty serviceId', { serviceId: '' }, '/serviceId required'],
    ['a control character', { serviceId: 'a\u0001b' }, '/serviceId xml-characters'],
    ['a NUL', { serviceId: '\0' }, '/serviceId xml-characters'],
    ['a lone surrogate', { serviceId: '\ud800' }, '/serviceId xml-characters'],
    ['a noncharacter', { routeId: '\uffff' }, '/routeId xml-characters'],
    ['an empty correlationId (contradiction 25)', { correlationId: '' }, '/correlationId empty'],
    ['an empty routeId (contradiction 25)', { routeId: '' }, '/routeId empty'],
    ['an empty senderId', { sender: { senderId: '', password: 'p' } }, '/sender/senderId required'],
    ['no password (contradiction 14)', { sender: { senderId: 's' } }, '/sender/password required'],
    ['an empty password', { sender: { senderId: 's', password: '' } }, '/sender/password required'],
    ['an empty sessionId (contradiction 7)', { sessionId: '' }, '/sessionId guid'],
    ['a sessionId that is no guid', { sessionId: '{x}' }, '/sessionId guid'],
    [
      'a doubly braced sessionId',
      { sessionId: '{{0f8fad5b-d9cb-469f-a165-70867728950e}}' },
      '/sessionId guid',
    ],
    ['NaN for a date', { messageDateMs: Number.NaN }, '/messageDate date-time'],
    ['an infinite date', { messageDateMs: Number.POSITIVE_INFINITY }, '/messageDate date-time'],
    ['a fraction of a millisecond', { messageDateMs: 0.5 }, '/messageDate date-time'],
    ['a date after the year 9999', { messageDateMs: 253_402_300_800_000 }, '/messageDate date-time'],
    ['a date that is text', { messageDateMs: untyped('2026-01-13') }, '/messageDate date-time'],
    ['an offset without a colon (contradiction 26)', { utcOffset: '+0500' }, '/messageDate offset'],
    ['a zone by name', { utcOffset: 'Asia/Almaty' }, '/messageDate offset'],
    ['an empty offset', { utcOffset: '' }, '/messageDate offset'],
  ])('refuses %s', (_name, change, issue) => {
    expect(broken(change)).toEqual([issue]);
  });

  test('takes a session id without its braces, because callers have it so', () => {
    expect(broken({ sessionId: '0f8fad5b-d9cb-469f-a165-70867728950e' })).toEqual([]);
  });

  test('takes a sender without a password when told that none is required', () => {
    const rules = { isPasswordRequired: false };

    expect(broken({ sender: { senderId: 's' } }, rules)).toEqual([]);
    expect(broken({ sender: { senderId: 's', password: '' } }, rules)).toEqual(['/sender/password empty']);
  });

  describe('properties (contradiction 13)', () => {
    test.each<[string, { key: unknown; value: unknown }, string]>([
      ['a key of 31 characters', { key: 'k'.repeat(31), value: 'v' }, '/properties[1]/key max-length'],
      ['a value of 501 characters', { key: 'k', value: 'ә'.repeat(501) }, '/properties[1]/value max-length'],
      ['an empty key', { key: '', value: 'v' }, '/properties[1]/key required'],
      ['a missing value', { key: 'k', value: undefined }, '/properties[1]/value required'],
      ['a number, as the table of the Rules says', { key: 1, value: 'v' }, '/properties[1]/key type'],
      [
        'a control character in a value',
        { key: 'k', value: '\u000b' },
        '/properties[1]/value xml-characters',
      ],
    ])('refuses %s', (_name, property, issue) => {
      expect(broken({ properties: [untyped(property)] })).toEqual([issue]);
    });

    test('counts characters, not UTF-16 units', () => {
      expect(broken({ properties: [{ key: '𐐀'.repeat(30), value: '𐐀'.repeat(501) }] })).toEqual([
        '/properties[1]/value max-length',
      ]);
    });

    test('says which one it is, counted from 1', () => {
      const good = { key: 'k', value: 'v' };

      expect(broken({ properties: [good, good, { key: '', value: 'v' }] })).toEqual([
        '/properties[3]/key required',
      ]);
    });
  });

  describe('extensions', () => {
    test.each<[string, unknown, string]>([
      ['a field of the contract', { name: 'routeId', content: 'x', after: 'sender' }, '/routeId reserved'],
      [
        'a field of the contract in a namespace',
        { name: { localName: 'sender', namespace: 'urn:x', prefix: 'x' }, content: 'x', after: 'sender' },
        '/sender reserved',
      ],
      ['an unknown place', { name: 'userId', content: 'x', after: 'userId' }, '/userId position'],
      ['no place', { name: 'userId', content: 'x' }, '/userId position'],
      ['a name with a colon', { name: 'a:b', content: 'x', after: 'sender' }, '/a:b name'],
      ['an empty name', { name: '', content: 'x', after: 'sender' }, '/ name'],
      ['markup for a name', { name: 'a><b', content: 'x', after: 'sender' }, '/a><b name'],
      [
        'a namespace without a prefix',
        { name: { localName: 'a', namespace: 'urn:x', prefix: '' }, content: 'x', after: 'sender' },
        '/a name',
      ],
      [
        'a control character',
        { name: 'userId', content: '\u0002', after: 'sender' },
        '/userId xml-characters',
      ],
    ])('refuses %s', (_name, extension, issue) => {
      expect(broken({ extensions: [untyped(extension)] })).toEqual([issue]);
    });
  });

  describe('header blocks', () => {
    const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';

    test.each<[string, unknown, string]>([
      ['a block in no namespace', { name: 'Token', content: 'x' }, '/Envelope/Header/Token namespace'],
      [
        'a WS-Security header, which is the signer’s',
        { name: { localName: 'Security', namespace: wsse, prefix: 'wsse' }, content: 'x' },
        '/Envelope/Header/Security reserved',
      ],
      [
        'a control character',
        { name: { localName: 'T', namespace: 'urn:t', prefix: 't' }, content: '\u0000' },
        '/Envelope/Header/T xml-characters',
      ],
    ])('refuses %s', (_name, block, issue) => {
      const issues = validateSyncRequest({ info, headerBlocks: [untyped(block)] });

      expect(issues.map(({ path, rule }) => `${path} ${rule}`)).toEqual([issue]);
    });

    const ds = 'http://www.w3.org/2000/09/xmldsig#';
    const wsu = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
    const xml = 'http://www.w3.org/XML/1998/namespace';
    const block = (content: HeaderBlock['content']): HeaderBlock => ({
      name: { localName: 'T', namespace: 'urn:t', prefix: 't' },
      content,
    });
    const copied = (text: string): HeaderBlock =>
      block((writer) => writer.copy(parseXml(Buffer.from(text)).root));

    // The verifier refuses a message for each of them, and a signer that is told the layout does not look.
    test.each<[string, HeaderBlock]>([
      ['a signature', { name: { localName: 'Signature', namespace: ds, prefix: 'ds' }, content: '' }],
      [
        'a signature inside',
        block((w) => w.leaf({ localName: 'Signature', namespace: ds, prefix: 'ds' }, '')),
      ],
      ['a signature that is copied', copied(`<a><b/><d:Signature xmlns:d="${ds}"/></a>`)],
      ['wsu:Id', block((w) => w.attribute({ localName: 'Id', namespace: wsu, prefix: 'wsu' }, 'x'))],
      ['Id', block((w) => w.attribute('Id', 'x'))],
      ['ID', block((w) => w.attribute('ID', 'x'))],
      ['xml:id', block((w) => w.attribute({ localName: 'id', namespace: xml, prefix: 'xml' }, 'x'))],
      ['an id that is copied', copied(`<a><b xml:id="x"/></a>`)],
    ])('refuses %s', (_name, reserved) => {
      const issues = validateSyncRequest({ info, headerBlocks: [reserved] });

      expect(issues.map(({ rule }) => rule)).toEqual(['reserved']);
    });

    test('takes other content that a function writes', () => {
      const fine = block((w) => {
        w.attribute('id', 'x');
        w.leaf('Token', 'x');
        w.copy(parseXml(Buffer.from('<a id="1"><b/></a>')).root);
      });

      expect(validateSyncRequest({ info, headerBlocks: [fine] })).toEqual([]);
    });
  });

  test('puts the paths of the codec behind data', () => {
    const codec: DataCodec<number> = {
      validate: () => [{ path: '/number', rule: 'required', message: 'is required', clause: 'c' }],
      write: () => undefined,
      read: () => 0,
    };

    expect(validateSyncRequest({ info: { ...info, messageId: '' }, data: { codec, value: 1 } })).toEqual([
      expect.objectContaining({ path: `${root}/messageId` }),
      {
        path: '/SendMessage/request/requestData/data/number',
        rule: 'required',
        message: 'is required',
        clause: 'c',
      },
    ]);
  });

  test('never says a value', () => {
    const secret = '001300900011\u0001';
    const issues = validate({
      messageId: secret,
      serviceId: secret,
      routeId: secret,
      utcOffset: secret,
      sender: { senderId: secret, password: secret },
      properties: [{ key: secret.repeat(9), value: secret.repeat(99) }],
      sessionId: secret,
      extensions: [{ name: 'userId', content: secret, after: 'sender' }],
    });

    expect(issues.length).toBeGreaterThan(8);
    expect(JSON.stringify(issues)).not.toContain('001300900011');
  });
});
