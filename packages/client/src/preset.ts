/**
 * The one place that wires all: keys, signature, trust, envelope and HTTP.
 *
 * @module
 */
import type {
  Certificate,
  Clock,
  EnvelopeSigner,
  EnvelopeVerifier,
  Service,
  SignatureSuite,
  SigningKey,
  Transport,
  TrustPolicy,
} from '@egov-gateway/core';
import { parseCertificates, pinnedCertificates } from '@egov-gateway/keys';
import {
  acceptUnverified,
  createEnvelopeSigner,
  createEnvelopeVerifier,
  type EnvelopeSignerOptions,
  type EnvelopeVerifierOptions,
} from '@egov-gateway/wsse';

import { assertAllowedUrl, parseEndpoint } from './exchange/endpoint.ts';
import type { ConnectionOptions } from './http/dispatcher.ts';
import {
  createTransport,
  type ExchangeLimits,
  type HttpTransport,
  type TransportOptions,
  transportOptionNames,
} from './http/transport.ts';
import type { CallAnswer } from './sync/read-answer.ts';
import { SyncClient } from './sync/sync-client.ts';
import type { CallOptions, SyncClientOptions } from './sync/sync-client-options.ts';

/** Who signs requests, and who may sign answers. */
export interface GatewayTrust {
  /** Signs requests, RSA or GOST, see `loadPkcs12` and `loadPem`. Left out only together with `signing: 'off'`. */
  readonly key?: SigningKey | undefined;
  /** `off` sends unsigned, to endpoints without WS-Security. Default: `required`. */
  readonly signing?: 'required' | 'off' | undefined;
  /** How a request names its signer. Default: `key-identifier`, as the gateway expects it. */
  readonly keyInfo?: EnvelopeSignerOptions['keyInfo'] | undefined;
  /** The gateway's own certificates, and no others may sign answers: parsed ones, or PEM or DER. */
  readonly gatewayCertificates?: Certificate | readonly Certificate[] | string | Uint8Array | undefined;
  /** Instead of `gatewayCertificates`: another policy, such as `certificateChain()`. */
  readonly trust?: TrustPolicy | undefined;
  /** `off` reads answers that nobody vouches for. Default: `required`. */
  readonly verification?: 'required' | 'off' | undefined;
  /**
   * Signature algorithms for both directions. Default: `signatureSuites` of `@egov-gateway/keys`, RSA and GOST: requests
   * are signed with the algorithm of the key, answers may use any that the trusted certificate is for.
   */
  readonly suites?: readonly SignatureSuite[] | undefined;
  /** Limits of the XML reader for answers. `maxBytes` follows `maxResponseBytes`, when that is given. */
  readonly limits?: EnvelopeVerifierOptions['limits'] | undefined;
}

/** Either how to reach the endpoint over HTTP, or a transport that knows. */
export type GatewayTransport =
  | (TransportOptions & { readonly transport?: undefined })
  | ({
      readonly [Name in
        | Exclude<keyof (ConnectionOptions & ExchangeLimits), 'allowInsecureHttp'>
        | 'dispatcher']?: undefined;
    } & {
      /** Used as it is, and yours to close: that of the emulator, for example. */
      readonly transport: Transport;
    });

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
  // Before a transport is opened that nobody would close.
  assertAllowedUrl(parseEndpoint(options.endpoint), options.allowInsecureHttp === true);
  const transport = options.transport === undefined ? createTransport(options) : givenTransport(options);
  const client = new SyncClient({
    ...options,
    transport,
    signer: createSigner(options),
    verifier: createVerifier(options),
    acceptUnverified: options.verification === 'off' ? readUnverified(options) : undefined,
  });
  const close = async () => {
    if (options.transport === undefined) await (transport as HttpTransport).close();
  };
  return {
    call: (service, request, callOptions) => client.call(service, request, callOptions),
    callWithInfo: (service, request, callOptions) => client.callWithInfo(service, request, callOptions),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function givenTransport(options: GatewayOptions & { readonly transport: Transport }): Transport {
  const superfluous = transportOptionNames.filter((name) => options[name] !== undefined);
  if (superfluous.length > 0) {
    throw new TypeError(`${superfluous.join(', ')}: with a transport of your own, set this on the transport`);
  }
  return options.transport;
}

function createSigner(
  options: GatewayTrust & { readonly clock?: Clock | undefined },
): EnvelopeSigner | undefined {
  const { key, keyInfo, suites, clock, signing } = options;
  if (key === undefined) return undefined;
  if (signing === 'off') throw new TypeError("key has no use with signing: 'off'");
  return createEnvelopeSigner({ key, keyInfo, suites, clock });
}

type AnswerLimits = Pick<GatewayTrust, 'limits'> & Pick<ExchangeLimits, 'maxResponseBytes'>;

function createVerifier(
  options: GatewayTrust & AnswerLimits & { readonly clock?: Clock | undefined },
): EnvelopeVerifier | undefined {
  const { suites, clock, verification } = options;
  const trust = trustOf(options);
  if (trust === undefined) return undefined;
  if (verification === 'off') throw new TypeError("trust has no use with verification: 'off'");
  return createEnvelopeVerifier({ trust, suites, clock, limits: limitsOf(options) });
}

function trustOf({ trust, gatewayCertificates }: GatewayTrust): TrustPolicy | undefined {
  if (gatewayCertificates === undefined) return trust;
  if (trust !== undefined) throw new TypeError('give gatewayCertificates or trust, not both');
  return pinnedCertificates(toCertificates(gatewayCertificates));
}

function toCertificates(
  given: Exclude<GatewayTrust['gatewayCertificates'], undefined>,
): readonly Certificate[] {
  if (typeof given === 'string') return parseCertificates(new TextEncoder().encode(given));
  if (given instanceof Uint8Array) return parseCertificates(given);
  return 'der' in given ? [given] : given;
}

/** An answer that HTTP lets through is not too large for XML. */
function limitsOf({ limits, maxResponseBytes }: AnswerLimits): GatewayTrust['limits'] {
  return maxResponseBytes === undefined ? limits : { maxBytes: maxResponseBytes, ...limits };
}

function readUnverified(options: AnswerLimits): typeof acceptUnverified {
  const limits = limitsOf(options);
  return (envelope) => acceptUnverified(envelope, { limits });
}
