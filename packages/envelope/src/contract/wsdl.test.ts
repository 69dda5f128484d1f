import { parseXml, type XmlNode } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { asyncClientWsdl, asyncGatewayWsdl, syncWsdl } from './wsdl.ts';

const location = 'http://127.0.0.1:1/channel/?a=1&b="2"<';

function* all(node: XmlNode): Generator<XmlNode> {
  yield node;
  for (const child of node.children()) yield* all(child);
}

function nodesOf(text: string): readonly XmlNode[] {
  return [...all(parseXml(new TextEncoder().encode(text)).root)];
}

describe.each([
  ['syncWsdl', syncWsdl, 'SendMessage'],
  ['asyncGatewayWsdl', asyncGatewayWsdl, 'sendMessage sendDeliveryNotification getMessageStatus getMessages'],
  ['asyncClientWsdl', asyncClientWsdl, 'sendMessage changeMassageStatusNotification'],
] as const)('%s', (_name, write, operations) => {
  const nodes = nodesOf(write(location));
  const named = (localName: string): XmlNode[] => nodes.filter((node) => node.localName === localName);

  test('names the address it is served at', () => {
    expect(named('address').map((node) => node.attribute('location'))).toEqual([location]);
  });

  test('binds SOAP 1.1, document style, literal, with an empty soapAction', () => {
    const soap = 'http://schemas.xmlsoap.org/wsdl/soap/';
    const bound = (localName: string): XmlNode[] =>
      named(localName).filter((node) => node.namespace === soap);

    expect(bound('binding').map((node) => node.attribute('style'))).toEqual(['document']);
    expect(new Set(bound('operation').map((node) => node.attribute('soapAction')))).toEqual(new Set(['']));
    expect(named('body').every((node) => node.attribute('use') === 'literal')).toBe(true);
  });

  test('has the operations of its interface', () => {
    const portType = named('portType')[0] as XmlNode;

    expect([...portType.children()].map((node) => node.attribute('name')).join(' ')).toBe(operations);
  });

  test('leaves children unqualified: no schema has elementFormDefault', () => {
    expect(named('schema').map((node) => node.attribute('elementFormDefault'))).toEqual(
      named('schema').map(() => undefined),
    );
  });

  test('is one document: schemas import each other by namespace, none by place', () => {
    const namespaces = named('schema').map((node) => node.attribute('targetNamespace'));

    expect(named('include')).toEqual([]);
    expect(named('import').every((node) => node.attribute('schemaLocation') === undefined)).toBe(true);
    expect(named('import').every((node) => namespaces.includes(node.attribute('namespace')))).toBe(true);
  });

  test('refers only to types and elements that it declares', () => {
    const declared = new Set(
      named('schema').flatMap((schema) =>
        [...schema.children()].map(
          (node) => `{${schema.attribute('targetNamespace')}}${node.attribute('name')}`,
        ),
      ),
    );
    const used = nodes.flatMap((node) =>
      ['type', 'element'].flatMap((attribute) => {
        const [prefix, name] = node.attribute(attribute)?.split(':') ?? [];
        if (prefix === undefined || prefix === 'xs' || prefix === 'tns') return [];
        return `{${node.lookupNamespace(prefix)}}${name}`;
      }),
    );

    expect(used.filter((name) => !declared.has(name))).toEqual([]);
    expect(used.length).toBeGreaterThan(10);
  });
});

describe('asyncClientWsdl', () => {
  test('has sendMessage in the namespace of the gateway, the notification in its own, as the real one', () => {
    const parts = nodesOf(asyncClientWsdl(location)).filter((node) => node.localName === 'part');

    expect(parts.map((node) => node.attribute('element'))).toEqual([
      'typ:sendMessage',
      'typ:sendMessageResponse',
      'typ:sendMessageFault1_sendMessageFault',
      'cli:changeMassageStatusNotification',
      'cli:changeMassageStatusNotificationResponse',
      'cli:changeMassageStatusNotificationFault1_changeMassageStatusNotificationFault',
    ]);
  });

  test('keeps the misprint of the enumeration (contradiction 3)', () => {
    const values = nodesOf(asyncClientWsdl(location)).flatMap((node) => node.attribute('value') ?? []);

    expect(values).toContain('MESSAGE_NOT_ACCTEPTED');
    expect(values).not.toContain('MESSAGE_NOT_ACCEPTED');
  });
});
