import type { XmlElement } from '@egov-gateway/core';

/** A tag or the text before the next one, of canonical XML: no comments, no CDATA, no empty-element tags. */
const token = /<(\/?)([^\s>]+)((?: [^\s=]+="[^"]*")*)>|([^<]+)/g;
const attributePattern = / ([^\s=]+)="([^"]*)"/g;

/** Namespaces by prefix; `''` is the default one. */
type Scope = ReadonlyMap<string, string>;

/**
 * Digests what an element says, whatever the writer called its namespaces: expanded names, attributes in the order of
 * these, and text. Canonical XML keeps prefixes, so that the same data of another writer would be other data. A prefix
 * within a value, as of `xsi:type`, counts as part of the value.
 *
 * @internal
 */
export function digestContent(element: XmlElement, digest: { update(text: string): unknown }): void {
  const scopes: Scope[] = [new Map()];
  for (const [, slash, name, attributes, text] of element.toXml().matchAll(token)) {
    // Each begins with a character of its own and says itself where it ends: nothing runs into the next.
    if (text !== undefined) digest.update(JSON.stringify(text));
    else if (slash === '/') {
      scopes.pop();
      digest.update(']');
    } else {
      const written = [...(attributes ?? '').matchAll(attributePattern)];
      const scope = scopeWithin(scopes.at(-1) ?? new Map(), written);
      scopes.push(scope);
      digest.update(
        JSON.stringify([expanded(name ?? '', scope, scope.get('') ?? ''), valuesOf(written, scope)]),
      );
    }
  }
}

function scopeWithin(outer: Scope, attributes: readonly RegExpExecArray[]): Scope {
  const declared = attributes.flatMap(([, name = '', value = '']): [string, string][] => {
    if (name === 'xmlns') return [['', value]];
    return name.startsWith('xmlns:') ? [[name.slice('xmlns:'.length), value]] : [];
  });
  return declared.length === 0 ? outer : new Map([...outer, ...declared]);
}

function valuesOf(attributes: readonly RegExpExecArray[], scope: Scope): readonly (readonly string[])[] {
  return attributes
    .filter(([, name = '']) => name !== 'xmlns' && !name.startsWith('xmlns:'))
    .map(([, name = '', value = '']) => [...expanded(name, scope, ''), value])
    .sort(([uri = '', local = ''], [otherUri = '', otherLocal = '']) =>
      uri === otherUri ? compare(local, otherLocal) : compare(uri, otherUri),
    );
}

/** Namespace and local name. An unprefixed attribute is in no namespace, an unprefixed element in the default one. */
function expanded(name: string, scope: Scope, unprefixed: string): readonly [uri: string, local: string] {
  const colon = name.indexOf(':');
  if (colon === -1) return [unprefixed, name];
  const prefix = name.slice(0, colon);
  // Only `xml` needs no declaration.
  return [scope.get(prefix) ?? prefix, name.slice(colon + 1)];
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
