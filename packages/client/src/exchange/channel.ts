/**
 * What both channels are made of: signed bytes out, a checked answer in, within a time, recorded and told.
 *
 * @module
 */
import {
  type CallStartEvent,
  type Clock,
  GatewayError,
  integerOption,
  type Journal,
  SignError,
  systemClock,
  type UnverifiedBody,
  type VerifiedBody,
} from '@egov-gateway/core';
import type { SenderInfo, WrittenEnvelope } from '@egov-gateway/envelope';

import { type Call, concludeFailure } from './call.ts';
import { CallJournal, type JournalSubject } from './call-journal.ts';
import { CallTelemetry } from './call-telemetry.ts';
import type { ClientOptions } from './client-options.ts';
import { Deadline } from './deadline.ts';
import { assertAllowedUrl, parseEndpoint, prepareHeaders } from './endpoint.ts';
import { identified } from './identified-error.ts';
import { type SendOptions, sendMessage } from './send-message.ts';
import type { AnswerRules } from './trusted-answer.ts';

/** What one call is about. */
export interface CallSubject {
  readonly telemetry: CallStartEvent;
  /** The id of the message, for errors. */
  readonly messageId: string | undefined;
  /** Where its events go, and what they say. */
  readonly journal?: { readonly to: Journal; readonly subject: JournalSubject } | undefined;
  /** Cancels the call, which then rejects with the signal's reason, untouched. */
  readonly signal: AbortSignal | undefined;
  /** Instead of the client's. */
  readonly totalTimeoutMs: number | undefined;
}

/** How often the bytes go out, where a call differs from its channel. */
export type Repetition = Partial<Pick<SendOptions, 'maxAttempts' | 'retryUnknown'>>;

/**
 * The way to one endpoint. It keeps nothing between calls.
 *
 * @internal
 */
export class Channel {
  readonly clock: Clock;
  readonly sender: SenderInfo;
  readonly #options: ClientOptions;
  readonly #sendOptions: SendOptions;
  readonly #totalTimeoutMs: number;

  /**
   * @throws {TypeError} when an option is out of range, or a signer or verifier is missing that was not switched off
   * @throws {SendError} `ERR_SEND_INSECURE_URL` when the endpoint is plain http and that is not allowed
   */
  constructor(options: ClientOptions) {
    this.#options = { ...options };
    if (typeof options.sender?.id !== 'string') throw new TypeError('sender is missing: { id, password }');
    this.sender = { senderId: options.sender.id, password: options.sender.password };
    this.clock = options.clock ?? systemClock;
    const url = parseEndpoint(options.endpoint);
    assertAllowedUrl(url, options.allowInsecureHttp === true);
    this.#sendOptions = {
      transport: options.transport,
      url,
      headers: prepareHeaders(options.headers ?? {}),
      maxAttempts: integerOption('maxAttempts', options.maxAttempts, 2),
      retryDelayMs: integerOption('retryDelayMs', options.retryDelayMs, 200, { min: 0 }),
      retryUnknown: 'never',
    };
    this.#totalTimeoutMs = integerOption('totalTimeoutMs', options.totalTimeoutMs, 60_000);
    const { signing, signer, verification, verifier, acceptUnverified } = options;
    assertSwitch('signing', signing);
    assertPart('signer', signer, signing !== 'off', "signing: 'off'");
    assertSwitch('verification', verification);
    assertPart('verifier', verifier, verification !== 'off', "verification: 'off'");
    assertPart('acceptUnverified', acceptUnverified, verification === 'off', "verification: 'required'");
    if (options.maxAnswerAgeMs !== undefined) {
      integerOption('maxAnswerAgeMs', options.maxAnswerAgeMs, 1);
      assertPart('maxAnswerAgeMs', 0, verification !== 'off', "verification: 'off'");
    }
  }

  /** What an answer is judged by, see `readTrusted`. */
  rules(messageId: string | undefined): AnswerRules {
    const { verification = 'required', maxAnswerAgeMs } = this.#options;
    return { messageId, verification, maxAnswerAgeMs, clock: this.clock };
  }

  /**
   * Takes the steps of one call, and records and tells how it ends.
   *
   * @throws {GatewayError} with `messageId` and `delivery` of this call; the reason of the signal, when it was cancelled
   */
  async run<Outcome>(
    { telemetry: event, messageId, journal, signal, totalTimeoutMs }: CallSubject,
    steps: (call: Call) => Promise<Outcome>,
  ): Promise<Outcome> {
    const timeoutMs = integerOption('totalTimeoutMs', totalTimeoutMs, this.#totalTimeoutMs);
    const telemetry = new CallTelemetry(event);
    const deadline = new Deadline({ totalTimeoutMs: timeoutMs, signal, messageId });
    const { clock } = this;
    const call: Call = {
      messageId,
      signal,
      deadline,
      telemetry,
      journal:
        journal &&
        new CallJournal({ journal: journal.to, subject: journal.subject, clock, deadline, telemetry }),
      answer: undefined,
    };
    try {
      deadline.signal.throwIfAborted();
      const outcome = await steps(call);
      telemetry.ended();
      return outcome;
    } catch (error) {
      throw await concludeFailure(call, error);
    } finally {
      deadline.dispose();
    }
  }

  /**
   * The bytes of a message that is to be sent later.
   *
   * @throws {GatewayError} with delivery `not-sent`; the reason of the signal, when it was cancelled
   */
  async seal(
    write: () => WrittenEnvelope,
    { messageId, signal, totalTimeoutMs }: Omit<CallSubject, 'telemetry' | 'journal'>,
  ): Promise<Uint8Array> {
    const timeoutMs = integerOption('totalTimeoutMs', totalTimeoutMs, this.#totalTimeoutMs);
    const deadline = new Deadline({ totalTimeoutMs: timeoutMs, signal, messageId });
    try {
      deadline.signal.throwIfAborted();
      return await this.sign(write(), deadline);
    } catch (error) {
      if (deadline.isCancelled) throw signal?.reason;
      throw error instanceof GatewayError ? identified(error, { messageId, delivery: 'not-sent' }) : error;
    } finally {
      deadline.dispose();
    }
  }

  /**
   * The bytes to send.
   *
   * @throws {SignError} of the signer, or `ERR_SIGN_KEY` for an error of its own
   */
  async sign({ bytes, layout }: WrittenEnvelope, deadline: Deadline): Promise<Uint8Array> {
    const { signer } = this.#options;
    if (signer === undefined) return bytes;
    try {
      return await deadline.race(signer.sign(bytes, layout));
    } catch (cause) {
      if (cause instanceof GatewayError || deadline.signal.aborted) throw cause;
      throw new SignError('the signer failed with an error of its own', { code: 'ERR_SIGN_KEY', cause });
    }
  }

  /**
   * Sends the bytes and returns the Body of what came back. `call.answer` holds its bytes from the moment they are here.
   *
   * @throws {SendError} when no whole answer came
   * @throws {XmlError} @throws {VerifyError} when it must not be trusted
   */
  async exchange(
    call: Call,
    bytes: Uint8Array,
    repetition: Repetition = {},
  ): Promise<VerifiedBody | UnverifiedBody> {
    const { maxAttempts, retryUnknown } = { ...this.#sendOptions, ...repetition };
    const answer = await sendMessage(call, bytes, { ...this.#sendOptions, maxAttempts, retryUnknown });
    const { verifier, acceptUnverified } = this.#options;
    if (verifier !== undefined) return call.deadline.race(verifier.verify(answer));
    if (acceptUnverified !== undefined) return acceptUnverified(answer);
    throw new TypeError('a verifier is missing');
  }
}

function assertSwitch(name: string, value: unknown): void {
  if (value !== undefined && value !== 'required' && value !== 'off') {
    throw new TypeError(`${name} must be 'required' or 'off'`);
  }
}

/** A part that is there although it is switched off is as suspicious as one that is missing. */
function assertPart(name: string, part: unknown, isNeeded: boolean, otherwise: string): void {
  if (isNeeded && part === undefined) throw new TypeError(`${name} is missing; or say ${otherwise}`);
  if (!isNeeded && part !== undefined) throw new TypeError(`${name} has no use with ${otherwise}`);
}
