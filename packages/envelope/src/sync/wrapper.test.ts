import type { DataCodec, MessageWrapper } from '@egov-gateway/core';
import { codeOf, passedAsVerified } from '@egov-gateway/testing';
import { canonicalize, parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { readSyncRequest } from './read-request.ts';
import { readSyncResponse } from './read-response.ts';
import { type SyncRequestInfo, validateSyncRequest } from './request.ts';
import { type SyncResponseInfo, validateSyncResponse } from './response.ts';
import { sameRequestElement } from './wrapper.ts';
import { writeSyncRequest } from './write-request.ts';
import { writeSyncResponse } from './write-response.ts';

const namespace = 'urn:example:own';
const name = (localName: string) => ({ localName, namespace, prefix: 'own' });
const request = { name: name('ask'), parts: 'qualified' } as const;
const response = { name: name('told'), parts: 'qualified' } as const;
const own: MessageWrapper = { request, response, isStatusOptional: true };
const plain: MessageWrapper = {
  request: { ...request, parts: 'unqualified' },
  response: { ...response, parts: 'unqualified' },
};

/** Names by strings, as a hand-written codec does. */
const codec: DataCodec<string> = {
  validate: (value) => (value === '' ? [{ path: '/a', rule: 'required', message: 'is required' }] : []),
  write: (value, writer) => writer.leaf('a', value),
  read: (data) => data.first?.text() ?? '',
};
const info: SyncRequestInfo = {
  messageId: 'm',
  serviceId: 'S',
  messageDateMs: Date.UTC(2026, 0, 13, 5),
  sender: { senderId: 's', password: 'p' },
  correlationId: 'c',
  properties: [{ key: 'k', value: 'v' }],
  extensions: [{ name: 'userId', content: 'u', after: 'messageDate' }],
};
const told: SyncResponseInfo = {
  messageId: 'm',
  responseDateMs: Date.UTC(2026, 0, 13, 5),
  status: { code: '', message: '' },
};
const options = { newId: () => '1' };

function body(bytes: Uint8Array) {
  return passedAsVerified(parseXml(bytes).root);
}

function requestXml(wrapper: MessageWrapper | undefined): string {
  const { bytes } = writeSyncRequest({ info, data: { codec, value: 'x' } }, { ...options, wrapper });
  return new TextDecoder().decode(bytes);
}

function responseBytes(wrapper: MessageWrapper | undefined, status = told.status): Uint8Array {
  const answer = { info: { ...told, status }, data: { codec, value: 'x' } };
  return writeSyncResponse(answer, { ...options, wrapper }).bytes;
}

describe('a request in a wrapper of the service', () => {
  test('has every element down to data in its namespace, and the content of data in none', () => {
    const xml = requestXml(own);
    expect(xml).toContain(
      '<own:ask xmlns:own="urn:example:own"><own:request><own:requestInfo><own:messageId>',
    );
    expect(xml).toContain('<own:sender><own:senderId>s</own:senderId>');
    expect(xml).toContain('<own:properties><own:key>k</own:key>');
    expect(xml).toContain('<own:requestData><own:data><a>x</a></own:data></own:requestData>');
  });

  test('has the elements inside in no namespace when they are unqualified', () => {
    expect(requestXml(plain)).toContain(
      '<own:ask xmlns:own="urn:example:own"><request><requestInfo><messageId>',
    );
  });

  test('is, without one, byte for byte what it was', () => {
    expect(requestXml(undefined)).toBe(requestXml({}));
    expect(requestXml({ isStatusOptional: true })).toBe(requestXml(undefined));
  });

  test.each([
    ['qualified', own],
    ['unqualified', plain],
  ])('is canonical on the wire, %s', (_name, wrapper) => {
    const { bytes, layout } = writeSyncRequest(
      { info, data: { codec, value: 'x' } },
      { ...options, wrapper },
    );
    const found = parseXml(bytes).root.child('Body', 'http://schemas.xmlsoap.org/soap/envelope/');
    const written = new TextDecoder().decode(bytes.subarray(layout.bodyStart, layout.bodyEnd));
    expect(found && new TextDecoder().decode(canonicalize(found))).toBe(written);
  });

  test.each([
    ['qualified', own],
    ['unqualified', plain],
  ])('is read back, %s', (_name, wrapper) => {
    const bytes = new TextEncoder().encode(requestXml(wrapper));
    const read = readSyncRequest(body(bytes), { wrappers: [{}, plain, own] });
    expect(read.wrapper?.request?.name).toEqual(request.name);
    expect(read.info).toMatchObject({ messageId: 'm', serviceId: 'S', correlationId: 'c' });
    expect(read.info.properties).toEqual([{ key: 'k', value: 'v' }]);
    expect(read.data && codec.read(read.data)).toBe('x');
  });

  test('names the wrapper in the paths of issues', () => {
    const issues = validateSyncRequest(
      { info: { ...info, messageId: '' }, data: { codec, value: '' } },
      { wrapper: own },
    );
    expect(issues.map(({ path }) => path)).toEqual([
      '/ask/request/requestInfo/messageId',
      '/ask/request/requestData/data/a',
    ]);
  });

  test.each([
    ['no wrapper is known', []],
    ['another one is', [{ request: { ...request, name: name('asked') } }]],
    [
      'one of that name in another namespace is',
      [{ request: { ...request, name: { ...request.name, namespace: 'urn:x' } } }],
    ],
  ])('is refused when %s', async (_name, wrappers) => {
    const bytes = new TextEncoder().encode(requestXml(own));
    expect(await codeOf(() => readSyncRequest(body(bytes), { wrappers }))).toBe(
      'ERR_PARSE_UNEXPECTED_ELEMENT',
    );
  });

  test('leaves SyncChannel readable beside it, and says nothing of a wrapper then', () => {
    const bytes = new TextEncoder().encode(requestXml(undefined));
    expect('wrapper' in readSyncRequest(body(bytes), { wrappers: [own] })).toBe(false);
  });
});

describe('an answer in a wrapper of the service', () => {
  test('may have an empty status, whose code then is empty', () => {
    const bytes = responseBytes(own);
    expect(new TextDecoder().decode(bytes)).toContain('<own:status></own:status>');
    const { info: read, data } = readSyncResponse(body(bytes), { wrapper: own });
    expect(read.status).toEqual({ code: '', message: '' });
    expect(data?.namespace).toBe(namespace);
    expect(data && codec.read(data)).toBe('x');
  });

  test('keeps a status that it has', () => {
    const status = { code: 'SCSS001', message: 'ok' };
    const { info: read } = readSyncResponse(body(responseBytes(own, status)), { wrapper: own });
    expect(read.status).toEqual(status);
  });

  test('may come without the element of the status', () => {
    const text = new TextDecoder().decode(responseBytes(own)).replace('<own:status></own:status>', '');
    const { info: read } = readSyncResponse(body(new TextEncoder().encode(text)), { wrapper: own });
    expect(read.status.code).toBe('');
  });

  test.each([
    [
      'a message without a code',
      '<own:status><own:message>m</own:message></own:status>',
      'ERR_PARSE_MISSING_ELEMENT',
    ],
    [
      'two codes',
      '<own:status><own:code>1</own:code><own:code>2</own:code></own:status>',
      'ERR_PARSE_DUPLICATE_ELEMENT',
    ],
    ['text of its own', '<own:status>SCSS001</own:status>', 'ERR_PARSE_MISSING_ELEMENT'],
  ])('is refused when its status has %s', async (_name, status, code) => {
    const text = new TextDecoder().decode(responseBytes(own)).replace('<own:status></own:status>', status);
    const run = () => readSyncResponse(body(new TextEncoder().encode(text)), { wrapper: own });
    expect(await codeOf(run)).toBe(code);
  });

  test('needs a status unless the service says otherwise', async () => {
    expect(validateSyncResponse({ info: told }, { wrapper: plain }).map(({ path }) => path)).toEqual([
      '/told/response/responseInfo/status/code',
    ]);
    const strict = { ...own, isStatusOptional: false };
    const run = () => readSyncResponse(body(responseBytes(own)), { wrapper: strict });
    expect(await codeOf(run)).toBe('ERR_PARSE_MISSING_ELEMENT');
  });

  test.each<[string, MessageWrapper | undefined]>([
    ['the service has no wrapper', undefined],
    ['it has another', { response: { ...response, name: name('said') } }],
    ['it only names another beside', { otherResponses: [name('said')] }],
  ])('is refused when %s', async (_name, wrapper) => {
    const run = () => readSyncResponse(body(responseBytes(own)), { wrapper });
    expect(await codeOf(run)).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
  });

  test('is taken in an element that the service names beside its own', () => {
    const wrapper: MessageWrapper = { otherResponses: [response.name], isStatusOptional: true };
    expect(readSyncResponse(body(responseBytes(own)), { wrapper }).data).toBeDefined();
    const status = { code: 'SCSS001', message: '' };
    expect(readSyncResponse(body(responseBytes(undefined, status)), { wrapper }).data).toBeDefined();
  });
});

describe('sameRequestElement', () => {
  test('compares names and namespaces, and takes what is left out for SyncChannel', () => {
    expect(sameRequestElement(undefined, { response })).toBe(true);
    expect(sameRequestElement(own, plain)).toBe(true);
    expect(sameRequestElement(own, undefined)).toBe(false);
    expect(
      sameRequestElement(own, { request: { ...request, name: { ...request.name, namespace: '' } } }),
    ).toBe(false);
  });
});
