import { describe, expect, test } from 'vitest';

import { xmlName } from './xml-name.ts';

describe('xmlName', () => {
  test('is frozen', () => {
    const name = xmlName('Body', 'urn:soap', 'soap');

    expect(Object.isFrozen(name)).toBe(true);
    expect(name).toEqual({ localName: 'Body', namespace: 'urn:soap', prefix: 'soap' });
  });

  test.each([
    ['', 'urn:x', 'p'],
    ['a:b', 'urn:x', 'p'],
    ['a', 'urn:x', 'p:q'],
    ['a', '', 'p'],
    ['a', 'types', 'p'],
    ['a', 'urn:\u0001', 'p'],
    ['a', 'urn:a b', 'p'],
    ['a', 'http://www.w3.org/XML/1998/namespace', 'p'],
    ['a', 'urn:x', 'xml'],
    ['a', 'http://www.w3.org/2000/xmlns/', 'xmlns'],
    ['a', 'http://www.w3.org/2000/xmlns/', 'p'],
    ['a', undefined as unknown as string, 'p'],
    [undefined as unknown as string, 'urn:x', 'p'],
    ['a', 'urn:x', null as unknown as string],
  ])('refuses %j in %j with prefix %j', (localName, namespace, prefix) => {
    expect(() => xmlName(localName, namespace, prefix)).toThrow(TypeError);
  });
});
