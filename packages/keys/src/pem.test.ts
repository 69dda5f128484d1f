import { codeOf } from '@egov-gateway/testing';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readPem } from './pem.ts';

const text = (value: string): Uint8Array => Buffer.from(value, 'utf8');
const block = (label: string, body: string): string =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;

describe('readPem', () => {
  test.each([
    ['LF', (value: string) => value],
    ['CRLF', (value: string) => value.replaceAll('\n', '\r\n')],
    ['CR', (value: string) => value.replaceAll('\n', '\r')],
    ['a byte order mark', (value: string) => `\uFEFF${value}`],
    ['spaces at the ends of lines', (value: string) => value.replaceAll('\n', ' \n')],
    ['text before and behind', (value: string) => `Қазақша\n${value}the end`],
  ])('reads blocks with %s', (_rule, write) => {
    const read = readPem(text(write(block('A', 'AQID') + block('B C', 'BA=='))));
    expect(read.map(({ label, bytes }) => [label, ...bytes])).toEqual([
      ['A', 1, 2, 3],
      ['B C', 4],
    ]);
  });

  test.each([
    ['no block', 'AQID'],
    ['nothing', ''],
    ['a block without end', '-----BEGIN A-----\nAQID\n'],
    ['a block inside another', '-----BEGIN A-----\n-----BEGIN B-----\nAQID\n-----END B-----\n'],
    ['another label at the end', '-----BEGIN A-----\nAQID\n-----END B-----\n'],
    ['an end without beginning', '-----END A-----\n'],
    ['what is not base64', block('A', 'A!ID')],
    ['half a base64 group', block('A', 'AQI')],
    ['padding in the middle', block('A', 'AQ==AQID')],
    ['headers of old encrypted keys', block('RSA PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED\n\nAQID')],
  ])('refuses %s', async (_rule, value) => {
    expect(await codeOf(() => readPem(text(value)))).toBe('ERR_KEY_FORMAT');
  });

  test('refuses more than 1 MiB', async () => {
    expect(await codeOf(() => readPem(new Uint8Array(1_048_577)))).toBe('ERR_KEY_LIMIT');
  });

  test('reads back any octets', async () => {
    await fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const body = Buffer.from(bytes).toString('base64').replace(/.{64}/g, '$&\n');
        expect([...(readPem(text(block('A', body)))[0]?.bytes ?? [])]).toEqual([...bytes]);
      }),
    );
  });
});
