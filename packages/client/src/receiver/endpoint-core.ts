/**
 * One request from its head to its answer, whatever is served.
 *
 * @module
 */
import {
  systemClock,
  type UnverifiedBody,
  ValidateError,
  type VerifiedBody,
  VerifyError,
  withinTime,
  type XmlName,
} from '@egov-gateway/core';
import { type WrittenEnvelope, writeFault } from '@egov-gateway/envelope';

import { publishWorkerError } from '../worker-telemetry.ts';
import { Admission, type Place } from './admission.ts';
import type { CheckedOptions } from './checked-options.ts';
import { Exchange } from './exchange.ts';
import { defaultFaults, type FaultReason, faultSide } from './fault-codes.ts';
import { type HttpRefusal, httpRefusal } from './http-refusal.ts';
import { readBody } from './read-body.ts';
import { asRefusal, Refusal } from './refusal.ts';
import { judgeHead, splitTarget } from './request-head.ts';
import type { ServedExchange } from './served-exchange.ts';
import type { HttpAnswer, HttpRequest, SoapEndpoint } from './soap-endpoint.ts';

/** An envelope that may be read. @internal */
export interface Incoming {
  readonly body: VerifiedBody | UnverifiedBody;
  /** The exact bytes. */
  readonly bytes: Uint8Array;
  /** Aborted when the answer is wanted no more: the caller is gone, or the time is over. */
  readonly signal: AbortSignal;
}

/** What an endpoint serves. @internal */
export interface SoapContent {
  wsdl(address: string): string;
  /** Does the work and writes the answer. A {@link Refusal} becomes its fault, any other error the fault `internal`. */
  answer(incoming: Incoming, exchange: Exchange): Promise<WrittenEnvelope>;
  /** Looks at a message that is refused unread, for the words of the refusal and nothing else. */
  glance?(envelope: Uint8Array, exchange: Exchange): void;
  /** The element of the detail of a fault. */
  faultName(exchange: Exchange): XmlName;
  /** From the last byte of the request to its answer, milliseconds. */
  readonly answerTimeoutMs: number;
}

const soapHeaders = { 'content-type': 'text/xml; charset=utf-8' };

/**
 * @throws {TypeError} when a fault cannot be written as the options have it
 * @internal
 */
export function createEndpoint(options: CheckedOptions, content: SoapContent): SoapEndpoint {
  return new Endpoint(options, content);
}

interface Settled {
  readonly answer: HttpAnswer;
  readonly report?: Pick<ServedExchange, 'outcome' | 'reason' | 'error'>;
}

class Endpoint implements SoapEndpoint {
  readonly #options: CheckedOptions;
  readonly #content: SoapContent;
  readonly #admission: Admission;

  constructor(options: CheckedOptions, content: SoapContent) {
    this.#options = options;
    this.#content = content;
    this.#admission = new Admission(options);
    this.#assertFaults();
  }

  close(): Promise<void> {
    return this.#admission.close();
  }

  async handle(request: HttpRequest): Promise<HttpAnswer> {
    const { clock = systemClock } = this.#options;
    const exchange = new Exchange(Math.trunc(clock.now()));
    const startedAt = performance.now();
    const sizes = { requestBytes: 0 };
    // Whatever is thrown here is a mistake of this side: it costs one request its answer, not the process all of them.
    const { answer, report } = await this.#serve(request, exchange, sizes).catch((error: unknown) => {
      publishWorkerError('receiver', error);
      return failedAsHttp(error, request);
    });
    this.#tell({
      atMs: exchange.atMs,
      durationMs: performance.now() - startedAt,
      httpStatus: answer.status,
      requestBytes: sizes.requestBytes,
      ...exchange.known,
      sessionId:
        answer.headers['content-type'] === soapHeaders['content-type'] ? exchange.sessionId : undefined,
      outcome: exchange.outcome,
      ...report,
    });
    return answer;
  }

  async #serve(request: HttpRequest, exchange: Exchange, sizes: { requestBytes: number }): Promise<Settled> {
    const head = judgeHead(request, this.#options.path);
    if (head.kind === 'description') return this.#describe(request, head.isHead);
    if (head.kind === 'refusal') return refusedAsHttp(head.refusal, request);
    const place = this.#admission.enter();
    if (place === undefined) return refusedAsHttp('busy', request);
    const bytes = await this.#read(request, place, head.declaredBytes);
    if (typeof bytes === 'string') {
      place.leave();
      return refusedAsHttp(bytes, request);
    }
    sizes.requestBytes = bytes.byteLength;
    if (!place.begin()) {
      place.leave();
      return refusedAsHttp('busy', request);
    }
    return this.#answer(bytes, request, exchange, place);
  }

  #describe(request: HttpRequest, isHead: boolean): Settled {
    const [pathname] = splitTarget(request.target);
    const address = this.#options.address ?? `${request.origin ?? ''}${pathname}`;
    const body = new TextEncoder().encode(this.#content.wsdl(address));
    const answer = {
      status: 200,
      headers: { ...soapHeaders, 'content-length': String(body.byteLength) },
      body: isHead ? new Uint8Array() : body,
      isRequestUnread: false,
    };
    return { answer, report: { outcome: 'described' } };
  }

  async #read(
    { body }: HttpRequest,
    place: Place,
    declaredBytes: number | undefined,
  ): Promise<Uint8Array | HttpRefusal> {
    const { maxBodyBytes, bodyTimeoutMs, minBytesPerSecond, bodyGraceMs, timers } = this.#options;
    if (!(body instanceof Uint8Array)) {
      return readBody(body, {
        maxBytes: maxBodyBytes,
        withinMs: bodyTimeoutMs,
        minBytesPerSecond,
        graceMs: bodyGraceMs,
        declaredBytes,
        reserve: (bytes) => place.reserve(bytes),
        timers,
      });
    }
    if (body.byteLength > maxBodyBytes) return 'too-large';
    // A plain view: `slice` of a Buffer shares memory, which nobody expects of bytes that are kept.
    const bytes = new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
    return place.reserve(bytes.byteLength) ? bytes : 'no-room';
  }

  async #answer(bytes: Uint8Array, request: HttpRequest, exchange: Exchange, place: Place): Promise<Settled> {
    const { timers } = this.#options;
    const timeoutMs = this.#content.answerTimeoutMs;
    const limit = { timeoutMs, timers, outer: request.signal, late: () => new Refusal('timeout') };
    try {
      const envelope = await withinTime(limit, (signal) => {
        const work = this.#work(bytes, signal, exchange);
        // Work that goes on after its answer still costs: its place is free when it has ended.
        const leave = (): void => place.leave();
        work.then(leave, leave);
        return work;
      });
      return { answer: { status: 200, headers: soapHeaders, body: envelope, isRequestUnread: false } };
    } catch (error) {
      return this.#fault(error, exchange);
    }
  }

  async #work(bytes: Uint8Array, signal: AbortSignal, exchange: Exchange): Promise<Uint8Array> {
    const body = await this.#open(bytes, exchange);
    return this.#sign(await this.#content.answer({ body, bytes, signal }, exchange));
  }

  /** @throws {Refusal} */
  async #open(bytes: Uint8Array, exchange: Exchange): Promise<VerifiedBody | UnverifiedBody> {
    const { verifier, acceptUnverified } = this.#options;
    try {
      if (verifier === undefined) return acceptUnverified(bytes);
      const body = await verifier.verify(bytes);
      if (body.verified) return body;
    } catch (error) {
      if (error instanceof VerifyError) this.#content.glance?.(bytes, exchange);
      throw asRefusal(error);
    }
    // An unsigned fault, which a verifier lets through for those who ask: nobody has asked here.
    throw new Refusal('unsigned');
  }

  async #sign({ bytes, layout }: WrittenEnvelope): Promise<Uint8Array> {
    const { signer } = this.#options;
    return signer === undefined ? bytes : signer.sign(bytes, layout);
  }

  async #fault(thrown: unknown, exchange: Exchange): Promise<Settled> {
    const refusal = thrown instanceof Refusal ? thrown : new Refusal('internal', thrown);
    const { reason, cause: error } = refusal;
    const isOurs = faultSide(reason) === 'soap:Server';
    if (isOurs) publishWorkerError('receiver', error ?? refusal);
    const written = this.#writeFault(refusal, exchange);
    // A key that refuses must not cost the caller the answer: it is a refusal, and proves nothing either way.
    const body = await this.#sign(written).catch(() => written.bytes);
    return {
      answer: { status: 500, headers: soapHeaders, body, isRequestUnread: false },
      report: { outcome: isOurs ? 'failed' : 'refused', reason, error },
    };
  }

  /** A fault that cannot be written is found when the endpoint is made, not when the first stranger calls. */
  #assertFaults(): void {
    for (const reason of Object.keys(defaultFaults) as FaultReason[]) {
      try {
        this.#writeFault(new Refusal(reason), new Exchange(0));
      } catch (error) {
        const [issue] = error instanceof ValidateError ? error.issues : [];
        const why = issue?.message ?? 'expected { code, text }, and an offset like +05:00';
        throw new TypeError(`faults or utcOffset: the fault '${reason}' cannot be written: ${why}`, {
          cause: error,
        });
      }
    }
  }

  #writeFault({ reason }: Refusal, exchange: Exchange): WrittenEnvelope {
    const { faults, clock = systemClock, utcOffset } = this.#options;
    const { code, text } = faults?.[reason] ?? defaultFaults[reason];
    return writeFault({
      faultCode: faultSide(reason),
      faultString: text,
      detailName: this.#content.faultName(exchange),
      errorInfo: {
        errorCode: code,
        errorMessage: text,
        errorDateMs: Math.trunc(clock.now()),
        utcOffset,
        sessionId: exchange.sessionId,
      },
    });
  }

  #tell(exchange: ServedExchange): void {
    try {
      this.#options.onExchange?.(exchange);
    } catch {
      // A log that fails must not cost the gateway its answer.
    }
  }
}

function failedAsHttp(error: unknown, request: HttpRequest): Settled {
  const { answer } = refusedAsHttp('failed', request);
  return { answer, report: { outcome: 'failed', reason: 'failed', error } };
}

function refusedAsHttp(refusal: HttpRefusal, { body }: HttpRequest): Settled {
  const isRequestUnread = !(body instanceof Uint8Array) && !body.readableEnded;
  return {
    answer: httpRefusal(refusal, isRequestUnread),
    report: { outcome: refusal === 'already-read' ? 'failed' : 'refused', reason: refusal },
  };
}
