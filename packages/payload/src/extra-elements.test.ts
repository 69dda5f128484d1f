import { codeOf } from '@egov-gateway/testing';
import { createXmlWriter, parseXml, xmlName } from '@egov-gateway/xml';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

import { xsDate } from './calendar/xs-date.ts';
import { definePayload } from './define-payload.ts';
import { type ExtraElement, extraElements, type PlainElement, writePlain } from './extra-elements.ts';

const payload = definePayload({
  schema: z.object({
    block: z.object({
      number: z.string(),
      date: xsDate().optional(),
      rows: z.array(z.string()),
      extra: extraElements().optional(),
    }),
  }),
  root: { name: 'top', namespace: 'urn:r', prefix: 'r' },
  unknownElements: 'refuse',
});

type Block = Parameters<typeof payload.validate>[0]['block'];

const block: Block = { number: '1', date: '2026-01-13', rows: ['a', 'b'] };
const read = (xml: string) => payload.readDocument(parseXml(new TextEncoder().encode(xml)).root);
const write = (extra: readonly ExtraElement[]) => {
  const value = { block: { ...block, extra } };
  expect(payload.validate(value)).toEqual([]);
  return new TextDecoder().decode(payload.writeDocument(value));
};

describe('extraElements', () => {
  test('are written where the caller says', () => {
    const named = xmlName('y', 'urn:y', 'y');
    const xml = write([
      { name: 'last', content: 'ә & <' },
      { after: '', name: 'first', content: '' },
      { after: 'number', name: named, content: [{ name: 'in', content: [] }] },
      { after: 'rows', name: 'z', content: '1' },
      { after: 'number', element: parseXml(new TextEncoder().encode('<w  a="1"/>')).root },
    ]);
    expect(xml).toBe(
      '<r:top xmlns:r="urn:r"><block><first></first><number>1</number><y:y xmlns:y="urn:y"><in></in></y:y>' +
        '<w a="1"></w><date>2026-01-13</date><rows>a</rows><rows>b</rows><z>1</z><last>ә &amp; &lt;</last></block></r:top>',
    );
  });

  test('are read with their places, and written back as they were', () => {
    const xml = write([
      { after: '', name: 'first', content: 'x' },
      { after: 'number', name: 'in', content: [{ name: 'deeper', content: '1' }] },
      { after: 'rows', name: 'z', content: '1' },
    ]);
    const value = read(xml);
    expect(value.block.extra?.map(({ after }) => after)).toEqual(['', 'number', 'rows']);
    expect(new TextDecoder().decode(payload.writeDocument(value))).toBe(xml);
  });

  test('are absent when nothing is unknown', () => {
    expect(read(write([])).block).toEqual(block);
  });

  test('go behind all when the field that they follow is left out', () => {
    const bytes = payload.writeDocument({
      block: { number: '1', rows: [], extra: [{ after: 'date', name: 'x', content: '' }] },
    });
    expect(new TextDecoder().decode(bytes)).toContain('<number>1</number><x></x></block>');
  });

  test('are refused outside of a block that has a place for them', async () => {
    const xml = '<r:top xmlns:r="urn:r"><block><number>1</number></block><x/></r:top>';
    expect(await codeOf(() => read(xml))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
  });

  const itself: { name: string; content: PlainElement[] } = { name: 'a', content: [] };
  itself.content.push(itself);
  test.each<[string, unknown, string, string]>([
    ['no array', 'x', '/top/block/extra', 'type'],
    ['text', ['x'], '/top/block/extra[1]', 'type'],
    ['null', [null], '/top/block/extra[1]', 'type'],
    ['no name', [{ content: '' }], '/top/block/extra[1]', 'name'],
    ['a name with a space', [{ name: 'a b', content: '' }], '/top/block/extra[1]', 'name'],
    ['markup for a name', [{ name: 'a><b', content: '' }], '/top/block/extra[1]', 'name'],
    ['a prefix in the name', [{ name: 'p:a', content: '' }], '/top/block/extra[1]', 'name'],
    ['no content', [{ name: 'a' }], '/top/block/extra[1]', 'type'],
    ['a number for content', [{ name: 'a', content: 1 }], '/top/block/extra[1]', 'type'],
    ['a control character', [{ name: 'a', content: '\u0007' }], '/top/block/extra[1]', 'xml-characters'],
    ['a broken child', [{ name: 'a', content: [{ name: '', content: '' }] }], '/top/block/extra[1]', 'name'],
    ['itself inside', [itself], '/top/block/extra[1]', 'depth'],
    ['the name of a field', [{ name: 'date', content: '1' }], '/top/block/extra[1]', 'known-element'],
    ['an unknown place', [{ after: 'block', name: 'a', content: '' }], '/top/block/extra[1]', 'place'],
    ['something that is no element', [{ element: {} }], '/top/block/extra[1]', 'type'],
    [
      'a second one that is wrong',
      [
        { name: 'a', content: '' },
        { name: '1', content: '' },
      ],
      '/top/block/extra[2]',
      'name',
    ],
  ])('with %s are refused', (_name, extra, path, rule) => {
    const issues = payload.validate({ block: { ...block, extra: extra as never } });
    expect(issues.map((issue) => [issue.path, issue.rule])).toEqual([[path, rule]]);
  });

  test('have one field in a block', () => {
    const schema = z.object({ a: z.string(), b: extraElements(), c: extraElements() });
    expect(() => definePayload({ schema })).toThrow(TypeError);
  });

  test('hold any text', async () => {
    const texts = fc
      .string({ unit: 'binary' })
      .filter((text) => /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u.test(text));
    await fc.assert(
      fc.property(texts, (text) => {
        const extra = read(write([{ name: 'x', content: text }])).block.extra?.[0];
        expect(extra !== undefined && 'element' in extra && extra.element.text()).toBe(text);
      }),
    );
  });
});

describe('writePlain', () => {
  test('refuses an element that contains itself', () => {
    const itself: { name: string; content: PlainElement[] } = { name: 'a', content: [] };
    itself.content.push(itself);
    expect(() => writePlain(itself, createXmlWriter())).toThrow(TypeError);
  });
});
