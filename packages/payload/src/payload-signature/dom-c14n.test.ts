import { createRequire } from 'node:module';

import * as fc from 'fast-check';
import { XmlC14NMode, XmlDocument } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';

import { canonicalizeDom } from './dom-c14n.ts';

// Its declarations would bring the globals of a browser into every test.
const { DOMParser } = createRequire(import.meta.url)('@xmldom/xmldom') as {
  readonly DOMParser: new () => {
    parseFromString(xml: string, type: 'text/xml'): { readonly documentElement: unknown };
  };
};

function ours(xml: string, exclusive: boolean): string {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  return canonicalizeDom(document.documentElement, { exclusive, withComments: false });
}

function libxml2(xml: string, exclusive: boolean): string {
  using document = XmlDocument.fromString(xml);
  return document.root.canonicalizeToString({
    mode: exclusive ? XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 : XmlC14NMode.XML_C14N_1_0,
  });
}

const prefixes = ['', 'a', 'b', 'B', 'a-b', 'a.b', 'ab', 'ns2', 'ns10', 'SOAP', 'ds', 'ә', 'Ә'];
const uris = ['', 'urn:1', 'urn:2', 'http://agency.example/?a=1;b=2', 'urn:%D2%9A'];
const locals = ['x', 'X', 'xmlnsfoo', 'y-1', 'ж'];
const text = fc.constantFrom(
  '',
  't',
  '&amp;&lt;&gt;',
  '&#13;',
  '\n ',
  '&#9;',
  '"\'',
  '😀',
  ']]&gt;',
  '<![CDATA[<&"]]>',
  '<!--c-->',
);
const attributeValue = fc.constantFrom('', 'v', '&#10;&#9;&#13;', '&quot;&apos;&lt;&amp;', '  s  ', 'p:T');

interface Node {
  readonly prefix: number;
  readonly local: number;
  readonly declarations: readonly (readonly [number, number])[];
  readonly attributes: readonly (readonly [number, number, string])[];
  readonly text: string;
  readonly children: readonly Node[];
}

const node: fc.Arbitrary<Node> = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.record({
    prefix: fc.nat(prefixes.length - 1),
    local: fc.nat(locals.length - 1),
    declarations: fc.uniqueArray(fc.tuple(fc.nat(prefixes.length - 1), fc.nat(uris.length - 1)), {
      maxLength: 4,
      selector: ([prefix]) => prefix,
    }),
    attributes: fc.array(fc.tuple(fc.nat(prefixes.length - 1), fc.nat(locals.length - 1), attributeValue), {
      maxLength: 4,
    }),
    text,
    children: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('node'), { maxLength: 3 })),
  }),
})).node;

/** The node as XML, with every prefix bound that it uses. */
function render(tree: Node, scope: ReadonlyMap<string, string>): string {
  const bound = new Map(scope);
  const declared = new Map<string, string>();
  const bind = (prefix: string, uri: string) => {
    bound.set(prefix, uri);
    declared.set(prefix, uri);
  };
  for (const [prefix, uri] of tree.declarations) {
    const name = prefixes[prefix] ?? '';
    if (name !== '' && uri === 0) continue;
    bind(name, uris[uri] ?? '');
  }
  const name = prefixes[tree.prefix] ?? '';
  if (name !== '' && !bound.has(name)) bind(name, 'urn:1');
  const attributes = new Map<string, string>();
  for (const [prefix, local, value] of tree.attributes) {
    const attribute = prefixes[prefix] ?? '';
    if (attribute !== '' && !bound.has(attribute)) bind(attribute, 'urn:2');
    const key = `${attribute === '' ? '' : bound.get(attribute)} ${locals[local]}`;
    if (!attributes.has(key))
      attributes.set(key, ` ${attribute === '' ? '' : `${attribute}:`}${locals[local]}="${value}"`);
  }
  const tag = `${name === '' ? '' : `${name}:`}${locals[tree.local]}`;
  const namespaces = [...declared].map(
    ([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${uri}"`,
  );
  const content = tree.children.map((child) => render(child, bound)).join(tree.text);
  return `<${tag}${namespaces.join('')}${[...attributes.values()].join('')}>${tree.text}${content}</${tag}>`;
}

describe('canonicalizeDom', () => {
  test.each([true, false])('makes the octets that libxml2 makes, exclusive: %s', async (exclusive) => {
    await fc.assert(
      fc.property(node, (tree) => {
        const xml = render(tree, new Map());
        expect(ours(xml, exclusive)).toBe(libxml2(xml, exclusive));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [
      'orders prefixes by code point',
      '<r xmlns:b="urn:b" xmlns:B="urn:B" xmlns:a-b="urn:c" xmlns:ab="urn:d"/>',
    ],
    ['keeps attributes that begin with xmlns', '<r xmlnsfoo="1" xmlns="urn:r"/>'],
    [
      'orders attributes by namespace, then name',
      '<r xmlns:z="urn:a" xmlns:a="urn:z" a:x="1" z:y="2" z:x="3" b="4"/>',
    ],
    ['takes back a default namespace', '<r xmlns="urn:r"><a xmlns=""><b xmlns="urn:r"/></a></r>'],
    [
      'drops what is declared again',
      '<r xmlns:a="urn:a"><a:x xmlns:a="urn:a"><a:y xmlns:a="urn:b"/></a:x></r>',
    ],
    ['writes empty elements in full', '<r><a/><b></b></r>'],
  ])('%s', (_name, xml) => {
    expect(ours(xml, false)).toBe(libxml2(xml, false));
    expect(ours(xml, true)).toBe(libxml2(xml, true));
  });

  test('binds what ancestors outside have bound, in the inclusive kind', () => {
    const { documentElement } = new DOMParser().parseFromString(
      '<a:x xmlns:a="urn:a" xmlns="urn:own"/>',
      'text/xml',
    );
    const ancestorNamespaces = [
      { prefix: 'out', namespaceURI: 'urn:out' },
      { prefix: '', namespaceURI: 'urn:outer' },
    ];
    const canonical = canonicalizeDom(documentElement, {
      exclusive: false,
      withComments: false,
      ancestorNamespaces,
    });
    expect(canonical).toBe('<a:x xmlns="urn:own" xmlns:a="urn:a" xmlns:out="urn:out"></a:x>');
  });

  test('escapes namespaces, as the values that they are', () => {
    const xml = '<r xmlns="http://agency.example/?a&amp;b"></r>';
    expect(ours(xml, false)).toBe(xml);
    expect(ours(xml, true)).toBe(xml);
  });

  test('writes comments only when asked to', () => {
    const { documentElement } = new DOMParser().parseFromString('<a><!--c--></a>', 'text/xml');
    expect(canonicalizeDom(documentElement, { exclusive: true, withComments: false })).toBe('<a></a>');
    expect(canonicalizeDom(documentElement, { exclusive: true, withComments: true })).toBe('<a><!--c--></a>');
  });

  test('refuses instructions, whose form differs between libraries', () => {
    const { documentElement } = new DOMParser().parseFromString('<a><?pi x?></a>', 'text/xml');
    expect(() => canonicalizeDom(documentElement, { exclusive: true, withComments: false })).toThrow(
      TypeError,
    );
  });

  test('does not overflow the stack', () => {
    const depth = 5_000;
    const xml = `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
    expect(ours(xml, true)).toBe(xml);
  });
});
