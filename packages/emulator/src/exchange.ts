import { inspect } from 'node:util';

/** How an exchange ended. */
export type ExchangeResult =
  /** The service answered with success. */
  | 'answered'
  /** The service refused in a normal answer. */
  | 'business-error'
  /** A fault went back: of the gateway's checks, or of the service. */
  | 'fault'
  /** A scripted misbehaviour took the answer's place, or bent it. */
  | 'misbehaved'
  /** Nothing of SOAP went back: bad HTTP, or the caller hung up. */
  | 'failed';

/**
 * One request and what became of it. `util.inspect` and `JSON.stringify` leave the bytes and the error out: they
 * hold a password and personal data.
 */
export interface Exchange {
  /** Counts from 1, in order of arrival. */
  readonly number: number;
  /** Path of the endpoint. */
  readonly path: string;
  /** By the emulator's clock, milliseconds since the epoch. */
  readonly receivedAtMs: number;
  readonly durationMs: number;
  readonly result: ExchangeResult;
  readonly httpStatus?: number | undefined;
  readonly messageId?: string | undefined;
  readonly serviceId?: string | undefined;
  readonly senderId?: string | undefined;
  /** Names of the steps that were passed, in order. */
  readonly passed: readonly string[];
  /** `errorCode` of the fault or `code` of the status. */
  readonly code?: string | undefined;
  /** Name of the scripted misbehaviour, when one was played. */
  readonly misbehaviour?: string | undefined;
  /** The bytes as received. Personal data and a password are in them. */
  readonly request: Uint8Array;
  /** The SOAP bytes as sent, after any misbehaviour; absent when none went back. */
  readonly answer?: Uint8Array | undefined;
  /** What a handler threw, or why a check failed. Never sent. */
  readonly error?: unknown;
}

/** An entry of the log. @internal */
export function loggedExchange(fields: Exchange): Exchange {
  return new LoggedExchange(fields);
}

class LoggedExchange implements Exchange {
  readonly number: number;
  readonly path: string;
  readonly receivedAtMs: number;
  readonly durationMs: number;
  readonly result: ExchangeResult;
  readonly httpStatus: number | undefined;
  readonly messageId: string | undefined;
  readonly serviceId: string | undefined;
  readonly senderId: string | undefined;
  readonly passed: readonly string[];
  readonly code: string | undefined;
  readonly misbehaviour: string | undefined;
  readonly #request: Uint8Array;
  readonly #answer: Uint8Array | undefined;
  readonly #error: unknown;

  constructor(fields: Exchange) {
    this.number = fields.number;
    this.path = fields.path;
    this.receivedAtMs = fields.receivedAtMs;
    this.durationMs = fields.durationMs;
    this.result = fields.result;
    this.httpStatus = fields.httpStatus;
    this.messageId = fields.messageId;
    this.serviceId = fields.serviceId;
    this.senderId = fields.senderId;
    this.passed = fields.passed;
    this.code = fields.code;
    this.misbehaviour = fields.misbehaviour;
    this.#request = fields.request;
    this.#answer = fields.answer;
    this.#error = fields.error;
  }

  get request(): Uint8Array {
    return this.#request;
  }

  get answer(): Uint8Array | undefined {
    return this.#answer;
  }

  get error(): unknown {
    return this.#error;
  }

  toJSON(): Record<string, unknown> {
    return {
      ...Object.fromEntries(Object.entries(this)),
      requestBytes: this.#request.length,
      answerBytes: this.#answer?.length,
    };
  }

  [inspect.custom](): string {
    return `Exchange ${inspect(this.toJSON())}`;
  }
}
