import type { XmlName } from '@egov-gateway/core';
import { xmlDocument } from '@egov-gateway/testing';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type CanonicalWriter, createXmlWriter, type WrittenXml } from './canonical-writer.ts';
import { canonicalize } from './canonicalize.ts';
import type { XmlNode } from './document.ts';
import { parseXml } from './parse-xml.ts';
import { xmlName } from './xml-name.ts';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const body = xmlName('Body', soap, 'soap');
const type = xmlName('type', 'http://www.w3.org/2001/XMLSchema-instance', 'xsi');

function write(run: (writer: CanonicalWriter) => void): WrittenXml {
  const writer = createXmlWriter();
  run(writer);
  return writer.finish();
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

function writtenText(run: (writer: CanonicalWriter) => void): string {
  return textOf(write(run).bytes);
}

/** The octets without the ranges that exist on the wire only. */
function withoutWireOnly({ bytes, wireOnly }: WrittenXml): string {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const [start, end, canonical = new Uint8Array()] of wireOnly) {
    parts.push(bytes.subarray(at, start), canonical);
    at = end;
  }
  return textOf(Buffer.concat([...parts, bytes.subarray(at)]));
}

function read(text: string): XmlNode {
  return parseXml(new TextEncoder().encode(text)).root;
}

/** Gives a document that was read to a writer, call by call. */
function replay(node: XmlNode, writer: CanonicalWriter, uris: string[] = []): void {
  const nameOf = (localName: string, namespace: string, prefix: string): XmlName => ({
    localName,
    namespace,
    prefix,
  });
  writer.open(nameOf(node.localName, node.namespace, node.prefix));
  for (const { element, localName, namespace, value } of node.document.attributes()) {
    if (!element.isSame(node)) continue;
    // The reader does not tell prefixes of attributes: one a namespace does as well.
    if (!uris.includes(namespace)) uris.push(namespace);
    const prefix =
      namespace === ''
        ? ''
        : namespace.endsWith('/XML/1998/namespace')
          ? 'xml'
          : `q${uris.indexOf(namespace)}`;
    writer.attribute(nameOf(localName, namespace, prefix), value);
  }
  if (node.first === undefined) writer.text(node.text());
  for (const child of node.children()) replay(child, writer, uris);
  writer.close();
}

describe('createXmlWriter', () => {
  test('writes elements, attributes and text in canonical form', () => {
    const text = writtenText((writer) => {
      writer.open(body);
      writer.attribute('z', '"<>&\t\n\r\'');
      writer.attribute(xmlName('Id', 'urn:u', 'wsu'), 'b');
      writer.attribute('a', 'Ә');
      writer.open('data');
      writer.text('<>&"\'\t\n\r😀');
      writer.close();
      writer.leaf('empty', '');
      writer.close();
    });

    expect(text).toBe(
      `<soap:Body xmlns:soap="${soap}" xmlns:wsu="urn:u" a="Ә" z="&quot;&lt;>&amp;&#x9;&#xA;&#xD;'" wsu:Id="b">` +
        '<data>&lt;&gt;&amp;"\'\t\n&#xD;😀</data><empty></empty></soap:Body>',
    );
  });

  test('declares a namespace where it is first used, and again where its scope has ended', () => {
    const item = xmlName('item', 'urn:i', 'i');
    const text = writtenText((writer) => {
      writer.open('list');
      writer.leaf(item, '1');
      writer.open(item);
      writer.leaf(item, '2');
      writer.close();
      writer.close();
    });

    expect(text).toBe(
      '<list><i:item xmlns:i="urn:i">1</i:item><i:item xmlns:i="urn:i"><i:item>2</i:item></i:item></list>',
    );
  });

  test('takes the default namespace back for names in none', () => {
    const text = writtenText((writer) => {
      writer.open(xmlName('a', 'urn:x', ''));
      writer.leaf(xmlName('b', 'urn:x', ''), '1');
      writer.open('c');
      writer.leaf('d', '2');
      writer.leaf(xmlName('e', 'urn:x', ''), '3');
      writer.close();
      writer.close();
    });

    expect(text).toBe('<a xmlns="urn:x"><b>1</b><c xmlns=""><d>2</d><e xmlns="urn:x">3</e></c></a>');
  });

  test('orders declarations by prefix and attributes by namespace, by code point', () => {
    const text = writtenText((writer) => {
      writer.open(xmlName('a', 'urn:d', ''));
      writer.attribute(xmlName('x', 'urn:2', 'a'), '1');
      writer.attribute(xmlName('x', 'urn:1', 'b'), '2');
      writer.attribute('\u{10000}', '3');
      writer.attribute('\uf900', '4');
      writer.attribute(xmlName('lang', 'http://www.w3.org/XML/1998/namespace', 'xml'), 'kk');
      writer.close();
    });

    expect(text).toBe(
      '<a xmlns="urn:d" xmlns:a="urn:2" xmlns:b="urn:1" \uf900="4" \u{10000}="3" xml:lang="kk" b:x="2" a:x="1"></a>',
    );
    expect(read(text).toXml()).toBe(text);
  });

  test('writes the declaration of a prefix that only a value uses on the wire, and says where', () => {
    const written = write((writer) => {
      writer.open(body);
      writer.open('data');
      writer.declarePrefix('ns5', 'http://ehealth.kz/integration/sync');
      writer.attribute(type, 'ns5:Request');
      writer.leaf('number', '1');
      writer.close();
      writer.close();
    });
    const text = textOf(written.bytes);

    expect(text).toContain(
      '<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ns5="http://eheal',
    );
    expect(written.wireOnly.map(([start, end]) => textOf(written.bytes.subarray(start, end)))).toEqual([
      ' xmlns:ns5="http://ehealth.kz/integration/sync"',
    ]);
    expect(read(text).toXml()).toBe(withoutWireOnly(written));
    expect(read(text).first?.lookupNamespace('ns5')).toBe('http://ehealth.kz/integration/sync');
  });

  test('writes CDATA sections on the wire and knows their canonical form', () => {
    const value = '<a b="1">&amp;]]>\r\n]]]]>Ә😀\r</a>';
    const written = write((writer) => {
      writer.open('data');
      writer.cdata?.(value);
      writer.close();
    });
    expect(textOf(written.bytes)).toBe(
      '<data><![CDATA[<a b="1">&amp;]]]]><![CDATA[>]]>&#xD;<![CDATA[\n]]]]]]><![CDATA[>Ә😀]]>&#xD;<![CDATA[</a>]]></data>',
    );
    expect(read(textOf(written.bytes)).text()).toBe(value);
    expect(withoutWireOnly(written)).toBe(read(textOf(written.bytes)).toXml());
  });

  test('keeps every text through CDATA sections', async () => {
    const texts = fc
      .string({ unit: fc.constantFrom(']', '>', '<', '&', '\r', '\n', '!', '[', 'ә') })
      .filter((text) => text !== '');
    await fc.assert(
      fc.property(texts, (value) => {
        const written = write((writer) => {
          writer.open('data');
          writer.cdata?.(value);
          writer.close();
        });
        const node = read(textOf(written.bytes));
        expect(node.text()).toBe(value);
        expect(withoutWireOnly(written)).toBe(node.toXml());
      }),
    );
  });

  test.each(['\0', '\ud800', '\uffff'])('refuses in CDATA what XML does not allow (%#)', (value) => {
    const writer = createXmlWriter();
    writer.open('data');
    expect(() => writer.cdata?.(value)).toThrow(TypeError);
  });

  test('does not declare on the wire what is declared there already', () => {
    const written = write((writer) => {
      writer.open(xmlName('a', 'urn:x', 'p'));
      writer.declarePrefix('p', 'urn:x');
      writer.declarePrefix('xml', 'http://www.w3.org/XML/1998/namespace');
      writer.declarePrefix('q', 'urn:y');
      writer.open('b');
      writer.declarePrefix('q', 'urn:y');
      writer.close();
      writer.close();
    });

    expect(textOf(written.bytes)).toBe('<p:a xmlns:p="urn:x" xmlns:q="urn:y"><b></b></p:a>');
    expect(written.wireOnly).toHaveLength(1);
  });

  test('declares canonically what a descendant, or the element itself, uses visibly after all', () => {
    const q = xmlName('q', 'urn:y', 'q');
    const written = write((writer) => {
      writer.open('a');
      writer.declarePrefix('q', 'urn:y');
      writer.leaf(q, '1');
      writer.open('b');
      writer.declarePrefix('r', 'urn:z');
      writer.attribute(xmlName('c', 'urn:z', 'r'), '2');
      writer.close();
      writer.leaf(xmlName('q', 'urn:other', 'q'), '3');
      writer.close();
    });

    expect(withoutWireOnly(written)).toBe(
      '<a><q:q xmlns:q="urn:y">1</q:q><b xmlns:r="urn:z" r:c="2"></b><q:q xmlns:q="urn:other">3</q:q></a>',
    );
    expect(read(textOf(written.bytes)).toXml()).toBe(withoutWireOnly(written));
  });

  test('tells the offset behind what was written, ending the start tag', () => {
    const writer = createXmlWriter();
    expect(writer.byteOffset).toBe(0);
    writer.open('ә');
    expect(writer.byteOffset).toBe('<'.length + 2 + '>'.length);
    expect(() => writer.attribute('b', '1')).toThrow('attribute must follow open');
    writer.text('😀');
    expect(writer.byteOffset).toBe(8);
    writer.close();
    expect(writer.finish().bytes).toHaveLength(13);
  });

  test.each([0, 1, 2, 3, 4, 1000, 49_151, 49_152, 49_153, 200_000])(
    'writes %i octets as base64',
    (length) => {
      const octets = Uint8Array.from({ length }, (_, i) => (i * 7919) >> 3);
      const text = writtenText((writer) => {
        writer.open('a');
        writer.base64(octets);
        writer.close();
      });

      expect(text).toBe(`<a>${Buffer.from(octets).toString('base64')}</a>`);
    },
  );

  test.each([
    ['short ASCII', 'abc <>& '],
    ['short letters', 'Әлия 😀 \r'],
    ['long ASCII', 'abc <>& '.repeat(10_000)],
    ['long letters', 'Әлия 😀\r\u{e000}'.repeat(10_001)],
    ['just short', '😀'.repeat(128)],
    ['just long', `x${'😀'.repeat(128)}`],
  ])('escapes %s text alike in leaf and in text', (_name, value) => {
    const escaped = value
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('\r', '&#xD;');

    const inText = writtenText((writer) => {
      writer.open('a');
      writer.text(value);
      writer.text('');
      writer.close();
    });

    // Compared without toBe, which would print megabytes.
    expect(writtenText((writer) => writer.leaf('a', value)) === `<a>${escaped}</a>`).toBe(true);
    expect(inText === `<a>${escaped}</a>`).toBe(true);
  });

  test('copies the canonical form of an element into its own namespaces', () => {
    const source = read('<a xmlns="urn:x" xmlns:p="urn:p"><b ><!-- 1 --><p:c d=\'1\'/></b></a>');
    const inner = source.first as XmlNode;
    const copy = (open: XmlName | string): string =>
      writtenText((writer) => {
        writer.open(open);
        writer.attribute(xmlName('t', 'urn:p', 'p'), '');
        writer.copy(inner);
        writer.close();
      });

    expect(copy('r')).toBe('<r xmlns:p="urn:p" p:t=""><b xmlns="urn:x"><p:c d="1"></p:c></b></r>');
    expect(copy(xmlName('r', 'urn:x', ''))).toBe(
      '<r xmlns="urn:x" xmlns:p="urn:p" p:t=""><b><p:c d="1"></p:c></b></r>',
    );
    expect(writtenText((writer) => writer.copy(inner))).toBe(inner.toXml());
    const plain = read('<b/>');
    expect(
      writtenText((writer) => {
        writer.open(xmlName('r', 'urn:x', ''));
        writer.copy(plain);
        writer.close();
      }),
    ).toBe('<r xmlns="urn:x"><b xmlns=""></b></r>');
  });

  test('what it writes is its own exclusive canonical form', async () => {
    await fc.assert(
      fc.property(xmlDocument, (text) => {
        const source = read(text);
        const written = write((writer) => replay(source, writer));

        expect(textOf(canonicalize(parseXml(written.bytes).root))).toBe(textOf(written.bytes));
      }),
      { numRuns: 150 },
    );
  });

  test('what it copies is what the reader canonicalizes, at the root and below', async () => {
    await fc.assert(
      fc.property(
        xmlDocument,
        fc.constantFrom('', 'a', 'b'),
        fc.constantFrom('urn:a', 'urn:b'),
        (text, prefix, uri) => {
          const source = read(text);
          expect(writtenText((writer) => writer.copy(source))).toBe(source.toXml());

          const written = write((writer) => {
            writer.open(xmlName('outer', uri, prefix));
            writer.copy(source);
            writer.close();
          });
          const outer = parseXml(written.bytes).root;
          expect(outer.toXml()).toBe(textOf(written.bytes));
          expect(outer.first?.toXml()).toBe(source.toXml());
        },
      ),
      { numRuns: 150 },
    );
  });

  test('what it writes is read back as it was given', async () => {
    const character = fc.integer({ min: 0x20, max: 0x10ffff }).filter((code) => {
      const isSurrogate = code >= 0xd800 && code <= 0xdfff;
      return !isSurrogate && code !== 0xfffe && code !== 0xffff;
    });
    const value = fc
      .array(fc.oneof(character, fc.constantFrom(0x9, 0xa, 0xd, 0x26, 0x3c, 0x3e, 0x5d)), { maxLength: 400 })
      .map((codes) => String.fromCodePoint(...codes));
    await fc.assert(
      fc.property(value, value, (text, attribute) => {
        const { bytes } = write((writer) => {
          writer.open('a');
          writer.attribute('b', attribute);
          writer.leaf('c', text);
          writer.close();
        });
        const { root } = parseXml(bytes);

        expect(root.attribute('b')).toBe(attribute);
        expect(root.first?.text()).toBe(text);
      }),
      { numRuns: 150 },
    );
  });
});
