/**
 * One push: signed, sent, and its answer judged.
 *
 * @module
 */
import { setMaxListeners } from 'node:events';

import {
  GatewayFault,
  systemTimers,
  type Transport,
  type UnverifiedBody,
  type VerifiedBody,
  VerifyError,
  withinTime,
} from '@egov-gateway/core';
import type { WrittenEnvelope } from '@egov-gateway/envelope';
import { acceptUnverified } from '@egov-gateway/wsse';

import { endOf } from '../end-of.ts';
import { editEnvelope } from '../misbehaviour/envelope-edits.ts';
import type { FaultDescription } from '../outcome.ts';
import type { AnswerSigner } from '../pipeline/answer-signer.ts';
import type { AsyncSettings } from './async-options.ts';
import type { AsyncScript } from './async-script.ts';
import { drippedTransport } from './dripped-transport.ts';
import type { PushTarget } from './push-target.ts';

/** What became of a push. @internal */
export type PushOutcome =
  | { readonly kind: 'accepted' }
  /** The receiver said no. */
  | { readonly kind: 'refused'; readonly error: FaultDescription }
  /** Nobody knows what the receiver made of it. */
  | { readonly kind: 'failed'; readonly reason: unknown };

/** What is pushed, and how its answer is read. @internal */
export interface Push {
  readonly serviceId: string;
  readonly written: WrittenEnvelope;
  /** @throws when the answer is none to this push */
  readonly readAnswer: (body: VerifiedBody | UnverifiedBody) => void;
}

/** @internal */
export interface PusherParts {
  readonly settings: AsyncSettings;
  readonly script: AsyncScript;
  readonly signer: AnswerSigner;
  /** Verifies the answers of receivers. */
  readonly verify: (bytes: Uint8Array) => Promise<VerifiedBody | UnverifiedBody>;
  /** Over HTTP, for addresses without a transport of their own. */
  readonly transport: Transport;
}

const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };

/** @internal */
export class Pusher {
  readonly #parts: PusherParts;
  readonly #closing = new AbortController();

  constructor(parts: PusherParts) {
    this.#parts = parts;
    // Each push under way listens to it.
    setMaxListeners(0, this.#closing.signal);
  }

  /** Breaks off what is under way. */
  close(): void {
    this.#closing.abort(new Error('the emulator is closed'));
  }

  /** Never rejects. */
  async push(target: PushTarget, push: Push): Promise<PushOutcome> {
    const { script } = this.#parts;
    try {
      const body = await this.#bytes(push);
      const transport = this.#transport(target, push);
      const outcome = await this.#exchange({ ...target, transport }, body, push);
      if (outcome.kind === 'accepted' && script.take('duplicate-push', push) !== undefined) {
        await this.#exchange({ ...target, transport }, body, push);
      }
      return outcome;
    } catch (reason) {
      return { kind: 'failed', reason };
    }
  }

  async #bytes(push: Push): Promise<Uint8Array> {
    const { settings, script, signer } = this.#parts;
    const isSigned = settings.sign && script.take('unsigned-push', push) === undefined;
    const forged = isSigned && script.take('wrong-key-push', push) !== undefined ? 'wrong-key' : undefined;
    const signed = isSigned ? await signer.sign(push.written, forged) : push.written.bytes;
    const tampered =
      script.take('tampered-push', push) === undefined ? signed : editEnvelope(signed, 'tampered-body');
    const oversized = script.take('oversized-push', push);
    if (oversized === undefined || oversized.pushBytes <= tampered.length) return tampered;
    const padded = new Uint8Array(oversized.pushBytes).fill(0x20);
    padded.set(tampered);
    return padded;
  }

  #transport(target: PushTarget, push: Push): Transport {
    const slow = this.#parts.script.take('slow-push', push);
    const transport = target.transport ?? this.#parts.transport;
    if (slow === undefined) return transport;
    return drippedTransport(slow, target.transport);
  }

  async #exchange(
    { url, transport }: { readonly url: URL; readonly transport: Transport },
    body: Uint8Array,
    push: Push,
  ): Promise<PushOutcome> {
    const limit = {
      timers: systemTimers,
      timeoutMs: this.#parts.settings.timeoutMs,
      outer: this.#closing.signal,
      late: () => new Error('the receiver took too long'),
    };
    try {
      const answer = await withinTime(limit, (signal) =>
        Promise.race([endOf(signal), transport.exchange({ url, headers, body, signal })]),
      );
      return await this.#judge(answer, push);
    } catch (reason) {
      return { kind: 'failed', reason };
    }
  }

  async #judge(
    { status, body }: { readonly status: number; readonly body: Uint8Array },
    push: Push,
  ): Promise<PushOutcome> {
    if (status !== 200 && status !== 500) {
      return { kind: 'failed', reason: new Error(`the receiver answered HTTP ${status}`) };
    }
    try {
      push.readAnswer(await this.#open(body));
      return { kind: 'accepted' };
    } catch (error) {
      if (!(error instanceof GatewayFault)) return { kind: 'failed', reason: error };
      const { errorCode = error.faultCode, errorMessage = error.faultString } = error.errorInfo ?? {};
      return { kind: 'refused', error: { errorCode, errorMessage } };
    }
  }

  /** @throws {VerifyError} when the signature of the answer is not what it must be */
  async #open(bytes: Uint8Array): Promise<VerifiedBody | UnverifiedBody> {
    const { answers } = this.#parts.settings;
    if (answers === 'off') return acceptUnverified(bytes);
    try {
      return await this.#parts.verify(bytes);
    } catch (error) {
      const isUnsigned = error instanceof VerifyError && error.code === 'ERR_VERIFY_UNSIGNED';
      if (!isUnsigned || answers === 'required') throw error;
      return acceptUnverified(bytes);
    }
  }
}
