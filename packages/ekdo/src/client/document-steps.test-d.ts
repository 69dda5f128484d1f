import { describe, expectTypeOf, test } from 'vitest';

import type { EkdoClient, EkdoDocument, SignedDocument, UploadedDocument } from '../index.ts';

declare const client: EkdoClient;
declare const document: EkdoDocument;
declare const prepared: SignedDocument;
declare const uploaded: UploadedDocument;

describe('the steps of a document', () => {
  test('follow one another', () => {
    expectTypeOf(client.prepare(document)).resolves.toEqualTypeOf<SignedDocument>();
    expectTypeOf(client.upload(prepared)).resolves.toEqualTypeOf<UploadedDocument>();
    expectTypeOf(client.resume(prepared, 'id')).toEqualTypeOf<UploadedDocument>();
    expectTypeOf<EkdoClient['attachSignature']>().parameter(0).toEqualTypeOf<UploadedDocument>();
  });

  test('cannot be left out, and cannot be made by hand', () => {
    // @ts-expect-error: a document is signed before it is uploaded
    void client.upload(document);
    // @ts-expect-error: a document is uploaded before its signature
    void client.attachSignature(prepared);
    // @ts-expect-error: it is uploaded already
    void client.upload(uploaded);
    expectTypeOf<{ id: string; signed: SignedDocument }>().not.toExtend<UploadedDocument>();
  });
});
