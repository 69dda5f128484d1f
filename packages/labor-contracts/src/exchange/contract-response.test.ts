import { createXmlWriter, parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { createLaborContracts, type LaborContractsOptions, registeredIdByPosition } from '../index.ts';

const contractsOf = (options: Partial<LaborContractsOptions> = {}) =>
  createLaborContracts({ serviceId: 'TEST', ...options });
const contracts = contractsOf();
const rootOf = (xml: string | Uint8Array) =>
  parseXml(typeof xml === 'string' ? new TextEncoder().encode(xml) : xml).root;

describe('service.response', () => {
  const { response } = contracts.service;
  const read = (content: string) => response.read(rootOf(`<data>${content}</data>`));

  test.each([
    ['text', '&lt;r&gt;&lt;a/&gt;&lt;b&gt;&lt;c&gt; 12-ә &lt;/c&gt;&lt;/b&gt;&lt;/r&gt;'],
    [
      'text with a declaration',
      '&lt;?xml version="1.0" encoding="utf-16"?&gt;&lt;r&gt;&lt;a/&gt;&lt;b&gt;&lt;c&gt;12-ә&lt;/c&gt;&lt;/b&gt;&lt;/r&gt;',
    ],
    ['CDATA', '<![CDATA[<r><a/><b><c>12-ә</c></b></r>]]>'],
    ['elements', '<r><a/><b><c>12-ә</c></b></r>'],
    ['namespaces', '<x:r xmlns:x="urn:x"><x:a/><b xmlns="urn:y"><c>12-ә</c></b></x:r>'],
  ])('finds the id by its position in %s', (_name, content) => {
    expect(read(content).registeredId).toBe('12-ә');
  });

  test.each([
    ['nothing', ''],
    ['white space', ' \n '],
    ['words', 'Қабылданды'],
    ['broken XML', '&lt;r&gt;'],
    ['one child', '<r><a><c>1</c></a></r>'],
    ['no grandchild', '<r><a/><b>1</b></r>'],
    ['an empty grandchild', '<r><a/><b><c> </c></b></r>'],
    ['elements where the id should be', '<r><a/><b><c><d>1</d></c></b></r>'],
  ])('finds no id in %s', (_name, content) => {
    expect(read(content).registeredId).toBeUndefined();
  });

  test('keeps the whole answer reachable', () => {
    expect(read('<r><a/></r>').root?.localName).toBe('r');
    expect(read('Қабылданды')).toEqual({ registeredId: undefined, root: undefined, text: 'Қабылданды' });
    expect(response.readAbsent?.()).toEqual({ registeredId: undefined, root: undefined, text: '' });
  });

  test('finds the id where the caller says', () => {
    const { service } = contractsOf({ registeredId: (root) => root.first?.attribute('id') });
    expect(service.response.read(rootOf('<data><r><a id="7"/></r></data>')).registeredId).toBe('7');
    expect(registeredIdByPosition(rootOf('<r/>'))).toBeUndefined();
  });

  test('writes what it reads', () => {
    const writer = createXmlWriter();
    writer.open('data');
    response.write({ registeredId: undefined, root: undefined, text: '<r><a/><b><c>1</c></b></r>' }, writer);
    writer.close();
    expect(response.read(rootOf(writer.finish().bytes)).registeredId).toBe('1');
  });
});
