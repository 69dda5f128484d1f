import * as fc from 'fast-check';

/** One element of a generated document, before it is made namespace-well-formed. */
interface Tree {
  readonly prefix: string;
  readonly localName: string;
  readonly declarations: readonly (readonly [prefix: string, namespace: string])[];
  readonly attributes: readonly {
    readonly prefix: string;
    readonly localName: string;
    readonly value: string;
    readonly quote: string;
  }[];
  /** White space that a tag may have. */
  readonly space: string;
  /** Written without prefix, attributes and white space, as most elements of messages are. */
  readonly isPlain: boolean;
  /** Written `<a/>` when there is nothing in it. */
  readonly isEmptyTag: boolean;
  readonly content: readonly (Tree | string)[];
  /** Comments and white space between children; `undefined` allows text there. */
  readonly between: readonly string[] | undefined;
}

const namespaces = ['urn:a', 'urn:b', 'http://agency.example/v1/types', 'http://agency.example/v1'] as const;
const prefixes = ['', 'a', 'b', 'ns1', 'ә'] as const;
// U+10000 sorts behind U+F900 by code point, and before it by UTF-16 unit.
const localNames = ['data', 'number', 'Id', 'нөмір', 'x-1.y', '\u{10000}', '\uf900', 'Z'] as const;
const textPieces = [
  'text',
  'Әлия Қайратқызы',
  ' ',
  '\n  ',
  '\t',
  '\r\n',
  '\r',
  '>',
  '"',
  "'",
  ']] ',
  ']]&gt;',
  '😀',
  '\u{e000}',
  '&amp;',
  '&lt;',
  '&gt;',
  '&quot;',
  '&apos;',
  '&#13;',
  '&#xD;',
  '&#xA;',
  '&#9;',
  '&#x1F600;',
  '&#1178;',
] as const;
const cdata = ['<![CDATA[]]>', '<![CDATA[<a>&amp;]]>', '<![CDATA[]]]]>', '<![CDATA[a\r\nb>]]>'] as const;
const comments = ['<!---->', '<!-- <a>&b; -->', '\n', ' '] as const;

const pieces = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...textPieces) },
  { weight: 1, arbitrary: fc.constantFrom(...cdata) },
);
const text = fc.array(pieces, { maxLength: 5 }).map((all) => all.join(''));
const space = fc.constantFrom('', '', '', ' ', '\n', '\r\n\t');
const value = fc.array(fc.constantFrom(...textPieces), { maxLength: 4 }).map((all) => all.join(''));

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    prefix: fc.constantFrom(...prefixes),
    localName: fc.constantFrom(...localNames),
    declarations: fc.array(fc.tuple(fc.constantFrom(...prefixes), fc.constantFrom(...namespaces, '')), {
      maxLength: 2,
    }),
    attributes: fc.array(
      fc.record({
        prefix: fc.constantFrom(...prefixes, 'xml'),
        localName: fc.constantFrom(...localNames, 'lang'),
        value,
        quote: fc.constantFrom('"', "'"),
      }),
      { maxLength: 4 },
    ),
    space,
    isPlain: fc.boolean(),
    isEmptyTag: fc.boolean(),
    content: fc.array(fc.oneof({ maxDepth: 4, depthSize: 'small' }, text, tie('tree')), { maxLength: 4 }),
    between: fc.option(fc.array(fc.constantFrom(...comments), { maxLength: 2 }), { nil: undefined }),
  }),
}));

/**
 * Documents that the reader accepts and that use what canonicalisation is about: prefixes declared again, the default
 * namespace taken back, attributes in namespaces, references, CDATA, line ends, comments between elements.
 */
export const xmlDocument: fc.Arbitrary<string> = fc
  .tuple(tree, fc.constantFrom('', '\ufeff', '<?xml version="1.0" encoding="UTF-8"?>\r\n', '<!-- a -->\n'))
  .map(([root, prolog]) => prolog + serialize(root, new Map([['', '']])));

function serialize(given: Tree, outer: ReadonlyMap<string, string>): string {
  const tree: Tree = given.isPlain
    ? { ...given, prefix: '', declarations: [], attributes: [], space: '' }
    : given;
  const declared = new Map<string, string>();
  for (const [prefix, namespace] of tree.declarations) {
    if (prefix === '' || namespace !== '') declared.set(prefix, namespace);
  }
  const scope = new Map([...outer, ...declared, ['xml', 'xml'] as const]);
  const bind = (prefix: string): string => {
    let namespace = scope.get(prefix);
    if (namespace === undefined) {
      namespace = namespaces[prefix.length % namespaces.length] ?? '';
      scope.set(prefix, namespace);
      declared.set(prefix, namespace);
    }
    return namespace;
  };
  bind(tree.prefix);
  const seen = new Set<string>();
  const attributes: string[] = [];
  for (const { prefix, localName, value, quote } of tree.attributes) {
    const expanded = `${prefix === '' ? '' : bind(prefix)} ${localName}`;
    if (seen.has(expanded)) continue;
    seen.add(expanded);
    const escaped = value.replaceAll('<', '&lt;').replaceAll(quote, quote === '"' ? '&quot;' : '&apos;');
    attributes.push(`${qualified(prefix, localName)}${tree.space}=${tree.space}${quote}${escaped}${quote}`);
  }
  for (const [prefix, namespace] of declared) {
    attributes.push(prefix === '' ? `xmlns='${namespace}'` : `xmlns:${prefix}="${namespace}"`);
  }
  const name = qualified(tree.prefix, tree.localName);
  const start = [name, ...attributes].join(tree.space === '' ? ' ' : tree.space);
  const hasChild = tree.content.some((part) => typeof part !== 'string');
  const content = tree.content.map((part) => {
    if (typeof part !== 'string') return serialize(part, scope);
    // A comment is accepted only where there is no other text.
    return hasChild && tree.between !== undefined ? tree.between.join('') : part;
  });
  const inner = content.join('');
  return inner === '' && tree.isEmptyTag
    ? `<${start}${tree.space}/>`
    : `<${start}${tree.space}>${inner}</${name}${tree.space}>`;
}

function qualified(prefix: string, localName: string): string {
  return prefix === '' ? localName : `${prefix}:${localName}`;
}
