import type { MessageWrapper, XmlName } from '@egov-gateway/core';

import type { Exchange, ExchangeResult } from '../exchange.ts';
import { type Misbehaviour, plainMisbehaviour } from '../misbehaviour/script.ts';
import type { Arrival } from './arrival.ts';

/** What becomes known of an exchange on its way, for the log. @internal */
export class Trace {
  readonly arrival: Arrival;
  readonly request: Uint8Array;
  messageId: string | undefined;
  serviceId: string | undefined;
  senderId: string | undefined;
  misbehaviour: Misbehaviour | undefined;
  result: ExchangeResult = 'failed';
  code: string | undefined;
  error: unknown;
  /** The element of a fault's detail, when the operation is known. */
  faultName: XmlName | undefined;
  /** Around the answer; `undefined` is SyncChannel v10. */
  wrapper: MessageWrapper | undefined;
  #isLost = false;
  readonly #passed: string[] = [];

  constructor(arrival: Arrival, request: Uint8Array) {
    this.arrival = arrival;
    this.request = request;
    this.misbehaviour = arrival.misbehaviour;
  }

  /** A step of the process is behind the message. */
  pass(step: string): void {
    this.#passed.push(step);
  }

  /** The scenario `lost-answer`: the connection is reset in place of the answer. */
  loseAnswer(): void {
    this.#isLost = true;
    this.misbehaviour = plainMisbehaviour('reset-after-reading');
  }

  /** The entry of the log. */
  fields(end: { readonly httpStatus?: number; readonly answer?: Uint8Array }): Exchange {
    const { arrival, misbehaviour } = this;
    return {
      number: arrival.number,
      path: arrival.endpoint.path,
      receivedAtMs: arrival.receivedAtMs,
      durationMs: arrival.elapsedMs(),
      result: misbehaviour === undefined ? this.result : 'misbehaved',
      httpStatus: end.httpStatus,
      messageId: this.messageId,
      serviceId: this.serviceId,
      senderId: this.senderId,
      passed: [...this.#passed],
      code: this.code,
      misbehaviour: this.#isLost ? 'lost-answer' : misbehaviour?.name,
      request: this.request,
      answer: end.answer,
      error: this.error,
    };
  }
}
