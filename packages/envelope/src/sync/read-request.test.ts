import { inspect } from 'node:util';

import { asUnverified, codeOf, passedAsVerified } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { soap11Namespace, soap12Namespace } from '../soap.ts';
import { type ReceivedSyncRequest, readSyncRequest } from './read-request.ts';

const sender = '<sender><senderId>s</senderId><password>test-only</password></sender>';
const info =
  '<messageId>m-1</messageId><serviceId>EXAMPLE</serviceId>' +
  `<messageDate>2026-01-13T10:00:00+05:00</messageDate>${sender}`;

function envelope(content: string, soap: string = soap11Namespace): Uint8Array {
  return new TextEncoder().encode(`<S:Envelope xmlns:S="${soap}"><S:Body>${content}</S:Body></S:Envelope>`);
}

function request(requestInfo: string, requestData = '<requestData/>'): string {
  return (
    '<t:SendMessage xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types"><request>' +
    `<requestInfo>${requestInfo}</requestInfo>${requestData}</request></t:SendMessage>`
  );
}

function read(content: string, soap?: string): ReceivedSyncRequest {
  return readSyncRequest(passedAsVerified(parseXml(envelope(content, soap)).root));
}

describe('readSyncRequest', () => {
  test('reads the required fields, and the rest as absent', () => {
    const { info: received, data, verified } = read(request(info));

    expect(received).toMatchObject({
      messageId: 'm-1',
      serviceId: 'EXAMPLE',
      messageDate: '2026-01-13T10:00:00+05:00',
      properties: [],
    });
    expect([received.correlationId, received.routeId, received.sessionId, data]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(verified).toBe(true);
  });

  test('refuses what no verifier made, although it has the shape', () => {
    const body = passedAsVerified(parseXml(envelope(request(info))).root);

    expect(() => readSyncRequest({ ...body })).toThrow(TypeError);
  });

  test('says that nobody vouches for an unsigned one', () => {
    expect(readSyncRequest(asUnverified(parseXml(envelope(request(info))).root)).verified).toBe(false);
  });

  test('reads a SOAP 1.2 envelope (contradiction 28)', () => {
    expect(read(request(info), soap12Namespace).info.messageId).toBe('m-1');
  });

  test('reads sessionId before sender, the order of the Rules (contradiction 9)', () => {
    const lawOrder =
      '<messageId>m</messageId><messageDate>2026-01-13T10:00:00Z</messageDate><serviceId>X</serviceId>' +
      `<sessionId>{s}</sessionId>${sender}`;

    expect(read(request(lawOrder)).info).toMatchObject({ serviceId: 'X', sessionId: '{s}' });
  });

  test('takes a message id that is no UUID (contradiction 4)', () => {
    expect(read(request(info.replace('m-1', '216386080'))).info.messageId).toBe('216386080');
  });

  test('counts empty optional elements as absent, as PHP clients send them (contradiction 25)', () => {
    const empty = '<correlationId/><routeId/><properties/><sessionId></sessionId>';

    expect(read(request(info + empty)).info).toMatchObject({ properties: [] });
    expect(read(request(info + empty)).info.sessionId).toBeUndefined();
  });

  test('reads repeated properties in order, of any length (contradiction 13)', () => {
    const properties = `<properties><key>${'k'.repeat(99)}</key><value>1</value></properties><properties><value/><key>b</key></properties>`;

    expect(read(request(info + properties)).info.properties).toEqual([
      { key: 'k'.repeat(99), value: '1' },
      { key: 'b', value: '' },
    ]);
  });

  test('ignores a session id inside the sender (contradiction 23)', () => {
    const odd = info.replace('</sender>', '<sessionId>{x}</sessionId></sender>');

    expect(read(request(odd)).info.sessionId).toBeUndefined();
  });

  test('finds an element beyond the contract (contradiction 24)', () => {
    const received = read(request(`${info}<userId>u</userId><x:userId xmlns:x="urn:x">v</x:userId>`)).info;

    expect(received.extension('userId')?.text()).toBe('u');
    expect(received.extension('userId', 'urn:x')?.text()).toBe('v');
    expect(received.extension('other')).toBeUndefined();
  });

  test('takes a sender without a password (contradiction 14)', () => {
    const { sender: received } = read(request(info.replace('<password>test-only</password>', ''))).info;

    expect(received.password).toBeUndefined();
  });

  test('does not show the password when it is printed', () => {
    const received = read(request(info));

    expect(received.info.sender.password).toBe('test-only');
    expect(inspect(received, { depth: 9, showHidden: true })).not.toContain('test-only');
    expect(JSON.stringify(received)).not.toContain('test-only');
  });

  test('takes a date without a zone, or with an invalid one, as it is (contradiction 26)', () => {
    const odd = info.replace('2026-01-13T10:00:00+05:00', '2019-09-24T12:20:34+0600');

    expect(read(request(odd)).info.messageDate).toBe('2019-09-24T12:20:34+0600');
  });

  test.each([
    ['an absent requestData', ''],
    ['an empty requestData', '<requestData/>'],
    [
      'a nil data',
      '<requestData><data xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/></requestData>',
    ],
  ])('has no data for %s (contradiction 20)', (_name, requestData) => {
    expect(read(request(info, requestData)).data).toBeUndefined();
  });

  test.each([
    ['an answer', '<t:SendMessageResponse xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types"/>'],
    [
      'the small spelling of the other channel',
      '<t:sendMessage xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types"/>',
    ],
    [
      'a request of the asynchronous channel',
      '<t:sendMessage xmlns:t="http://bip.bee.kz/AsyncChannel/v10/Types"/>',
    ],
    [
      'the bare type of a relative',
      '<syncSendMessageRequest xmlns="http://bip.bee.kz/SyncChannel/v10/Types/Request"/>',
    ],
    ['the wrapper without its namespace', '<SendMessage/>'],
    ['a fault', '<S:Fault/>'],
    ['a second request in the Body', request(info) + request(info)],
  ])('refuses %s', async (_name, content) => {
    expect(await codeOf(() => read(content))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
  });

  test.each([
    ['an empty Body', ''],
    ['an empty wrapper', '<t:SendMessage xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types"/>'],
    ['no messageId', request(info.replace('<messageId>m-1</messageId>', ''))],
    ['an empty serviceId', request(info.replace('EXAMPLE', ''))],
    ['the misprint messegeDate (contradiction 8)', request(info.replaceAll('messageDate', 'messegeDate'))],
    ['the misprint serviceid (contradiction 8)', request(info.replaceAll('serviceId', 'serviceid'))],
    ['no sender', request(info.replace(sender, ''))],
    ['a sender without senderId', request(info.replace('<senderId>s</senderId>', ''))],
    ['a property without a key', request(`${info}<properties><value>v</value></properties>`)],
  ])('refuses %s', async (_name, content) => {
    expect(await codeOf(() => read(content))).toBe('ERR_PARSE_MISSING_ELEMENT');
  });

  test.each([
    ['sender', request(info + sender)],
    ['senderId', request(info.replace('<password>', '<senderId>t</senderId><password>'))],
    ['password', request(info.replace('<password>', '<password>x</password><password>'))],
    ['serviceId in another namespace', request(`${info}<x:serviceId xmlns:x="urn:x">Y</x:serviceId>`)],
    ['key', request(`${info}<properties><key>a</key><key>b</key><value/></properties>`)],
    ['requestInfo', request(info, `<requestInfo>${info}</requestInfo>`)],
    ['data', request(info, '<requestData><data/><data/></requestData>')],
  ])('refuses a second %s', async (_name, content) => {
    expect(await codeOf(() => read(content))).toBe('ERR_PARSE_DUPLICATE_ELEMENT');
  });
});
