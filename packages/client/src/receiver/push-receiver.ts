/**
 * The interface that the gateway calls: messages that are pushed, and news of the messages that were sent.
 *
 * @see AsyncChannel v10, IAsyncChannelClient.wsdl
 * @module
 */
import {
  assertOptions,
  integerOption,
  type MessageJournal,
  type MessageStateEvent,
  systemClock,
  systemTimers,
  type XmlName,
} from '@egov-gateway/core';
import {
  type AsyncRequestElement,
  asyncClientWsdl,
  asyncFaultName,
  asyncOperationOf,
  glanceAsyncOperation,
  readAsyncMessage,
  readStatusNotification,
  type WrittenEnvelope,
  writeAsyncAccepted,
  writeStatusNotificationAnswer,
} from '@egov-gateway/envelope';

import { contentHash, notificationHash } from '../async/content-hash.ts';
import { checkOptions } from './checked-options.ts';
import { createEndpoint, type Incoming } from './endpoint-core.ts';
import { type EndpointOptions, endpointOptionNames } from './endpoint-options.ts';
import type { Exchange } from './exchange.ts';
import { type DateCheck, freshness, type ServiceCheck, servedBy } from './push-checks.ts';
import { reading } from './reading.ts';
import { Refusal } from './refusal.ts';
import { checkSender, MessageSender } from './sender-check.ts';
import type { SoapEndpoint } from './soap-endpoint.ts';
import { storeMessage } from './store-message.ts';
import { storeStatus } from './store-status.ts';

/** Options of {@link createPushReceiver}. */
export interface PushReceiverOptions extends EndpointOptions {
  /** Keeps what comes in. Nothing is acknowledged before it is durable there. */
  readonly journal: MessageJournal;
  /**
   * From the last byte of a request to its answer, milliseconds. After that the gateway gets the fault `timeout`; a message
   * that is stored all the same is recognised when it is pushed again. Default: 30 000.
   */
  readonly answerTimeoutMs?: number | undefined;
  /**
   * How long the state of a message that is not known here waits before it is stored as that of an unknown one, milliseconds:
   * the gateway may be quicker than the record of what it answered. Default: 1000.
   */
  readonly unknownStatusWaitMs?: number | undefined;
  /**
   * Ids of the services whose messages are taken, or a function that knows them; others get the fault `service`. What the
   * gateway signed for another participant would else be taken here too. News of sent messages name no service. Default:
   * `all`.
   */
  readonly services?: readonly string[] | ((serviceId: string) => boolean) | 'all' | undefined;
  /**
   * How far the date of a message (`messageDate`) or of news (`requestDate`) may lie from the clock, milliseconds; others
   * get the fault `outdated`, and so do those without a date. What was signed once can be played back for ever, and is
   * recognised only as long as the journal has it: keep this below the time after which the journal lets messages go.
   * `false`: any date. Default: 2 592 000 000 (30 days).
   */
  readonly maxPushAgeMs?: number | false | undefined;
  /** Told of each message that entered another state. What it throws or rejects with disturbs nobody. Default: nobody is told. */
  readonly onStateChange?: ((event: MessageStateEvent) => unknown) | undefined;
}

const ownNames = Object.keys({
  journal: true,
  answerTimeoutMs: true,
  unknownStatusWaitMs: true,
  services: true,
  maxPushAgeMs: true,
  onStateChange: true,
} satisfies Record<Exclude<keyof PushReceiverOptions, keyof EndpointOptions>, true>);

/**
 * The receiver of the asynchronous channel.
 *
 * Each request is verified, committed to the journal and only then answered. A message that comes again is answered as
 * before and stored once, whatever came in between. Messages are handled by the inbox, later.
 *
 * @throws {TypeError} when a part is missing that was not switched off, is given although it was, or an option is out of range
 *   or unknown
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { createPushReceiver, serverTimeouts, toNodeListener } from '@egov-gateway/client/receiver';
 *
 * const receiver = createPushReceiver({ journal, verifier, signer });
 * const server = createServer(serverTimeouts(), toNodeListener(receiver)).listen(8080);
 * // …
 * server.close();
 * await receiver.close();
 * ```
 */
export function createPushReceiver(options: PushReceiverOptions): SoapEndpoint {
  assertOptions('createPushReceiver', options, [...endpointOptionNames, ...ownNames]);
  if (typeof options.journal?.commit !== 'function')
    throw new TypeError('journal is missing: a MessageJournal');
  const checked = checkOptions(options);
  const answerTimeoutMs = integerOption('answerTimeoutMs', options.answerTimeoutMs, 30_000);
  const isFresh = freshness(options);
  const isServed = servedBy(options.services);
  const waitMs = integerOption('unknownStatusWaitMs', options.unknownStatusWaitMs, 1000, { min: 0 });
  // Of an operation that was not recognised, the fault of a push.
  const faultNames = new WeakMap<Exchange, XmlName>();
  const recognise = (found: AsyncRequestElement | undefined, exchange: Exchange) => {
    if (found !== undefined) faultNames.set(exchange, asyncFaultName(found.operation, found.namespace));
    return found;
  };
  return createEndpoint(checked, {
    wsdl: asyncClientWsdl,
    glance: (envelope, exchange) => recognise(glanceAsyncOperation(envelope), exchange),
    faultName: (exchange) => faultNames.get(exchange) ?? asyncFaultName('sendMessage'),
    answerTimeoutMs,
    async answer(incoming, exchange) {
      const found = recognise(
        reading(() => asyncOperationOf(incoming.body)),
        exchange,
      );
      exchange.learn({ operation: found?.localName });
      if (found === undefined) throw new Refusal('format');
      switch (found.operation) {
        case 'sendMessage':
          return takeMessage(incoming, exchange, { ...options, isFresh, isServed });
        case 'changeMassageStatusNotification':
          return takeStatus(incoming, exchange, { ...options, isFresh, unknownStatusWaitMs: waitMs });
        default:
          // An operation of the gateway's own interface.
          throw new Refusal('format');
      }
    },
  });
}

async function takeMessage(
  { body, bytes }: Incoming,
  exchange: Exchange,
  options: PushReceiverOptions & { readonly isFresh: DateCheck; readonly isServed: ServiceCheck },
): Promise<WrittenEnvelope> {
  const { journal, allowedSenders, clock = systemClock, utcOffset } = options;
  const message = reading(() => readAsyncMessage(body));
  const { info, namespace } = message;
  const { messageId, correlationId, serviceId, messageType } = info;
  exchange.learn({ messageId, correlationId, serviceId });
  exchange.joinSession(info.sessionId);
  // The gateway fills both in; without them nothing could be recognised again, and nothing answered.
  if (messageId === undefined || correlationId === undefined) throw new Refusal('format');
  checkSender(new MessageSender(info.sender, serviceId, body), allowedSenders);
  if (!options.isServed(serviceId)) throw new Refusal('service');
  if (!options.isFresh(info.messageDate, exchange.atMs)) throw new Refusal('outdated');
  const pushed = {
    messageId,
    correlationId,
    serviceId,
    messageType,
    contentHash: contentHash(message),
    atMs: exchange.atMs,
    bytes,
  };
  const { localKey, reception } = await storeMessage(journal, pushed, options.onStateChange);
  exchange.learn({ localKey });
  exchange.outcome = reception;
  const answer = {
    messageId,
    correlationId,
    responseDateMs: Math.trunc(clock.now()),
    utcOffset,
    sessionId: exchange.sessionId,
  };
  return writeAsyncAccepted(answer, { namespace });
}

async function takeStatus(
  { body, bytes, signal }: Incoming,
  exchange: Exchange,
  options: PushReceiverOptions & { readonly isFresh: DateCheck; readonly unknownStatusWaitMs: number },
): Promise<WrittenEnvelope> {
  const { journal, clock = systemClock, utcOffset, timers = systemTimers } = options;
  const notification = reading(() => readStatusNotification(body));
  const { messageId, messageState, status, namespace } = notification;
  exchange.learn({ messageId });
  exchange.joinSession(notification.sessionId);
  if (!options.isFresh(notification.requestDate, exchange.atMs)) throw new Refusal('outdated');
  const news = {
    messageId,
    deliveryState: messageState,
    code: status.statusCode,
    contentHash: notificationHash(notification),
    atMs: exchange.atMs,
    bytes,
  };
  const stored = await storeStatus(journal, news, {
    timers,
    waitMs: options.unknownStatusWaitMs,
    signal,
    onStateChange: options.onStateChange,
  });
  exchange.learn(stored.known);
  exchange.outcome = stored.outcome;
  const answer = { responseDateMs: Math.trunc(clock.now()), utcOffset, sessionId: exchange.sessionId };
  return writeStatusNotificationAnswer(answer, { namespace });
}
