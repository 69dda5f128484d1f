import { describe, expect, test } from 'vitest';

import type { HeaderBlock } from './header-block.ts';
import { writeSyncRequest } from './sync/write-request.ts';
import { wsAddressingHeaders } from './ws-addressing.ts';

function headerOf(headerBlocks: readonly HeaderBlock[]): string {
  const info = {
    messageId: 'm',
    serviceId: 's',
    messageDateMs: 0,
    sender: { senderId: 'example', password: 'test-only' },
  };
  const text = new TextDecoder().decode(writeSyncRequest({ info, headerBlocks }).bytes);
  return text.slice(text.indexOf('<soap:Header>') + '<soap:Header>'.length, text.indexOf('</soap:Header>'));
}

describe('wsAddressingHeaders', () => {
  test('writes what is given, and nothing else', () => {
    expect(headerOf(wsAddressingHeaders({ action: 'urn:a' }))).toBe(
      '<wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:a</wsa:Action>',
    );
  });

  test('writes what a message answers', () => {
    expect(headerOf(wsAddressingHeaders({ action: 'urn:a', relatesTo: 'urn:uuid:1' }))).toContain(
      '<wsa:RelatesTo xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:uuid:1</wsa:RelatesTo>',
    );
  });

  test('escapes what is given', () => {
    expect(headerOf(wsAddressingHeaders({ action: 'urn:a?x=1&y=<', replyTo: '<' }))).toContain(
      'urn:a?x=1&amp;y=&lt;',
    );
  });

  test('refuses an empty action', () => {
    expect(() => wsAddressingHeaders({ action: '' })).toThrow(TypeError);
  });
});

describe('header blocks', () => {
  test('say mustUnderstand in the namespace of SOAP', () => {
    const name = { localName: 'Token', namespace: 'urn:example', prefix: 'x' };

    expect(headerOf([{ name, content: 'abc', mustUnderstand: true }])).toBe(
      '<x:Token xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:x="urn:example" soap:mustUnderstand="1">abc</x:Token>',
    );
  });

  test('let a function write their content', () => {
    const name = { localName: 'Token', namespace: 'urn:example', prefix: 'x' };

    expect(headerOf([{ name, content: (writer) => writer.leaf(name, '1') }])).toBe(
      '<x:Token xmlns:x="urn:example"><x:Token>1</x:Token></x:Token>',
    );
  });
});
