import { inspect } from 'node:util';

import { asUnverified, codeOf, passedAsVerified, soapText } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { soap12Namespace } from '../soap.ts';
import { asyncClientTypesNamespace, asyncTypesNamespace } from './channel.ts';
import { type ReceivedAsyncMessage, readAsyncMessage } from './read-message.ts';

const sender = '<sender><senderId>s</senderId><password>test-only</password></sender>';
const info =
  '<serviceId>EXAMPLE</serviceId><messageType>RESPONSE</messageType>' +
  `<messageDate>2021-02-09T17:26:36</messageDate>${sender}`;

function message(
  messageInfo: string,
  messageData = '<messageData><data/></messageData>',
  namespace: string = asyncTypesNamespace,
): string {
  return (
    `<ns2:sendMessage xmlns:ns2="${namespace}"><request>` +
    `<messageInfo>${messageInfo}</messageInfo>${messageData}</request></ns2:sendMessage>`
  );
}

function read(content: string, soap?: string): ReceivedAsyncMessage {
  return readAsyncMessage(passedAsVerified(parseXml(soapText(content, soap)).root));
}

describe('readAsyncMessage', () => {
  test('reads a push as the gateway was seen to send it', () => {
    const push = `<messageId>216386080</messageId><correlationId>3226347</correlationId>${info.replace(
      '</sender>',
      '<sessionId>0863c160-11fc-4e22-9bf3-f83624feb240</sessionId></sender>',
    )}<sessionId>{05705194-3aa4-464b-98c2-f0cffcc10747}</sessionId>`;
    const received = read(message(push, '<messageData><data><r xmlns="urn:r"/></data></messageData>'));

    expect(received.info).toMatchObject({
      messageId: '216386080',
      correlationId: '3226347',
      serviceId: 'EXAMPLE',
      messageType: 'RESPONSE',
      messageDate: '2021-02-09T17:26:36',
      properties: [],
      sessionId: '{05705194-3aa4-464b-98c2-f0cffcc10747}',
    });
    expect(received.data?.first?.namespace).toBe('urn:r');
    expect(received).toMatchObject({ verified: true, namespace: asyncTypesNamespace });
  });

  test('reads one in the namespace of the client side, and says so', () => {
    expect(read(message(info, undefined, asyncClientTypesNamespace)).namespace).toBe(
      asyncClientTypesNamespace,
    );
  });

  test('leaves it to the reader whether ids must be there: senders have none (contradiction 5)', () => {
    const { messageId, correlationId } = read(message(info.replace('RESPONSE', 'REQUEST'))).info;

    expect([messageId, correlationId]).toEqual([undefined, undefined]);
  });

  test.each(['REQUEST', 'NOTIFICATION', 'UPDATE', 'RESPONSE'])(
    'reads a %s, white space around it aside',
    (type) => {
      expect(read(message(info.replace('RESPONSE', `\n ${type} `))).info.messageType).toBe(type);
    },
  );

  test('says that nobody vouches for an unsigned one', () => {
    expect(readAsyncMessage(asUnverified(parseXml(soapText(message(info))).root)).verified).toBe(false);
  });

  test('refuses what no verifier made, although it has the shape', () => {
    const body = passedAsVerified(parseXml(soapText(message(info))).root);

    expect(() => readAsyncMessage({ ...body })).toThrow(TypeError);
  });

  test('reads a SOAP 1.2 envelope (contradiction 28)', () => {
    expect(read(message(info), soap12Namespace).info.serviceId).toBe('EXAMPLE');
  });

  test('reads the order of the Rules, sessionId before sender (contradiction 9)', () => {
    expect(read(message(info.replace('<sender>', '<sessionId>x</sessionId><sender>'))).info.sessionId).toBe(
      'x',
    );
  });

  test('counts empty optional elements as absent (contradiction 25)', () => {
    const empty =
      '<messageId/><correlationId> </correlationId><routeId/><properties/><sessionId></sessionId>';
    const received = read(message(info + empty)).info;

    expect([received.messageId, received.correlationId, received.routeId, received.sessionId]).toEqual(
      Array(4).fill(undefined),
    );
    expect(received.properties).toEqual([]);
  });

  test('finds an element beyond the contract (contradiction 24)', () => {
    const received = read(message(`${info}<userId>u</userId>`)).info;

    expect(received.extension('userId')?.text()).toBe('u');
    expect(received.extension('userId', 'urn:x')).toBeUndefined();
  });

  test.each([
    ['no messageData', ''],
    ['an empty messageData', '<messageData/>'],
    [
      'a nil data',
      '<messageData><data xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/></messageData>',
    ],
  ])('has no data for %s (contradiction 20)', (_name, messageData) => {
    expect(read(message(info, messageData)).data).toBeUndefined();
  });

  test('finds data in whatever namespace it has ended up (contradiction 27)', () => {
    const messageData = '<messageData><x:data xmlns:x="urn:x">t</x:data></messageData>';

    expect(read(message(info, messageData)).data?.text()).toBe('t');
  });

  test('does not show the password when it is printed', () => {
    const received = read(message(info));

    expect(received.info.sender.password).toBe('test-only');
    expect(inspect(received.info, { depth: 9, showHidden: true })).not.toContain('test-only');
    expect(JSON.stringify(received.info)).not.toContain('test-only');
  });

  test.each([
    [
      'the operation of the other channel',
      '<t:SendMessage xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types"/>',
    ],
    ['the capital letter of the Rules', message(info).replaceAll('sendMessage', 'SendMessage')],
    ['another operation', message(info).replaceAll('sendMessage', 'getMessages')],
    [
      'the lower-case namespace of an old copy',
      message(info, '', 'http://bip.bee.kz/AsyncChannel/v10/types'),
    ],
    ['no namespace', '<sendMessage><request/></sendMessage>'],
    ['an answer', `<t:sendMessageResponse xmlns:t="${asyncTypesNamespace}"/>`],
    ['a fault', '<S:Fault/>'],
    ['a second message in the Body', message(info) + message(info)],
  ])('refuses %s', async (_name, content) => {
    expect(await codeOf(() => read(content))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
  });

  test.each([
    ['an empty Body', ''],
    ['an empty wrapper', `<t:sendMessage xmlns:t="${asyncTypesNamespace}"/>`],
    ['a nil request', `<t:sendMessage xmlns:t="${asyncTypesNamespace}"><request/></t:sendMessage>`],
    ['no serviceId', message(info.replace('<serviceId>EXAMPLE</serviceId>', ''))],
    ['the misprint serviceid (contradiction 8)', message(info.replaceAll('serviceId', 'serviceid'))],
    ['an empty messageType', message(info.replace('RESPONSE', ' '))],
    ['no messageDate', message(info.replace(/<messageDate>.*<\/messageDate>/, ''))],
    ['no sender', message(info.replace(sender, ''))],
    ['a property without a key', message(`${info}<properties><value>v</value></properties>`)],
  ])('refuses %s', async (_name, content) => {
    expect(await codeOf(() => read(content))).toBe('ERR_PARSE_MISSING_ELEMENT');
  });

  test.each(['request', 'ANSWER', 'REQUEST RESPONSE', 'REQUESTRESPONSE', '0'])(
    'refuses the messageType %j',
    async (type) => {
      expect(await codeOf(() => read(message(info.replace('RESPONSE', type))))).toBe('ERR_PARSE_VALUE');
    },
  );

  test.each([
    ['messageId', message(`${info}<messageId>1</messageId><messageId>2</messageId>`)],
    [
      'correlationId',
      message(`${info}<correlationId>1</correlationId><x:correlationId xmlns:x="urn:x">1</x:correlationId>`),
    ],
    ['messageType', message(`${info}<messageType>REQUEST</messageType>`)],
    ['sender', message(info + sender)],
    ['messageInfo', message(info, `<messageInfo>${info}</messageInfo>`)],
    ['messageData', message(info, '<messageData/><messageData/>')],
    ['data', message(info, '<messageData><data/><data/></messageData>')],
  ])('refuses a second %s', async (_name, content) => {
    expect(await codeOf(() => read(content))).toBe('ERR_PARSE_DUPLICATE_ELEMENT');
  });

  test.each(['messageId', 'messageType', 'serviceId'])('refuses elements inside %s', async (name) => {
    const odd = `${info.replace(new RegExp(`<${name}>.*</${name}>`), '')}<${name}><b/></${name}>`;

    expect(await codeOf(() => read(message(odd)))).toBe('ERR_PARSE_NOT_TEXT');
  });
});
