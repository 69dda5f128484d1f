/**
 * Conformance with the XSD of the reports and samples that are no part of this repository: set `EGW_SHARED` to a folder
 * that has them below `interfaces/gbdul` and `samples/payloads` to run these tests.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';

import { rootOf, written } from '../test/data-element.ts';
import { registrationAnswer, reportRequest, reregistrationAnswer } from '../test/report-values.ts';
import {
  personByIin,
  type ReportRequest,
  registrationReport,
  registrationReportNamespace,
  reregistrationReport,
  reregistrationReportNamespace,
} from './index.ts';

const folder = process.env['EGW_SHARED'] ?? '';
const schemas = join(folder, 'interfaces', 'gbdul');
const isThere = folder !== '' && existsSync(schemas);

/** What a schema says of the child of `data`, `undefined` when it is valid. */
function complaint(file: string, data: string, globals: string): string | undefined {
  // The schema of 3007 has types only.
  const text = readFileSync(join(schemas, file), 'utf8').replace('</xs:schema>', `${globals}</xs:schema>`);
  const schema = XmlDocument.fromString(text);
  const document = XmlDocument.fromString(data.slice('<data>'.length, -'</data>'.length));
  const validator = XsdValidator.fromDoc(schema);
  try {
    validator.validate(document);
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    validator.dispose();
    document.dispose();
    schema.dispose();
  }
}

const elements =
  '<xs:element name="request" type="tns:request"/><xs:element name="response" type="tns:response"/>';
const minimal: ReportRequest = {
  requestNumber: '1',
  declarantId: '001300900011',
  businessData: { bin: '991340000801' },
};

describe.runIf(isThere).each([
  [
    'gbdul-report-3005-kdp.xsd',
    '',
    registrationReport.unsigned,
    registrationAnswer,
    registrationReportNamespace,
  ],
  [
    'gbdul-report-3007-kdp.xsd',
    elements,
    reregistrationReport.unsigned,
    reregistrationAnswer,
    reregistrationReportNamespace,
  ],
] as const)('%s', (file, globals, service, answer, namespace) => {
  const { request } = service;
  const response = service.response as typeof registrationReport.unsigned.response;
  const value = answer as typeof registrationAnswer;

  test('is kept by requests, the fullest and the smallest', () => {
    for (const sent of [reportRequest, minimal]) {
      expect(complaint(file, written(request, sent), globals)).toBeUndefined();
    }
  });

  test('is kept by answers, the fullest and the smallest', () => {
    const { requestNumber, declarantId, status } = value;
    for (const sent of [value, { requestNumber, declarantId, status }]) {
      expect(complaint(file, written(response, sent), globals)).toBeUndefined();
    }
  });

  test('has no element that is not known here', () => {
    const declared = readFileSync(join(schemas, file), 'utf8').matchAll(/<xs:element name="(\w+)"/g);
    const names = new Set([...declared].map(([, name]) => name));
    const all = written(request, reportRequest) + written(response, value);
    names.delete('RequestorType');
    for (const name of names) expect(all).toContain(`<ns2:${name}`);
  });

  test.each<[string, (xml: string) => string]>([
    [
      'another order',
      (xml) =>
        xml.replace(
          /(<ns2:requestNumber>.*<\/ns2:requestNumber>)(<ns2:declarantId>.*<\/ns2:declarantId>)/,
          '$2$1',
        ),
    ],
    ['elements that are not qualified', (xml) => xml.replaceAll('ns2:declarantId', 'declarantId')],
    ['another namespace', (xml) => xml.replace(namespace, 'urn:x')],
    ['a missing number', (xml) => xml.replace(/<ns2:requestNumber>.*?<\/ns2:requestNumber>/, '')],
    [
      'a signature, which it does not know',
      (xml) =>
        xml.replace(
          '</ns2:request>',
          '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></ns2:request>',
        ),
    ],
  ])('notices %s', (_name, edit) => {
    const xml = written(request, reportRequest);
    expect(edit(xml)).not.toBe(xml);
    expect(complaint(file, edit(xml), globals)).toBeDefined();
  });
});

describe.runIf(isThere)('the sample of a request for a person', () => {
  test('is read, found right, and written the same', () => {
    const text = readFileSync(
      join(folder, 'samples', 'payloads', 'gbdfl-universal-token.request.data.xml'),
      'utf8',
    );
    const root = rootOf(text.replace(/<!--.*?-->/s, ''));
    const value = personByIin.request.read(root);
    expect(personByIin.request.validate(value)).toEqual([]);
    expect(written(personByIin.request, value)).toBe(root.toXml());
  });
});
