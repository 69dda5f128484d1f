/**
 * What nobody has published about the asynchronous channel, as options with defaults of the emulator's own.
 *
 * @module
 */
import { type AsyncMessageType, assertOptions, integerOption } from '@egov-gateway/core';

/** A message that was accepted, as {@link AsyncChannelOptions.onEffect} is told of it. */
export interface AsyncEffect {
  readonly messageId: string;
  readonly correlationId: string;
  readonly serviceId: string;
  readonly messageType: AsyncMessageType;
  readonly senderId: string;
  /** The id that the sender wrote itself, if it did. */
  readonly senderMessageId: string | undefined;
  /** The text of `data` without its tags. Personal data may be in it. */
  readonly text: string;
}

/** How messages are pushed to the systems that have an address for it. */
export interface PushOptions {
  /**
   * How long after each failed attempt the next one follows, milliseconds by the emulator's clock; after the last one the
   * delivery is stopped. The gateway's schedule is not known. Default: 1 s, 5 s, 30 s, 5 min, 1 h.
   */
  readonly retryDelaysMs?: readonly number[] | undefined;
  /** What a fault of the receiver means: another attempt, or the end. Default: `retry`. */
  readonly onFault?: 'retry' | 'stop' | undefined;
  /** Whether pushes are signed; whether the gateway always does is not known. Default: true. */
  readonly sign?: boolean | undefined;
  /**
   * What the signature of a receiver's answer must be. `if-present` verifies one and takes answers without. Default:
   * `if-present`.
   */
  readonly answers?: 'required' | 'if-present' | 'off' | undefined;
  /** The longest a receiver may take, milliseconds of real time. Default: 30 000. */
  readonly timeoutMs?: number | undefined;
}

/** How the asynchronous channel works, where that is not known of the real one. */
export interface AsyncChannelOptions {
  /**
   * Whether a message is recognised by sender and `messageId` when it comes again. Nothing says that the real gateway
   * does. Default: `none`.
   */
  readonly dedupe?: 'none' | 'message-id' | undefined;
  /** What a recognised message gets: the answer of the first time, or a fault. Default: `repeat`. */
  readonly duplicates?: 'repeat' | 'fault' | undefined;
  /** How ids of the gateway look. `decimal`: short numbers, as observed. Default: `decimal`. */
  readonly ids?: 'decimal' | 'uuid' | ((kind: IdKind, sequence: number) => string) | undefined;
  /** How long after a REQUEST its built-in service is called, milliseconds by the emulator's clock. Default: 0. */
  readonly handlerDelayMs?: number | undefined;
  /** Whether systems with an address for it are told when the state of their message changes. Default: true. */
  readonly statusNotifications?: boolean | undefined;
  /** How many messages `getMessages` hands out when it does not say. Default: 10. */
  readonly pullAmount?: number | undefined;
  readonly push?: PushOptions | undefined;
  /**
   * Told of every accepted message after it is durable and before the sender is answered; with a durable store once
   * more after a crash in between, with the same `messageId`. For ledgers of effects.
   */
  readonly onEffect?: ((message: AsyncEffect) => void | Promise<void>) | undefined;
}

/** Where the asynchronous channel keeps its messages over a restart. */
export interface AsyncStoreOptions {
  /** A file of SQLite. Made when it is not there. */
  readonly path: string;
}

/** What an id is of. */
export type IdKind = 'message' | 'chain' | 'notification';

/** The options, complete. @internal */
export interface AsyncSettings {
  readonly dedupe: 'none' | 'message-id';
  readonly duplicates: 'repeat' | 'fault';
  readonly ids: 'decimal' | 'uuid' | ((kind: IdKind, sequence: number) => string);
  readonly handlerDelayMs: number;
  readonly statusNotifications: boolean;
  readonly pullAmount: number;
  readonly retryDelaysMs: readonly number[];
  readonly onFault: 'retry' | 'stop';
  readonly sign: boolean;
  readonly answers: 'required' | 'if-present' | 'off';
  readonly timeoutMs: number;
  readonly onEffect: AsyncChannelOptions['onEffect'];
}

const defaultRetryDelaysMs = [1000, 5000, 30_000, 300_000, 3_600_000];

/** Every option of `async`. @internal */
export const asyncOptionNames: readonly string[] = Object.keys({
  dedupe: true,
  duplicates: true,
  ids: true,
  handlerDelayMs: true,
  statusNotifications: true,
  pullAmount: true,
  push: true,
  onEffect: true,
} satisfies Record<keyof AsyncChannelOptions, true>);

/** Every option of `push`. @internal */
export const pushOptionNames: readonly string[] = Object.keys({
  retryDelaysMs: true,
  onFault: true,
  sign: true,
  answers: true,
  timeoutMs: true,
} satisfies Record<keyof PushOptions, true>);

/** @throws {TypeError} when an option is unknown or does not fit @internal */
export function resolveAsync(options: AsyncChannelOptions = {}): AsyncSettings {
  assertOptions('async', options, asyncOptionNames);
  const { push = {}, ids = 'decimal', handlerDelayMs = 0, onEffect } = options;
  assertOptions('push', push, pushOptionNames);
  const { retryDelaysMs = defaultRetryDelaysMs } = push;
  for (const delayMs of [handlerDelayMs, ...retryDelaysMs]) {
    if (!Number.isSafeInteger(delayMs) || delayMs < 0) {
      throw new TypeError('handlerDelayMs and retryDelaysMs must be whole milliseconds, not negative');
    }
  }
  if (typeof ids !== 'function') oneOf('ids', ids, ['decimal', 'uuid']);
  return {
    dedupe: oneOf('dedupe', options.dedupe ?? 'none', ['none', 'message-id']),
    duplicates: oneOf('duplicates', options.duplicates ?? 'repeat', ['repeat', 'fault']),
    ids,
    handlerDelayMs,
    statusNotifications: options.statusNotifications ?? true,
    pullAmount: integerOption('pullAmount', options.pullAmount, 10),
    retryDelaysMs: [...retryDelaysMs],
    onFault: oneOf('onFault', push.onFault ?? 'retry', ['retry', 'stop']),
    sign: push.sign ?? true,
    answers: oneOf('answers', push.answers ?? 'if-present', ['required', 'if-present', 'off']),
    timeoutMs: integerOption('timeoutMs', push.timeoutMs, 30_000),
    onEffect,
  };
}

function oneOf<Value extends string>(name: string, value: Value, allowed: readonly Value[]): Value {
  if (!allowed.includes(value)) throw new TypeError(`${name} must be one of ${allowed.join(', ')}`);
  return value;
}
