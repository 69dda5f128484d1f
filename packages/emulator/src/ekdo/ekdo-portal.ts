/**
 * The portal «Работа России» (ЭКДО) for tests and for development: in memory, over HTTP, or both at once.
 *
 * @module
 */
import { assertOptions, integerOption, SendError, systemClock, type Transport } from '@egov-gateway/core';
import {
  type EkdoClientOptions,
  type EkdoCodecs,
  type EkdoCredentials,
  type EkdoRoutes,
  type SignatureKind,
  type SignDetached,
  signatureKinds,
  unverifiedMultipartCodecs,
  unverifiedRoutes,
} from '@egov-gateway/ekdo';

import { EmulatorClock } from '../emulator-clock.ts';
import { endOf } from '../end-of.ts';
import type { ListenOptions } from '../http/listen.ts';
import { serverTls } from '../http/server-tls.ts';
import { OpenExchanges } from '../open-exchanges.ts';
import { authorityCertificatePem } from '../test-party/gateway-pem.ts';
import { PortalDesk } from './portal-desk.ts';
import type { EkdoPortalDocument, EkdoPortalRefusal } from './portal-document.ts';
import { PortalExchanges } from './portal-exchange.ts';
import { type EkdoMisbehaviourName, type EkdoMisbehaviourOptions, EkdoScript } from './portal-menu.ts';
import {
  type EkdoPortalOptions,
  portalOptionNames,
  portalRoutes,
  testCredentials,
} from './portal-options.ts';
import { type EkdoPortalServer, listenAsPortal } from './portal-server.ts';
import { testSigner } from './test-signer.ts';

/** What a client needs to call a portal: spread it into the options of `EkdoClient`. */
export type EkdoPortalConnection = Pick<EkdoClientOptions, 'baseUrl' | 'credentials'> & {
  readonly routes: EkdoRoutes;
  readonly codecs: EkdoCodecs;
};

/**
 * An emulator of the portal. It walks the published steps: a token, a document, its detached signature, «Вступил в силу».
 * Paths, fields, statuses of HTTP and codes of refusals are its own, for nothing of the real ones is known: a client that
 * works here has rehearsed the steps and the failures, not the portal's HTTP.
 *
 * @throws {TypeError} when an option is unknown or does not fit
 * @example
 * const portal = createEkdoPortal();
 * const client = new EkdoClient({ ...portal.connection(), transport: portal.transport(), signDetached: portal.signDetached() });
 */
export function createEkdoPortal(options: EkdoPortalOptions = {}): EkdoPortal {
  return new EkdoPortal(options);
}

/** See {@link createEkdoPortal}. */
export class EkdoPortal {
  readonly #clock: EmulatorClock;
  readonly #desk: PortalDesk;
  readonly #script = new EkdoScript();
  readonly #exchanges: PortalExchanges;
  readonly #credentials: EkdoCredentials;
  readonly #routes: EkdoRoutes;
  readonly #open = new OpenExchanges();
  readonly #servers = new Set<EkdoPortalServer>();

  /** @internal */
  constructor(options: EkdoPortalOptions) {
    assertOptions('createEkdoPortal', options, portalOptionNames);
    this.#clock = new EmulatorClock(options.clock ?? systemClock);
    this.#credentials = options.credentials ?? testCredentials;
    this.#routes = options.routes ?? unverifiedRoutes;
    const allKinds = Object.keys(signatureKinds) as SignatureKind[];
    const { signatures = 'checked', signatureKinds: kinds = allKinds } = options;
    if (!kinds.every((kind) => allKinds.includes(kind))) {
      throw new TypeError('signatureKinds may name pep, unep and ukep');
    }
    if (signatures !== 'checked' && signatures !== 'as-they-come') {
      throw new TypeError("signatures must be 'checked' or 'as-they-come'");
    }
    this.#desk = new PortalDesk({
      credentials: this.#credentials,
      tokenLifetimeMs: integerOption('tokenLifetimeMs', options.tokenLifetimeMs, 600_000),
      tellsTokenLifetime: options.tellsTokenLifetime !== false,
      maxDocumentBytes: integerOption('maxDocumentBytes', options.maxDocumentBytes, 15 * 1024 * 1024),
      signatureKinds: kinds,
      checksSignatures: signatures === 'checked',
      clock: this.#clock,
    });
    const routes = portalRoutes(this.#routes);
    this.#exchanges = new PortalExchanges(this.#desk, this.#script, routes, options.onExchange);
    for (const { name, ...settings } of options.misbehave ?? []) this.#script.add(name, settings);
  }

  /** Everything a client needs but a transport and a signer; with `server.url` as `baseUrl` over HTTP. */
  connection(): EkdoPortalConnection {
    return {
      baseUrl: 'https://ekdo.emulator.invalid/',
      credentials: this.#credentials,
      routes: this.#routes,
      codecs: unverifiedMultipartCodecs,
    };
  }

  /**
   * A signer for rehearsals: a CMS of a TEST ONLY RSA key, certified by itself, that says to be of this kind. It has no
   * legal force; documents are signed outside of this SDK.
   */
  signDetached(kind: SignatureKind = 'ukep'): SignDetached {
    return testSigner(kind);
  }

  /** Certificates for the `ca` of a client of the built-in HTTPS server. TEST ONLY. */
  get ca(): string {
    return authorityCertificatePem;
  }

  /** Every document, in the order of arrival; as of now. */
  get documents(): readonly EkdoPortalDocument[] {
    return this.#desk.documents;
  }

  /** The last 1000 refusals, oldest first. Those of the script are not among them. */
  get refusals(): readonly EkdoPortalRefusal[] {
    return this.#exchanges.refusals;
  }

  /** How many tokens were given. */
  get tokensGiven(): number {
    return this.#desk.tokensGiven;
  }

  /** How many requests the script is still going to spoil. */
  get misbehavioursLeft(): number {
    return this.#script.left;
  }

  /**
   * Spoils requests to come; lines queue up, a request takes the first one of its step.
   *
   * @throws {TypeError} when the name or an option does not fit
   * @example
   * portal.misbehave('bad-gateway-after-accepting').misbehave('expired-token', { step: 'signature' });
   */
  misbehave(name: EkdoMisbehaviourName, options: EkdoMisbehaviourOptions = {}): this {
    this.#script.add(name, options);
    return this;
  }

  /** Takes the script back. */
  behave(): this {
    this.#script.clear();
    return this;
  }

  /** No token that was given is worth anything any more. */
  expireTokens(): this {
    this.#desk.expireTokens();
    return this;
  }

  /** Moves the portal's clock on, milliseconds. @throws {TypeError} when it is no positive integer */
  advance(ms: number): this {
    this.#clock.advanceTo(this.#clock.now() + integerOption('ms', ms, 1));
    return this;
  }

  /** The portal without a network. What happens to connections is the `SendError` that a client would get. */
  transport(): Transport {
    return {
      exchange: async ({ method = 'POST', url, headers, body, signal }) => {
        signal.throwIfAborted();
        const controller = this.#open.begin();
        const onAbort = (): void => controller.abort(signal.reason);
        signal.addEventListener('abort', onAbort, { once: true });
        const request = { method, target: url.pathname + url.search, headers, body: new Uint8Array(body) };
        try {
          const work = this.#exchanges.answer(request, controller.signal);
          const answer = await Promise.race([endOf(controller.signal), work]);
          if (answer !== 'cut') return answer;
          throw new SendError('the connection was cut', { code: 'ERR_SEND_NETWORK', delivery: 'unknown' });
        } finally {
          signal.removeEventListener('abort', onAbort);
          this.#open.end(controller);
        }
      },
    };
  }

  /**
   * Serves the portal over HTTP, or HTTPS with `tls`, on a free port of this machine by default.
   *
   * @throws {TypeError} when `tls` has a key without a certificate, or the other way round
   */
  async listen(options: Omit<ListenOptions, 'closeWithinMs'> = {}): Promise<EkdoPortalServer> {
    const server = await listenAsPortal(this.#exchanges, options, serverTls(options.tls));
    this.#servers.add(server);
    return server;
  }

  /** Ends every exchange and closes every server. */
  async close(): Promise<void> {
    this.#open.abortAll(
      new SendError('the portal was closed', { code: 'ERR_SEND_NETWORK', delivery: 'unknown' }),
    );
    await Promise.all([...this.#servers].map((server) => server.close()));
  }

  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
