import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { multipartBody } from './multipart-body.ts';

const parse = (body: ReturnType<typeof multipartBody>): Promise<FormData> =>
  new Response(new Uint8Array(body.bytes), { headers: body.headers }).formData();

describe('multipartBody', () => {
  test('is a form that another parser reads', async () => {
    const bytes = Uint8Array.of(0, 13, 10, 45, 45, 255);
    const body = multipartBody([
      { name: 'group', value: 'Приказы' },
      { name: 'file', fileName: 'Иванов И. И. приказ.pdf', contentType: 'application/pdf', bytes },
    ]);
    const form = await parse(body);
    expect(form.get('group')).toBe('Приказы');
    const file = form.get('file') as File;
    expect(file.name).toBe('Иванов И. И. приказ.pdf');
    expect(file.type).toBe('application/pdf');
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
  });

  test('carries any bytes as they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.string(), async (bytes, value) => {
        const form = await parse(
          multipartBody([
            { name: 'v', value },
            { name: 'f', fileName: 'f', bytes },
          ]),
        );
        expect(new Uint8Array(await (form.get('f') as File).arrayBuffer())).toEqual(new Uint8Array(bytes));
      }),
      { numRuns: 50 },
    );
  });

  test('a name cannot begin another header or part', async () => {
    const name = 'a"; filename="b\r\nContent-Type: text/html\r\n\r\n';
    const body = multipartBody([
      { name, value: 'x' },
      { name: 'f', fileName: name, bytes: new Uint8Array() },
    ]);
    const head = Buffer.from(body.bytes).toString('latin1');
    expect(head.match(/^Content-Type/gm)).toHaveLength(1);
    expect([...(await parse(body)).keys()]).toHaveLength(2);
  });

  test('takes another boundary each time', () => {
    const one = multipartBody([]).headers['content-type'];
    expect(one).not.toBe(multipartBody([]).headers['content-type']);
  });

  test.each(['pdf', 'text/html\r\nx: y', 'a/b/c', ''])('refuses the type %j', (contentType) => {
    expect(() => multipartBody([{ name: 'f', fileName: 'f', contentType, bytes: new Uint8Array() }])).toThrow(
      TypeError,
    );
  });
});
