import { codeOf } from '@egov-gateway/testing';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type FreeContent, type FreePayloadOptions, freePayload } from './free-payload.ts';
import type { FreeTree } from './free-tree.ts';
import { plainView } from './plain-view.ts';

const xsiNamespace = 'http://www.w3.org/2001/XMLSchema-instance';

function write(content: FreeContent, options: FreePayloadOptions = {}): string {
  const payload = freePayload(options);
  expect(payload.validate(content)).toEqual([]);
  const writer = createXmlWriter();
  writer.open('data');
  payload.write(content, writer);
  writer.close();
  return new TextDecoder().decode(writer.finish().bytes);
}

function root(xml: string) {
  return parseXml(new TextEncoder().encode(xml)).root;
}

describe('freePayload, written', () => {
  test('writes a tree in the order of its keys', () => {
    const tree = {
      b: '1',
      a: { c: ['2', '3'], d: undefined, e: '' },
      list: [{ x: '4' }, { x: '5' }],
      none: [],
    };
    expect(write(tree)).toBe(
      '<data><b>1</b><a><c>2</c><c>3</c><e></e></a><list><x>4</x></list><list><x>5</x></list></data>',
    );
  });

  test('keeps every character of a text', () => {
    const text = 'a\r\n\tb<&>"]]>\u0085\u2028 \u{1F600} Қ ';
    const [read] = Object.values(freePayload().read(root(write({ t: text }))));
    expect(read).toBe(text);
  });

  test('writes what a function builds: namespaces, attributes, CDATA, names in values', () => {
    const xml = write((data) => {
      data
        .ele('urn:r', 'r:root')
        .att('plain', 'a\n\t\r"<&')
        .att(xsiNamespace, 'xsi:type', 'q:T')
        .att('http://www.w3.org/2000/xmlns/', 'xmlns:q', 'urn:q')
        .ele('child')
        .dat('c<d')
        .up()
        .com('dropped')
        .ele('urn:r', 'r:inner')
        .txt('t')
        .up()
        .txt('tail');
      data.ele('second');
    });
    expect(xml).toBe(
      `<data><r:root xmlns:r="urn:r" xmlns:xsi="${xsiNamespace}" xmlns:q="urn:q" plain="a&#xA;&#x9;&#xD;&quot;&lt;&amp;" xsi:type="q:T">` +
        '<child>c&lt;d</child><r:inner>t</r:inner>tail</r:root><second></second></data>',
    );
  });

  test('writes in the style that is asked for', () => {
    expect(write({ a: '1' }, { data: { style: 'typed', type: 'T', namespace: 'urn:t', prefix: 'p' } })).toBe(
      `<data xmlns:xsi="${xsiNamespace}" xmlns:p="urn:t" xsi:type="p:T"><a>1</a></data>`,
    );
    expect(write({ a: '&' }, { data: { style: 'text', typed: false, declaration: true } })).toBe(
      '<data>&lt;?xml version="1.0" encoding="UTF-8"?&gt;&lt;a&gt;&amp;amp;&lt;/a&gt;</data>',
    );
  });

  test('writes nothing when there is nothing', () => {
    expect(write({})).toBe('<data></data>');
    expect(write(() => undefined)).toBe('<data></data>');
  });

  const refused: readonly (readonly [string, unknown, string, string])[] = [
    ['a key with $, which would become CDATA', { $x: '1' }, '/(unknown)', 'element-name'],
    ['a key with @, which would become an attribute', { '@id': '1' }, '/(unknown)', 'element-name'],
    ['a key with #, which would become text', { '#text': '1' }, '/(unknown)', 'element-name'],
    ['a key with !, which would become a comment', { '!': '1' }, '/(unknown)', 'element-name'],
    ['a key with ?, which would become an instruction', { '?pi': '1' }, '/(unknown)', 'element-name'],
    ['an empty key', { '': '1' }, '/(unknown)', 'element-name'],
    ['a key with a space', { 'a b': '1' }, '/(unknown)', 'element-name'],
    ['a key with a colon', { 'p:a': '1' }, '/(unknown)', 'element-name'],
    ['a key that begins with a digit', { '1a': '1' }, '/(unknown)', 'element-name'],
    ['a key that closes the element', { 'a><b': '1' }, '/(unknown)', 'element-name'],
    ['a wrong key deep within', { a: [{ b: '1' }, { $c: '1' }] }, '/a[2]/(unknown)', 'element-name'],
    ['a control character', { a: 'x\u0001' }, '/a', 'xml-characters'],
    ['a lone surrogate', { a: { b: '\ud800' } }, '/a/b', 'xml-characters'],
    ['U+FFFE', { a: ['x', '\ufffe'] }, '/a[2]', 'xml-characters'],
    ['a number', { a: 1 }, '/a', 'type'],
    ['a boolean', { a: true }, '/a', 'type'],
    ['null', { a: null }, '/a', 'type'],
    ['a Date', { a: new Date(0) }, '/a', 'type'],
    ['a Map', { a: new Map() }, '/a', 'type'],
    ['octets', { a: Uint8Array.of(1) }, '/a', 'type'],
    ['an array in an array', { a: [['1']] }, '/a[1]', 'type'],
    ['text alone', 'x', '', 'type'],
    ['nothing', undefined, '', 'type'],
    [
      'an instruction',
      (data: never) => (data as { ins(a: string, b: string): void }).ins('pi', 'x'),
      '',
      'build',
    ],
    [
      'an element with a wrong name',
      (data: never) => (data as { ele(a: string): void }).ele('a b'),
      '',
      'build',
    ],
    [
      'an element with an unbound prefix',
      (data: never) => (data as { ele(a: string): void }).ele('p:a'),
      '',
      'build',
    ],
    [
      'text beside elements of data',
      (data: never) => (data as { txt(a: string): void }).txt('x'),
      '',
      'type',
    ],
  ];

  test.each(refused)('refuses %s', (_name, content, path, rule) => {
    expect(freePayload().validate(content as FreeContent)).toMatchObject([{ path, rule }]);
  });

  test('refuses what a function builds with a control character, and does not repeat it', () => {
    const [issue] = freePayload().validate((data) => data.ele('a').txt('secret\u0001'));
    expect(issue).toMatchObject({ rule: 'build' });
    expect(JSON.stringify(issue)).not.toContain('secret');
  });

  test('refuses a tree that is too deep, without overflowing the stack', () => {
    let tree: FreeTree = { a: 'x' };
    for (let depth = 0; depth < 50_000; depth += 1) tree = { a: tree };
    expect(freePayload().validate(tree)).toMatchObject([{ rule: 'max-depth' }]);
  });

  test('refuses a tree that is in itself, where it is', () => {
    const tree: Record<string, unknown> = { a: 'x' };
    tree['b'] = tree;
    expect(freePayload().validate(tree as FreeTree)).toMatchObject([{ path: '/b', rule: 'max-depth' }]);
    tree['c'] = [tree];
    expect(freePayload().validate(tree as FreeTree)).toMatchObject([{ path: '/b' }, { path: '/c[1]' }]);
  });

  test.each([
    ['none', {}],
    ['two', { a: '1', b: '2' }],
  ])('refuses %s elements where a document is needed', (_name, content) => {
    expect(freePayload({ data: { style: 'text' } }).validate(content)).toMatchObject([{ rule: 'root' }]);
  });
});

describe('freePayload, read', () => {
  test.each([
    ['leading zeros', '<data><iin>001300900011</iin></data>', { iin: '001300900011' }],
    [
      'what looks like numbers',
      '<data><a>1e5</a><b>0x10</b><c>+7701</c><d>1.0</d></data>',
      { a: '1e5', b: '0x10', c: '+7701', d: '1.0' },
    ],
    ['what looks like a boolean or null', '<data><a>true</a><b>null</b></data>', { a: 'true', b: 'null' }],
    ['white space of a text', '<data><a>  x  </a><b> </b></data>', { a: '  x  ', b: ' ' }],
    ['numeric references', '<data><a>&#1178;&#x49B;&#13;</a></data>', { a: 'Ққ\r' }],
    [
      'text that looks like a reference',
      '<data><a>&amp;nbsp;&amp;lt;&amp;#65;&amp;amp;</a></data>',
      { a: '&nbsp;&lt;&#65;&amp;' },
    ],
    ['CDATA', '<data><a><![CDATA[<b>&amp;</b>]]></a></data>', { a: '<b>&amp;</b>' }],
    ['an empty element', '<data><a/></data>', { a: '' }],
    ['nothing', '<data/>', {}],
    [
      'attributes',
      '<data><a id="007" n=" x ">t</a><b k=""/></data>',
      { a: { '@id': '007', '@n': ' x ', '#text': 't' }, b: { '@k': '' } },
    ],
    ['repeated elements', '<data><a>1</a><b/><a>2</a></data>', { a: ['1', '2'], b: '' }],
    ['indented elements', '<data>\n  <a>\n    <b>1</b>\n  </a>\n</data>', { a: { b: '1' } }],
    ['elements by local name', '<data><p:a xmlns:p="urn:a">1</p:a></data>', { a: '1' }],
    ['no xsi:type of data', `<data xmlns:x="${xsiNamespace}" x:type="y"><a>1</a></data>`, { a: '1' }],
    ['plain text', '<data>hello</data>', { '#text': 'hello' }],
    [
      'a document in the text',
      '<data>&lt;?xml version="1.0"?&gt;&lt;r&gt;&lt;a&gt;01&lt;/a&gt;&lt;/r&gt;</data>',
      { r: { a: '01' } },
    ],
  ])('shows %s', (_name, xml, expected) => {
    expect(freePayload().read(root(xml))).toEqual(expected);
  });

  test('makes arrays where it is told to, also of one element', () => {
    const options = { arrays: ['list', 'list/item', 'absent'] };
    expect(freePayload(options).read(root('<data><list><item>1</item></list></data>'))).toEqual({
      list: [{ item: ['1'] }],
    });
    const inText = root('<data>&lt;r&gt;&lt;item&gt;1&lt;/item&gt;&lt;/r&gt;</data>');
    expect(freePayload({ arrays: ['r/item'] }).read(inText)).toEqual({ r: { item: ['1'] } });
  });

  test('keeps prefixes when asked to', () => {
    const view = plainView(root('<r xmlns:p="urn:a"><p:a>1</p:a><a>2</a></r>'), { names: 'as-written' });
    expect(view).toMatchObject({ 'p:a': expect.anything() as unknown, a: '2' });
  });

  test('takes thousands of escaped characters', () => {
    const text = '&'.repeat(20_000);
    expect(freePayload().read(root(`<data><a>${'&amp;'.repeat(20_000)}</a></data>`))).toEqual({ a: text });
  });

  test('is not poisoned by element names', () => {
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
      let view: unknown = {};
      try {
        view = freePayload().read(root(`<data><${name}><polluted>1</polluted></${name}></data>`));
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      expect(Object.getPrototypeOf(view)).toBe(Object.prototype);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    }
  });

  test.each([
    ['a DOCTYPE in the text', '<data>&lt;!DOCTYPE a&gt;&lt;a/&gt;</data>', 'ERR_XML_DOCTYPE'],
    ['an entity in the text', '<data>&lt;a&gt;&amp;evil;&lt;/a&gt;</data>', 'ERR_XML_ENTITY'],
    ['two roots in the text', '<data>&lt;a/&gt;&lt;b/&gt;</data>', 'ERR_XML_SECOND_ROOT'],
    ['an unbound prefix in the text', '<data>&lt;p:a/&gt;</data>', 'ERR_XML_NAMESPACE'],
  ])('refuses %s before it gets to the view', async (_name, xml, code) => {
    expect(await codeOf(() => freePayload().read(root(xml)))).toBe(code);
  });

  test('shows the trees that it writes', async () => {
    const name = fc.constantFrom('a', 'b', 'Имя', 'x-1', '_y');
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '0', '&', '<', '\r', '\n', 'Қ', ']]>', '&#1;', '😀'),
    });
    const tree = fc.letrec((tie) => ({
      tree: fc.dictionary(name, fc.oneof({ maxDepth: 3 }, text, tie('tree')), {
        minKeys: 1,
        maxKeys: 3,
        noNullPrototype: true,
      }),
    })).tree;
    await fc.assert(
      fc.property(tree, (value) => {
        expect(freePayload().read(root(write(value as FreeTree)))).toEqual(value);
      }),
    );
  });
});
