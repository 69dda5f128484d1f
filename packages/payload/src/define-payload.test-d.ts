import type { DataCodec, Service } from '@egov-gateway/core';
import { describe, expectTypeOf, test } from 'vitest';
import * as z from 'zod';

import { binary, lazyBinary } from './binary.ts';
import { type XsDate, xsDate } from './calendar/xs-date.ts';
import { definePayload } from './define-payload.ts';
import { type Iin, iin } from './identity/iin.ts';
import type { LazyBinary } from './lazy-binary.ts';
import { type Open, openEnum } from './open-enum.ts';
import type { Payload, ReceivedBy, SentBy } from './payload.ts';
import { defineService } from './service.ts';
import { xml } from './xml-field.ts';

const payload = definePayload({
  schema: z.object({
    iin: xml(iin(), { name: 'IIN' }),
    date: xsDate().optional(),
    state: openEnum(['A', 'B']),
    file: binary(),
    scan: lazyBinary(),
    rows: z.array(z.object({ code: z.string() })),
  }),
});

describe('definePayload', () => {
  test('gives checked values to the reader and takes plain text from the writer', () => {
    type Received = ReceivedBy<typeof payload>;
    type Sent = SentBy<typeof payload>;
    expectTypeOf<Received['iin']>().toEqualTypeOf<Iin>();
    expectTypeOf<Sent['iin']>().toEqualTypeOf<string>();
    expectTypeOf<Received['date']>().toEqualTypeOf<XsDate | undefined>();
    expectTypeOf<Received['state']>().toEqualTypeOf<Open<'A' | 'B'>>();
    expectTypeOf<Received['file']>().toEqualTypeOf<Uint8Array>();
    expectTypeOf<Received['scan']>().toEqualTypeOf<LazyBinary>();
    expectTypeOf<Sent['scan']>().toEqualTypeOf<LazyBinary | Uint8Array>();
    expectTypeOf<Received['rows']>().toEqualTypeOf<{ code: string }[]>();
  });

  test('is a codec of what it reads and of what it writes', () => {
    expectTypeOf(payload).toExtend<DataCodec<ReceivedBy<typeof payload>>>();
    expectTypeOf(payload).toExtend<DataCodec<SentBy<typeof payload>>>();
  });

  test('takes objects only', () => {
    // @ts-expect-error: text has no fields
    definePayload({ schema: z.string() });
  });
});

describe('defineService', () => {
  test('asks for what is sent and answers with what is read', () => {
    const service = defineService({ id: 'X', request: payload, response: payload });
    expectTypeOf(service).toEqualTypeOf<Service<SentBy<typeof payload>, ReceivedBy<typeof payload>>>();
    type Request = typeof service extends Service<infer Sent, unknown> ? Sent : never;
    expectTypeOf<Request['iin']>().toEqualTypeOf<string>();
  });

  test('gives the inner status the type of the answer', () => {
    defineService({
      id: 'X',
      request: payload,
      response: payload,
      innerStatus: (response) => {
        expectTypeOf(response).toEqualTypeOf<ReceivedBy<typeof payload>>();
        return { code: response.rows[0]?.code ?? '', message: '' };
      },
    });
  });
});

describe('Iin', () => {
  test('is text, and text is no Iin', () => {
    expectTypeOf<Iin>().toExtend<string>();
    expectTypeOf<string>().not.toExtend<Iin>();
    expectTypeOf<Payload<{ iin: Iin }>>().not.toExtend<DataCodec<{ iin: number }>>();
  });
});
