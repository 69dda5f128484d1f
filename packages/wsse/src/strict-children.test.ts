import { codeOf } from '@egov-gateway/testing';
import { parseXml, type XmlNode } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { locateBody } from './locate-body.ts';
import { assertNoText } from './strict-children.ts';
import { soap11Namespace } from './vocabulary.ts';

const rootOf = (content: string): XmlNode => parseXml(Buffer.from(`<r>${content}</r>`)).root;

describe('assertNoText', () => {
  test.each([
    ['nothing', ''],
    ['white space', ' \t\n\r\n '],
    ['elements', '<a/>\n<b>text</b>\n'],
    ['comments', '<!-- x --><a/><!----> <!-- <![CDATA[ & -->'],
  ])('passes %s', (_name, content) => {
    expect(() => assertNoText(rootOf(content))).not.toThrow();
  });

  test.each([
    ['text', 'x'],
    ['text before an element', 'x<a/>'],
    ['text between elements', '<a/>x<b/>'],
    ['a reference to a space', '&#32;<a/>'],
    ['a CDATA section of white space', '<![CDATA[ ]]><a/>'],
    ['a CDATA section that looks like a comment', '<![CDATA[<!-- -->]]>'],
    ['a no-break space', '\u00a0<a/>'],
  ])('refuses %s', async (_name, content) => {
    expect(await codeOf(() => assertNoText(rootOf(content)))).toBe('ERR_VERIFY_STRUCTURE');
  });

  // A pattern that seeks comments needs minutes for megabytes of this, and nobody has checked a signature yet.
  test('refuses CDATA full of the beginnings of comments in linear time', { timeout: 20_000 }, async () => {
    const content = `<![CDATA[${'<!--'.repeat(1_000_000)}]]>`;
    const text = `<e:Envelope xmlns:e="${soap11Namespace}"><e:Body/>${content}</e:Envelope>`;
    const document = parseXml(Buffer.from(text));
    expect(await codeOf(() => locateBody(document))).toBe('ERR_VERIFY_STRUCTURE');
  });

  test('passes comments full of the beginnings of CDATA in linear time', { timeout: 20_000 }, () => {
    const root = rootOf(`<a/>${'<!--<![CDATA[ <!- -->'.repeat(100_000)}`);
    expect(() => assertNoText(root)).not.toThrow();
  });
});
