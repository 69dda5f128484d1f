import type { Service } from '@egov-gateway/core';

import type { CallAnswer } from '../sync/read-answer.ts';
import { SyncClient } from '../sync/sync-client.ts';
import type { CallOptions, SyncClientOptions } from '../sync/sync-client-options.ts';
import { createParts, type GatewayTransport, type GatewayTrust } from './gateway-parts.ts';

/** Options of {@link createGateway}. */
export type GatewayOptions = GatewayTrust &
  GatewayTransport &
  Omit<
    SyncClientOptions,
    'transport' | 'signer' | 'signing' | 'verifier' | 'verification' | 'acceptUnverified'
  >;

/** A gateway that is ready to be called. */
export interface Gateway {
  /** See {@link SyncClient.call}. */
  call<Request, Response>(
    service: Service<Request, Response>,
    request: Request,
    options?: CallOptions,
  ): Promise<Response>;
  /** See {@link SyncClient.callWithInfo}. */
  callWithInfo<Request, Response>(
    service: Service<Request, Response>,
    request: Request,
    options?: CallOptions,
  ): Promise<CallAnswer<Response>>;
  /** Lets running calls finish and closes the connections. A transport that was given stays open. */
  close(): Promise<void>;
  /** The same as {@link Gateway.close}: for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A client of the gateway, wired from its parts. The parts stay usable alone: see `SyncClient`.
 *
 * @throws {TypeError} when a part is missing that was not switched off, is given twice, or an option is out of range
 * @throws {SendError} `ERR_SEND_INSECURE_URL` when the endpoint is plain http and that is not allowed
 * @throws {KeyError} when a certificate or the TLS material cannot be used
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { loadPkcs12 } from '@egov-gateway/keys';
 * import { createGateway } from '@egov-gateway/client/preset';
 *
 * const gateway = createGateway({
 *   endpoint: 'https://gateway.example/bip-sync-wss/',
 *   key: await loadPkcs12('organisation.p12', keyPassword),
 *   gatewayCertificates: await readFile('gateway.pem'),
 *   sender: { id: 'my-system', password },
 * });
 * const answer = await gateway.call(service, request);
 * await gateway.close();
 * ```
 */
export function createGateway(options: GatewayOptions): Gateway {
  const { parts, close } = createParts(options);
  const client = new SyncClient({ ...options, ...parts });
  return {
    call: (service, request, callOptions) => client.call(service, request, callOptions),
    callWithInfo: (service, request, callOptions) => client.callWithInfo(service, request, callOptions),
    close,
    [Symbol.asyncDispose]: close,
  };
}
