/**
 * One exchange over an undici dispatcher, as a dispatch handler rather than through `request()`. Only the handler learns
 * the instant at which undici begins to write to a connection, and `delivery` hangs on exactly that. It also lets a
 * cancelled exchange reject at once while it still waits for a connection, and saves a stream for each answer.
 *
 * @module
 */
import { setImmediate } from 'node:timers';

import { SendError, type TransportResponse } from '@egov-gateway/core';
import type { Dispatcher } from 'undici';

import { addAbortListener } from '../abort-listener.ts';
import { createResponseBody, type ResponseBody, type ResponseBodyListener } from './response-body.ts';
import { toSendError } from './send-failure.ts';

/** What an exchange needs beside the request. */
export interface ExchangeOptions {
  readonly signal: AbortSignal;
  readonly maxResponseBytes: number;
  readonly ownDispatcher: boolean;
}

type Headers = Record<string, string | string[] | undefined>;

/**
 * Sends one request and reads its answer whole.
 *
 * @internal
 */
export function exchangeOver(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  options: ExchangeOptions,
): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    const handler = new ExchangeHandler(options, resolve, reject);
    try {
      dispatcher.dispatch(request, handler);
    } catch (error) {
      // undici's own dispatchers report errors to the handler; others may throw.
      handler.onError(error as Error);
    }
  });
}

class ExchangeHandler implements Dispatcher.DispatchHandler, ResponseBodyListener {
  readonly #options: ExchangeOptions;
  readonly #resolve: (response: TransportResponse) => void;
  readonly #reject: (reason: unknown) => void;
  #abort: ((reason: Error) => void) | undefined;
  #started = false;
  #settled = false;
  #status = 0;
  #headers: Record<string, string> = {};
  #body: ResponseBody | undefined;

  constructor(
    options: ExchangeOptions,
    resolve: (response: TransportResponse) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    addAbortListener(options.signal, this);
  }

  /** The signal's event. */
  handleEvent(): void {
    const { reason } = this.#options.signal;
    const early = !this.#started && this.#options.ownDispatcher && reason instanceof SendError;
    this.#fail(
      early
        ? new SendError(reason.message, { code: reason.code, delivery: 'not-sent', cause: reason.cause })
        : reason,
    );
  }

  onRequestStart(controller: { abort(reason: Error): void }): void {
    // Thrown, not aborted: undici then drops the request and keeps the connection, on which nothing was written.
    if (this.#settled) throw new Error('the exchange was cancelled while it waited for a connection');
    this.#started = true;
    this.#abort = (reason) => controller.abort(reason);
  }

  onResponseStart(_controller: unknown, status: number, headers: Headers): void {
    if (status < 200 || this.#settled) return;
    this.#status = status;
    this.#headers = flatten(headers);
    try {
      this.#body = createResponseBody(this.#headers, this.#options.maxResponseBytes, this);
    } catch (error) {
      this.#fail(error);
    }
  }

  onResponseData(_controller: unknown, chunk: Uint8Array): void {
    if (this.#settled) return;
    try {
      this.#body?.write(chunk);
    } catch (error) {
      this.#fail(error);
    }
  }

  onResponseEnd(): void {
    if (!this.#settled) this.#body?.end();
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#fail(toSendError(error, { started: this.#started, ownDispatcher: this.#options.ownDispatcher }));
  }

  onBody(body: Uint8Array): void {
    if (this.#settled) return;
    this.#settle();
    const response = { status: this.#status, headers: this.#headers, body };
    if (!this.#options.ownDispatcher) {
      this.#resolve(response);
      return;
    }
    // undici takes the connection back in an immediate that it sets after this call. A caller that sends again at
    // once would find it busy and open another one; so it hears of its answer in the immediate after that.
    queueMicrotask(() => setImmediate(() => this.#resolve(response)));
  }

  onBodyError(error: SendError): void {
    this.#fail(error);
  }

  // The older shape of the same handler. A MockPool given directly speaks only this one.

  onConnect(abort: (reason?: Error) => void): void {
    this.onRequestStart({ abort });
  }

  onHeaders(status: number, rawHeaders: readonly Uint8Array[] | null): boolean {
    this.onResponseStart(undefined, status, parseRawHeaders(rawHeaders ?? []));
    return true;
  }

  onData(chunk: Uint8Array): boolean {
    this.onResponseData(undefined, chunk);
    return true;
  }

  onComplete(): void {
    this.onResponseEnd();
  }

  onError(error: Error): void {
    this.onResponseError(undefined, error);
  }

  #fail(error: unknown): void {
    if (this.#settled) return;
    this.#settle();
    this.#body?.destroy();
    // Without this the connection would go on reading an answer that nobody wants.
    this.#abort?.(error instanceof Error ? error : new Error('the exchange was cancelled', { cause: error }));
    this.#reject(error);
  }

  #settle(): void {
    this.#settled = true;
    this.#options.signal.removeEventListener('abort', this);
  }
}

function flatten(headers: Headers): Record<string, string> {
  const flat: Record<string, string> = Object.create(null);
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function parseRawHeaders(raw: readonly Uint8Array[]): Headers {
  const headers: Record<string, string[]> = Object.create(null);
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = latin1(raw[index]).toLowerCase();
    const values = headers[name] ?? [];
    values.push(latin1(raw[index + 1]));
    headers[name] = values;
  }
  return headers;
}

function latin1(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('latin1');
}
