import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { XmlElement } from '@egov-gateway/core';
import { fixture, fixturesUrl, passedAsVerified } from '@egov-gateway/testing';
import { parseXml, type XmlNode } from '@egov-gateway/xml';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { describe, expect, test } from 'vitest';

import { readAsyncMessage } from './async/read-message.ts';
import { asyncContract } from './contract/async-contract.ts';
import { syncContract } from './contract/sync-contract.ts';
import { asyncClientWsdl, asyncGatewayWsdl, syncWsdl } from './contract/wsdl.ts';
import { viewData } from './received-data.ts';
import { soap11Namespace } from './soap.ts';
import { readSyncRequest } from './sync/read-request.ts';
import { readSyncResponse } from './sync/read-response.ts';

/** A folder with the real interface files of the gateway, `interfaces/compile/{sync,async}.xsd` in it. They are not ours to ship. */
const interfaces = process.env['EGW_SHARED'];

/** The type of a typed `data` belongs to a service's own schema, which a fixture does not have. */
const foreignTypes = ['data-typed-elements'];
/** An element beyond the contract is beyond the XSD as well. */
const beyondXsd = ['request-extension'];
/** What is written on demand for peers that follow the Rules where they contradict the XSD. */
const afterTheRules = [
  ['delivery-notification-spelled-right', 'MESSAGE_NOT_ACCEPTED'],
  ['status-notification-rules-spelling', 'changeMessageStatusNotification'],
] as const;

const folders = readdirSync(new URL('envelope/', fixturesUrl)).filter((name) => !foreignTypes.includes(name));
const asyncFolders = readdirSync(new URL('envelope-async/', fixturesUrl));

describe.runIf(interfaces !== undefined)('the XSD of the gateway', () => {
  function validate(content: string, channel: 'sync' | 'async' = 'sync'): string | null {
    xmlRegisterFsInputProviders();
    const path = resolve(interfaces ?? '', `interfaces/compile/${channel}.xsd`);
    const schema = XmlDocument.fromBuffer(readFileSync(path), { url: pathToFileURL(path).href });
    const validator = XsdValidator.fromDoc(schema);
    const document = XmlDocument.fromString(content);
    try {
      validator.validate(document);
      return null;
    } catch (error) {
      if (error instanceof XmlValidateError) return error.message;
      throw error;
    } finally {
      document.dispose();
      validator.dispose();
      schema.dispose();
    }
  }

  /**
   * The one element of the Body; of a fault, the one of its detail, because the XSD knows only that. As written, not
   * as canonicalised: the declaration of a prefix in `xsi:type` would be lost.
   */
  function contentOf(folder: string, fixtures = 'envelope'): string {
    const { root } = parseXml(fixture(`${fixtures}/${folder}/expected.xml`));
    const content = root.child('Body', soap11Namespace)?.first;
    const element = content?.localName === 'Fault' ? content.child('detail')?.first : content;
    return root.document.source.slice(element?.startOffset, element?.endOffset);
  }

  test.each(folders.filter((name) => !beyondXsd.includes(name) && name !== 'fault-without-detail'))(
    'accepts what is written for %s',
    (folder) => {
      expect(validate(contentOf(folder))).toBeNull();
    },
  );

  test.each(beyondXsd)('knows nothing of %s', (folder) => {
    expect(validate(contentOf(folder))).toContain('not expected');
  });

  test('refuses the order of the Rules, in which sessionId stands before status', () => {
    const [, status, sessionId] = /(<status>.*<\/status>)(<sessionId>.*<\/sessionId>)/.exec(
      contentOf('response-all-fields'),
    ) as RegExpExecArray;
    const swapped = contentOf('response-all-fields').replace(
      `${status}${sessionId}`,
      `${sessionId}${status}`,
    );

    expect(validate(swapped)).toContain('not expected');
  });

  test.each(asyncFolders.filter((name) => !afterTheRules.some(([known]) => known === name)))(
    'accepts what is written for %s',
    (folder) => {
      expect(validate(contentOf(folder, 'envelope-async'), 'async')).toBeNull();
    },
  );

  test.each(afterTheRules)('refuses %s, which only the Rules have', (folder, spelling) => {
    expect(validate(contentOf(folder, 'envelope-async'), 'async')).toContain(spelling);
  });

  test('refuses the order of the Rules, in which sessionId stands before sender', () => {
    const written = contentOf('message-reply-all-fields', 'envelope-async');
    const [sessionId] = /<sessionId>.*<\/sessionId>/.exec(written) as RegExpExecArray;
    const moved = written.replace(sessionId, '').replace('<sender>', `${sessionId}<sender>`);

    expect(validate(moved, 'async')).toContain('not expected');
  });

  test('refuses an asynchronous message without data, which is why it is always written (contradiction 20)', () => {
    const written = contentOf('message-without-data', 'envelope-async');

    expect(validate(written.replace('<data></data>', ''), 'async')).toContain('Missing child');
  });
});

describe.runIf(interfaces !== undefined)('the WSDL of the gateway', () => {
  const wsdlNamespace = 'http://schemas.xmlsoap.org/wsdl/';
  const folder = 'interfaces/nitec-shep/shep';

  function* all(node: XmlNode): Generator<XmlNode> {
    yield node;
    for (const child of node.children()) yield* all(child);
  }
  const realFile = (path: string): XmlNode =>
    parseXml(readFileSync(resolve(interfaces ?? '', folder, path))).root;

  /** What generated code depends on: operations with the elements of their messages, names of service and port. */
  function shapeOf(...documents: readonly XmlNode[]): unknown {
    const nodes = documents.flatMap((document) => [...all(document)]);
    const of = (localName: string): XmlNode[] =>
      nodes.filter((node) => node.localName === localName && node.namespace === wsdlNamespace);
    const nameOf = (node: XmlNode): string => node.attribute('name') ?? '';
    const local = (node: XmlNode, attribute: string): string =>
      (node.attribute(attribute) ?? '').replace(/^.*:/, '');
    const elements = new Map(
      of('message').map((message) => {
        const part = message.child('part', wsdlNamespace);
        const [prefix = '', name = ''] = (part?.attribute('element') ?? '').split(':');
        return [nameOf(message), `{${part?.lookupNamespace(prefix)}}${name}`];
      }),
    );
    const operations = of('portType').flatMap((portType) =>
      [...portType.children()]
        .filter((node) => node.localName === 'operation')
        .map((operation) => {
          const messages = [...operation.children()].filter(
            (node) => node.attribute('message') !== undefined,
          );
          const roles = messages.map((node) => [node.localName, elements.get(local(node, 'message'))]);
          return [nameOf(operation), Object.fromEntries(roles), nameOf(messages[2] as XmlNode)];
        }),
    );
    return {
      interfaces: of('portType').map((node) => [nameOf(node), node.parent?.attribute('targetNamespace')]),
      operations,
      bindings: of('binding').map((node) => [nameOf(node), local(node, 'type')]),
      services: of('service').map(nameOf),
      ports: of('port').map((node) => [nameOf(node), local(node, 'binding')]),
      actions: nodes.flatMap((node) => node.attribute('soapAction') ?? []),
      uses: new Set(nodes.flatMap((node) => node.attribute('use') ?? [])),
    };
  }

  test.each([
    [
      'syncWsdl',
      syncWsdl,
      'SyncChannel/v10/Interfaces/',
      'ISyncChannel.wsdl',
      'SyncChannelHttp_Service.wsdl',
    ],
    [
      'asyncGatewayWsdl',
      asyncGatewayWsdl,
      'AsyncChannel/v10/Interfaces/',
      'IAsyncChannel.wsdl',
      'AsyncChannelHttp_Service.wsdl',
    ],
    [
      'asyncClientWsdl',
      asyncClientWsdl,
      'AsyncChannel/v10/Interfaces/',
      'IAsyncChannelClient.wsdl',
      'AsyncChannelClientHttp_Service.wsdl',
    ],
  ] as const)('%s has its operations, elements and names', (_name, write, path, abstract, concrete) => {
    const ours = parseXml(new TextEncoder().encode(write('http://127.0.0.1/'))).root;

    expect(shapeOf(ours)).toEqual(shapeOf(realFile(path + abstract), realFile(path + concrete)));
  });

  test('has the types that the contract has, field by field', () => {
    const files = ['SyncChannel', 'AsyncChannel', 'common'].flatMap((channel) => {
      const types = `${channel}/v10/Types/`;
      return readdirSync(resolve(interfaces ?? '', folder, types)).map((file) => realFile(types + file));
    });
    const real = files.flatMap((file) =>
      [...file.children()]
        .filter((node) => node.localName === 'complexType')
        .map((type) => {
          const fields = [...all(type)].filter((node) => node.localName === 'element');
          return [
            `{${file.attribute('targetNamespace')}}${type.attribute('name')}`,
            fields.map((field) => [field.attribute('name'), occurrenceOf(field)].join(' ')),
          ];
        }),
    );
    const ours = [...syncContract, ...asyncContract].flatMap(({ namespace, records }) =>
      records.map(([name, fields]) => [
        `{${namespace}}${name}`,
        fields.map(([field, , occurs]) => `${field} ${occurs}`),
      ]),
    );

    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(real));
  });

  function occurrenceOf(field: XmlNode): string {
    if (field.attribute('maxOccurs') === 'unbounded') return '*';
    return field.attribute('minOccurs') === '0' ? '?' : '1';
  }
});

describe.runIf(interfaces !== undefined)('captured messages', () => {
  function capturedRoot(name: string): XmlElement {
    return parseXml(readFileSync(resolve(interfaces ?? '', 'samples/envelopes', name))).root;
  }

  test.each([
    ['sync-response-signed.nitec-sample.elided.xml', 'Success', 'text'],
    ['response-2023-gost2004-issuerserial.elided.xml', 'Success', 'text'],
    ['response-2025-gost2015-issuerserial.elided.xml', 'SCSS001', 'elements'],
  ])('%s is read, status %s, data as %s', (name, code, style) => {
    const { info, data } = readSyncResponse(passedAsVerified(capturedRoot(name)));

    expect(info.status.code).toBe(code);
    expect(data && viewData(data).style).toBe(style);
    expect(data && viewData(data).asXml().localName).toMatch(/^(data|response)$/);
  });

  test('async-push-2021-gost2004.elided.xml is read: decimal ids, a session inside the sender ignored', () => {
    const path = resolve(interfaces ?? '', 'samples/envelopes', 'async-push-2021-gost2004.elided.xml');
    // Who elided the data left a comment in its place, which is refused where text could be.
    const captured = readFileSync(path, 'utf8').replace(/(?<=<IdbData[^>]*>)<!--.*-->/s, '');
    const { root } = parseXml(new TextEncoder().encode(captured));
    const { info, data, namespace } = readAsyncMessage(passedAsVerified(root));

    expect(info).toMatchObject({
      messageId: '216386080',
      correlationId: '3226347',
      messageType: 'RESPONSE',
      messageDate: '2021-02-09T17:26:36',
      sessionId: '{05705194-3aa4-464b-98c2-f0cffcc10747}',
    });
    expect(namespace).toBe('http://bip.bee.kz/AsyncChannel/v10/Types');
    expect(data?.first?.localName).toBe('IdbDataProcessingResponse');
  });

  test('sync-request-signed.nitec-sample.elided.xml is read, with the document in its text', () => {
    const { info, data } = readSyncRequest(
      passedAsVerified(capturedRoot('sync-request-signed.nitec-sample.elided.xml')),
    );

    expect(info.serviceId).toBe('TEST_SERVICE_ID');
    expect(data && viewData(data).asXml().localName).toBe('request');
  });
});
