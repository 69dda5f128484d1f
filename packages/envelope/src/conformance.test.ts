import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { XmlElement } from '@egov-gateway/core';
import { fixture, fixturesUrl, passedAsVerified } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { describe, expect, test } from 'vitest';

import { viewData } from './received-data.ts';
import { soap11Namespace } from './soap.ts';
import { readSyncRequest } from './sync/read-request.ts';
import { readSyncResponse } from './sync/read-response.ts';

/** A folder with the real interface files of the gateway, `interfaces/compile/sync.xsd` in it. They are not ours to ship. */
const interfaces = process.env['EGW_SHARED'];

/** The type of a typed `data` belongs to a service's own schema, which a fixture does not have. */
const foreignTypes = ['data-typed-elements'];
/** An element beyond the contract is beyond the XSD as well. */
const beyondXsd = ['request-extension'];

const folders = readdirSync(new URL('envelope/', fixturesUrl)).filter((name) => !foreignTypes.includes(name));

describe.runIf(interfaces !== undefined)('the XSD of the gateway', () => {
  function validate(content: string): string | null {
    xmlRegisterFsInputProviders();
    const path = resolve(interfaces ?? '', 'interfaces/compile/sync.xsd');
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
  function contentOf(folder: string): string {
    const { root } = parseXml(fixture(`envelope/${folder}/expected.xml`));
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

  test('sync-request-signed.nitec-sample.elided.xml is read, with the document in its text', () => {
    const { info, data } = readSyncRequest(
      passedAsVerified(capturedRoot('sync-request-signed.nitec-sample.elided.xml')),
    );

    expect(info.serviceId).toBe('TEST_SERVICE_ID');
    expect(data && viewData(data).asXml().localName).toBe('request');
  });
});
