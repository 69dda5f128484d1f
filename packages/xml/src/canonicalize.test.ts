import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';

import type { XmlElement } from '@egov-gateway/core';
import { fixture, fixturesUrl, fixtureText, xmlDocument } from '@egov-gateway/testing';
import * as fc from 'fast-check';
import { XmlDocument as Libxml2Document } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';

import { canonicalize, digestCanonical } from './canonicalize.ts';
import type { XmlNode } from './document.ts';
import { parseXml } from './parse-xml.ts';

interface Case {
  readonly rule: string;
  readonly title: string;
  readonly apex?: string;
  readonly inclusivePrefixes?: readonly string[];
}

const cases = readdirSync(new URL('c14n/', fixturesUrl), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }): Case => JSON.parse(fixtureText(`c14n/${name}/case.json`)));

function read(text: string): XmlNode {
  return parseXml(new TextEncoder().encode(text)).root;
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** All elements in document order. */
function elementsOf(root: XmlNode): XmlNode[] {
  const elements: XmlNode[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    elements.push(node);
    waiting.push(...[...node.children()].reverse());
  }
  return elements;
}

/** The canonical form that libxml2 gives to the n-th element. */
function oracle(bytes: Uint8Array, index: number, prefixes: readonly string[]): string {
  const document = Libxml2Document.fromBuffer(bytes);
  try {
    const element = document.get(`(//*)[${index + 1}]`);
    if (element === null) throw new Error('no such element');
    return element.canonicalizeToString({
      mode: 1,
      ...(prefixes.length > 0 ? { inclusiveNamespacePrefixes: [...prefixes] } : {}),
    });
  } finally {
    document.dispose();
  }
}

describe('canonicalize', () => {
  test.each(cases)('$rule: $title', ({ rule, apex, inclusivePrefixes = [] }) => {
    const { root } = parseXml(fixture(`c14n/${rule}/input.xml`));
    const element = apex === undefined ? root : elementsOf(root).find(({ localName }) => localName === apex);

    expect(textOf(canonicalize(element ?? root, { inclusivePrefixes }))).toBe(
      fixtureText(`c14n/${rule}/expected.xml`),
    );
  });

  test('is, octet by octet, what libxml2 gives, for any element and any PrefixList', async () => {
    const prefixLists = fc.subarray(['#default', 'a', 'b', 'ns1', 'ә', 'xml', 'unknown']);
    await fc.assert(
      fc.property(xmlDocument, fc.nat(), prefixLists, (text, pick, inclusivePrefixes) => {
        const bytes = new TextEncoder().encode(text);
        const elements = elementsOf(parseXml(bytes).root);
        const index = pick % elements.length;
        const element = elements[index] as XmlNode;

        const expected = oracle(bytes, index, inclusivePrefixes);
        expect(textOf(canonicalize(element, { inclusivePrefixes }))).toBe(expected);
      }),
      { numRuns: 400 },
    );
  });

  test('of a canonical form changes nothing', async () => {
    await fc.assert(
      fc.property(xmlDocument, (text) => {
        const once = canonicalize(read(text));
        expect(canonicalize(parseXml(once).root)).toEqual(once);
      }),
      { numRuns: 100 },
    );
  });

  test('escapes a namespace like an attribute', () => {
    // libxml2 writes it raw, which is not even well-formed; Canonical XML 1.0, 2.3 and Santuario escape it.
    expect(textOf(canonicalize(read('<a xmlns="urn:x?a=1&amp;b=2"/>')))).toBe(
      '<a xmlns="urn:x?a=1&amp;b=2"></a>',
    );
  });

  test.each([0, 1, 2, 3])('does not cut characters at the borders of its chunks, shifted by %i', (shift) => {
    const text = `${'x'.repeat(shift)}${'😀ә'.repeat(70_000)}`;
    // Compared without toBe, which would print megabytes.
    const gives = (input: string, expected: string): boolean =>
      textOf(canonicalize(read(input))) === expected;

    expect(gives(`<a>${text}</a>`, `<a>${text}</a>`)).toBe(true);
    expect(gives(`<a >${text}</a>`, `<a>${text}</a>`)).toBe(true);
    expect(gives(`<a>&quot;${text}</a>`, `<a>"${text}</a>`)).toBe(true);
    expect(gives(`<a b='${text}'/>`, `<a b="${text}"></a>`)).toBe(true);
    expect(gives(`<a b='"${text}'/>`, `<a b="&quot;${text}"></a>`)).toBe(true);
  });

  test('takes elements of its own reader only', () => {
    const foreign: XmlElement = Object.assign(Object.create(null), { localName: 'a', toXml: () => '<a/>' });

    expect(() => canonicalize(foreign)).toThrow('element must come from parseXml');
  });
});

describe('digestCanonical', () => {
  test('feeds the digest with the canonical octets', async () => {
    await fc.assert(
      fc.property(xmlDocument, fc.subarray(['#default', 'a', 'b']), (text, inclusivePrefixes) => {
        const root = read(text);
        const hash = createHash('sha256');
        digestCanonical(root, { inclusivePrefixes }, hash);
        const expected = createHash('sha256').update(canonicalize(root, { inclusivePrefixes }));

        expect(hash.digest('hex')).toBe(expected.digest('hex'));
      }),
      { numRuns: 100 },
    );
  });

  test('gives chunks of bounded size, however large the element', () => {
    const sizes: number[] = [];
    const root = read(`<a>${'<b>😀ә</b>'.repeat(50_000)}<c>${'ә'.repeat(500_000)}</c></a>`);
    digestCanonical(root, {}, { update: (chunk) => sizes.push(chunk.length) });

    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(canonicalize(root).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(96 * 1024);
  });

  test('takes elements of its own reader only', () => {
    expect(() => digestCanonical({} as XmlElement, {}, { update: () => {} })).toThrow(TypeError);
  });
});
