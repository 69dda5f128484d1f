/**
 * The gateway for tests and for development: in memory, over HTTP, or both at once.
 *
 * @module
 */
import type {
  AsyncService,
  Certificate,
  Service,
  SigningKey,
  Transport,
  TrustPolicy,
} from '@egov-gateway/core';

import type { AsyncChain } from './async/async-chain.ts';
import type { AsyncChannel } from './async/async-channel.ts';
import type { AsyncError, AsyncErrors } from './async/async-errors.ts';
import type { AsyncMisbehaviourName, AsyncMisbehaviourOptions } from './async/async-menu.ts';
import { AsyncScript } from './async/async-script.ts';
import type { AsyncServiceHandler, AsyncServiceOptions } from './async/async-service.ts';
import type { PushAddress } from './async/push-target.ts';
import type { ConsentDesk } from './consent/consent-desk.ts';
import type { Channel } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import type { ExchangeLog } from './exchange-log.ts';
import type { Gateway } from './gateway.ts';
import { type EmulatorServer, type ListenOptions, listen } from './http/listen.ts';
import { serverTls } from './http/server-tls.ts';
import type { EmulatedLaborContracts } from './labor-contracts/emulated-labor-contracts.ts';
import { MemoryTransport, type MemoryTransportOptions } from './memory-transport.ts';
import type { MisbehaviourName, MisbehaviourOptions } from './misbehaviour/menu.ts';
import type { MisbehaviourScript } from './misbehaviour/script.ts';
import type { SystemRegistration, SystemRegistry } from './registry.ts';
import { handledService, type ServiceEntry, type ServiceHandler } from './service.ts';
import { assertBuiltIn, type BuiltInAlgorithm } from './test-party/built-in-key.ts';
import { authorityCertificatePem } from './test-party/gateway-pem.ts';
import type { TestSystem } from './test-party/test-system.ts';
import { tlsClientCertificatePem, tlsClientKeyPem } from './test-party/tls-pem.ts';

/** What an emulator is made of. @internal */
export interface EmulatorParts {
  readonly gateway: Gateway;
  readonly asyncChannel: AsyncChannel;
  readonly errors: AsyncErrors;
  readonly registry: SystemRegistry;
  readonly services: Map<string, ServiceEntry>;
  readonly script: MisbehaviourScript;
  readonly log: ExchangeLog;
  readonly testSystem: TestSystem;
  readonly gatewayKey: SigningKey;
  readonly trust: TrustPolicy;
  readonly laborContracts: EmulatedLaborContracts | undefined;
  readonly consents: ConsentDesk | undefined;
}

/** What a client needs to call an emulator: spread it into the options of `createGateway`. */
export interface EmulatorConnection {
  /** For the transport in memory. Over HTTP, the `url` of the server takes its place. */
  readonly endpoint: URL;
  readonly sender: { readonly id: string; readonly password: string };
  readonly key: SigningKey;
  readonly trust: TrustPolicy;
}

/** What a client of the built-in HTTPS server needs, all PEM. */
export interface EmulatorTls {
  /** The authority of the server's certificate, and of the client's: also the `clientCa` of a server with mTLS. */
  readonly ca: string;
  readonly clientCertificate: { readonly privateKey: string; readonly certificate: string };
}

/** The gateway. Made by {@link createEmulator}. */
export class Emulator {
  readonly #parts: EmulatorParts;
  readonly #servers = new Set<EmulatorServer>();
  #closing: Promise<void> | undefined;

  /** @internal */
  constructor(parts: EmulatorParts) {
    this.#parts = parts;
  }

  /** The built-in information system: account, password and key. TEST ONLY. */
  get testSystem(): TestSystem {
    return this.#parts.testSystem;
  }

  /** Certificate of the key that signs the answers: what a client pins. */
  get gatewayCertificate(): Certificate {
    return this.#parts.gatewayKey.certificate;
  }

  /**
   * A trust policy that knows the gateway's certificate, for `createEnvelopeVerifier`. With the built-in key it also
   * knows the expired one of the scenario `expired-certificate`, so that a client sees *that* reason.
   */
  get trust(): TrustPolicy {
    return this.#parts.trust;
  }

  /** The same certificate, for programs that want a file. */
  get gatewayCertificatePem(): string {
    const base64 = Buffer.from(this.gatewayCertificate.der).toString('base64');
    const lines = base64.match(/.{1,64}/g) ?? [];
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  }

  /** What a client of the built-in HTTPS server needs. TEST ONLY. */
  get tls(): EmulatorTls {
    return {
      ca: authorityCertificatePem,
      clientCertificate: { privateKey: tlsClientKeyPem, certificate: tlsClientCertificatePem },
    };
  }

  /** An address for {@link Emulator.transport}: that of the first endpoint, on a host that does not exist. */
  get url(): URL {
    return this.#urlOf('sync');
  }

  /** The same of the asynchronous channel. @throws {TypeError} when it has no endpoint */
  get asyncUrl(): URL {
    return this.#urlOf('async');
  }

  /**
   * Everything a client of the built-in test system needs.
   *
   * @param options - `algorithm`: which of the system's keys signs. Default: `rsa`. `channel`: whose endpoint. Default:
   *   `sync`
   * @example
   * const gateway = createGateway({ ...emulator.connection(), transport: emulator.transport() });
   */
  connection(
    options: {
      readonly algorithm?: BuiltInAlgorithm | undefined;
      readonly channel?: Channel | undefined;
    } = {},
  ): EmulatorConnection {
    const { algorithm = 'rsa', channel = 'sync' } = options;
    assertBuiltIn(algorithm);
    const { senderId, password, gost } = this.testSystem;
    const { signingKey } = algorithm === 'rsa' ? this.testSystem : gost;
    return {
      endpoint: this.#urlOf(channel),
      sender: { id: senderId, password },
      key: signingKey,
      trust: this.trust,
    };
  }

  /** What happened so far, oldest first, as far as the log reaches. */
  get exchanges(): readonly Exchange[] {
    return this.#parts.log.exchanges;
  }

  /** How much is still on the script. */
  get misbehavioursLeft(): number {
    return this.#parts.script.left + this.#parts.asyncChannel.script.left;
  }

  /** Every chain of the asynchronous channel, oldest first. */
  get chains(): readonly AsyncChain[] {
    return this.#parts.asyncChannel.chains;
  }

  /** One chain by its correlationId; `undefined` when there is none. */
  chain(correlationId: string): AsyncChain | undefined {
    return this.#parts.asyncChannel.chain(correlationId);
  }

  /** What went wrong on the asynchronous channel with nobody there to be answered, oldest first: the last 1000. */
  get asyncErrors(): readonly AsyncError[] {
    return this.#parts.errors.all;
  }

  /** The register behind the built-in service of labour contracts. @throws {TypeError} when it is not served */
  get laborContracts(): EmulatedLaborContracts {
    const { laborContracts } = this.#parts;
    if (laborContracts === undefined)
      throw new TypeError('labour contracts are not served; give laborContracts');
    return laborContracts;
  }

  /** Who agreed to what, behind the built-in service of consents. @throws {TypeError} when it is not served */
  get consents(): ConsentDesk {
    const { consents } = this.#parts;
    if (consents === undefined) throw new TypeError('consents are not served; give consent');
    return consents;
  }

  /**
   * When the asynchronous channel has something to do next: a delivery, a retry, an answer that was put off. Milliseconds
   * since the epoch; `undefined` when it has nothing.
   */
  get nextDueMs(): number | undefined {
    return this.#parts.asyncChannel.nextDueMs;
  }

  /** Forgets the exchanges. */
  clearExchanges(): void {
    this.#parts.log.clear();
  }

  /**
   * A transport into this emulator: no sockets, the same pipeline. What would happen to a connection happens as the
   * `SendError` a client would get. Aborting the signal rejects with its reason.
   */
  transport(options: MemoryTransportOptions = {}): Transport {
    return new MemoryTransport(this.#parts.gateway, options);
  }

  /**
   * Serves HTTP, or HTTPS. May be called more than once.
   *
   * @throws {Error} of `node:net` when the address cannot be bound
   */
  async listen(options: ListenOptions = {}): Promise<EmulatorServer> {
    if (this.#parts.gateway.open.isClosed) throw new TypeError('the emulator is closed');
    const server = await listen(this.#parts.gateway, options, serverTls(options.tls));
    this.#servers.add(server);
    return server;
  }

  /**
   * Serves a service with a typed handler; replaces one with the same id.
   *
   * @example
   * emulator.service(search, ({ number }) => ({ found: number === '1' }));
   */
  service<Request, Response>(
    service: Service<Request, Response>,
    handler: ServiceHandler<Request, Response>,
  ): this {
    this.#parts.services.set(service.id, handledService(service, handler));
    return this;
  }

  /**
   * Serves a service of the asynchronous channel with a typed handler; replaces one with the same id. A system that
   * `provides` the service goes before it.
   *
   * The handler is called after the REQUEST is accepted; when a durable emulator ends in between, once more at the next
   * start.
   *
   * @throws {TypeError} when an option does not fit
   * @example
   * emulator.asyncService(registration, async (contract, chain) => {
   *   await chain.notify({ stage: 'taken up' });
   *   await chain.respond({ number: '1' }, { afterMs: 3_600_000 });
   * });
   */
  asyncService<Request, Response, Notification = Response, Update = Request>(
    service: AsyncService<Request, Response, Notification, Update>,
    handler: AsyncServiceHandler<Request, Response, Notification>,
    options: AsyncServiceOptions<Response, Notification, Update> = {},
  ): this {
    this.#parts.asyncChannel.serve(service, handler, options);
    return this;
  }

  /** Registers an information system, or changes its registration. @throws {TypeError} when it identifies nobody */
  register(system: SystemRegistration): this {
    this.#parts.registry.add(system);
    this.#parts.asyncChannel.registered(system.senderId);
    return this;
  }

  /**
   * Gives a system an address for pushes, or with `undefined` none: then it pulls. What waits for it goes out at once.
   *
   * @throws {TypeError} when nobody is registered so, or it is no address
   * @example
   * emulator.pushTo('test-system', createPushReceiver({ … }));
   */
  pushTo(senderId: string, address: PushAddress | undefined): this {
    this.#parts.registry.setPush(senderId, address);
    this.#parts.asyncChannel.registered(senderId);
    return this;
  }

  /**
   * Resolves when the asynchronous channel has nothing to do at this instant: nothing is being pushed or handled, and
   * nothing is due. What is due later is not waited for, see {@link Emulator.advance}; nor is what others have to pull.
   * Not to be awaited inside of a handler.
   */
  idle(): Promise<void> {
    return this.#parts.asyncChannel.idle();
  }

  /**
   * Moves the emulator's clock on and does what becomes due, each at its own instant. Resolves when that is done.
   *
   * @throws {TypeError} when it is no time
   * @example
   * await emulator.advance(86_400_000); // a day later
   */
  async advance(ms: number): Promise<void> {
    if (!Number.isFinite(ms) || ms < 0) throw new TypeError('ms must be milliseconds, not negative');
    await this.#parts.asyncChannel.advance(ms);
  }

  /** Suspends a system: it is refused from now on, also as the addressee of an answer that is under way. */
  suspend(senderId: string): this {
    this.#parts.registry.suspend(senderId);
    return this;
  }

  /** Lifts a suspension. */
  resume(senderId: string): this {
    this.#parts.registry.resume(senderId);
    return this;
  }

  /**
   * Puts a scenario on the script. Scenarios queue up; an exchange plays at most one, the first that is meant for it.
   * Those of the asynchronous channel wait for the first message that gets as far as their stage.
   *
   * @throws {TypeError} when the name is not on the menu, or an option does not fit
   * @example
   * emulator.misbehave('tampered-body').misbehave('delay', { delayMs: 200, times: 3 });
   */
  misbehave<Name extends MisbehaviourName | AsyncMisbehaviourName>(
    name: Name,
    options: ScenarioOptions<Name> = {} as ScenarioOptions<Name>,
  ): this {
    if (AsyncScript.knows(name)) this.#parts.asyncChannel.script.add(name, options);
    else this.#parts.script.add(name as MisbehaviourName, options);
    return this;
  }

  /** Clears the script: from now on everything is as it should be. */
  behave(): this {
    this.#parts.script.clear();
    this.#parts.asyncChannel.script.clear();
    return this;
  }

  /** Closes every server and every exchange in memory, and the store. Log and chains stay readable. */
  async close(): Promise<void> {
    await Promise.all([...this.#servers].map((server) => server.close()));
    this.#parts.gateway.open.abortAll(new Error('the emulator is closed'));
    this.#closing ??= this.#parts.asyncChannel.close();
    await this.#closing;
  }

  /** The same as {@link Emulator.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #urlOf(channel: Channel): URL {
    const endpoint = this.#parts.gateway.endpoints.first(channel);
    if (endpoint === undefined && channel === 'async') {
      throw new TypeError('the asynchronous channel has no endpoint; give asyncEndpoints');
    }
    return new URL(endpoint?.path ?? '/', 'https://emulator.invalid');
  }
}

/** Options of `emulator.misbehave(name, options)`, of either menu. */
export type ScenarioOptions<Name extends MisbehaviourName | AsyncMisbehaviourName> =
  Name extends AsyncMisbehaviourName
    ? AsyncMisbehaviourOptions<Name>
    : Name extends MisbehaviourName
      ? MisbehaviourOptions<Name>
      : never;
