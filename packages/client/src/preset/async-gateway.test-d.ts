import type { AsyncService, DataCodec, Transport } from '@egov-gateway/core';
import { describe, expectTypeOf, test } from 'vitest';

import { type AsyncGateway, createAsyncGateway } from './async-gateway.ts';
import type { AsyncGatewayOptions } from './async-gateway-options.ts';

interface Contract {
  readonly number: string;
}
interface Registered {
  readonly registeredAt: string;
}
interface Progress {
  readonly stage: number;
}

declare const gateway: AsyncGateway;
declare const registration: AsyncService<Contract, Registered, Progress>;
declare const given: Pick<AsyncGatewayOptions, 'endpoint' | 'sender' | 'journal'> & {
  readonly transport: Transport;
};
declare const branded: Omit<DataCodec<string>, 'read'> & { read(): string & { readonly brand: true } };

describe('AsyncGateway', () => {
  test('the type of a message tells its data', () => {
    gateway.on(registration, (message) => {
      expectTypeOf(message.data).toEqualTypeOf<Contract | Registered | Progress>();
      if (message.type === 'RESPONSE') expectTypeOf(message.data).toEqualTypeOf<Registered>();
      else if (message.type === 'NOTIFICATION') expectTypeOf(message.data).toEqualTypeOf<Progress>();
      else expectTypeOf(message.data).toEqualTypeOf<Contract>();
    });
    gateway.on({ id: 'S', request: branded, response: branded }, (message) => {
      expectTypeOf(message.data).toEqualTypeOf<string & { readonly brand: true }>();
    });
  });

  test('a transaction replies with the data of the type, and sends to any service', () => {
    gateway.on(registration, async (_message, tx) => {
      await tx.reply('RESPONSE', { registeredAt: '2026' });
      await tx.reply('NOTIFICATION', { stage: 1 }, { reference: 'contract 1' });
      await tx.send(registration, { number: '1' }, { deadlineMs: 1 });
      tx.execute('UPDATE contract SET state = ? WHERE number = ?', 'registered', '1');
      // @ts-expect-error the data of a response
      await tx.reply('NOTIFICATION', { registeredAt: '2026' });
      // @ts-expect-error a REQUEST begins a chain
      await tx.reply('REQUEST', { number: '1' });
      // @ts-expect-error SQLite has no dates
      tx.execute('UPDATE contract SET at = ?', new Date());
    });
  });

  test('send asks for a chain where there must be one', () => {
    void gateway.send(registration, { number: '1' }, { reference: 'contract 1', deadlineMs: 60_000 });
    void gateway.send(registration, { stage: 2 }, { type: 'NOTIFICATION', correlationId: '3226347' });
    // @ts-expect-error the chain is missing
    void gateway.send(registration, { stage: 2 }, { type: 'NOTIFICATION' });
    // @ts-expect-error the data of a notification
    void gateway.send(registration, { stage: 2 });
    expectTypeOf(gateway.send(registration, { number: '1' })).resolves.toEqualTypeOf<{
      readonly key: string;
    }>();
  });

  test('referenceOf knows the data of the services that are given', () => {
    const other = { id: 'S', request: branded, response: branded };
    createAsyncGateway({
      ...given,
      services: [registration],
      referenceOf: (message) => {
        expectTypeOf(message.data).toEqualTypeOf<Contract | Registered | Progress>();
        return message.type === 'REQUEST' ? message.data.number : undefined;
      },
    });
    createAsyncGateway({
      ...given,
      services: [registration, other],
      referenceOf: ({ type, data }) => {
        if (type === 'RESPONSE')
          expectTypeOf(data).toEqualTypeOf<Registered | (string & { readonly brand: true })>();
        return undefined;
      },
    });
    createAsyncGateway({
      ...given,
      referenceOf: ({ data }) => {
        expectTypeOf(data).toBeUnknown();
        return undefined;
      },
    });
  });
});
