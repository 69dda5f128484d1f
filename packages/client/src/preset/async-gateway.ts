/**
 * The asynchronous channel as one thing: journal, outbox, inbox, confirmations, poller and receiver over one client.
 *
 * @module
 */
import {
  type AsyncMessageType,
  assertOptions,
  type Clock,
  JournalError,
  type MessageJournal,
  newMessageId,
  type RecordedMessage,
  systemClock,
  systemTimers,
} from '@egov-gateway/core';
import type { ReceivedStatusAnswer } from '@egov-gateway/envelope';
import {
  type Confirmer,
  createConfirmer,
  createInbox,
  createOutbox,
  type Inbox,
  type Outbox,
} from '@egov-gateway/outbox';

import { AsyncClient } from '../async/async-client.ts';
import type { ChainPlace, InterruptOptions } from '../async/async-client-options.ts';
import {
  type AcceptedKey,
  type AcceptOptions,
  enqueueOptions,
  gatewayTransaction,
} from '../async/gateway-transaction.ts';
import { createOpener, type IncomingMessage } from '../async/incoming-message.ts';
import { createPoller, type Poller } from '../async/poller.ts';
import type { AnyAsyncService, SentValue } from '../async/service-values.ts';
import { StateWatch, type WaitOptions } from '../async/state-watch.ts';
import { WatchedJournal } from '../async/watched-journal.ts';
import { createPushReceiver } from '../receiver/push-receiver.ts';
import type { SoapEndpoint } from '../receiver/soap-endpoint.ts';
import {
  type AsyncGatewayOptions,
  asyncGatewayOptionNames,
  type GatewayHandler,
} from './async-gateway-options.ts';
import { createParts, type GatewayParts } from './gateway-parts.ts';
import { StateHook } from './state-hook.ts';

/** The asynchronous channel, ready to send and to receive. */
export interface AsyncGateway {
  /**
   * Accepts a message: when the promise resolves it is durable, and from then on it is not lost. It is sent by whichever
   * gateway on the same journal is started.
   *
   * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule, `not-sent`
   * @throws {SignError} `not-sent`
   * @throws {JournalError} `ERR_JOURNAL_CONFLICT` when the key is taken; any other when nothing was kept
   */
  send<Of extends AnyAsyncService, Type extends AsyncMessageType = 'REQUEST'>(
    service: Of,
    value: SentValue<Of, Type>,
    options?: AcceptOptions & ChainPlace<Type>,
  ): Promise<AcceptedKey>;
  /** Sets who handles the messages of a service, and asks for them. Those that waited are handled now. */
  on<Of extends AnyAsyncService>(service: Of, handler: GatewayHandler<Of>): void;
  /** A message with its history, or `undefined`. */
  message(key: string): Promise<RecordedMessage | undefined>;
  /**
   * The message as soon as nothing more happens to it by itself, or it is in one of `states`. For scripts and tests: an
   * application listens to `on` and `onStateChange`.
   *
   * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND`
   * @throws {DOMException} `TimeoutError` after `timeoutMs`, `AbortError` when the gateway is closed
   */
  wait(key: string, options?: WaitOptions): Promise<RecordedMessage>;
  /**
   * Asks the gateway where a message stands, and records what is new.
   *
   * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND`; `ERR_JOURNAL_STATE` when the gateway has given it no id yet
   * @throws {SendError} @throws {VerifyError} @throws {ParseError} @throws {GatewayFault} as `AsyncClient.status`
   */
  status(key: string, options?: InterruptOptions): Promise<ReceivedStatusAnswer>;
  /** Begins to send, to handle, to confirm and to ask. Accepting and receiving pushes need no start. */
  start(): void;
  /**
   * Takes nothing new and waits for what is under way. What has not ended within `graceMs` (default: 25 000) is broken off;
   * a message that was being sent then has an unknown outcome. May be started again.
   */
  stop(options?: { readonly graceMs?: number | undefined }): Promise<void>;
  /** Stops, refuses further pushes and closes the connections. A transport that was given and the journal stay open. */
  close(): Promise<void>;
  /** The same as {@link AsyncGateway.close}: for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
  /**
   * What the gateway pushes to. It takes messages of services that are in `services`, have a handler, or were sent to from
   * here; `receiver.services` of the options names others, or `'all'`. Mount it with an adapter of
   * `@egov-gateway/client/receiver`.
   */
  readonly receiver: SoapEndpoint;
  readonly client: AsyncClient;
  readonly outbox: Outbox;
  readonly inbox: Inbox<IncomingMessage>;
  readonly confirmer: Confirmer;
  /** `undefined` with `poll: false`. */
  readonly poller: Poller | undefined;
}

/**
 * The asynchronous channel, wired from its parts over one journal. The parts stay usable alone.
 *
 * @throws {TypeError} when a part is missing that was not switched off, is given twice, or an option is out of range
 *   or unknown
 * @throws {SendError} `ERR_SEND_INSECURE_URL` when the endpoint is plain http and that is not allowed
 * @throws {KeyError} when a certificate or the TLS material cannot be used
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { createAsyncGateway } from '@egov-gateway/client/preset';
 * import { openJournal } from '@egov-gateway/journal';
 * import { loadPkcs12 } from '@egov-gateway/keys';
 *
 * await using gateway = createAsyncGateway({
 *   endpoint: 'https://gateway.example/async/',
 *   key: await loadPkcs12('organisation.p12', keyPassword),
 *   gatewayCertificates: await readFile('gateway.pem'),
 *   sender: { id: 'my-system', password },
 *   journal: await openJournal('messages.db'),
 * });
 * gateway.on(service, (message, tx) => {
 *   if (message.type === 'RESPONSE') console.log(tx.record.reference, message.data);
 * });
 * gateway.start();
 * const { key } = await gateway.send(service, request, { reference: 'contract 17' });
 * ```
 */
export function createAsyncGateway<Of extends AnyAsyncService = AnyAsyncService>(
  options: AsyncGatewayOptions<Of>,
): AsyncGateway {
  assertOptions('createAsyncGateway', options, asyncGatewayOptionNames);
  if (typeof options.journal?.commit !== 'function') {
    throw new TypeError('journal is missing: one of @egov-gateway/journal');
  }
  const { parts, close } = createParts(options);
  // Messages are opened by the codecs of the very services that the types are of.
  return new WiredGateway(options as unknown as AsyncGatewayOptions, parts, close);
}

/** How long the next page waits for the confirmations of the one before, milliseconds. */
const SETTLE_MS = 5_000;

class WiredGateway implements AsyncGateway {
  readonly receiver: SoapEndpoint;
  readonly client: AsyncClient;
  readonly outbox: Outbox;
  readonly inbox: Inbox<IncomingMessage>;
  readonly confirmer: Confirmer;
  readonly poller: Poller | undefined;
  readonly #journal: MessageJournal;
  readonly #clock: Clock;
  readonly #services = new Map<string, AnyAsyncService>();
  /** Services that messages went to from here: replies of theirs are expected, handler or not. */
  readonly #sentTo = new Set<string>();
  readonly #watch: StateWatch;
  readonly #closeParts: () => Promise<void>;

  constructor(options: AsyncGatewayOptions, parts: GatewayParts, closeParts: () => Promise<void>) {
    const { clock = systemClock, timers = systemTimers, random, poll = {}, receiver = {} } = options;
    const hook = new StateHook(options.journal, options.onStateChange);
    const journal = new WatchedJournal(options.journal, clock, ({ changed, touched, due }) => {
      for (const localKey of touched) this.#watch.notify(localKey);
      if (due.has('outbox')) this.outbox.wake();
      if (due.has('inbox')) this.inbox.wake();
      if (due.has('confirmations')) this.confirmer.wake();
      hook.tell(changed);
    });
    const common = { journal, clock, timers, random };
    this.#journal = journal;
    this.#clock = clock;
    this.#closeParts = closeParts;
    this.#watch = new StateWatch(journal, timers);
    const client = new AsyncClient({ ...options, ...parts, journal });
    this.client = client;
    this.outbox = createOutbox({
      ...options.outbox,
      ...common,
      services: options.policies,
      deliver: (message, limits) => client.deliver(message, limits),
    });
    this.inbox = createInbox<IncomingMessage>({
      ...options.inbox,
      ...common,
      open: createOpener({ ...parts, serviceOf: (serviceId) => this.#services.get(serviceId) }),
      referenceOf: options.referenceOf,
      outbox: this.outbox,
    });
    this.confirmer = createConfirmer({
      ...options.confirmations,
      ...common,
      confirm: (message, outcome, limits) => client.confirm(message, outcome, limits),
    });
    this.poller =
      poll === false
        ? undefined
        : createPoller({ ...poll, ...common, client, settle: (keys) => this.#confirmed(keys) });
    const { signing, ...endpoint } = receiver;
    const { verifier, acceptUnverified, signer } = parts;
    const { verification, utcOffset } = options;
    this.receiver = createPushReceiver({
      services: (serviceId) => this.#services.has(serviceId) || this.#sentTo.has(serviceId),
      ...endpoint,
      journal,
      verification,
      verifier,
      acceptUnverified,
      signer: signing === 'off' ? undefined : signer,
      clock,
      timers,
      utcOffset,
    });
    for (const service of options.services ?? []) this.#know(service);
  }

  readonly send: AsyncGateway['send'] = async (service, value, options) => {
    const queued = enqueueOptions(options ?? {}, this.#clock);
    const prepared = await this.#prepare(service, value, options);
    try {
      const { localKey } = await this.outbox.enqueue(prepared, queued);
      return { key: localKey };
    } catch (error) {
      throw isTakenKey(error, queued.localKey) ? takenKey(error) : error;
    }
  };

  on<Of extends AnyAsyncService>(service: Of, handler: GatewayHandler<Of>): void {
    if (typeof handler !== 'function') throw new TypeError('handler must be a function');
    this.#know(service);
    const context = { prepare: this.#prepare, clock: this.#clock };
    this.inbox.on(service.id, (message, tx) =>
      // Opened by the codecs of this very service.
      handler(message as IncomingMessage<Of>, gatewayTransaction(service, tx, context)),
    );
  }

  message(key: string): Promise<RecordedMessage | undefined> {
    return this.#journal.message(key);
  }

  wait(key: string, options: WaitOptions = {}): Promise<RecordedMessage> {
    return this.#watch.wait(key, options);
  }

  async status(key: string, options: InterruptOptions = {}): Promise<ReceivedStatusAnswer> {
    const message = await this.#journal.message(key);
    if (message === undefined) {
      throw new JournalError('the journal has no message with this key: use the one that send returned', {
        code: 'ERR_JOURNAL_NOT_FOUND',
      });
    }
    if (message.messageId === undefined || message.direction !== 'out') {
      const why =
        message.direction === 'out'
          ? `the gateway has given this message no id to ask by, it is ${message.state}: wait until it is sent, or resolve the doubt`
          : 'this message came in: only those that were sent have a state at the gateway';
      throw new JournalError(why, { code: 'ERR_JOURNAL_STATE' });
    }
    return this.client.status(message.messageId, options);
  }

  start(): void {
    this.outbox.start();
    this.inbox.start();
    this.confirmer.start();
    this.poller?.start();
  }

  async stop(options: { readonly graceMs?: number | undefined } = {}): Promise<void> {
    // First, because a page has its messages confirmed before the next one.
    await this.poller?.stop(options);
    await Promise.all([this.inbox.stop(options), this.confirmer.stop(options), this.outbox.stop(options)]);
  }

  async close(): Promise<void> {
    await this.receiver.close();
    await this.stop();
    this.#watch.close();
    await this.#closeParts();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Has messages confirmed before the next page is asked for, or gives up: then the gateway hands them out again. */
  async #confirmed(keys: readonly string[]): Promise<void> {
    await this.confirmer.drain();
    const isConfirmed = ({ events }: RecordedMessage) => events.some(({ kind }) => kind === 'confirmed');
    const limits = { timeoutMs: SETTLE_MS };
    await Promise.allSettled(keys.map((key) => this.#watch.until(key, isConfirmed, limits)));
  }

  /** What may be sent twice is recognised by an id of our own, so that the same bytes always have the same one. */
  readonly #prepare: AsyncClient['prepare'] = (service, value, options) => {
    this.#sentTo.add(service.id);
    if (options?.messageId !== undefined || this.outbox.onUnknown(service.id) === 'hold') {
      return this.client.prepare(service, value, options);
    }
    const named = { ...options, messageId: newMessageId() };
    return this.client.prepare(service, value, named as typeof options);
  };

  #know(service: AnyAsyncService): void {
    if (typeof service?.id !== 'string' || service.id === '') {
      throw new TypeError('a service must have an id, the serviceId of the registry');
    }
    this.#services.set(service.id, service);
    this.poller?.add(service.id);
  }
}

/** A key of the caller's that the journal has already. */
function isTakenKey(error: unknown, key: string | undefined): boolean {
  return key !== undefined && error instanceof JournalError && error.code === 'ERR_JOURNAL_CONFLICT';
}

function takenKey(cause: unknown): JournalError {
  return new JournalError(
    'a message was accepted before under this key, and it is kept: message(key) tells where it stands; another message ' +
      'needs another key',
    { code: 'ERR_JOURNAL_CONFLICT', cause },
  );
}
