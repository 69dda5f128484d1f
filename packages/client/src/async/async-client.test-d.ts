import type { AsyncService, DataCodec, Service } from '@egov-gateway/core';
import { describe, expectTypeOf, test } from 'vitest';

import type { AsyncClient } from './async-client.ts';
import type { ReceivedValue, SentValue } from './service-values.ts';

interface Contract {
  readonly number: string;
}
interface Registered {
  readonly registeredAt: string;
}
interface Progress {
  readonly stage: number;
}

declare const client: AsyncClient;
declare const registration: AsyncService<Contract, Registered, Progress, { readonly reason: string }>;
declare const search: Service<Contract, Registered>;
/** A payload whose reader gives more than its writer asks for. */
declare const branded: Omit<DataCodec<string>, 'read'> & { read(): string & { readonly brand: true } };

describe('AsyncClient', () => {
  test('a REQUEST takes the data of a request and no chain', () => {
    void client.send(registration, { number: '1' });
    void client.send(registration, { number: '1' }, { reference: 'contract 1' });
    void client.prepare(search, { number: '1' }, { type: 'REQUEST' });
    // @ts-expect-error the data of a response
    void client.send(registration, { registeredAt: '2026' });
    // @ts-expect-error a REQUEST has no chain yet
    void client.send(registration, { number: '1' }, { correlationId: '216386080' });
  });

  test('every other type takes its own data and the chain', () => {
    const correlationId = '216386080';
    void client.send(registration, { registeredAt: '2026' }, { type: 'RESPONSE', correlationId });
    void client.send(registration, { stage: 1 }, { type: 'NOTIFICATION', correlationId });
    void client.send(registration, { reason: 'corrected' }, { type: 'UPDATE', correlationId });
    void client.prepare(search, { registeredAt: '2026' }, { type: 'NOTIFICATION', correlationId });
    void client.prepare(search, { number: '1' }, { type: 'UPDATE', correlationId });
    // @ts-expect-error the chain is missing
    void client.send(registration, { registeredAt: '2026' }, { type: 'RESPONSE' });
    // @ts-expect-error the data of a request
    void client.send(registration, { number: '1' }, { type: 'RESPONSE', correlationId });
  });

  test('what is sent and what is received may differ', () => {
    const service = { id: 'S', request: branded, response: branded };
    expectTypeOf<SentValue<typeof service, 'REQUEST'>>().toEqualTypeOf<string>();
    expectTypeOf<ReceivedValue<typeof service, 'UPDATE'>>().toEqualTypeOf<
      string & { readonly brand: true }
    >();
    expectTypeOf<ReceivedValue<typeof registration, 'NOTIFICATION'>>().toEqualTypeOf<Progress>();
    expectTypeOf<ReceivedValue<typeof search, 'NOTIFICATION'>>().toEqualTypeOf<Registered>();
  });
});
