/**
 * Conformance with samples that are no part of this repository: set `EGW_SHARED` to a folder that has them below
 * `samples/payloads` to run these tests.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createXmlWriter, parseXml, type XmlNode } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { type ConsentRequest, consentService, createConsentService } from './index.ts';

const folder = join(process.env['EGW_SHARED'] ?? '', 'samples', 'payloads');
const requestFile = join(folder, 'kdp-service.request.data.xml');
const isThere = (process.env['EGW_SHARED'] ?? '') !== '' && existsSync(requestFile);

function find(root: XmlNode, name: string): XmlNode | undefined {
  if (root.localName === name) return root;
  for (const child of root.children()) {
    const found = find(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A sample without the comment that says where it is from. */
function sample(path: string): XmlNode {
  const text = readFileSync(path, 'utf8')
    .replace(/<!--[\s\S]*?-->/g, '')
    .trim();
  return parseXml(new TextEncoder().encode(text)).root;
}

describe.runIf(isThere)('samples of the service', () => {
  test('the request has the elements that are written, in their order', () => {
    const root = sample(requestFile);
    const value: ConsentRequest = {
      iin: '001300900011',
      company: 'ТОО Пример',
      companyBin: '991340000017',
      companyResponsible: 'Тестовая система',
      employeeName: 'Тестов Тест',
      accessNames: ['GBDFLUniversal_token'],
      expiresInMs: 600_000,
      omitSms: true,
      ovt: 'a.b.c',
    };
    const writer = createXmlWriter();
    writer.open('data');
    consentService.request.write(value, writer);
    writer.close();
    const own = new TextDecoder().decode(writer.finish().bytes);
    // The sample says in words what its ovt is.
    const theirs = root
      .toXml()
      .replace(/>\s+</g, '><')
      .replace(/<ovt>[^<]*/, '<ovt>a.b.c');
    expect(own).toBe(theirs);
  });

  test.each(['sync-channel', 'kdp'] as const)('the answer is read by the service of %s', (wrapper) => {
    const data = find(sample(join(folder, 'kdp-service.response.xml')), 'data');
    const answer = data && createConsentService({ wrapper }).response.read(data);
    expect(answer?.outcome).toBe('granted');
    expect(answer?.token?.token).toBe('TOKENWITHWHITESPACE');
    expect(answer?.token?.publicKey).toBe('BASE64KEY');
  });
});
