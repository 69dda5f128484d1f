import type { SigningKey, Transport } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { loadPkcs12 } from '@egov-gateway/keys';
import { fixture, fixtureText } from '@egov-gateway/testing';
import { afterEach, beforeAll } from 'vitest';

import { type AsyncGateway, createAsyncGateway } from '../src/preset/async-gateway.ts';
import type { AsyncGatewayOptions } from '../src/preset/async-gateway-options.ts';
import { RemoteGateway, remoteParts } from './remote-gateway.ts';

/** Gateways of the organisation of the fixtures, for the tests of one file. What they open is closed behind each test, the newest first. */
export interface AsyncGateways {
  /** The other side, empty. */
  remote(): RemoteGateway;
  /** A gateway of quick pace whose requests go to `remote`. */
  on(remote: Transport, options?: Partial<AsyncGatewayOptions>): AsyncGateway;
  /** Closed behind the test as well. */
  keep(one: AsyncDisposable): void;
}

/** Call it once, outside the tests. */
export function asyncGateways(): AsyncGateways {
  let key: SigningKey;
  let parts: Awaited<ReturnType<typeof remoteParts>>;
  const open: AsyncDisposable[] = [];
  beforeAll(async () => {
    key = await loadPkcs12(fixture('keys/organisation.p12'), 'test-only');
    parts = await remoteParts();
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
  });
  return {
    remote: () => new RemoteGateway(parts),
    on(remote, options = {}) {
      const gateway = createAsyncGateway({
        endpoint: 'https://gateway.invalid/async/',
        key,
        gatewayCertificates: fixtureText('keys/gateway.crt'),
        sender: { id: 'system', password: 'pass-of-sender' },
        transport: remote,
        journal: createMemoryJournal(),
        poll: { minIntervalMs: 10, maxIntervalMs: 20 },
        ...options,
      } as AsyncGatewayOptions);
      open.push(gateway);
      return gateway;
    },
    keep: (one) => void open.push(one),
  };
}
