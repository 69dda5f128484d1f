/**
 * One request to the portal and what it comes to.
 *
 * @module
 */
import {
  type Clock,
  type Delivery,
  GatewayError,
  PortalError,
  SendError,
  type Timers,
  type Transport,
  type TransportResponse,
  withinTime,
} from '@egov-gateway/core';

import {
  checkReply,
  codecError,
  deliveryOf,
  type EkdoStep,
  plainCause,
  type ReplyContext,
} from './check-reply.ts';
import type { EkdoStepEvent } from './client-options.ts';
import type { EkdoAccount, EkdoCodecs, PortalBody, PortalReply, PortalToken } from './portal-codec.ts';
import { TokenCache } from './token-cache.ts';

/** One step under way. @internal */
export interface Run {
  readonly signal: AbortSignal;
  /** What is known of the document or signature so far; a timeout reports it. */
  delivery: Delivery;
}

/** One request. @internal */
export interface PortalRequest {
  readonly step: EkdoStep;
  readonly url: URL;
  readonly body: PortalBody;
  /** The document's, when it is known. */
  readonly id?: string | undefined;
}

/** A request as it goes out. */
interface TokenRequest extends PortalRequest {
  readonly token?: string;
}

/** @internal */
export interface PortalLinkOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly totalTimeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly account: EkdoAccount;
  readonly password: string;
  readonly codecs: EkdoCodecs;
  /** Written anew each time. */
  readonly tokenRequest: () => PortalRequest;
  readonly onStep: ((event: EkdoStepEvent) => void) | undefined;
}

/**
 * The way to the portal: requests with a token, once more with another one after a 401, and never again for any other
 * reason.
 *
 * @internal
 */
export class PortalLink {
  readonly #options: PortalLinkOptions;
  readonly #tokens: TokenCache;

  constructor(options: PortalLinkOptions) {
    this.#options = options;
    this.#tokens = new TokenCache(() => this.#askToken(), options.clock);
  }

  /**
   * Takes a step within its time.
   *
   * @throws {SendError} `ERR_SEND_TIMEOUT`; the reason of `signal` when it fires
   */
  async run<Value>(signal: AbortSignal | undefined, work: (run: Run) => Promise<Value>): Promise<Value> {
    signal?.throwIfAborted();
    const { totalTimeoutMs: timeoutMs, timers } = this.#options;
    let current: Run | undefined;
    const late = (): SendError =>
      new SendError(`the step did not end within totalTimeoutMs, ${timeoutMs} ms`, {
        code: 'ERR_SEND_TIMEOUT',
        delivery: current?.delivery ?? 'not-sent',
      });
    return withinTime({ timeoutMs, timers, outer: signal, late }, (stop) => {
      current = { signal: stop, delivery: 'not-sent' };
      return Promise.race([work(current), endOf(stop)]);
    });
  }

  /**
   * Sends a request with a token and reads what comes back.
   *
   * @param beforeSend - awaited when there is a token, before the first byte of the request
   */
  async send<Value>(
    run: Run,
    request: PortalRequest,
    read: (reply: PortalReply) => Value,
    beforeSend?: () => Promise<void>,
  ): Promise<Value> {
    let token = await this.#tokens.get();
    run.signal.throwIfAborted();
    await beforeSend?.();
    run.signal.throwIfAborted();
    const first = await this.#exchange(run, this.#withToken(request, token), 1, read);
    if (first !== 'refused-token') return first.value;
    // A 401 is an answer: the portal has taken nothing.
    run.delivery = 'not-sent';
    token = await this.#tokens.renew(token);
    run.signal.throwIfAborted();
    const second = await this.#exchange(run, this.#withToken(request, token), 2, read);
    return answered(second);
  }

  /** A step has its own time, and asking for a token, which may serve several of them, its own. */
  #askToken(): Promise<PortalToken> {
    return this.run(undefined, async (run) => {
      const { tokenRequest, codecs } = this.#options;
      return answered(
        await this.#exchange(run, tokenRequest(), 1, (reply) => usable(codecs.token.read(reply))),
      );
    });
  }

  /** Sends a request and reads its answer; `refused-token` for the 401 after which another token is asked for. */
  async #exchange<Value>(
    run: Run,
    { step, url, body, id, token }: TokenRequest,
    attempt: number,
    read: (reply: PortalReply) => Value,
  ): Promise<{ readonly value: Value } | 'refused-token'> {
    const { transport } = this.#options;
    const { method = 'POST', headers, bytes } = body;
    const startedAt = performance.now();
    const ended = (outcome: Partial<EkdoStepEvent>): void =>
      this.#tell({
        step,
        attempt,
        requestBytes: bytes.byteLength,
        durationMs: performance.now() - startedAt,
        ...outcome,
      });
    run.delivery = deliveryOf(step, 'unknown');
    try {
      const response = await transport.exchange({ method, url, headers, body: bytes, signal: run.signal });
      if (response.status === 401 && step !== 'token' && attempt === 1) {
        ended({ httpStatus: 401 });
        return 'refused-token';
      }
      if (response.status === 401 && token !== undefined) this.#tokens.drop(token);
      checkReply(response, this.#context({ step, id }, token));
      const value = this.#read({ step, id }, response, read, token);
      ended({ httpStatus: response.status });
      return { value };
    } catch (error) {
      const failure = this.#failure(error, run, { step, id });
      if (failure instanceof GatewayError) {
        run.delivery = failure.delivery;
        const httpStatus =
          failure instanceof PortalError || failure instanceof SendError ? failure.httpStatus : undefined;
        ended({ httpStatus, code: failure.code, delivery: failure.delivery });
      } else {
        ended({ code: run.signal.aborted ? 'ABORTED' : 'UNEXPECTED', delivery: run.delivery });
      }
      throw failure;
    }
  }

  #read<Value>(
    { step, id }: Pick<PortalRequest, 'step' | 'id'>,
    response: TransportResponse,
    read: (reply: PortalReply) => Value,
    token: string | undefined,
  ): Value {
    const { status, headers, body: bytes } = response;
    try {
      return read({ status, headers, bytes });
    } catch (error) {
      throw codecError(error, response, this.#context({ step, id }, token));
    }
  }

  /** Errors of transports, with what they mean for the document; others as they are. */
  #failure(error: unknown, run: Run, { step, id }: Pick<PortalRequest, 'step' | 'id'>): unknown {
    if (run.signal.aborted && error === run.signal.reason) return error;
    if (error instanceof PortalError || error instanceof TypeError) return error;
    if (error instanceof SendError) {
      const delivery = deliveryOf(step, error.delivery);
      if (delivery === error.delivery && (id === undefined || error.messageId === id)) return error;
      const { code, message, httpStatus } = error;
      return new SendError(message, { code, delivery, httpStatus, messageId: id, cause: error });
    }
    return new SendError('the transport failed with an error of its own', {
      code: 'ERR_SEND_NETWORK',
      delivery: deliveryOf(step, 'unknown'),
      messageId: id,
      cause: plainCause(error),
    });
  }

  #withToken(request: PortalRequest, token: string): TokenRequest {
    const { codecs, account } = this.#options;
    const { body } = request;
    return {
      ...request,
      token,
      body: { ...body, headers: { ...body.headers, ...codecs.authorize(token, account) } },
    };
  }

  #context({ step, id }: Pick<PortalRequest, 'step' | 'id'>, token: string | undefined): ReplyContext {
    const { maxAnswerBytes, password } = this.#options;
    return { step, id, maxAnswerBytes, secrets: token === undefined ? [password] : [password, token] };
  }

  #tell(event: EkdoStepEvent): void {
    try {
      this.#options.onStep?.(event);
    } catch {
      // Whoever watches does not decide what becomes of a document.
    }
  }
}

/** A second 401, and the one of a request for a token, are errors: see {@link checkReply}. */
function answered<Value>(exchanged: { readonly value: Value } | 'refused-token'): Value {
  if (exchanged === 'refused-token') throw new TypeError('no request is refused for its token here');
  return exchanged.value;
}

/** What cannot stand in a header, or would begin another one, is no token. */
function usable(given: PortalToken): PortalToken {
  if (typeof given?.token === 'string' && /^[\x21-\x7e]{1,16384}$/.test(given.token)) return given;
  throw new PortalError('the answer holds a token that cannot stand in a header; check the codec', {
    code: 'ERR_PORTAL_ANSWER',
    delivery: 'unknown',
  });
}

/** Rejects when the signal fires, whatever the work is doing. */
function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
