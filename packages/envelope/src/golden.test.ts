import { readdirSync } from 'node:fs';

import { type DataTree, fixture, fixturesUrl, fixtureText, treeCodec } from '@egov-gateway/testing';
import { canonicalize, parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import type { WrittenEnvelope } from './soap-envelope.ts';
import type { SyncRequestInfo } from './sync/request.ts';
import type { SyncResponseInfo } from './sync/response.ts';
import { writeSyncRequest } from './sync/write-request.ts';
import { writeSyncResponse } from './sync/write-response.ts';
import { type Fault, writeFault } from './write-fault.ts';
import { type WsAddressing, wsAddressingHeaders } from './ws-addressing.ts';

/** `input.json` of a fixture. */
interface Input {
  readonly rule: string;
  readonly id: string;
  readonly request?: { readonly info: SyncRequestInfo; readonly wsAddressing?: WsAddressing };
  readonly response?: { readonly info: SyncResponseInfo };
  readonly fault?: Fault;
  readonly data?: DataTree;
}

function write({ id, request, response, fault, data }: Input): WrittenEnvelope {
  const options = { newId: () => id };
  const part = data && { codec: treeCodec, value: data };
  if (request) {
    const headerBlocks = request.wsAddressing && wsAddressingHeaders(request.wsAddressing);
    return writeSyncRequest({ info: request.info, data: part, headerBlocks }, options);
  }
  if (response) return writeSyncResponse({ info: response.info, data: part }, options);
  if (fault) return writeFault(fault, options);
  throw new TypeError('expected a request, a response or a fault in input.json');
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

const cases = readdirSync(new URL('envelope/', fixturesUrl)).map((folder) => ({
  folder,
  ...(JSON.parse(fixtureText(`envelope/${folder}/input.json`)) as Input),
}));

describe('fixtures/envelope', () => {
  test.each(cases)('$folder: $rule', (input) => {
    const { bytes } = write(input);

    expect(decode(bytes)).toBe(fixtureText(`envelope/${input.folder}/expected.xml`));
  });

  test.each(cases)('$folder: the layout describes these very bytes', (input) => {
    const { bytes, layout } = write(input);
    const text = new TextDecoder('latin1').decode(bytes);

    expect(text.slice(0, layout.headerInsertAt).endsWith('<soap:Header>')).toBe(true);
    expect(text.slice(layout.bodyStart, layout.bodyEnd)).toMatch(/^<soap:Body [\s\S]*<\/soap:Body>$/);
    expect(layout.bodyId).toBe(`id-${input.id}`);
  });

  test.each(cases)('$folder: the Body without its wire-only ranges is its own exclusive c14n', (input) => {
    const { bytes, layout } = write(input);
    const kept: number[] = [];
    let from = layout.bodyStart;
    for (const [start, end] of [...layout.wireOnly, [layout.bodyEnd, layout.bodyEnd] as const]) {
      kept.push(...bytes.subarray(from, start));
      from = end;
    }
    const body = parseXml(fixture(`envelope/${input.folder}/expected.xml`)).root.child(
      'Body',
      'http://schemas.xmlsoap.org/soap/envelope/',
    );

    expect(body && decode(canonicalize(body))).toBe(decode(new Uint8Array(kept)));
  });
});
