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
