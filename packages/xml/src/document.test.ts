import { inspect } from 'node:util';

import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import type { XmlDocument, XmlNode } from './document.ts';
import { parseXml } from './parse-xml.ts';

const message = `<?xml version="1.0"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:u="urn:u">
  <!-- a comment -->
  <s:Header/>
  <s:Body u:Id="b" Id="plain"><t:Send xmlns:t="urn:t"><data xmlns="urn:d" a='&#13;&quot;
'>1&amp;<![CDATA[<2>]]>&#x4d8;</data><empty></empty></t:Send></s:Body>
</s:Envelope>`;

function read(text: string): XmlDocument {
  return parseXml(new TextEncoder().encode(text));
}

/** The element at the end of a path of local names. */
function at(document: XmlDocument, ...path: string[]): XmlNode {
  let node: XmlNode | undefined = document.root;
  for (const name of path) node = [...(node?.children() ?? [])].find((child) => child.localName === name);
  if (node === undefined) throw new Error(`no element ${path.join('/')}`);
  return node;
}

describe('XmlNode', () => {
  const document = read(message);
  const data = at(document, 'Body', 'Send', 'data');

  test('tells its name, namespace, prefix and path', () => {
    const body = at(document, 'Body');

    expect(body).toMatchObject({
      localName: 'Body',
      namespace: 'http://schemas.xmlsoap.org/soap/envelope/',
      prefix: 's',
      path: '/Envelope/Body',
    });
    expect(data).toMatchObject({ localName: 'data', namespace: 'urn:d', prefix: '' });
    expect(at(document, 'Body', 'Send', 'empty').namespace).toBe('');
  });

  test('leads to its children, siblings and parent, past text and comments', () => {
    expect([...document.root.children()].map((child) => child.localName)).toEqual(['Header', 'Body']);
    expect(document.root.first?.localName).toBe('Header');
    expect(document.root.first?.first).toBeUndefined();
    expect(document.root.first?.next?.localName).toBe('Body');
    expect(document.root.first?.next?.next).toBeUndefined();
    expect(document.root.next).toBeUndefined();
    expect(document.root.parent).toBeUndefined();
    expect(data.parent?.parent?.localName).toBe('Body');
  });

  test('finds a child by name and namespace only', () => {
    const send = at(document, 'Body', 'Send');

    expect(send.child('data', 'urn:d')?.localName).toBe('data');
    expect(send.child('data')).toBeUndefined();
    expect(send.child('empty')?.localName).toBe('empty');
  });

  test('tells an attribute by its expanded name, with references resolved and white space normalised', () => {
    const body = at(document, 'Body');

    expect(body.attribute('Id')).toBe('plain');
    expect(body.attribute('Id', 'urn:u')).toBe('b');
    expect(body.attribute('Id', 'urn:other')).toBeUndefined();
    expect(body.attribute('id')).toBeUndefined();
    expect(data.attribute('a')).toBe('\r" ');
    expect(data.attribute('xmlns')).toBeUndefined();
    expect(at(document, 'Header').attribute('Id')).toBeUndefined();
  });

  test('never tells an attribute of another element, nor a declaration as an attribute', () => {
    const { root } = read('<a xmlns="urn:x" b="1"><c d="2"/></a>');

    expect(root.attribute('d')).toBeUndefined();
    expect(root.first?.attribute('b')).toBeUndefined();
    for (const name of ['a', 'b', 'c', 'd', 'xmlns', '']) {
      expect(root.attribute(name, 'urn:x')).toBeUndefined();
    }
  });

  test('gives the text of a leaf with references resolved and CDATA opened', () => {
    expect(data.text()).toBe('1&<2>Ә');
    expect(at(document, 'Body', 'Send', 'empty').text()).toBe('');
    expect(at(document, 'Header').text()).toBe('');
  });

  test.each([
    ['<a>  1 </a>', '  1 '],
    ['<a>1\r\n2\r3</a>', '1\n2\n3'],
    ['<a>&#13;&#10;</a>', '\r\n'],
    ['<a>&amp;lt;</a>', '&lt;'],
    ['<a><![CDATA[&amp;]]]]><![CDATA[>]]></a>', '&amp;]]>'],
    ['<a><![CDATA[]]></a>', ''],
    ['<a><![CDATA[<!-- no comment -->]]></a>', '<!-- no comment -->'],
    ['<a>&#x1F600;\u{1f600}</a>', '\u{1f600}\u{1f600}'],
    ['<a>1</a >', '1'],
    ['<a>$&amp;$1</a>', '$&$1'],
  ])('text of %s', (text, expected) => {
    expect(read(text).root.text()).toBe(expected);
  });

  test('refuses the text of an element with children', async () => {
    expect(await codeOf(() => at(document, 'Body').text())).toBe('ERR_PARSE_NOT_TEXT');
    expect(await codeOf(() => read('<a>1<b/>2</a>').root.text())).toBe('ERR_PARSE_NOT_TEXT');
  });

  test('tells what a prefix is bound to', () => {
    expect(data.lookupNamespace('')).toBe('urn:d');
    expect(data.lookupNamespace('t')).toBe('urn:t');
    expect(data.lookupNamespace('xml')).toBe('http://www.w3.org/XML/1998/namespace');
    expect(data.lookupNamespace('unknown')).toBeUndefined();
    expect(at(document, 'Body').lookupNamespace('t')).toBeUndefined();
    expect(at(document, 'Body').lookupNamespace('')).toBe('');
    expect(at(read('<a xmlns="urn:x"><b xmlns=""/></a>'), 'b').lookupNamespace('')).toBe('');
  });

  test('lies in the source where its offsets say', () => {
    const { source } = document;

    expect(source.slice(data.startOffset, data.startTagEnd)).toMatch(/^<data xmlns="urn:d".*>$/s);
    expect(source.slice(data.startOffset, data.endOffset)).toMatch(/<\/data>$/);
    const header = at(document, 'Header');
    expect(source.slice(header.startOffset, header.endOffset)).toBe('<s:Header/>');
    expect(header.startTagEnd).toBe(header.endOffset);
  });

  test('is the same as another view of one element only', () => {
    expect(at(document, 'Body').isSame(at(document, 'Body'))).toBe(true);
    expect(at(document, 'Body').isSame(at(document, 'Header'))).toBe(false);
    expect(at(document, 'Body').isSame(at(read(message), 'Body'))).toBe(false);
  });

  test('gives its exclusive canonical form as text', () => {
    expect(at(document, 'Body', 'Send').toXml()).toBe(
      '<t:Send xmlns:t="urn:t"><data xmlns="urn:d" a="&#xD;&quot; ">1&amp;&lt;2&gt;Ә</data><empty></empty></t:Send>',
    );
  });

  test('shows nothing of its content to logs', () => {
    for (const shown of [
      inspect(data, { depth: 9, showHidden: true }),
      JSON.stringify(data),
      inspect(document, { depth: 9 }),
    ]) {
      expect(shown).not.toContain('1&');
      expect(shown).not.toContain('urn:d');
    }
    expect(inspect({ data })).toBe('{ data: XmlNode { /Envelope/Body/Send/data } }');
    expect(JSON.stringify(data)).toBe('{"path":"/Envelope/Body/Send/data"}');
    expect(JSON.stringify(document)).not.toContain('Envelope xmlns');
  });

  test('masks what could be a person in the names that it shows', () => {
    const { root } = read('<a001300900011/>');

    expect(root.path).toBe('/a001300900011');
    expect(inspect(root)).toBe('XmlNode { /a*** }');
    expect(JSON.stringify(root)).toBe('{"path":"/a***"}');
    expect(() => read('<a001300900011></b>')).toThrow('expected the end tag </a***>');
  });
});

describe('XmlDocument', () => {
  test('lists all attributes with their elements, and no namespace declarations', () => {
    const attributes = [...read(message).attributes()].map(({ element, ...attribute }) => [
      element.localName,
      attribute,
    ]);

    expect(attributes).toEqual([
      ['Body', { localName: 'Id', namespace: 'urn:u', value: 'b' }],
      ['Body', { localName: 'Id', namespace: '', value: 'plain' }],
      ['data', { localName: 'a', namespace: '', value: '\r" ' }],
    ]);
  });

  test('knows inside which elements there are comments', () => {
    const document = read('<a><b><!-- 1 --><c/></b><d><e/></d><f><!-- 2 --> <g/></f></a>');
    const holders = [...document.root.children()].map((child) => document.hasCommentWithin(child));

    expect(holders).toEqual([true, false, true]);
    expect(document.hasCommentWithin(document.root)).toBe(true);
    expect(document.hasCommentWithin(at(document, 'b', 'c'))).toBe(false);
  });

  test('answers for its own elements only', () => {
    const other = read('<a><b/></a>').root;

    expect(() => read('<a><!-- 1 --><b/></a>').hasCommentWithin(other)).toThrow(TypeError);
  });

  test('does not count comments around the root as inside it', () => {
    const document = read('<!-- 1 --><a/><!-- 2 -->');

    expect(document.hasCommentWithin(document.root)).toBe(false);
  });

  test('gives the source without mark and with line ends normalised', () => {
    expect(read('\ufeff<a>\r\n1\r</a>').source).toBe('<a>\n1\n</a>');
  });
});
