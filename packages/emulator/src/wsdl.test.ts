import { parseXml, type XmlNode } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { syncWsdl } from './wsdl.ts';

const root = parseXml(Buffer.from(syncWsdl('http://127.0.0.1:1/bip-sync/?a=1&b="2"'))).root;

function* all(node: XmlNode): Generator<XmlNode> {
  yield node;
  for (const child of node.children()) yield* all(child);
}
const nodes = [...all(root)];
const named = (localName: string): XmlNode[] => nodes.filter((node) => node.localName === localName);
const typeOf = (name: string): XmlNode | undefined =>
  named('complexType').find((node) => node.attribute('name') === name);

describe('syncWsdl', () => {
  test('names the address it is served at', () => {
    expect(named('address').map((node) => node.attribute('location'))).toEqual([
      'http://127.0.0.1:1/bip-sync/?a=1&b="2"',
    ]);
  });

  test('binds SOAP 1.1, document style, literal, with an empty soapAction', () => {
    const soap = 'http://schemas.xmlsoap.org/wsdl/soap/';
    const binding = named('binding').find((node) => node.namespace === soap);
    expect(binding?.attribute('style')).toBe('document');
    const operation = named('operation').find((node) => node.namespace === soap);
    expect(operation?.attribute('soapAction')).toBe('');
    expect(named('body').every((node) => node.attribute('use') === 'literal')).toBe(true);
  });

  test('leaves children unqualified: the schema has no elementFormDefault', () => {
    expect(named('schema').map((node) => node.attribute('elementFormDefault'))).toEqual([undefined]);
  });

  test('has no import, so that one document is enough', () => {
    expect([...named('import'), ...named('include')]).toEqual([]);
  });

  test.each([
    ['SyncMessageInfo', 'messageId correlationId serviceId messageDate routeId sender properties sessionId'],
    ['SyncMessageInfoResponse', 'messageId correlationId responseDate status sessionId'],
    ['ErrorInfo', 'errorCode errorMessage errorData errorDate subError sessionId'],
    ['SenderInfo', 'senderId password'],
  ])('has the fields of %s in the order of the contract', (name, order) => {
    const type = typeOf(name);
    const fields = type === undefined ? [] : [...all(type)].filter((node) => node.localName === 'element');
    expect(fields.map((node) => node.attribute('name')).join(' ')).toBe(order);
  });

  test('refers only to types that it declares', () => {
    const declared = new Set(
      [...named('complexType'), ...named('simpleType')].map((node) => node.attribute('name')),
    );
    const used = named('element').flatMap((node) => node.attribute('type') ?? []);
    const missing = used.filter((type) => type.startsWith('typ:') && !declared.has(type.slice(4)));
    expect(missing).toEqual([]);
    expect(used.length).toBeGreaterThan(20);
  });
});
