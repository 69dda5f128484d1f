import type { DataCodec } from '@egov-gateway/core';
import { codeOf, passedAsVerified, soapText } from '@egov-gateway/testing';
import { canonicalize, parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { soap11Namespace } from '../soap.ts';
import { asyncClientTypesNamespace } from './channel.ts';
import { type AsyncDelivery, writeAsyncDelivery } from './delivery.ts';
import type { AsyncDeliveryInfo } from './message-info.ts';
import { readAsyncMessage } from './read-message.ts';

const info: AsyncDeliveryInfo = {
  messageType: 'REQUEST',
  messageId: '216386080',
  correlationId: '3226347',
  serviceId: 'EXAMPLE_SERVICE',
  messageDateMs: Date.UTC(2026, 0, 13, 5),
  sender: { senderId: 'example' },
};

const xsi = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"';

/** `data` with this text, as it was received. */
function received(data: string): NonNullable<AsyncDelivery['data']> {
  const content =
    '<t:sendMessage xmlns:t="http://bip.bee.kz/AsyncChannel/v10/Types"><request><messageInfo><serviceId>S</serviceId>' +
    '<messageType>REQUEST</messageType><messageDate>x</messageDate><sender><senderId>s</senderId></sender></messageInfo>' +
    `<messageData>${data}</messageData></request></t:sendMessage>`;
  const { data: element } = readAsyncMessage(passedAsVerified(parseXml(soapText(content)).root));
  if (element === undefined) throw new TypeError('expected data');
  return { element };
}

function write(data: AsyncDelivery['data']): string {
  return new TextDecoder().decode(writeAsyncDelivery({ info, data }).bytes);
}

describe('writeAsyncDelivery', () => {
  test('writes a REQUEST with both ids: the gateway has filled them in', () => {
    const { bytes } = writeAsyncDelivery({ info }, { namespace: asyncClientTypesNamespace });
    const read = readAsyncMessage(passedAsVerified(parseXml(bytes).root));

    expect(read).toMatchObject({
      info: { messageType: 'REQUEST', messageId: '216386080', correlationId: '3226347' },
      namespace: asyncClientTypesNamespace,
    });
    expect(read.info.sender.password).toBeUndefined();
  });

  test.each([
    ['children with white space between them', '<data>\n  <a>1</a>\n  <b/></data>'],
    ['text', '<data>&lt;a&gt;&amp;amp;&lt;/a&gt;</data>'],
    ['attributes and namespaces', '<data><x:a xmlns:x="urn:x" b="1" x:c="2"><x:d/></x:a></data>'],
  ])('passes received data on as it is: %s', (_name, data) => {
    const part = received(data) as { element: Parameters<typeof canonicalize>[0] };
    const { root } = parseXml(new TextEncoder().encode(write(part)));
    const again = readAsyncMessage(passedAsVerified(root)).data;

    expect(again && new TextDecoder().decode(canonicalize(again))).toBe(
      new TextDecoder().decode(canonicalize(part.element)),
    );
  });

  test('keeps the prefixes of xsi:type in it, and its Body its own canonical form', () => {
    const data = `<data ${xsi} xmlns:n="urn:n" i:type="n:T"><a xmlns:m="urn:m" i:type="m:U"><n:b/></a></data>`;
    const { bytes, layout } = writeAsyncDelivery({ info, data: received(data) });
    const { root } = parseXml(bytes);
    const again = readAsyncMessage(passedAsVerified(root)).data;
    const kept = new TextDecoder().decode(bytes.subarray(0, layout.bodyEnd)).slice(layout.bodyStart);
    const body = root.child('Body', soap11Namespace);

    expect(again?.lookupNamespace('n')).toBe('urn:n');
    expect(again?.first?.lookupNamespace('m')).toBe('urn:m');
    expect(layout.wireOnly.map(([from, to]) => new TextDecoder().decode(bytes.subarray(from, to)))).toEqual([
      ' xmlns:n="urn:n"',
      ' xmlns:m="urn:m"',
    ]);
    expect(body && new TextDecoder().decode(canonicalize(body))).toBe(
      kept.replace(' xmlns:n="urn:n" xmlns:m="urn:m"', ''),
    );
  });

  test('keeps an xsi:type without a prefix', () => {
    expect(write(received(`<data ${xsi} i:type="T"/>`))).toContain('i:type="T"');
  });

  test.each([
    ['whose prefix the envelope uses', `<data ${xsi} xmlns:typ="urn:x" i:type="typ:T"/>`],
    [
      'whose prefix stands for two namespaces',
      `<data ${xsi}><a xmlns:n="urn:1" i:type="n:T"/><a xmlns:n="urn:2" i:type="n:T"/></data>`,
    ],
    ['in a namespace (contradiction 27)', '<n:data xmlns:n="urn:n"/>'],
  ])('refuses received data %s', async (_name, data) => {
    expect(await codeOf(() => write(received(data)))).toBe('ERR_VALIDATE_CONTRACT');
  });

  test.each<[string, Partial<AsyncDeliveryInfo>]>([
    ['no messageId', { messageId: '' }],
    ['no correlationId', { correlationId: '' }],
    ['an unknown type', { messageType: 'ANSWER' as never }],
    ['a session that is no guid', { sessionId: 'x' }],
    ['no date', { messageDateMs: Number.NaN }],
  ])('refuses %s', async (_name, change) => {
    expect(await codeOf(() => writeAsyncDelivery({ info: { ...info, ...change } }))).toBe(
      'ERR_VALIDATE_CONTRACT',
    );
  });

  test('refuses what a codec finds invalid', async () => {
    const codec: DataCodec<string> = {
      validate: () => [{ path: '', rule: 'any', message: 'is wrong' }],
      write: () => {
        throw new TypeError('must not be called');
      },
      read: () => '',
    };

    expect(await codeOf(() => write({ codec, value: '' }))).toBe('ERR_VALIDATE_CONTRACT');
  });

  test('refuses a namespace that is none of the channel', () => {
    expect(() => writeAsyncDelivery({ info }, { namespace: 'urn:x' as never })).toThrow(TypeError);
  });
});
