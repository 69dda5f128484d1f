import {
  assertOptions,
  type Certificate,
  type Clock,
  integerOption,
  type SignatureSuite,
  type SigningKey,
} from '@egov-gateway/core';
import type { KeyInfoStyle } from '@egov-gateway/wsse';

import type { AsyncMisbehaviourName, AsyncMisbehaviourOptions } from './async/async-menu.ts';
import type { AsyncChannelOptions, AsyncStoreOptions } from './async/async-options.ts';
import type { CannedService } from './canned/canned-service.ts';
import type { CheckName, XsdMode } from './checks/check.ts';
import type { EmulatedConsentOptions } from './consent/service-options.ts';
import type { EndpointOptions } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import type { ExchangeLogLimits } from './exchange-log.ts';
import type { LaborContractsServiceOptions } from './labor-contracts/service-options.ts';
import type { MisbehaviourName, MisbehaviourOptions } from './misbehaviour/menu.ts';
import type { FaultCodeStyle } from './pipeline/render.ts';
import type { RegistersServiceOptions } from './registers/registers-services.ts';
import type { SystemRegistration } from './registry.ts';
import type { BuiltInAlgorithm } from './test-party/built-in-key.ts';

/** How answers are signed. */
export interface ResponseSigningOptions {
  /** Which of the built-in TEST ONLY keys of the gateway signs. Default: `rsa`. */
  readonly algorithm?: BuiltInAlgorithm | undefined;
  /** A key of another kind, or of your own, in place of a built-in one. */
  readonly key?: SigningKey | undefined;
  /** How the signer is named. Default: `issuer-serial`, as the real gateway was last seen to do it. */
  readonly keyInfo?: KeyInfoStyle | undefined;
  /** Whether faults are signed too. Default: true. */
  readonly signFaults?: boolean | undefined;
}

/** One line of a script: the name of a scenario with its options. */
export type ScriptedMisbehaviour =
  | {
      readonly [Name in MisbehaviourName]: { readonly name: Name } & MisbehaviourOptions<Name>;
    }[MisbehaviourName]
  | {
      readonly [Name in AsyncMisbehaviourName]: { readonly name: Name } & AsyncMisbehaviourOptions<Name>;
    }[AsyncMisbehaviourName];

/** Options of {@link createEmulator}. All of them may be left out. */
export interface EmulatorOptions extends ExchangeLogLimits {
  /** Who may call. Default: the built-in test system. Given, it replaces the default; see also `emulator.register`. */
  readonly systems?: readonly SystemRegistration[] | undefined;
  /**
   * Canned services, on both channels. Default: the built-in `EHEALTH_MEDICAL_EXEMPTION_SEARCH` and `laborContracts`.
   * Given, they replace the default; typed handlers are added with `emulator.service` and `emulator.asyncService`.
   */
  readonly services?: readonly CannedService[] | undefined;
  /**
   * The built-in service of labour contracts, on both channels; `false`: it is not served. With `asyncStore` its register
   * is kept there. Default: served as `EMU_LABOR_CONTRACTS`, unless `services` are given.
   */
  readonly laborContracts?: LaborContractsServiceOptions | false | undefined;
  /**
   * The built-in service of consents (КДП), on the synchronous channel; `false`: it is not served. Default: served as
   * `KDP_SERVICE`, unless `services` are given.
   */
  readonly consent?: EmulatedConsentOptions | false | undefined;
  /**
   * The built-in registers of persons (ГБД ФЛ) and companies (ГБД ЮЛ), on both channels; `false`: they are not served.
   * Default: served under their own ids, unless `services` are given.
   */
  readonly registers?: RegistersServiceOptions | false | undefined;
  /** Paths of the synchronous channel and what each asks for. Default: {@link defaultEndpoints}. */
  readonly endpoints?: readonly EndpointOptions[] | undefined;
  /** Paths of the asynchronous channel. Default: {@link defaultAsyncEndpoints}. None: an empty list. */
  readonly asyncEndpoints?: readonly EndpointOptions[] | undefined;
  /** How the asynchronous channel works, where that is not known of the real one. */
  readonly async?: AsyncChannelOptions | undefined;
  /** Where the asynchronous channel keeps its messages. Default: in memory, until the emulator is closed. */
  readonly asyncStore?: AsyncStoreOptions | undefined;
  /** The order of the checks, each once. Default: `checkOrders.process`. */
  readonly checks?: readonly CheckName[] | undefined;
  /**
   * How closely a request must follow the XSD. `strict` refuses wrong order, unknown elements and empty optional
   * elements; how lenient the real gateway is, nobody has published. Default: `strict`.
   */
  readonly xsd?: XsdMode | undefined;
  /** Elements that `strict` allows in `requestInfo` or `messageInfo` beside the contract, by local name. Default: none. */
  readonly requestInfoExtensions?: readonly string[] | undefined;
  /** Whether SOAP 1.2 envelopes are taken (and answered in 1.1, as the WSDL says). Default: false. */
  readonly acceptSoap12?: boolean | undefined;
  /**
   * Authorities whose certificates may sign requests. Default: the built-in TEST ONLY authority. Certificates in
   * `systems` are accepted without one.
   */
  readonly roots?: readonly Certificate[] | undefined;
  /** Whether a certificate is revoked, in place of OCSP and CRL. Default: none is. */
  readonly isRevoked?: ((certificate: Certificate) => boolean | Promise<boolean>) | undefined;
  /** Suites for requests and answers. Default: `signatureSuites` of `@egov-gateway/keys`, RSA and GOST. */
  readonly suites?: readonly SignatureSuite[] | undefined;
  /** How answers are signed; an algorithm alone chooses the built-in key. Default: `rsa`. */
  readonly responseSigning?: ResponseSigningOptions | BuiltInAlgorithm | undefined;
  /** The script to begin with. Default: none. See `emulator.misbehave`. */
  readonly misbehave?: readonly ScriptedMisbehaviour[] | undefined;
  /** `messageId` of answers: `new`, as the XSD says, or the one of the request. Default: `new`. */
  readonly responseMessageId?: 'new' | 'echo' | undefined;
  /** What stands in `faultcode`. Default: `soap`, a QName; no verbatim fault of the gateway is public. */
  readonly faultCodeStyle?: FaultCodeStyle | undefined;
  /** Offset of the dates in answers. Default: `+05:00`. */
  readonly utcOffset?: string | undefined;
  /** Whether the service asks for a transport signature too (step 9), also where the endpoint does not. Default: false. */
  readonly secondHop?: boolean | undefined;
  /** From the first byte of a request to the end of the checks, milliseconds. Default: 60 000, Rules п.47. */
  readonly acceptWithinMs?: number | undefined;
  /** The time a handler has, milliseconds. Default: 30 000, the longest the Rules let a synchronous service take. */
  readonly answerWithinMs?: number | undefined;
  /** Default: 64 MiB. */
  readonly maxRequestBytes?: number | undefined;
  /** Told of every exchange when it is over. Default: nobody is. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /**
   * The time that certificates are judged at and dates are written with; `emulator.advance` moves on from it. Default: the
   * clock of the machine.
   */
  readonly clock?: Clock | undefined;
}

/** Every option of `createEmulator`. @internal */
export const emulatorOptionNames: readonly string[] = Object.keys({
  systems: true,
  services: true,
  laborContracts: true,
  consent: true,
  registers: true,
  endpoints: true,
  asyncEndpoints: true,
  async: true,
  asyncStore: true,
  checks: true,
  xsd: true,
  requestInfoExtensions: true,
  acceptSoap12: true,
  roots: true,
  isRevoked: true,
  suites: true,
  responseSigning: true,
  misbehave: true,
  responseMessageId: true,
  faultCodeStyle: true,
  utcOffset: true,
  secondHop: true,
  acceptWithinMs: true,
  answerWithinMs: true,
  maxRequestBytes: true,
  onExchange: true,
  clock: true,
  maxExchanges: true,
  maxExchangeBytes: true,
} satisfies Record<keyof EmulatorOptions, true>);

const responseSigningNames = Object.keys({
  algorithm: true,
  key: true,
  keyInfo: true,
  signFaults: true,
} satisfies Record<keyof ResponseSigningOptions, true>);

/** Those of the built-in services and of the asynchronous channel are judged there. @throws {TypeError} @internal */
export function assertEmulatorOptions(options: EmulatorOptions): void {
  assertOptions('createEmulator', options, emulatorOptionNames);
  const { responseSigning = {}, asyncStore } = options;
  if (typeof responseSigning !== 'string') {
    assertOptions('responseSigning', responseSigning, responseSigningNames);
  }
  if (asyncStore !== undefined) assertOptions('asyncStore', asyncStore, ['path']);
}

const MIB = 1024 * 1024;

/** The numbers of the options, checked. @internal */
export function resolveLimits(options: EmulatorOptions): {
  readonly acceptWithinMs: number;
  readonly answerWithinMs: number;
  readonly maxRequestBytes: number;
} {
  return {
    acceptWithinMs: integerOption('acceptWithinMs', options.acceptWithinMs, 60_000),
    answerWithinMs: integerOption('answerWithinMs', options.answerWithinMs, 30_000),
    maxRequestBytes: integerOption('maxRequestBytes', options.maxRequestBytes, 64 * MIB),
  };
}
