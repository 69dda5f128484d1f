/**
 * A synchronous service behind the gateway: what the Rules call a сервис-коннектор.
 *
 * @see Rules No 123, п.2, 21)
 * @module
 */
import {
  assertOptions,
  integerOption,
  type MessageJournal,
  type MessageWrapper,
  newMessageId,
  systemClock,
} from '@egov-gateway/core';
import {
  readSyncRequest,
  sameRequestElement,
  syncFaultName,
  syncWsdl,
  type WrittenEnvelope,
  writeSyncResponse,
} from '@egov-gateway/envelope';

import { checkOptions } from './checked-options.ts';
import { createEndpoint, type Incoming } from './endpoint-core.ts';
import { type EndpointOptions, endpointOptionNames } from './endpoint-options.ts';
import type { Exchange } from './exchange.ts';
import { HostJournal } from './host-journal.ts';
import type { HostedService } from './hosted-service.ts';
import { reading } from './reading.ts';
import { Refusal } from './refusal.ts';
import { checkSender, MessageSender } from './sender-check.ts';
import type { SoapEndpoint } from './soap-endpoint.ts';

/** Options of {@link createServiceHost}. */
export interface ServiceHostOptions extends EndpointOptions {
  /** The services, each made by `serve`. */
  readonly services: readonly HostedService[];
  /**
   * From the last byte of a request to its answer, milliseconds. After that the caller gets the fault `timeout`, and the
   * handler's signal is aborted. Default: 30 000.
   *
   * @see Rules No 123, Приложение 1: a synchronous request is processed within 30 seconds
   */
  readonly deadlineMs?: number | undefined;
  /**
   * Keeps each request before its handler runs, and its outcome: `handled` with the status code, or `dead` with the code of
   * the error. When it cannot keep the request, the handler does not run and the caller gets the fault `internal`. It also
   * knows which requests came before. Default: none.
   */
  readonly journal?: MessageJournal | undefined;
}

const ownNames = Object.keys({
  services: true,
  deadlineMs: true,
  journal: true,
} satisfies Record<Exclude<keyof ServiceHostOptions, keyof EndpointOptions>, true>);

/**
 * An endpoint that answers `SendMessage` of the synchronous channel with services of yours.
 *
 * @throws {TypeError} when there is no service, two have one id, a part is missing, or an option is out of range or
 *   unknown
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { createServiceHost, serve, serverTimeouts, toNodeListener } from '@egov-gateway/client/receiver';
 *
 * const host = createServiceHost({ services: [serve(service, handler)], verifier, signer });
 * createServer(serverTimeouts(), toNodeListener(host)).listen(8080);
 * ```
 */
export function createServiceHost(options: ServiceHostOptions): SoapEndpoint {
  assertOptions('createServiceHost', options, [...endpointOptionNames, ...ownNames]);
  const { services } = options;
  const checked = checkOptions(options);
  const answerTimeoutMs = integerOption('deadlineMs', options.deadlineMs, 30_000);
  const byId = new Map(services.map((service) => [service.id, service]));
  if (byId.size === 0) throw new TypeError('services is empty; name at least one');
  if (byId.size < services.length) throw new TypeError('two services have the same id');
  const wrappers = services.flatMap(({ wrapper }) => wrapper ?? []);
  return createEndpoint(checked, {
    wsdl: syncWsdl,
    faultName: () => syncFaultName,
    answerTimeoutMs,
    answer: (incoming, exchange) => answer(incoming, exchange, { options, byId, wrappers }),
  });
}

interface Host {
  readonly options: ServiceHostOptions;
  readonly byId: ReadonlyMap<string, HostedService>;
  readonly wrappers: readonly MessageWrapper[];
}

async function answer(incoming: Incoming, exchange: Exchange, host: Host): Promise<WrittenEnvelope> {
  const { body, bytes, signal } = incoming;
  const { clock = systemClock, utcOffset, allowedSenders, journal } = host.options;
  exchange.learn({ operation: body.body.first?.localName });
  const { wrappers } = host;
  const { info, data, wrapper } = reading(() => readSyncRequest(body, { wrappers }));
  const { messageId, correlationId, serviceId, routeId, properties } = info;
  exchange.learn({ messageId, correlationId, serviceId });
  exchange.joinSession(info.sessionId);
  const sender = new MessageSender(info.sender, serviceId, body);
  checkSender(sender, allowedSenders);
  const service = host.byId.get(serviceId);
  if (service === undefined) throw new Refusal('service');
  if (!sameRequestElement(service.wrapper, wrapper)) throw new Refusal('format');

  const record = new HostJournal(journal, { messageId, serviceId, clock });
  await record.received(bytes, data);
  exchange.learn({ localKey: record.localKey });
  try {
    const {
      status,
      isSuccess,
      data: answerData,
    } = await service.answer({
      messageId,
      correlationId,
      serviceId,
      routeId,
      properties,
      sender,
      sessionId: exchange.sessionId,
      data,
      receivedAtMs: exchange.atMs,
      isRepeated: record.isRepeated,
      signal,
    });
    const written = writeSyncResponse(
      {
        info: {
          messageId: newMessageId(),
          correlationId,
          responseDateMs: Math.trunc(clock.now()),
          utcOffset,
          status,
          sessionId: exchange.sessionId,
        },
        data: answerData,
      },
      { wrapper: service.wrapper },
    );
    exchange.outcome = isSuccess ? 'served' : 'business-error';
    await record.handled(status.code);
    return written;
  } catch (error) {
    await record.failed(error);
    throw error;
  }
}
