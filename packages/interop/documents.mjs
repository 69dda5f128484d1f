import fc from 'fast-check';

/** Documents that exercise canonicalisation: every construct that is legal in a message, in odd combinations. */

const namespaces = ['urn:a', 'urn:b', 'http://example.test/z?x=1&amp;y=2', 'urn:a/b'];
const prefixes = ['', 'p', 'q', 'ns1', 'Ұ'];
const names = ['a', 'B', 'c-d', '_e.f', 'ЖСН'];
const texts = [
  '',
  ' ',
  '\n  ',
  'x',
  '&lt;&amp;&gt;',
  '&#13;',
  '&#x9;',
  '&#10;',
  '"\'',
  'қазақша',
  '😀',
  ']]&gt;',
  '\r\n',
  '\t',
];
const values = [
  '',
  'v',
  '&lt;',
  '&amp;',
  '&quot;',
  "'",
  '&#9;',
  '&#xA;',
  '&#xD;',
  '\n',
  '\t ',
  '>',
  'ә😀',
  '  a  ',
];

const attributeNames = ['id', 'Id', 'type', 'lang', 'z'];

const node = fc.letrec((tie) => ({
  element: fc.record({
    name: fc.constantFrom(...names),
    prefix: fc.constantFrom(...prefixes),
    declarations: fc.uniqueArray(
      fc.record({ prefix: fc.constantFrom(...prefixes), namespace: fc.constantFrom('', ...namespaces) }),
      { maxLength: 3, selector: (one) => one.prefix },
    ),
    attributes: fc.uniqueArray(
      fc.record({
        prefix: fc.constantFrom('', '', ...prefixes.slice(1), 'xml'),
        name: fc.constantFrom(...attributeNames),
        value: fc.constantFrom(...values),
        quote: fc.constantFrom('"', "'"),
      }),
      { maxLength: 3, selector: (one) => `${one.prefix}:${one.name}` },
    ),
    isShort: fc.boolean(),
    children: fc.array(
      fc.oneof({ maxDepth: 4, depthSize: 'small' }, tie('text'), tie('element'), tie('element')),
      {
        maxLength: 4,
      },
    ),
  }),
  text: fc.record({
    kind: fc.constantFrom('text', 'text', 'cdata'),
    value: fc.constantFrom(...texts),
  }),
}));

/** Writes the tree so that every prefix is bound and no attribute is there twice. */
function serialize(element, scope, comments) {
  const bound = new Map(scope);
  const declarations = [];
  const declare = (prefix, namespace) => {
    bound.set(prefix, namespace);
    declarations.push(prefix === '' ? `xmlns="${namespace}"` : `xmlns:${prefix}="${namespace}"`);
  };
  for (const { prefix, namespace } of element.declarations) {
    if (prefix === '' || namespace !== '') declare(prefix, namespace);
  }
  const use = (prefix) => {
    if (prefix !== '' && prefix !== 'xml' && !bound.has(prefix)) declare(prefix, namespaces[0]);
  };
  use(element.prefix);
  const seen = new Set();
  const attributes = [];
  for (const { prefix, name, value, quote } of element.attributes) {
    use(prefix);
    const expanded = prefix === '' ? name : `{${bound.get(prefix) ?? prefix}}${name}`;
    if (seen.has(expanded) || value.includes(quote)) continue;
    seen.add(expanded);
    attributes.push(`${prefix === '' ? '' : `${prefix}:`}${name}=${quote}${value}${quote}`);
  }
  const tag = element.prefix === '' ? element.name : `${element.prefix}:${element.name}`;
  const start = [tag, ...attributes, ...declarations].join(' ');
  const hasElements = element.children.some((child) => child.kind === undefined);
  const content = element.children.map((child) => {
    if (child.kind === undefined) return serialize(child, bound, comments);
    if (child.kind === 'cdata') return `<![CDATA[${child.value.replaceAll('&gt;', '')}]]>`;
    return child.value;
  });
  // Only between elements: inside text our reader refuses comments.
  const separator =
    comments && hasElements && element.children.every((child) => child.kind === undefined)
      ? '<!-- c -->'
      : '';
  const inner = content.join(separator);
  return inner === '' && element.isShort ? `<${start} />` : `<${start}>${inner}</${tag}>`;
}

/** `count` documents, always the same ones for a seed. */
export function generateDocuments({ count, seed, comments }) {
  return fc
    .sample(node.element, { numRuns: count, seed })
    .map((root) => serialize(root, new Map(), comments));
}
