import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { codeOf } from '@egov-gateway/testing';
import { createXmlWriter } from '@egov-gateway/xml';
import { describe, expect, onTestFinished, test } from 'vitest';

import type { RequestContext } from '../service.ts';
import { type CannedService, cannedService } from './canned-service.ts';

async function serve(canned: CannedService): Promise<{ data: string; code: string; message: string }> {
  const entry = await cannedService(canned);
  const served = await entry.serve({} as RequestContext);
  if (served.kind === 'fault') throw new Error('a canned service never faults');
  const writer = createXmlWriter();
  writer.open('data');
  served.data?.codec.write(served.data.value, writer);
  writer.close();
  return { data: Buffer.from(writer.finish().bytes).toString(), ...served.status };
}

const ns = 'http://ehealth.kz/integration/sync';
const xsi = 'http://www.w3.org/2001/XMLSchema-instance';

describe('cannedService', () => {
  test('puts an element of any name into data', async () => {
    const { data, code } = await serve({ id: 'A', xml: '<found><number>1</number></found>' });
    expect(data).toBe('<data><found><number>1</number></found></data>');
    expect(code).toBe('SCSS001');
  });

  test('takes a data element with its type, whose prefix stays declared', async () => {
    const xml = `<data xmlns:n="${ns}" xmlns:xsi="${xsi}" xsi:type="n:Response"><number>1</number></data>`;
    const { data } = await serve({ id: 'A', xml });
    expect(data).toContain(`xmlns:n="${ns}"`);
    expect(data).toContain('xsi:type="n:Response"');
    expect(data).toContain('<number>1</number></data>');
  });

  test('takes text of a data element', async () => {
    expect((await serve({ id: 'A', xml: '<data>&lt;a/&gt;</data>' })).data).toBe('<data>&lt;a/&gt;</data>');
  });

  test('takes status and data of an envelope', async () => {
    const xml =
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
      '<t:SendMessageResponse xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types"><response><responseInfo>' +
      '<messageId>1</messageId><status><code>SUCCESS</code><message>done</message></status></responseInfo>' +
      '<responseData><data><return>true</return></data></responseData></response></t:SendMessageResponse>' +
      '</s:Body></s:Envelope>';
    expect(await serve({ id: 'A', xml })).toEqual({
      data: '<data><return>true</return></data>',
      code: 'SUCCESS',
      message: 'done',
    });
  });

  test('escapes plain text and declares it as a string', async () => {
    const { data } = await serve({ id: 'A', text: '<a>&</a>' });
    expect(data).toContain('xsi:type="xs:string"');
    expect(data).toContain('&lt;a&gt;&amp;&lt;/a&gt;');
  });

  test('reads a file, and a status of the caller wins', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'emulator-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'answer.xml');
    await writeFile(file, '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<имя>Ғалым</имя>\n');
    const status = { code: 'SCSE001', message: 'no' };
    expect(await serve({ id: 'A', file, status })).toEqual({
      data: '<data><имя>Ғалым</имя></data>',
      ...status,
    });
  });

  test.each([
    ['no source', { id: 'A' }],
    ['two sources', { id: 'A', xml: '<a/>', text: 'a' }],
    ['an empty id', { id: '', xml: '<a/>' }],
  ])('refuses %s', async (_case, canned) => {
    await expect(cannedService(canned)).rejects.toThrow(TypeError);
  });

  test('refuses XML that is not acceptable when the emulator is made, not when it is called', async () => {
    expect(await codeOf(() => cannedService({ id: 'A', xml: '<!DOCTYPE a><a/>' }))).toBe('ERR_XML_DOCTYPE');
    expect(await codeOf(() => cannedService({ id: 'A', xml: '<a>' }))).toBe('ERR_XML_TRUNCATED');
  });

  test('refuses a file that is not there', async () => {
    await expect(cannedService({ id: 'A', file: join(tmpdir(), 'no-such-file.xml') })).rejects.toThrow(
      'ENOENT',
    );
  });
});
