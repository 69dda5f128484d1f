import { readdirSync } from 'node:fs';

import { XmlError } from '@egov-gateway/core';
import { fixture, fixturesUrl, fixtureText, xmlDocument } from '@egov-gateway/testing';
import * as fc from 'fast-check';
import { XmlDocument as Libxml2Document } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';

import { parseXml } from './parse-xml.ts';

interface Case {
  readonly rule: string;
  readonly title: string;
  readonly expect: string;
  readonly line?: number;
  readonly column?: number;
}

const cases = readdirSync(new URL('xml/', fixturesUrl), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }): Case => JSON.parse(fixtureText(`xml/${name}/case.json`)));

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** What the reader makes of the bytes: the document as text, or the error. Anything else thrown fails the test. */
function outcomeOf(bytes: Uint8Array): string | XmlError {
  try {
    return parseXml(bytes).root.toXml();
  } catch (error) {
    if (error instanceof XmlError) return error;
    throw error;
  }
}

/** What libxml2 makes of the bytes, `undefined` when it refuses them, `null` when only a namespace displeases it. */
function oracleOf(bytes: Uint8Array): string | undefined | null {
  let document: Libxml2Document | undefined;
  try {
    document = Libxml2Document.fromBuffer(bytes);
    return document.root.canonicalizeToString({ mode: 1 });
  } catch (error) {
    // libxml2 also judges host and port of a namespace URI; a reader has no use for that.
    return document !== undefined || /not a valid URI/.test((error as Error).message) ? null : undefined;
  } finally {
    document?.dispose();
  }
}

describe('parseXml', () => {
  test.each(cases)('$rule: $title', ({ rule, expect: code, line, column }) => {
    const outcome = outcomeOf(fixture(`xml/${rule}/input.xml`));

    if (code === 'ok') {
      expect(outcome).toBeTypeOf('string');
      return;
    }
    expect(outcome).toMatchObject({ code, line, column, delivery: 'unknown' });
    expect((outcome as XmlError).message).toMatch(/^(?![A-Z][a-z]).* \(line \d+, column \d+\)$/);
  });

  test('has more cases that are refused than cases that are accepted', () => {
    expect(cases.filter((one) => one.expect !== 'ok').length).toBeGreaterThan(cases.length / 2);
  });

  test('gives the position in lines that end with CRLF, CR or LF', () => {
    expect(outcomeOf(bytesOf('<a>\r\n\r\n  <b>\r<c>\n</x></b></a>'))).toMatchObject({ line: 5, column: 1 });
  });

  test('never names content in a message', () => {
    const documents = [
      '<a>001300900011</b>',
      '<a b="001300900011" b="1"/>',
      '<p:x001300900011/>',
      '<a></x001300900011>',
    ];
    for (const document of documents) {
      expect(String((outcomeOf(bytesOf(document)) as XmlError).message)).not.toContain('001300900011');
    }
    expect(String(outcomeOf(bytesOf('<x001300900011></b>')))).not.toContain('001300900011');
  });

  test('does not keep the bytes: changing them later changes nothing', () => {
    const bytes = bytesOf('<a>1</a>');
    const { root } = parseXml(bytes);
    bytes.fill(0x20);

    expect(root.toXml()).toBe('<a>1</a>');
  });

  test('reads a view into a larger buffer', () => {
    const bytes = bytesOf('????<a>Ә</a>????');

    expect(parseXml(bytes.subarray(4, bytes.length - 4)).root.text()).toBe('Ә');
  });

  test.each([2, 500, 1024, 5000])('decodes %i letters of other scripts behind a byte order mark', (count) => {
    const text = 'ғ😀'.repeat(count);
    const { root, source } = parseXml(bytesOf(`\ufeff<a>${text}</a>`));

    expect(root.text()).toBe(text);
    expect(source).toBe(`<a>${text}</a>`);
  });

  test.each([undefined, null, '<a/>', [0x3c], new ArrayBuffer(4)])('throws a TypeError for %o', (bytes) => {
    expect(() => parseXml(bytes as unknown as Uint8Array)).toThrow('bytes must be a Uint8Array');
  });

  test('a document cut anywhere, or with any octet changed, is refused with an XmlError or read', async () => {
    const mutation = fc.record({
      at: fc.nat(),
      octet: fc.oneof(fc.nat(255), fc.constantFrom(...bytesOf('<>&"\'=/!-?[]: xmlns;#\n\r'))),
      kind: fc.constantFrom('change', 'cut', 'drop', 'insert'),
    });
    await fc.assert(
      fc.property(xmlDocument, mutation, (text, { at, octet, kind }) => {
        const bytes = Buffer.from(text);
        const index = at % bytes.length;
        const behind = { change: index + 1, cut: bytes.length, drop: index + 1, insert: index }[kind];
        const middle = kind === 'change' || kind === 'insert' ? [octet] : [];
        const mutated = Buffer.concat([
          bytes.subarray(0, index),
          Buffer.from(middle),
          bytes.subarray(behind),
        ]);

        const outcome = outcomeOf(mutated);
        if (outcome instanceof XmlError) {
          expect(outcome.code).toMatch(/^ERR_XML_/);
          expect(outcome.line).toBeGreaterThan(0);
          expect(outcome.column).toBeGreaterThan(0);
        } else {
          // What is read is what libxml2 reads: nothing that it refuses is accepted.
          const oracle = oracleOf(mutated);
          if (oracle !== null) expect(outcome).toBe(oracle);
        }
      }),
      { numRuns: 600 },
    );
  });
});

describe('limits of parseXml', () => {
  const nested = (depth: number): Uint8Array => bytesOf('<a>'.repeat(depth) + '</a>'.repeat(depth));
  const attributes = (count: number): Uint8Array =>
    bytesOf(`<a ${Array.from({ length: count }, (_, i) => `b${i}=""`).join(' ')}/>`);

  test.each([
    ['maxBytes', bytesOf('<a>12345</a>'), 12],
    ['maxDepth', nested(10), 10],
    ['maxAttributes', attributes(10), 10],
    ['maxAttributeLength', bytesOf('<a b="&lt;12345" c="1"/>'), 9],
    ['maxNameLength', bytesOf(`<${'a'.repeat(40)}/>`), 40],
    ['maxNames', bytesOf('<a b="1"><c/><a/></a>'), 3],
    ['maxNodes', bytesOf('<!-- 1 --><a b="1" xmlns="urn:x"><c/></a>'), 5],
    ['maxNodes', bytesOf('<a><b/><!-- 1 --></a>'), 3],
  ] as const)('%s is inclusive, and named with its value when it is exceeded', (name, bytes, needed) => {
    expect(() => parseXml(bytes, { limits: { [name]: needed } })).not.toThrow();
    expect(() => parseXml(bytes, { limits: { [name]: needed - 1 } })).toThrow(
      expect.objectContaining({
        code: 'ERR_XML_LIMIT',
        message: expect.stringContaining(`${name} ${needed - 1}`),
      }),
    );
  });

  test.each([
    ['maxDepth', nested(257)],
    ['maxAttributes', attributes(257)],
    ['maxAttributeLength', bytesOf(`<a b="${'1'.repeat(1_000_001)}"/>`)],
    ['maxNameLength', bytesOf(`<a ${'b'.repeat(1025)}="1"/>`)],
    ['maxNames', bytesOf(`<a>${Array.from({ length: 10_000 }, (_, i) => `<b${i}/>`).join('')}</a>`)],
    [
      'maxNames',
      bytesOf(`<a>${Array.from({ length: 10_001 }, (_, i) => `<b xmlns="urn:${i}"/>`).join('')}</a>`),
    ],
    ['maxNodes', bytesOf(`<a>${'<b/>'.repeat(2_000_000)}</a>`)],
    ['maxNodes', bytesOf(`<a>${'<!---->'.repeat(2_000_000)}<b/></a>`)],
  ])('%s has a default', (name, bytes) => {
    expect(() => parseXml(bytes)).toThrow(
      expect.objectContaining({ code: 'ERR_XML_LIMIT', message: expect.stringContaining(name) }),
    );
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e12, '10', null])(
    'a limit of %o is a TypeError',
    (limit) => {
      expect(() => parseXml(bytesOf('<a/>'), { limits: { maxDepth: limit as number } })).toThrow(TypeError);
    },
  );

  test('an unknown limit is a TypeError', () => {
    expect(() => parseXml(bytesOf('<a/>'), { limits: { maxdepth: 5 } as object })).toThrow(TypeError);
  });

  test('a million levels need no stack', () => {
    const { root } = parseXml(nested(1_000_000), { limits: { maxDepth: 1_000_000 } });

    expect(root.toXml()).toHaveLength(7_000_000);
  });
});
