import { type DataCodec, ValidateError } from '@egov-gateway/core';
import { codeOf, passedAsVerified } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatMessageDate } from '../message-date.ts';
import { viewData } from '../received-data.ts';
import { wsAddressingHeaders } from '../ws-addressing.ts';
import { readSyncRequest } from './read-request.ts';
import { type SyncRequest, type SyncRequestInfo, syncRequestInfoFields } from './request.ts';
import { writeSyncRequest } from './write-request.ts';

const info: SyncRequestInfo = {
  messageId: '7ea6369f-18c5-4633-ad73-19de35883e0b',
  serviceId: 'EXAMPLE_SERVICE',
  messageDateMs: Date.UTC(2026, 0, 13, 5),
  sender: { senderId: 'example', password: 'test-only' },
};

/** `data` as text, as it stands: what a payload that is signed already needs. */
const textCodec: DataCodec<string> = {
  validate: () => [],
  write: (value, writer) => writer.text(value),
  read: (data) => data.text(),
};

function write(request: SyncRequest<string>): string {
  return new TextDecoder().decode(writeSyncRequest(request).bytes);
}

/** Text of a field: legal in XML and not blank, which would count as absent. */
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((value) => value.trim() !== '');
const optionalText = fc.option(text, { nil: undefined });
const guid = fc.uuid().map((uuid) => `{${uuid}}`);
const requestInfo: fc.Arbitrary<SyncRequestInfo> = fc.record({
  messageId: text,
  correlationId: optionalText,
  serviceId: text,
  messageDateMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  routeId: optionalText,
  sender: fc.record({ senderId: text, password: text }),
  properties: fc.array(
    fc.record({
      key: text.filter((key) => [...key].length <= 30),
      value: fc.string({ unit: 'grapheme', maxLength: 60 }),
    }),
    { maxLength: 4 },
  ),
  sessionId: fc.option(guid, { nil: undefined }),
});

describe('writeSyncRequest', () => {
  test('what is written is read back, field by field', () =>
    fc.assert(
      fc.property(requestInfo, fc.string({ unit: 'grapheme' }), (written, value) => {
        const { bytes } = writeSyncRequest({ info: written, data: { codec: textCodec, value } });
        const { info: read, data } = readSyncRequest(passedAsVerified(parseXml(bytes).root));

        expect({ ...read, extension: undefined }).toEqual({
          messageId: written.messageId,
          correlationId: written.correlationId,
          serviceId: written.serviceId,
          messageDate: formatMessageDate(written.messageDateMs),
          routeId: written.routeId,
          sender: expect.objectContaining({ senderId: written.sender.senderId }),
          properties: written.properties,
          sessionId: written.sessionId,
        });
        expect(read.sender.password).toBe(written.sender.password);
        expect(data?.text()).toBe(value);
      }),
    ));

  test('fields stand in the order of the XSD, whatever the order of the object (contradiction 9)', () =>
    fc.assert(
      fc.property(requestInfo, fc.shuffledSubarray(Object.keys(info)), (written, order) => {
        const shuffled = { ...Object.fromEntries(order.map((key) => [key, undefined])), ...written };
        const { root } = parseXml(writeSyncRequest({ info: shuffled }).bytes);
        const element = root.first?.next?.first?.first?.first;
        const names = [...(element?.children() ?? [])].map((child) => child.localName);
        const inOrder = syncRequestInfoFields.flatMap((field) => names.filter((name) => name === field));

        expect(names).toEqual(inOrder);
      }),
    ));

  test('a field never breaks out of its element', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('</messageId><messageId>', ']]>', '<!--', '&lt;', '"\'', '&#0;'),
        (value) => {
          const { bytes } = writeSyncRequest({ info: { ...info, messageId: value } });

          expect(readSyncRequest(passedAsVerified(parseXml(bytes).root)).info.messageId).toBe(value);
        },
      ),
    ));

  test('leaves the session id out unless told (contradiction 7)', () => {
    expect(write({ info })).not.toContain('sessionId');
  });

  test('leaves optional fields out instead of sending them empty (contradiction 25)', () => {
    expect(write({ info: { ...info, properties: [] } })).not.toMatch(/correlationId|routeId|properties/);
  });

  test('spells messageDate and serviceId as the XSD does, not as the Rules do (contradiction 8)', () => {
    expect(write({ info })).toMatch(/<serviceId>.*<messageDate>/);
  });

  test('writes the operation with a capital, in the namespace of the XSD (contradiction 1)', () => {
    expect(write({ info })).toContain(
      '<typ:SendMessage xmlns:typ="http://bip.bee.kz/SyncChannel/v10/Types"><request>',
    );
  });

  test('repeats the element properties without a wrapper', () => {
    const properties = [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ];

    expect(write({ info: { ...info, properties } })).toContain(
      '<properties><key>a</key><value>1</value></properties><properties><key>b</key><value>2</value></properties>',
    );
  });

  test('writes a payload that is signed already as the very text it is', () => {
    const signed = '<a:r xmlns:a="urn:a"><ds:Signature\n xmlns:ds="x">\r\n&#13;</ds:Signature></a:r>';
    const { bytes } = writeSyncRequest({ info, data: { codec: textCodec, value: signed } });
    const { data } = readSyncRequest(passedAsVerified(parseXml(bytes).root));

    expect(data && viewData(data).asText()).toBe(signed);
  });

  test('writes no XML declaration and no byte order mark', () => {
    expect(write({ info }).startsWith('<soap:Envelope ')).toBe(true);
  });

  test('makes a fresh id for the Body each time, one that starts with a letter', () => {
    const ids = [writeSyncRequest({ info }), writeSyncRequest({ info })].map(({ layout }) => layout.bodyId);

    expect(new Set(ids).size).toBe(2);
    expect(
      ids.every((id) => /^id-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true);
  });

  test('reports the wire-only declarations of data as ranges of the envelope', () => {
    const codec: DataCodec<string> = {
      ...textCodec,
      write: (value, writer) => {
        writer.declarePrefix('ns5', 'urn:example:types');
        writer.text(value);
      },
    };
    const { bytes, layout } = writeSyncRequest({
      info,
      data: { codec, value: 'Қ' },
      headerBlocks: wsAddressingHeaders({ action: 'urn:әрекет' }),
    });
    const ranges = layout.wireOnly.map(([start, end]) =>
      new TextDecoder().decode(bytes.subarray(start, end)),
    );

    expect(ranges).toEqual([' xmlns:ns5="urn:example:types"']);
  });

  test('refuses a request that breaks the contract, with every broken rule and the message id', () => {
    let thrown: unknown;
    try {
      writeSyncRequest({ info: { ...info, serviceId: '', sessionId: '' } });
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toBeInstanceOf(ValidateError);
    expect(thrown).toMatchObject({
      code: 'ERR_VALIDATE_CONTRACT',
      delivery: 'not-sent',
      messageId: info.messageId,
      issues: [{ rule: 'required' }, { rule: 'guid' }],
    });
  });

  test('does not ask a codec to write what it finds invalid', async () => {
    const codec: DataCodec<string> = {
      validate: () => [{ path: '', rule: 'any', message: 'is wrong' }],
      write: () => {
        throw new TypeError('must not be called');
      },
      read: () => '',
    };

    expect(await codeOf(() => writeSyncRequest({ info, data: { codec, value: '' } }))).toBe(
      'ERR_VALIDATE_CONTRACT',
    );
  });

  test('follows the rules that are handed in', async () => {
    const request = { info: { ...info, sender: { senderId: 'example' } } };

    expect(await codeOf(() => writeSyncRequest(request))).toBe('ERR_VALIDATE_CONTRACT');
    expect(await codeOf(() => writeSyncRequest(request, { isPasswordRequired: false }))).toBeNull();
  });

  test.each(['a b', 'a"b', 'a:b', '<', 'a\n'])('refuses %j from an id source', (id) => {
    expect(() => writeSyncRequest({ info }, { newId: () => id })).toThrow(TypeError);
  });
});
