import { type ReceivedAsyncMessage, readAsyncMessage, readMessages } from '@egov-gateway/envelope';
import { type AsyncMessageText, asyncMessages, passedAsVerified } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { contentHash } from './content-hash.ts';

function pulled(message: AsyncMessageText, sessionId?: string): ReceivedAsyncMessage {
  const body = passedAsVerified(parseXml(asyncMessages([{}, message], sessionId)).root);
  const [, found] = readMessages(body).messages;
  return found ?? expect.unreachable();
}

/** The same message as another writer has it: other prefixes, date, session, order of attributes. */
function pushed(data: string): ReceivedAsyncMessage {
  return readAsyncMessage(
    passedAsVerified(
      parseXml(
        new TextEncoder().encode(
          '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
            '<c:sendMessage xmlns:c="http://bip.bee.kz/AsyncChannel/v10/Types/Client"><request><messageInfo>' +
            '<messageId>m-2</messageId><correlationId>c-2</correlationId><serviceId>PING</serviceId>' +
            '<messageType>RESPONSE</messageType><messageDate>2026-01-14T10:00:00Z</messageDate>' +
            '<sender><senderId>other</senderId></sender><sessionId>x</sessionId></messageInfo>' +
            `<messageData><data>${data}</data></messageData></request></c:sendMessage></e:Body></e:Envelope>`,
        ),
      ).root,
    ),
  );
}

const same: AsyncMessageText = { messageId: 'm-2', correlationId: 'c-2', data: '<a x="1" y="2"><b/></a>' };

describe('contentHash', () => {
  test('is the same by poll and by push, whatever session, date and writer', () => {
    const hash = contentHash(pulled(same));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(contentHash(pulled(same, '{11111111-1111-1111-1111-111111111111}'))).toBe(hash);
    expect(contentHash(pushed('<a y="2"  x="1"><b></b></a>'))).toBe(hash);
  });

  test.each([
    ['<a xmlns="urn:labour"><b/></a>', '<ns2:a xmlns:ns2="urn:labour"><ns2:b/></ns2:a>'],
    ['<x:a xmlns:x="urn:labour"/>', '<y:a xmlns:y="urn:labour" xmlns:z="urn:unused"/>'],
    [
      '<a xmlns:p="urn:1" xmlns:q="urn:2" p:i="1" q:i="2"/>',
      '<a xmlns:q="urn:1" xmlns:p="urn:2" p:i="2" q:i="1"/>',
    ],
    ['<a xml:lang="kk">a &amp; &lt;b&gt;</a>', '<a xml:lang="kk"><![CDATA[a & <b>]]></a>'],
  ])('is the same whatever namespaces are called: %s', (one, other) => {
    expect(contentHash(pulled({ ...same, data: one }))).toBe(contentHash(pulled({ ...same, data: other })));
    expect(contentHash(pulled({ ...same, data: one }))).toBe(contentHash(pushed(other)));
  });

  test.each([
    ['<x:a xmlns:x="urn:1"/>', '<x:a xmlns:x="urn:2"/>'],
    ['<x:a xmlns:x="urn:1"/>', '<a/>'],
    ['<a xmlns:p="urn:1" p:i="1"/>', '<a i="1"/>'],
    ['<a xmlns="urn:1"><b xmlns=""/></a>', '<a xmlns="urn:1"><b/></a>'],
    ['<a i="1&quot; j=&quot;2"/>', '<a i="1" j="2"/>'],
    ['<a><b/></a>', '<a/><b/>'],
    ['<a>&lt;b></a>', '<a><b/></a>'],
    ['a<b/>', '<b/>a'],
  ])('tells %s from %s', (one, other) => {
    expect(contentHash(pulled({ ...same, data: one }))).not.toBe(
      contentHash(pulled({ ...same, data: other })),
    );
  });

  test.each([
    ['id', { messageId: 'm-3' }],
    ['chain', { correlationId: 'c-3' }],
    ['absent chain', { correlationId: null }],
    ['service', { serviceId: 'OTHER' }],
    ['type', { messageType: 'NOTIFICATION' }],
    ['value', { data: '<a x="1" y="3"><b/></a>' }],
    ['element', { data: '<a x="1" y="2"><c/></a>' }],
    ['namespace', { data: '<a xmlns="urn:other" x="1" y="2"><b/></a>' }],
    ['space in text', { data: '<a x="1" y="2"><b/> </a>' }],
    ['empty data', { data: '' }],
  ])('differs by %s', (_name, difference) => {
    expect(contentHash(pulled({ ...same, ...difference }))).not.toBe(contentHash(pulled(same)));
  });

  test('fields that run into each other stay apart', () => {
    const one = pulled({ ...same, messageId: 'a', correlationId: 'bc' });
    const other = pulled({ ...same, messageId: 'ab', correlationId: 'c' });
    expect(contentHash(one)).not.toBe(contentHash(other));
  });
});
