import type { MessageJournal, MessageStateEvent, Timers } from '@egov-gateway/core';
import type { ConfirmerOptions, InboxOptions, OutboxOptions, OutboxPolicy } from '@egov-gateway/outbox';

import type { AsyncClientOptions } from '../async/async-client-options.ts';
import type { GatewayTransaction } from '../async/gateway-transaction.ts';
import type { IncomingMessage } from '../async/incoming-message.ts';
import type { PollerOptions } from '../async/poller.ts';
import type { AnyAsyncService } from '../async/service-values.ts';
import type { PushReceiverOptions } from '../receiver/push-receiver.ts';
import type { GatewayTransport, GatewayTrust } from './gateway-parts.ts';

/** Settings of one worker, without what the gateway gives to every one itself. */
export type WorkerSettings<Options extends object, Own extends keyof Options = never> = Omit<
  Options,
  'journal' | 'clock' | 'timers' | 'random' | 'onStateChange' | Own
>;

/**
 * Handles a message. When it resolves, the message is handled and everything that was put into `tx` happens with it;
 * when it throws, nothing of that does and it is called again later.
 */
export type GatewayHandler<Of extends AnyAsyncService> = (
  message: IncomingMessage<Of>,
  tx: GatewayTransaction<Of>,
) => unknown;

/** Settings of the receiver. Trust, signature and journal are those of the gateway. */
export type ReceiverSettings = Omit<
  PushReceiverOptions,
  | 'journal'
  | 'onStateChange'
  | 'verifier'
  | 'verification'
  | 'acceptUnverified'
  | 'signer'
  | 'clock'
  | 'timers'
  | 'utcOffset'
> & {
  /** Whether answers to the gateway are signed. Default: as requests are. */
  readonly signing?: 'required' | 'off' | undefined;
};

/** Options of {@link createAsyncGateway}. `Of` is whatever is in `services`. */
export type AsyncGatewayOptions<Of extends AnyAsyncService = AnyAsyncService> = GatewayTrust &
  GatewayTransport &
  Omit<
    AsyncClientOptions,
    | 'transport'
    | 'signer'
    | 'signing'
    | 'verifier'
    | 'verification'
    | 'acceptUnverified'
    | 'journal'
    | 'totalTimeoutMs'
  > & {
    /** Keeps every message, of `@egov-gateway/journal`. It stays yours to close. */
    readonly journal: MessageJournal;
    /**
     * Services that messages come from: those are asked for, taken when they are pushed, and known to `referenceOf`.
     * {@link AsyncGateway.on} adds its own.
     */
    readonly services?: readonly Of[] | undefined;
    /** How messages of single services are sent, by `serviceId`, over `outbox.defaults`. */
    readonly policies?: Readonly<Record<string, OutboxPolicy>> | undefined;
    /** How messages are sent. */
    readonly outbox?: WorkerSettings<OutboxOptions, 'deliver' | 'services'> | undefined;
    /** How messages are handled. */
    readonly inbox?:
      | WorkerSettings<InboxOptions<IncomingMessage>, 'open' | 'handlers' | 'outbox' | 'referenceOf'>
      | undefined;
    /** How pulled messages are confirmed. */
    readonly confirmations?: WorkerSettings<ConfirmerOptions, 'confirm'> | undefined;
    /** How messages are asked for; `false` where the gateway pushes them, and nothing is asked for. */
    readonly poll?: WorkerSettings<PollerOptions, 'client' | 'services' | 'settle'> | false | undefined;
    /** What pushes may cost, and who may send them. */
    readonly receiver?: ReceiverSettings | undefined;
    /**
     * The application's own reference that a message names, such as the contract number in its data. With it a reply whose
     * chain is not known ends the doubt about the one message that was sent with this `reference`. Name the services in
     * `services`: the types of their data are known here then.
     */
    readonly referenceOf?:
      | ((message: IncomingMessage<Of>) => string | undefined | Promise<string | undefined>)
      | undefined;
    /**
     * Told of every change that this gateway made to the state of a message, after it is durable. Told at most once: what
     * must not miss one reads `journal.feed`. What it throws is reported and disturbs nothing.
     */
    readonly onStateChange?: ((event: MessageStateEvent) => unknown) | undefined;
    /** Time for one question for a status, or one direct send, milliseconds. Default: 60 000. */
    readonly totalTimeoutMs?: number | undefined;
    /** Default: the timers of the machine. */
    readonly timers?: Timers | undefined;
    /** As `Math.random`, for jitter. Default: `Math.random`. */
    readonly random?: (() => number) | undefined;
  };

/** Their names. @internal */
export const asyncGatewayOptionNames: readonly string[] = Object.keys({
  key: true,
  signing: true,
  keyInfo: true,
  gatewayCertificates: true,
  trust: true,
  verification: true,
  suites: true,
  limits: true,
  transport: true,
  connections: true,
  connectTimeoutMs: true,
  headersTimeoutMs: true,
  bodyTimeoutMs: true,
  keepAliveTimeoutMs: true,
  maxResponseBytes: true,
  ca: true,
  clientCertificate: true,
  serverName: true,
  proxy: true,
  dispatcher: true,
  allowInsecureHttp: true,
  endpoint: true,
  sender: true,
  isPasswordRequired: true,
  maxAttempts: true,
  retryDelayMs: true,
  totalTimeoutMs: true,
  maxAnswerAgeMs: true,
  headers: true,
  clock: true,
  utcOffset: true,
  routeId: true,
  properties: true,
  extensions: true,
  headerBlocks: true,
  notAcceptedSpelling: true,
  journal: true,
  services: true,
  policies: true,
  outbox: true,
  inbox: true,
  confirmations: true,
  poll: true,
  receiver: true,
  referenceOf: true,
  onStateChange: true,
  timers: true,
  random: true,
} satisfies Record<keyof AsyncGatewayOptions, true>);
