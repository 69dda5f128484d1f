import { GatewayFault } from '@egov-gateway/core';
import { asUnverified, codeOf, passedAsVerified } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { viewData } from '../received-data.ts';
import { soap11Namespace, soap12Namespace } from '../soap.ts';
import { readSyncResponse, type SyncResponse } from './read-response.ts';

const info =
  '<messageId>m-1</messageId><responseDate>2026-01-13T10:00:00+05:00</responseDate>' +
  '<status><code>SCSS001</code><message>OK</message></status>';

function envelope(content: string, soap: string = soap11Namespace): Uint8Array {
  return new TextEncoder().encode(`<S:Envelope xmlns:S="${soap}"><S:Body>${content}</S:Body></S:Envelope>`);
}

function answer(responseInfo: string, responseData = '<responseData/>'): string {
  return (
    '<t:SendMessageResponse xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types"><response>' +
    `<responseInfo>${responseInfo}</responseInfo>${responseData}</response></t:SendMessageResponse>`
  );
}

function read(content: string, soap?: string): SyncResponse {
  return readSyncResponse(passedAsVerified(parseXml(envelope(content, soap)).root));
}

function readData(responseData: string): SyncResponse['data'] {
  return read(answer(info, responseData)).data;
}

describe('readSyncResponse', () => {
  test('reads the fields as the service wrote them', () => {
    expect(read(answer(`${info}<sessionId>{x}</sessionId><correlationId>216386080</correlationId>`))).toEqual(
      {
        info: {
          messageId: 'm-1',
          correlationId: '216386080',
          responseDate: '2026-01-13T10:00:00+05:00',
          status: { code: 'SCSS001', message: 'OK' },
          sessionId: '{x}',
        },
        data: undefined,
        verified: true,
      },
    );
  });

  test('says whether anybody vouches for the answer', () => {
    const root = parseXml(envelope(answer(info))).root;

    expect(readSyncResponse(passedAsVerified(root)).verified).toBe(true);
    expect(readSyncResponse(asUnverified(root)).verified).toBe(false);
  });

  test('reads a SOAP 1.2 envelope (contradiction 28)', () => {
    expect(read(answer(info), soap12Namespace).info.status.code).toBe('SCSS001');
  });

  test('reads sessionId before status, the order of the Rules (contradiction 10)', () => {
    const lawOrder =
      '<messageId>m</messageId><responseDate>2026-01-13T10:00:00Z</responseDate><sessionId>{s}</sessionId>' +
      '<status><message/><code>SCSS001</code></status>';

    expect(read(answer(lawOrder)).info).toMatchObject({ sessionId: '{s}', status: { code: 'SCSS001' } });
  });

  test('keeps a status code as text, digits included (contradiction 11)', () => {
    const numeric = info.replace('SCSS001', '0010');

    expect(read(answer(numeric)).info.status.code).toBe('0010');
  });

  test('reads a status message longer than the 250 characters of the XSD', () => {
    const long = info.replace('OK', 'қ'.repeat(4000));

    expect(read(answer(long)).info.status.message).toHaveLength(4000);
  });

  test.each(['', '<message/>'])('takes a status without words: %j', (message) => {
    const wordless = info.replace('<message>OK</message>', message);

    expect(read(answer(wordless)).info.status.message).toBe('');
  });

  test.each([
    '{0f8fad5b-d9cb-469f-a165-70867728950e}',
    '0f8fad5b-d9cb-469f-a165-70867728950e',
    'SIGN_NOT_EXIST',
  ])('takes any session id: %s (contradiction 7)', (sessionId) => {
    expect(read(answer(`${info}<sessionId>${sessionId}</sessionId>`)).info.sessionId).toBe(sessionId);
  });

  test('counts empty optional elements as absent (contradiction 25)', () => {
    const { info: received } = read(answer(`${info}<sessionId></sessionId><correlationId> </correlationId>`));

    expect([received.sessionId, received.correlationId]).toEqual([undefined, undefined]);
  });

  test('keeps a response date without a zone as it is (contradiction 26)', () => {
    const local = info.replace('+05:00', '');

    expect(read(answer(local)).info.responseDate).toBe('2026-01-13T10:00:00');
  });

  test('ignores elements that it does not know (contradiction 23)', () => {
    const sender =
      '<sender><senderId>s</senderId><sessionId>other</sessionId></sender><x:new xmlns:x="urn:x"/>';

    expect(read(answer(info + sender)).info.sessionId).toBeUndefined();
  });

  test('does not look at the prefixes and types of fields', () => {
    const typed = info.replace(
      '<code>',
      '<code xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:q="http://www.w3.org/2001/XMLSchema" xsi:type="q:int">',
    );

    expect(read(answer(typed)).info.status.code).toBe('SCSS001');
  });

  test('reads fields that a sloppy peer has put into the namespace of the wrapper', () => {
    const qualified =
      '<SendMessageResponse xmlns="http://bip.bee.kz/SyncChannel/v10/Types"><response>' +
      `<responseInfo>${info}</responseInfo><responseData><data>x</data></responseData></response></SendMessageResponse>`;

    expect(read(qualified).data?.text()).toBe('x');
  });

  describe('data', () => {
    test.each([
      ['an absent responseData', ''],
      ['an empty responseData', '<responseData/>'],
      [
        'a nil data',
        '<responseData><data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></responseData>',
      ],
      [
        'a nil data, by the other spelling of true',
        '<responseData><data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="1"></data></responseData>',
      ],
    ])('is undefined for %s (contradiction 20)', (_name, responseData) => {
      expect(readData(responseData)).toBeUndefined();
    });

    test('is there when it is empty', () => {
      expect(readData('<responseData><data/></responseData>')?.text()).toBe('');
    });

    test('is there when it is called nil and has content nevertheless', () => {
      const nil = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"';

      expect(readData(`<responseData><data ${nil}><n>1</n></data></responseData>`)?.first?.text()).toBe('1');
    });

    test.each([
      ['no namespace', '<data>x</data>'],
      [
        'the interface namespace',
        '<i:data xmlns:i="http://bip.bee.kz/SyncChannel/v10/Interfaces">x</i:data>',
      ],
      [
        'the namespace that was meant for its attribute',
        '<data xmlns="http://www.w3.org/2001/XMLSchema-instance" type="xsd:string">x</data>',
      ],
    ])('is found in %s (contradiction 27)', (_name, data) => {
      expect(readData(`<responseData>${data}</responseData>`)?.text()).toBe('x');
    });

    test('is text when its mangled type says string (contradiction 27)', () => {
      const data = readData(
        '<responseData><data xmlns="http://www.w3.org/2001/XMLSchema-instance" type="xsd:string">&lt;r/></data></responseData>',
      );

      expect(data && viewData(data)).toMatchObject({ style: 'text', declaredType: 'string' });
    });

    test('refuses two of them, whatever their namespaces', async () => {
      const two = '<responseData><data>1</data><i:data xmlns:i="urn:i">2</i:data></responseData>';

      expect(await codeOf(() => readData(two))).toBe('ERR_PARSE_DUPLICATE_ELEMENT');
    });
  });

  describe('refuses', () => {
    test.each([
      ['a request', '<t:SendMessage xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types"/>'],
      ['the wrapper without its namespace', '<SendMessageResponse/>'],
      [
        'the wrapper in the namespace of the types below it',
        '<t:SendMessageResponse xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types/Response"/>',
      ],
      [
        'the wrapper in lower case',
        '<t:sendMessageResponse xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types"/>',
      ],
      [
        'an answer of the asynchronous channel',
        '<t:sendMessageResponse xmlns:t="http://bip.bee.kz/AsyncChannel/v10/Types"/>',
      ],
      ['a fault of no SOAP version', '<Fault/>'],
      ['a fault of the other SOAP version', `<f:Fault xmlns:f="${soap12Namespace}"/>`],
      ['a second element in the Body', `${answer(info)}<x/>`],
      ['a second answer in the Body', answer(info) + answer(info)],
      ['an HTML page in an envelope', '<html><body/></html>'],
    ])('%s', async (_name, content) => {
      expect(await codeOf(() => read(content))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
    });

    test('a Body of no SOAP version', async () => {
      expect(await codeOf(() => read(answer(info), 'urn:soap'))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
    });

    test.each([
      ['an empty Body', ''],
      ['an empty wrapper', '<t:SendMessageResponse xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types"/>'],
      [
        'a nil response',
        '<t:SendMessageResponse xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types"><response xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></t:SendMessageResponse>',
      ],
      ['an empty responseInfo', answer('')],
      ['no messageId', answer(info.replace('<messageId>m-1</messageId>', ''))],
      ['an empty messageId', answer(info.replace('m-1', ''))],
      ['no responseDate', answer(info.replace(/<responseDate>.*<\/responseDate>/, ''))],
      ['no status', answer(info.replace(/<status>.*<\/status>/, ''))],
      ['a status without a code', answer(info.replace('<code>SCSS001</code>', ''))],
      ['a status with an empty code', answer(info.replace('SCSS001', ''))],
      ['a status with a blank code', answer(info.replace('SCSS001', ' \n'))],
    ])('%s', async (_name, content) => {
      expect(await codeOf(() => read(content))).toBe('ERR_PARSE_MISSING_ELEMENT');
    });

    test.each([
      ['a second status', answer(`${info}<status><code>SCSE001</code></status>`)],
      ['a second status code', answer(info.replace('</code>', '</code><code>SCSE001</code>'))],
      [
        'a second status in another namespace',
        answer(`${info}<x:status xmlns:x="urn:x"><code>1</code></x:status>`),
      ],
      ['a second messageId', answer(`${info}<messageId>m-2</messageId>`)],
      ['a second responseInfo', answer(info, `<responseInfo>${info}</responseInfo>`)],
      ['a second responseData', answer(info, '<responseData/><responseData/>')],
      ['a second response', answer(info).replace('<response>', '<response/><response>')],
    ])('%s', async (_name, content) => {
      expect(await codeOf(() => read(content))).toBe('ERR_PARSE_DUPLICATE_ELEMENT');
    });

    test.each([
      ['elements in the status code', answer(info.replace('SCSS001', '<a/>SCSS001'))],
      ['elements in the session id', answer(`${info}<sessionId><a/></sessionId>`)],
    ])('%s', async (_name, content) => {
      expect(await codeOf(() => read(content))).toBe('ERR_PARSE_NOT_TEXT');
    });
  });

  test('names the element that does not fit, and nothing of the values', () => {
    const secret = answer(`${info.replace('m-1', '001300900011')}<status><code>x</code></status>`);

    expect(() => read(secret)).toThrow(
      /^\/Envelope\/Body\/SendMessageResponse\/response\/responseInfo\/status: expected once, found twice$/,
    );
  });

  test('refuses what no verifier made, although it has the shape', () => {
    const body = passedAsVerified(parseXml(envelope(answer(info))).root);

    expect(() => readSyncResponse({ ...body })).toThrow(TypeError);
  });

  test('throws a fault, tied to the request', () => {
    const root = parseXml(envelope('<S:Fault><faultcode>S:Server</faultcode></S:Fault>')).root;
    let thrown: unknown;
    try {
      readSyncResponse(passedAsVerified(root), { messageId: 'm-7' });
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toBeInstanceOf(GatewayFault);
    expect(thrown).toMatchObject({
      messageId: 'm-7',
      verified: true,
      delivery: 'answered',
      faultCode: 'S:Server',
    });
  });

  test('throws an unsigned fault as one that proves nothing', () => {
    const root = parseXml(envelope('<S:Fault><faultcode>SCE007</faultcode></S:Fault>')).root;
    let thrown: unknown;
    try {
      readSyncResponse(asUnverified(root));
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toMatchObject({ verified: false, delivery: 'unknown', faultCode: 'SCE007' });
  });
});
