/**
 * The parts that both gateways are wired from: signature, trust and HTTP.
 *
 * @module
 */
import type {
  Certificate,
  Clock,
  EnvelopeSigner,
  EnvelopeVerifier,
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

import { assertAllowedUrl, parseEndpoint } from '../exchange/endpoint.ts';
import type { ConnectionOptions } from '../http/dispatcher.ts';
import {
  createTransport,
  type ExchangeLimits,
  type HttpTransport,
  type TransportOptions,
  transportOptionNames,
} from '../http/transport.ts';

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

/** What the parts are made from. */
export type PartOptions = GatewayTrust &
  GatewayTransport & {
    readonly endpoint: string | URL;
    readonly allowInsecureHttp?: boolean | undefined;
    readonly clock?: Clock | undefined;
  };

/** The parts of a client. */
export interface GatewayParts {
  readonly transport: Transport;
  readonly signer: EnvelopeSigner | undefined;
  readonly verifier: EnvelopeVerifier | undefined;
  readonly acceptUnverified: typeof acceptUnverified | undefined;
}

/**
 * Makes the parts. `close` closes those that nobody else would.
 *
 * @internal
 */
export function createParts(options: PartOptions): {
  readonly parts: GatewayParts;
  readonly close: () => Promise<void>;
} {
  // Before a transport is opened that nobody would close.
  assertAllowedUrl(parseEndpoint(options.endpoint), options.allowInsecureHttp === true);
  const transport = options.transport === undefined ? createTransport(options) : givenTransport(options);
  return {
    parts: {
      transport,
      signer: createSigner(options),
      verifier: createVerifier(options),
      acceptUnverified: options.verification === 'off' ? readUnverified(options) : undefined,
    },
    close: async () => {
      if (options.transport === undefined) await (transport as HttpTransport).close();
    },
  };
}

function givenTransport(options: PartOptions & { readonly transport: Transport }): Transport {
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
