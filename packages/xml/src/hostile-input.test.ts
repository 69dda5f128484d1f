import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { canonicalize, digestCanonical } from './canonicalize.ts';
import { parseXml } from './parse-xml.ts';

const size = 1_000_000;

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

// Each of these makes a reader with a quadratic step, or a recursive one, exceed the time limit of a test.
describe('documents made to be expensive', () => {
  test.each([
    ['raw > in each of many texts, and no & anywhere', `<a>${'<b>></b>'.repeat(size / 8)}</a>`],
    ['& in each of many texts, and no raw >', `<a>${'<b>&#65;</b>'.repeat(size / 8)}</a>`],
    ['white space only', `<a>${' '.repeat(size * 4)}</a>`],
    ['a long text of references', `<a>${'&#x41;'.repeat(size)}</a>`],
    ['many CDATA sections', `<a>${'<![CDATA[>]]>'.repeat(size / 4)}</a>`],
    ['many comments between elements', `<a>${'<b/><!---->'.repeat(size / 4)}</a>`],
    ['a reference with a million zeros', `<a>&#${'0'.repeat(size)}65;</a>`],
    ['a tag with a million spaces', `<a${' '.repeat(size)}></a${' '.repeat(size)}>`],
    ['an attribute as long as it may be', `<a b="${'"\n'.replace('"', '&quot;').repeat(size / 7)}"/>`],
    [
      'many declarations below one another',
      `${'<a xmlns:p="urn:1" xmlns:q="urn:2">'.repeat(250)}${'</a>'.repeat(250)}`,
    ],
    [
      'many elements with many attributes',
      `<a>${`<b ${Array.from({ length: 200 }, (_, i) => `c${i}=""`).join(' ')}/>`.repeat(500)}</a>`,
    ],
    ['carriage returns', `<a>${'\r'.repeat(size)}${'\r\n'.repeat(size)}</a>`],
  ])('are read and canonicalized in linear time: %s', (_name, text) => {
    const { root } = parseXml(bytesOf(text));

    expect(canonicalize(root).length).toBeGreaterThan(0);
  });

  test('many declarations in scope of many elements, all of them in the PrefixList', () => {
    const prefixes = Array.from({ length: 200 }, (_, i) => `p${i}`);
    const declarations = prefixes.map((prefix) => `xmlns:${prefix}="urn:x"`).join(' ');
    const depth = 40;
    const text = `<a ${declarations}>`.repeat(depth) + '<b c="1"/>'.repeat(20_000) + '</a>'.repeat(depth);

    expect(
      canonicalize(parseXml(bytesOf(text)).root, { inclusivePrefixes: prefixes }).length,
    ).toBeGreaterThan(size / 10);
  });

  // V8 aborts the process when one String.replace finds this much; a test cannot catch that, it can only be there.
  test.each([
    ['>', 60_000_000],
    ['&#x3e;', 10_000_000],
    ['\r', 60_000_000],
  ])('%j, %i times, is read and canonicalized', { timeout: 60_000 }, (piece, count) => {
    const { root } = parseXml(bytesOf(`<a>${piece.repeat(count)}</a>`));

    let length = 0;
    digestCanonical(root, {}, { update: (chunk) => (length += chunk.length) });
    expect(length).toBe('<a></a>'.length + count * (piece === '\r' ? 1 : 4));
    expect(root.text()).toHaveLength(count);
  });

  test.each([
    ['nesting without end', '<a>'.repeat(size), 'ERR_XML_LIMIT'],
    [
      'attributes without end',
      `<a ${Array.from({ length: size / 10 }, (_, i) => `b${i}=""`).join(' ')}/>`,
      'ERR_XML_LIMIT',
    ],
    ['a name without end', `<${'a'.repeat(size)}`, 'ERR_XML_TRUNCATED'],
    ['a long name', `<${'a'.repeat(size)}/>`, 'ERR_XML_LIMIT'],
    ['< without end', '<'.repeat(size), 'ERR_XML_SYNTAX'],
    ['& without end', `<a>${'&'.repeat(size)}</a>`, 'ERR_XML_SYNTAX'],
    ['an entity name without end', `<a>&${'a'.repeat(size)}</a>`, 'ERR_XML_SYNTAX'],
    ['hyphens without end', `<!--${'- '.repeat(size)}`, 'ERR_XML_TRUNCATED'],
    ['an open CDATA section', `<a><![CDATA[${']]'.repeat(size)}`, 'ERR_XML_TRUNCATED'],
    ['a declaration with a million spaces', `<?xml version="1.0"${' '.repeat(size)}?><a/>`, 'ERR_XML_SYNTAX'],
    ['a declaration without end', `<?xml version="1.0"${' '.repeat(size)}`, 'ERR_XML_TRUNCATED'],
    ['a late comment in a long text', `<a>${'x'.repeat(size)}<!-- --></a>`, 'ERR_XML_COMMENT'],
    ['a bad octet behind a long text', `<a>${'ә'.repeat(size)}`, 'ERR_XML_TRUNCATED'],
  ])('are refused: %s', async (_name, text, code) => {
    expect(await codeOf(() => parseXml(bytesOf(text)))).toBe(code);
  });
});
