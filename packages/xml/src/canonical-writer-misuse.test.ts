import type { XmlElement } from '@egov-gateway/core';
import { describe, expect, test } from 'vitest';

import { type CanonicalWriter, createXmlWriter } from './canonical-writer.ts';
import { parseXml } from './parse-xml.ts';
import { xmlName } from './xml-name.ts';

describe('misuse of the writer', () => {
  const illegal = [
    '\0',
    '\u0008',
    '\u000b',
    '\u001f',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udc00',
    'a\ud83d',
    '\udc00\ud800',
  ];

  test.each(
    illegal.flatMap((value) => [
      value,
      `${value}x`,
      `${'x'.repeat(300)}${value}`,
      `${'ә'.repeat(40_000)}${value}`,
    ]),
  )('text with a character that XML does not allow is a TypeError (%#)', (value) => {
    const writer = createXmlWriter();
    writer.open('a');

    expect(() => writer.text(value)).toThrow(TypeError);
    expect(() => writer.leaf('b', value)).toThrow(TypeError);
    expect(() => writer.open(xmlName('c', 'urn:x', 'p')) ?? writer.attribute('d', value)).toThrow(TypeError);
    writer.close();
    writer.close();
    // Nothing of the refused text was written.
    expect(new TextDecoder().decode(writer.finish().bytes)).toBe('<a><p:c xmlns:p="urn:x"></p:c></a>');
  });

  test.each(['', '1a', 'a b', 'a:b', '-a', 'a<', '\ud800', 'a\u00d7'])('%j is no name', (name) => {
    expect(() => createXmlWriter().open(name)).toThrow(TypeError);
    expect(() => createXmlWriter().leaf(name, '1')).toThrow(TypeError);
    expect(() => createXmlWriter().open({ localName: 'a', namespace: 'urn:x', prefix: name || '1' })).toThrow(
      TypeError,
    );
  });

  test.each([
    ['attribute before open', (writer) => writer.attribute('b', '1')],
    [
      'attribute behind text',
      (writer) => {
        writer.open('a');
        writer.text('');
        writer.attribute('b', '1');
      },
    ],
    [
      'attribute behind a child',
      (writer) => {
        writer.open('a');
        writer.leaf('b', '');
        writer.attribute('b', '1');
      },
    ],
    [
      'declarePrefix behind text',
      (writer) => {
        writer.open('a');
        writer.text('');
        writer.declarePrefix('p', 'urn:x');
      },
    ],
    ['text outside the root', (writer) => writer.text('x')],
    ['base64 outside the root', (writer) => writer.base64(new Uint8Array(1))],
    [
      'a second root',
      (writer) => {
        writer.leaf('a', '');
        writer.leaf('b', '');
      },
    ],
    [
      'a second root by open',
      (writer) => {
        writer.leaf('a', '');
        writer.open('b');
      },
    ],
    [
      'a second root by copy',
      (writer) => {
        writer.leaf('a', '');
        writer.copy(parseXml(new TextEncoder().encode('<b/>')).root);
      },
    ],
    [
      'close too often',
      (writer) => {
        writer.leaf('a', '');
        writer.close();
      },
    ],
    [
      'finish with open elements',
      (writer) => {
        writer.open('a');
        writer.finish();
      },
    ],
    ['finish of nothing', (writer) => writer.finish()],
    [
      'finish twice',
      (writer) => {
        writer.leaf('a', '');
        writer.finish();
        writer.finish();
      },
    ],
    [
      'writing behind finish',
      (writer) => {
        writer.leaf('a', '');
        writer.finish();
        writer.leaf('b', '');
      },
    ],
  ] satisfies [string, (writer: CanonicalWriter) => void][])('%s is an Error', (_name, run) => {
    const writer = createXmlWriter();
    expect(() => run(writer)).toThrow(Error);
    expect(() => run(createXmlWriter())).not.toThrow(TypeError);
  });

  const p = xmlName('b', 'urn:x', 'p');
  test.each([
    ['a value that is no string', (writer) => writer.attribute('b', 1 as unknown as string)],
    ['a text that is no string', (writer) => writer.text(undefined as unknown as string)],
    ['a leaf that is no string', (writer) => writer.leaf('b', null as unknown as string)],
    ['base64 of a string', (writer) => writer.base64('AAAA' as unknown as Uint8Array)],
    ['a copy of something else', (writer) => writer.copy({ localName: 'a' } as XmlElement)],
    [
      'the same attribute twice',
      (writer) => {
        writer.attribute('b', '1');
        writer.attribute('b', '1');
      },
    ],
    [
      'one attribute through two prefixes',
      (writer) => {
        writer.attribute(p, '1');
        writer.attribute(xmlName('b', 'urn:x', 'q'), '1');
      },
    ],
    [
      'one prefix for two namespaces',
      (writer) => {
        writer.attribute(p, '1');
        writer.attribute(xmlName('c', 'urn:y', 'p'), '1');
      },
    ],
    [
      'a prefix declared for one and used for another',
      (writer) => {
        writer.declarePrefix('p', 'urn:y');
        writer.attribute(p, '1');
      },
    ],
    [
      'a prefix used for one and declared for another',
      (writer) => {
        writer.attribute(p, '1');
        writer.declarePrefix('p', 'urn:y');
      },
    ],
    [
      'a prefix declared for two',
      (writer) => {
        writer.declarePrefix('p', 'urn:x');
        writer.declarePrefix('p', 'urn:y');
      },
    ],
    [
      'a prefix in use around, declared for another',
      (writer) => {
        writer.open(p);
        writer.open('c');
        writer.declarePrefix('p', 'urn:y');
      },
    ],
    [
      'an attribute in the default namespace',
      (writer) => writer.attribute({ localName: 'b', namespace: 'urn:x', prefix: '' }, '1'),
    ],
    ['xmlns as an attribute', (writer) => writer.attribute('xmlns', 'urn:x')],
    ['the default namespace on the wire only', (writer) => writer.declarePrefix('', 'urn:x')],
    ['a prefix for no namespace', (writer) => writer.declarePrefix('p', '')],
    ['a relative namespace on the wire', (writer) => writer.declarePrefix('p', 'types')],
    ['xmlns declared', (writer) => writer.declarePrefix('xmlns', 'http://www.w3.org/2000/xmlns/')],
  ] satisfies [string, (writer: CanonicalWriter) => void][])('%s is a TypeError', (_name, run) => {
    const writer = createXmlWriter();
    writer.open('a');
    expect(() => run(writer)).toThrow(TypeError);
  });

  test.each([0, -1, 1.5, Number.NaN])('initialBytes of %s is a TypeError', (initialBytes) => {
    expect(() => createXmlWriter({ initialBytes })).toThrow(TypeError);
  });

  test('a name that is changed after its first use is checked again', () => {
    const name = { localName: 'a', namespace: 'urn:x', prefix: 'p' };
    const writer = createXmlWriter();
    writer.open(name);
    name.localName = 'b><c';

    expect(() => writer.open(name)).toThrow(TypeError);
  });
});
