/**
 * The gateway without a network: the same pipeline, handed over by a function call.
 *
 * @module
 */
import { SendError, type Transport, type TransportRequest, type TransportResponse } from '@egov-gateway/core';

import { endOf } from './end-of.ts';
import type { Gateway } from './gateway.ts';
import { type GatewayAnswer, plainAnswer } from './gateway-answer.ts';
import { pause } from './http/transmit.ts';
import type { Misbehaviour } from './misbehaviour/script.ts';

/** Options of {@link Emulator.transport}. */
export interface MemoryTransportOptions {
  /** Larger answers are refused as a transport over HTTP does it, bytes. Default: 64 MiB. */
  readonly maxResponseBytes?: number | undefined;
}

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/**
 * A transport into a gateway. What happens to connections over HTTP happens here as the `SendError` that a client
 * would get of it.
 *
 * @internal
 */
export class MemoryTransport implements Transport {
  readonly #gateway: Gateway;
  readonly #maxResponseBytes: number;
  #isIdleConnectionGone = false;

  constructor(gateway: Gateway, { maxResponseBytes = DEFAULT_MAX_BYTES }: MemoryTransportOptions = {}) {
    if (!Number.isSafeInteger(maxResponseBytes) || maxResponseBytes < 1) {
      throw new TypeError('maxResponseBytes must be a positive integer');
    }
    this.#gateway = gateway;
    this.#maxResponseBytes = maxResponseBytes;
  }

  async exchange(request: TransportRequest): Promise<TransportResponse> {
    const { signal } = request;
    signal.throwIfAborted();
    const { open } = this.#gateway;
    const controller = open.begin();
    const onAbort = (): void => controller.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([endOf(controller.signal), this.#exchange(request, controller.signal)]);
    } catch (error) {
      signal.throwIfAborted();
      throw open.isClosed ? broken('ERR_SEND_NETWORK', 'the emulator was closed') : error;
    } finally {
      signal.removeEventListener('abort', onAbort);
      open.end(controller);
    }
  }

  async #exchange(request: TransportRequest, stop: AbortSignal): Promise<TransportResponse> {
    if (this.#isIdleConnectionGone) {
      this.#isIdleConnectionGone = false;
      throw broken('ERR_SEND_NETWORK', 'the kept-alive connection was closed');
    }
    const gateway = this.#gateway;
    const endpoint = gateway.endpoints.find(request.url.pathname);
    if (endpoint === undefined) return received(plainAnswer(404, 'no endpoint here'));
    const arrival = gateway.arrive(endpoint);
    const body = new Uint8Array(request.body);
    if (arrival.misbehaviour?.name === 'reset-before-reading') {
      gateway.logFailure(arrival, { request: new Uint8Array() });
      throw broken('ERR_SEND_NETWORK', 'the connection was reset');
    }
    if (body.length > gateway.maxRequestBytes) {
      gateway.logFailure(arrival, { request: new Uint8Array(), httpStatus: 413 });
      return received(plainAnswer(413, `the request is larger than ${gateway.maxRequestBytes} bytes`));
    }
    const contentType = request.headers['content-type'] ?? '';
    const { answer, misbehaviour } = await gateway.answer(arrival, { body, contentType, signal: stop });
    await this.#travel(answer, misbehaviour, stop);
    if (Math.max(answer.body.length, answer.padToBytes ?? 0) > this.#maxResponseBytes) {
      throw broken(
        'ERR_SEND_RESPONSE_TOO_LARGE',
        `the answer is larger than ${this.#maxResponseBytes} bytes`,
      );
    }
    return received(answer);
  }

  /** What the network does to the answer. */
  async #travel(
    answer: GatewayAnswer,
    misbehaviour: Misbehaviour | undefined,
    stop: AbortSignal,
  ): Promise<void> {
    switch (misbehaviour?.name) {
      case 'delay':
        return pause(misbehaviour.delayMs, stop);
      case 'slow-drip': {
        const waits = Math.ceil(answer.body.length / misbehaviour.chunkBytes) - 1;
        return pause(waits * misbehaviour.intervalMs, stop);
      }
      case 'never-answer':
        return pause(undefined, stop);
      case 'reset-after-reading':
      case 'reset-mid-answer':
        throw broken('ERR_SEND_NETWORK', 'the connection was reset');
      case 'close-without-answer':
        throw broken('ERR_SEND_NETWORK', 'the connection was closed without an answer');
      case 'close-idle-connection':
        this.#isIdleConnectionGone = true;
        return;
      default:
        return;
    }
  }
}

function broken(code: 'ERR_SEND_NETWORK' | 'ERR_SEND_RESPONSE_TOO_LARGE', message: string): SendError {
  return new SendError(message, { code, delivery: 'unknown' });
}

/** The answer as a transport hands it on: whole and unpacked. */
function received({ status, headers, body, padToBytes }: GatewayAnswer): TransportResponse {
  if (padToBytes === undefined || padToBytes <= body.length) return { status, headers, body };
  const padded = new Uint8Array(padToBytes).fill(0x20);
  padded.set(body);
  return { status, headers, body: padded };
}
