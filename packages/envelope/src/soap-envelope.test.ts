import type { DataCodec } from '@egov-gateway/core';
import { canonicalize, parseXml } from '@egov-gateway/xml';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { soap11Namespace, soapName } from './soap.ts';
import { writeSoapEnvelope } from './soap-envelope.ts';
import { writeSyncRequest } from './sync/write-request.ts';
import { wsAddressingHeaders } from './ws-addressing.ts';

const info = {
  messageId: 'm',
  serviceId: 's',
  messageDateMs: 0,
  sender: { senderId: 'example', password: 'test-only' },
};

/** `data` with a type whose prefix occurs in its value only, and with namespaced children. */
const codec: DataCodec<readonly string[]> = {
  validate: () => [],
  write: (values, writer) => {
    writer.declarePrefix('q', 'urn:example:types');
    writer.attribute(
      { localName: 'type', namespace: 'http://www.w3.org/2001/XMLSchema-instance', prefix: 'xsi' },
      'q:Request',
    );
    for (const value of values) {
      writer.leaf({ localName: 'v', namespace: 'urn:example:values', prefix: 'v' }, value);
    }
  },
  read: () => [],
};

describe('writeSoapEnvelope', () => {
  test('the Body without its wire-only ranges is its own exclusive canonical form', () =>
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.boolean(), (value, hasHeader) => {
        const headerBlocks = hasHeader ? wsAddressingHeaders({ action: 'urn:әрекет', to: 'urn:to' }) : [];
        const { bytes, layout } = writeSyncRequest({ info, data: { codec, value }, headerBlocks });
        const body = parseXml(bytes).root.child('Body', soap11Namespace);
        const pieces = [
          layout.bodyStart,
          ...layout.wireOnly.flatMap((range) => [range[0], range[1]]),
          layout.bodyEnd,
        ];
        const canonical: Uint8Array[] = [];
        for (let at = 0; at < pieces.length; at += 2)
          canonical.push(bytes.subarray(pieces[at], pieces[at + 1]));

        expect(body && Buffer.compare(Buffer.concat(canonical), canonicalize(body))).toBe(0);
        expect(layout.wireOnly).toHaveLength(1);
      }),
    ));

  test('a header block that is put where the layout says stands first in the Header', () => {
    const headerBlocks = wsAddressingHeaders({ action: 'urn:a' });
    const { bytes, layout } = writeSyncRequest({ info, headerBlocks });
    const text = new TextDecoder().decode(bytes);
    const withBlock = `${text.slice(0, layout.headerInsertAt)}<x:b xmlns:x="urn:x"/>${text.slice(layout.headerInsertAt)}`;
    const header = parseXml(new TextEncoder().encode(withBlock)).root.child('Header', soap11Namespace);

    expect([...(header?.children() ?? [])].map((block) => block.localName)).toEqual(['b', 'Action']);
  });

  test('the bytes are not a view of a pool that others write to', () => {
    const { bytes } = writeSyncRequest({ info });

    expect(bytes.buffer.byteLength).toBe(bytes.length);
  });

  test('gives out nothing when the content cannot be written', () => {
    expect(() => writeSoapEnvelope([], (writer) => writer.leaf('a', '\u0000'))).toThrow(TypeError);
  });

  test.each<[string, Parameters<typeof writeSoapEnvelope>[1]]>([
    ['leaves an element open', (writer) => writer.open(soapName('Fault'))],
    ['closes the Body itself', (writer) => writer.close()],
  ])('refuses content that %s', (_name, writeContent) => {
    expect(() => writeSoapEnvelope([], writeContent)).toThrow(Error);
  });
});
