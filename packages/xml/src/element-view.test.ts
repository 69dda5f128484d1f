import { inspect } from 'node:util';

import { describe, expect, test } from 'vitest';

import { createXmlWriter } from './canonical-writer.ts';
import { canonicalize } from './canonicalize.ts';
import { elementView } from './element-view.ts';
import { parseXml } from './parse-xml.ts';

const { root } = parseXml(
  Buffer.from(
    '<r xmlns:p="urn:p"><h>unsigned</h><b i="1" p:i="2"><p:c>text</p:c><d>x</d></b><z>behind</z></r>',
  ),
);
const body = root.child('b') ?? root;
const view = elementView(body);

describe('elementView', () => {
  test('shows the element and what is in it', () => {
    expect([view.localName, view.namespace, view.path]).toEqual(['b', '', '/r/b']);
    expect([view.attribute('i'), view.attribute('i', 'urn:p'), view.attribute('j')]).toEqual([
      '1',
      '2',
      undefined,
    ]);
    expect(view.first?.text()).toBe('text');
    expect(view.first?.next?.path).toBe('/r/b/d');
    expect(view.first?.next?.next).toBeUndefined();
    expect(view.lookupNamespace('p')).toBe('urn:p');
  });

  test('leads nowhere else', () => {
    expect(view.next).toBeUndefined();
    for (const element of [view, view.first, view.first?.next]) {
      for (const name of ['document', 'parent', 'startOffset', 'source', 'root']) {
        expect(Reflect.get(element as object, name)).toBeUndefined();
      }
      expect(Reflect.ownKeys(element as object)).toEqual([]);
    }
    expect(inspect(view, { depth: 9, showHidden: true, customInspect: false })).not.toContain('unsigned');
    expect(inspect(view)).toBe('XmlElement { /r/b }');
    expect(JSON.stringify(view)).toBe('{"path":"/r/b"}');
  });

  test('is canonicalised and copied like the element', () => {
    expect(canonicalize(view)).toEqual(canonicalize(body));
    expect(view.toXml()).toBe(body.toXml());
    const writer = createXmlWriter();
    writer.copy(view);
    expect(Buffer.from(writer.finish().bytes).toString()).toBe(body.toXml());
  });
});
