import { type Certificate, type Clock, type SignatureSuite, systemClock } from '@egov-gateway/core';
import { parseCertificate, pinnedCertificates, signatureSuites } from '@egov-gateway/keys';
import { medicalExemptionSearch } from '@egov-gateway/medical-exemption';
import { createEnvelopeVerifier } from '@egov-gateway/wsse';

import { AsyncChannel } from './async/async-channel.ts';
import { AsyncErrors } from './async/async-errors.ts';
import { resolveAsync } from './async/async-options.ts';
import { AsyncScript } from './async/async-script.ts';
import { type AsyncServiceEntry, adaptedService } from './async/async-service.ts';
import { AsyncState } from './async/async-state.ts';
import { lazyTransport } from './async/lazy-transport.ts';
import { openSqliteStore, type SqliteStore } from './async/sqlite-store.ts';
import { cannedService } from './canned/canned-service.ts';
import { assertCheckOrder, checkOrders } from './checks/check.ts';
import { requestTrust } from './checks/request-trust.ts';
import { emulatedConsent } from './consent/consent-entry.ts';
import { Emulator } from './emulator.ts';
import { EmulatorClock } from './emulator-clock.ts';
import { defaultAsyncEndpoints, defaultEndpoints, EndpointTable } from './endpoint.ts';
import { ExchangeLog } from './exchange-log.ts';
import { Gateway } from './gateway.ts';
import {
  type LaborContractsService,
  laborContractsService,
} from './labor-contracts/labor-contracts-service.ts';
import type { RegisteredContract } from './labor-contracts/registered-contract.ts';
import { medicalExemptionHandler } from './medical-exemption/handler.ts';
import { MisbehaviourScript } from './misbehaviour/script.ts';
import { OpenExchanges } from './open-exchanges.ts';
import {
  assertEmulatorOptions,
  type EmulatorOptions,
  type ResponseSigningOptions,
  resolveLimits,
} from './options.ts';
import { AnswerSigner } from './pipeline/answer-signer.ts';
import type { ConsentCheck } from './registers/consent-check.ts';
import { registersServices } from './registers/registers-services.ts';
import { type SystemRegistration, SystemRegistry } from './registry.ts';
import { handledService, type ServiceEntry } from './service.ts';
import { assertBuiltIn, loadGatewayKey } from './test-party/built-in-key.ts';
import { type ForgerKeys, loadForgerKeys } from './test-party/forger-keys.ts';
import { authorityCertificatePem, expiredGatewayCertificatePem } from './test-party/gateway-pem.ts';
import { gostAuthorityCertificatePem } from './test-party/gost-pem.ts';
import { loadTestSystem, type TestSystem } from './test-party/test-system.ts';

/**
 * An emulator of the gateway, with both its channels. Without options it knows one information system, a few services
 * and two endpoints a channel, and has a key of its own: nothing else is needed for a first call.
 *
 * @throws {TypeError} when an option is unknown or does not fit
 * @throws {XmlError} when a canned answer is no acceptable XML
 * @throws {JournalError} when `asyncStore` cannot be opened
 * @see Rules No 123, п.46-58 and Приложение 6
 * @example
 * const emulator = await createEmulator();
 * const client = new SyncClient({
 *   endpoint: emulator.url,
 *   sender: emulator.testSystem,
 *   signer: createEnvelopeSigner({ key: emulator.testSystem.signingKey }),
 *   verifier: createEnvelopeVerifier({ trust: emulator.trust }),
 *   transport: emulator.transport(),
 * });
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  assertEmulatorOptions(options);
  const { checks = checkOrders.process, suites = signatureSuites, isRevoked, utcOffset } = options;
  const clock = new EmulatorClock(options.clock ?? systemClock);
  const asyncSettings = resolveAsync(options.async);
  const responseSigning = resolveSigning(options.responseSigning);
  assertCheckOrder(checks);
  const limits = resolveLimits(options);
  const testSystem = await loadTestSystem();
  const gatewayKey = responseSigning.key ?? (await loadGatewayKey(responseSigning.algorithm ?? 'rsa'));

  const registry = new SystemRegistry();
  for (const system of options.systems ?? [registrationOf(testSystem)]) registry.add(system);
  const entries = options.services
    ? await Promise.all(options.services.map(cannedService))
    : [handledService(medicalExemptionSearch, medicalExemptionHandler())];
  const services = new Map(entries.map((entry) => [entry.id, entry]));
  const roots = options.roots ?? [authorityCertificatePem, gostAuthorityCertificatePem].map(parsePem);
  const verifier = createEnvelopeVerifier({
    trust: requestTrust(registry, roots),
    suites,
    clock,
    limits: { maxBytes: limits.maxRequestBytes },
  });
  let forgers: Promise<ForgerKeys> | undefined;
  const loadForgers = (): Promise<ForgerKeys> => {
    forgers ??= loadForgerKeys();
    return forgers;
  };
  const signer = new AnswerSigner({
    key: gatewayKey,
    keyInfo: responseSigning.keyInfo ?? 'issuer-serial',
    suites,
    clock,
    forgers: loadForgers,
  });
  const endpoints = new EndpointTable(
    options.endpoints ?? defaultEndpoints,
    options.asyncEndpoints ?? defaultAsyncEndpoints,
  );
  const errors = new AsyncErrors();
  const asyncServices = new Map<string, AsyncServiceEntry>(
    entries.map((entry) => [entry.id, adaptedService(entry, registry)]),
  );
  const { asyncStore } = options;
  const store = asyncStore && (await openSqliteStore(asyncStore.path));
  const state = await AsyncState.load(store);
  const laborContracts = laborContractsOf(options, { roots, suites, registry, clock, store });
  if (laborContracts !== undefined) {
    services.set(laborContracts.sync.id, laborContracts.sync);
    asyncServices.set(laborContracts.async.id, laborContracts.async);
  }
  const consentOptions = options.consent ?? (options.services === undefined ? {} : false);
  const consent = consentOptions === false ? undefined : emulatedConsent(consentOptions, { registry, clock });
  if (consent !== undefined) services.set(consent.entry.id, consent.entry);
  const consentCheck: ConsentCheck | undefined = consent && ((shown) => consent.desk.check(shown));
  for (const entry of registersOf(options, { roots, suites, registry, consent: consentCheck })) {
    services.set(entry.id, entry);
    asyncServices.set(entry.id, adaptedService(entry, registry));
  }
  const asyncChannel = new AsyncChannel({
    state,
    settings: asyncSettings,
    registry,
    services: asyncServices,
    clock,
    utcOffset,
    signer,
    verify: (bytes) => verifier.verify(bytes),
    transport: lazyTransport(),
    onError: (error, { messageId }) => errors.add({ messageId, error }),
  });
  await asyncChannel.resume();
  const script = new MisbehaviourScript();
  for (const { name, ...settings } of options.misbehave ?? []) {
    if (AsyncScript.knows(name)) asyncChannel.script.add(name, settings);
    else script.add(name, settings);
  }
  const log = new ExchangeLog(options);
  const gateway = new Gateway({
    ...limits,
    endpoints,
    checks,
    checkContext: {
      registry,
      verifier,
      xsd: options.xsd ?? 'strict',
      requestInfoExtensions: options.requestInfoExtensions ?? [],
      isRevoked,
    },
    services,
    asyncChannel,
    script,
    log,
    signer,
    clock,
    open: new OpenExchanges(),
    acceptSoap12: options.acceptSoap12 ?? false,
    secondHop: options.secondHop ?? false,
    responseMessageId: options.responseMessageId ?? 'new',
    faultCodeStyle: options.faultCodeStyle ?? 'soap',
    signFaults: responseSigning.signFaults ?? true,
    utcOffset,
  });
  const trust = pinnedCertificates(
    responseSigning.key === undefined
      ? [gatewayKey.certificate, parsePem(expiredGatewayCertificatePem)]
      : [gatewayKey.certificate],
  );
  return new Emulator({
    gateway,
    asyncChannel,
    errors,
    registry,
    services,
    script,
    log,
    testSystem,
    gatewayKey,
    trust,
    laborContracts: laborContracts?.control,
    consents: consent?.desk,
  });
}

/** Built in like the other one: canned services replace it, unless it is asked for. */
function laborContractsOf(
  { laborContracts, services, utcOffset, isRevoked }: EmulatorOptions,
  parts: {
    readonly roots: readonly Certificate[];
    readonly suites: readonly SignatureSuite[];
    readonly registry: SystemRegistry;
    readonly clock: Clock;
    readonly store: SqliteStore | undefined;
  },
): LaborContractsService | undefined {
  const settings = laborContracts ?? (services === undefined ? {} : false);
  if (settings === false) return undefined;
  const { roots, suites, registry, clock, store } = parts;
  const employers = settings.employers ?? [];
  const certificates = (): readonly Certificate[] => [...registry.certificates(), ...employers];
  const trust = requestTrust({ certificates }, roots);
  const records = store?.records<RegisteredContract>('labor-contract');
  return laborContractsService(settings, {
    ...{ trust, suites, isRevoked, registry, clock, utcOffset },
    store: records && { load: records.load, put: (contract) => records.put(contract.id, contract) },
  });
}

/** Built in like the others. */
function registersOf(
  { registers, services, isRevoked }: EmulatorOptions,
  parts: {
    readonly roots: readonly Certificate[];
    readonly suites: readonly SignatureSuite[];
    readonly registry: SystemRegistry;
    readonly consent: ConsentCheck | undefined;
  },
): readonly ServiceEntry[] {
  const settings = registers ?? (services === undefined ? {} : false);
  if (settings === false) return [];
  const { roots, suites, registry, consent } = parts;
  const requesters = settings.requesters ?? [];
  const certificates = (): readonly Certificate[] => [...registry.certificates(), ...requesters];
  return registersServices(settings, {
    judged: { trust: requestTrust({ certificates }, roots), suites, isRevoked },
    consent,
  });
}

function resolveSigning(given: EmulatorOptions['responseSigning'] = {}): ResponseSigningOptions {
  const options = typeof given === 'string' ? { algorithm: given } : given;
  if (options.algorithm !== undefined) {
    if (options.key !== undefined) throw new TypeError('responseSigning: give algorithm or key, not both');
    assertBuiltIn(options.algorithm);
  }
  return options;
}

function parsePem(certificate: string): Certificate {
  return parseCertificate(Buffer.from(certificate));
}

function registrationOf({ senderId, password, signingKey, gost }: TestSystem): SystemRegistration {
  return {
    senderId,
    password,
    certificates: [signingKey.certificate, gost.signingKey.certificate],
  };
}
