/**
 * The gateway itself: one path for every message, whichever way it arrived.
 *
 * @module
 */
import { isSoapContentType } from '@egov-gateway/client/receiver';
import { type Clock, newMessageId, ParseError } from '@egov-gateway/core';
import {
  asyncFaultName,
  asyncOperationOf,
  type ReceivedSyncRequest,
  readSyncRequest,
  syncFaultName,
} from '@egov-gateway/envelope';

import { asyncReader } from './async/async-call.ts';
import type { AsyncChannel } from './async/async-channel.ts';
import { type CheckContext, type CheckName, runChecks } from './checks/check.ts';
import { Refusal, type RefusalCode } from './codes.ts';
import type { Endpoint, EndpointTable } from './endpoint.ts';
import type { ExchangeLog } from './exchange-log.ts';
import { type GatewayAnswer, plainAnswer, soapAnswer } from './gateway-answer.ts';
import { editContent } from './misbehaviour/content-edits.ts';
import { editEnvelope } from './misbehaviour/envelope-edits.ts';
import { editHttp } from './misbehaviour/http-edits.ts';
import { misbehaviours } from './misbehaviour/menu.ts';
import { scriptedOutcome } from './misbehaviour/outcomes.ts';
import type { Misbehaviour, MisbehaviourScript } from './misbehaviour/script.ts';
import type { OpenExchanges } from './open-exchanges.ts';
import type { AnswerSigner } from './pipeline/answer-signer.ts';
import { Arrival } from './pipeline/arrival.ts';
import { within } from './pipeline/deadline.ts';
import { ReceivedMessage, type RequestHead, type RequestReader } from './pipeline/message.ts';
import {
  type FaultCodeStyle,
  type RenderContext,
  type Rendered,
  renderAnswer,
  renderBareFault,
  renderFault,
  renderRefusal,
} from './pipeline/render.ts';
import { Trace } from './pipeline/trace.ts';
import { answerWrapper, type RequestContext, type Served, type ServiceEntry, wrappersOf } from './service.ts';

/** What a gateway is made of. @internal */
export interface GatewayParts {
  readonly endpoints: EndpointTable;
  readonly checks: readonly CheckName[];
  readonly checkContext: CheckContext;
  readonly services: Map<string, ServiceEntry>;
  readonly asyncChannel: AsyncChannel;
  readonly script: MisbehaviourScript;
  readonly log: ExchangeLog;
  readonly signer: AnswerSigner;
  readonly clock: Clock;
  /** Exchanges in memory. */
  readonly open: OpenExchanges;
  readonly acceptSoap12: boolean;
  readonly secondHop: boolean;
  readonly responseMessageId: 'new' | 'echo';
  readonly faultCodeStyle: FaultCodeStyle;
  readonly signFaults: boolean;
  readonly utcOffset: string | undefined;
  readonly acceptWithinMs: number;
  readonly answerWithinMs: number;
  readonly maxRequestBytes: number;
}

/** A request that was read. @internal */
export interface IncomingRequest {
  readonly body: Uint8Array;
  readonly contentType: string;
  /** Aborted when the caller hangs up or the emulator is closed. */
  readonly signal: AbortSignal;
}

/** An answer, and what the network is to do to it. @internal */
export interface Answered {
  readonly answer: GatewayAnswer;
  readonly misbehaviour: Misbehaviour | undefined;
}

/** @internal */
export class Gateway {
  readonly #parts: GatewayParts;
  readonly #syncReader: RequestReader<ReceivedSyncRequest> = {
    channel: 'sync',
    read: (body) => readSyncRequest(body, { wrappers: wrappersOf(this.#parts.services.values()) }),
  };

  constructor(parts: GatewayParts) {
    this.#parts = parts;
  }

  get endpoints(): EndpointTable {
    return this.#parts.endpoints;
  }

  get maxRequestBytes(): number {
    return this.#parts.maxRequestBytes;
  }

  get open(): OpenExchanges {
    return this.#parts.open;
  }

  /** A request is at the door: it gets its number and what the script has at its head. */
  arrive(endpoint: Endpoint): Arrival {
    const { log, clock, script, acceptWithinMs } = this.#parts;
    return new Arrival({
      number: log.nextNumber(),
      endpoint,
      receivedAtMs: clock.now(),
      misbehaviour: script.takeOnArrival(endpoint.channel),
      acceptWithinMs,
    });
  }

  /** Checks, serves, signs and logs. Never rejects: whatever goes wrong becomes an answer. */
  async answer(arrival: Arrival, incoming: IncomingRequest): Promise<Answered> {
    const trace = new Trace(arrival, incoming.body);
    const { acceptSoap12 } = this.#parts;
    if (!isSoapContentType(incoming.contentType, { acceptSoap12 })) {
      const answer = plainAnswer(415, 'send the envelope as text/xml; charset=utf-8');
      this.#parts.log.append(trace.fields({ httpStatus: answer.status }));
      return { answer, misbehaviour: undefined };
    }
    try {
      if (arrival.endpoint.channel === 'async') return await this.#answerAsync(trace, incoming);
      const served = await this.#serve(trace, incoming);
      return await this.#send(trace, this.#render(trace, served));
    } catch (error) {
      if (incoming.signal.aborted) {
        trace.error = error;
        this.#parts.log.append(trace.fields({}));
        return { answer: plainAnswer(503, 'nobody is listening any more'), misbehaviour: undefined };
      }
      return this.#send(trace, this.#renderError(trace, error));
    }
  }

  /** Answers a request that could not even be read. */
  refuse(arrival: Arrival, code: RefusalCode): Promise<Answered> {
    const trace = new Trace(arrival, new Uint8Array());
    return this.#send(trace, this.#renderError(trace, new Refusal(code)));
  }

  /** Notes an exchange that ended without an answer of the gateway. */
  logFailure(arrival: Arrival, end: { readonly request: Uint8Array; readonly httpStatus?: number }): void {
    const { request, ...rest } = end;
    this.#parts.log.append(new Trace(arrival, request).fields(rest));
  }

  /** Steps 2 to 9. */
  async #serve(trace: Trace, incoming: IncomingRequest): Promise<Served> {
    const { services, answerWithinMs } = this.#parts;
    const message = await this.#accept(trace, incoming, this.#syncReader);
    trace.wrapper = message.request.wrapper;
    const { info, data } = message.request;
    const entry = services.get(info.serviceId);
    if (entry !== undefined) trace.wrapper = answerWrapper(entry, trace.wrapper);
    const scripted = trace.misbehaviour && scriptedOutcome(trace.misbehaviour.name);
    if (scripted !== undefined) return scripted;
    if (entry === undefined) throw new Refusal('SCE004');
    if (this.#parts.secondHop && message.verified === undefined) {
      throw new Refusal('SCE007', 'the service checks the transport signature too, and there is none');
    }
    const { bin, iin } = this.#parts.checkContext.registry.admit(info.sender.senderId, info.serviceId);
    const context: Omit<RequestContext, 'signal'> = {
      messageId: info.messageId,
      correlationId: info.correlationId,
      serviceId: info.serviceId,
      routeId: info.routeId,
      properties: info.properties,
      sender: { senderId: info.sender.senderId, bin, iin },
      signer: message.verified?.signer.certificate,
      data,
      wrapper: trace.wrapper,
      receivedAtMs: trace.arrival.receivedAtMs,
    };
    const served = await within(answerWithinMs, 'EMU-ANSWER-TIMEOUT', incoming.signal, (signal) =>
      entry.serve({ ...context, signal }),
    );
    trace.pass('service');
    return served;
  }

  /** The same path for the asynchronous channel, whose services are called later. */
  async #answerAsync(trace: Trace, incoming: IncomingRequest): Promise<Answered> {
    const { asyncChannel, checkContext } = this.#parts;
    const message = await this.#accept(trace, incoming, asyncReader);
    const { operation, info } = message.request;
    const scripted = trace.misbehaviour && scriptedOutcome(trace.misbehaviour.name);
    if (scripted !== undefined) return this.#send(trace, this.#render(trace, scripted));

    const { sender, serviceId } = info;
    const { senderId } = checkContext.registry.authorise(
      sender,
      serviceId,
      message.verified?.signer.certificate,
    );
    trace.senderId = senderId;
    const {
      written,
      accepted,
      isLost = false,
      error,
    } = await asyncChannel.answer(message.request, senderId, incoming.body);
    trace.pass(operation);
    trace.error = error;
    trace.result = 'answered';
    if (isLost) trace.loseAnswer();
    try {
      return await this.#send(trace, { written, isFault: false });
    } finally {
      if (accepted !== undefined) asyncChannel.answered(accepted);
    }
  }

  /** Steps 2 to 5, within the time the Rules allow for them. @see Rules No 123, п.47 */
  async #accept<Request extends RequestHead>(
    trace: Trace,
    { body, signal }: IncomingRequest,
    reader: RequestReader<Request>,
  ): Promise<ReceivedMessage<Request>> {
    const { checks, checkContext, acceptSoap12, maxRequestBytes, script } = this.#parts;
    const { arrival } = trace;
    const message = await within(arrival.acceptLeftMs(), 'EMU-ACCEPT-TIMEOUT', signal, async () => {
      try {
        const opened = ReceivedMessage.open(body, reader, { maxBytes: maxRequestBytes, acceptSoap12 });
        if (reader.channel === 'async') noteOperation(trace, opened);
        noteInfo(trace, opened);
        const subject = { message: opened, endpoint: arrival.endpoint, context: checkContext };
        await runChecks(checks, subject, (name) => trace.pass(name));
        return opened;
      } finally {
        trace.misbehaviour ??= script.takeFor(trace.serviceId, reader.channel);
      }
    });
    trace.pass('journal');
    return message;
  }

  /** Steps 10 to 12. */
  #render(trace: Trace, served: Served): Rendered {
    const context = this.#renderContext(trace);
    if (served.kind === 'fault') {
      trace.result = 'fault';
      trace.code = served.info.errorCode;
      if (trace.misbehaviour?.name === 'bare-fault') return renderBareFault(served.info);
      return renderFault(served.info, 'server', context);
    }
    const { checkContext, responseMessageId } = this.#parts;
    const messageId = responseMessageId === 'echo' ? trace.messageId : undefined;
    const rendered = renderAnswer(served, messageId ?? newMessageId(), context);
    trace.pass('answer');
    // Step 12: the addressee of the answer may have been suspended while the service was at work.
    checkContext.registry.admit(trace.senderId ?? '', trace.serviceId ?? '');
    trace.pass('addressee');
    trace.result = served.isSuccess ? 'answered' : 'business-error';
    trace.code = served.status.code;
    return rendered;
  }

  #renderError(trace: Trace, error: unknown): Rendered {
    const refusal = error instanceof Refusal ? error : new Refusal('EMU-HANDLER-ERROR', undefined, error);
    trace.error = refusal.cause ?? refusal;
    trace.result = 'fault';
    trace.code = refusal.code;
    return renderRefusal(refusal.code, refusal.detail, this.#renderContext(trace));
  }

  /** Step 13 and the way back, with whatever the script does to it. */
  async #send(trace: Trace, rendered: Rendered): Promise<Answered> {
    const { misbehaviour } = trace;
    const name = misbehaviour?.name;
    const stage = name === undefined ? undefined : misbehaviours[name].stage;
    const written =
      name !== undefined && stage === 'content' ? editContent(rendered.written, name) : rendered.written;

    const isSigned = trace.arrival.endpoint.signAnswers && (!rendered.isFault || this.#parts.signFaults);
    let body = written.bytes;
    if (isSigned) {
      try {
        body = await this.#parts.signer.sign(written, name);
        trace.pass('signed');
      } catch (error) {
        trace.error = error;
        trace.code = 'EMU-SIGN-ERROR';
        trace.result = 'fault';
        body = renderRefusal('EMU-SIGN-ERROR', undefined, this.#renderContext(trace)).written.bytes;
      }
    }
    if (name !== undefined && stage === 'envelope') body = editEnvelope(body, name);

    const isFault = rendered.isFault || trace.code === 'EMU-SIGN-ERROR';
    const contentType = name === 'soap-12' ? 'application/soap+xml; charset=utf-8' : undefined;
    const answer = soapAnswer(body, { isFault, ...(contentType === undefined ? {} : { contentType }) });
    const bent = misbehaviour === undefined ? answer : editHttp(answer, misbehaviour);
    this.#parts.log.append(trace.fields({ httpStatus: bent.status, answer: bent.body }));
    return { answer: bent, misbehaviour };
  }

  #renderContext({ faultName, arrival, wrapper }: Trace): RenderContext {
    const { clock, utcOffset, faultCodeStyle } = this.#parts;
    const channelFault = arrival.endpoint.channel === 'async' ? asyncFaultName('sendMessage') : syncFaultName;
    return {
      nowMs: Math.trunc(clock.now()),
      utcOffset,
      faultCodeStyle,
      detailName: faultName ?? channelFault,
      wrapper,
    };
  }
}

/** For log and script, as far as it can be read; whether it may be is the business of the checks. */
function noteInfo(trace: Trace, message: ReceivedMessage): void {
  try {
    const { messageId, serviceId, sender } = message.request.info;
    trace.messageId = messageId;
    trace.serviceId = serviceId;
    trace.senderId = sender?.senderId;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** A refusal has the fault of the operation that was asked for, whichever check it is of. */
function noteOperation(trace: Trace, { body }: ReceivedMessage): void {
  try {
    const found = asyncOperationOf(body);
    // That one is of the client's interface: the gateway's has no fault for it.
    if (found === undefined || found.operation === 'changeMassageStatusNotification') return;
    trace.faultName = asyncFaultName(found.operation, found.namespace);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
  }
}
