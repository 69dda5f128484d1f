import { type AsyncMessageType, assertOptions, type Clock, type RecordedMessage } from '@egov-gateway/core';
import type { EnqueueOptions, InboxTransaction, PreparedMessage, SqlValue } from '@egov-gateway/outbox';

import type { AsyncClient } from './async-client.ts';
import type { ChainPlace, PrepareOptions } from './async-client-options.ts';
import type { AnyAsyncService, SentValue } from './service-values.ts';

/** What to know a message by, and when to send it. */
export interface AcceptOptions extends PrepareOptions {
  /**
   * Key of the message on this side, such as a UUID: at most 64 Latin letters, digits, `.`, `:`, `-` or `_`. A second message under a key is refused with `ERR_JOURNAL_CONFLICT`, so that a
   * caller that is not sure can send again. Default: a new one.
   */
  readonly key?: string | undefined;
  /** The application's own name of the matter, such as a contract number, kept as it is: no personal data. */
  readonly reference?: string | undefined;
  /** IIN and BIN to find the message by; the journal keeps a keyed hash of them. */
  readonly subjects?: readonly string[] | undefined;
  /** Not to be sent before this, milliseconds since the epoch. Default: now. */
  readonly notBeforeMs?: number | undefined;
  /** Not to be sent later than so long after now, milliseconds. Default: that of the policy. */
  readonly deadlineMs?: number | undefined;
}

const optionNames = Object.keys({
  key: true,
  reference: true,
  subjects: true,
  notBeforeMs: true,
  deadlineMs: true,
  messageId: true,
  routeId: true,
  properties: true,
  extensions: true,
  headerBlocks: true,
  signal: true,
  timeoutMs: true,
  type: true,
  correlationId: true,
} satisfies Record<keyof (AcceptOptions & ChainPlace), true>);

/** Key of an accepted message. */
export interface AcceptedKey {
  readonly key: string;
}

/** Types of messages that belong to a chain that exists. */
export type ReplyType = Exclude<AsyncMessageType, 'REQUEST'>;

/**
 * What a handler wants to happen together with its message being handled: once, however often the handler has to be
 * called. Await everything before the handler ends.
 */
export interface GatewayTransaction<Of extends AnyAsyncService> {
  /** The message as the journal knows it. */
  readonly record: RecordedMessage;
  /** 1 for the first call of the handler with this message. */
  readonly attempt: number;
  /** Fires when the time of the handler is up or the gateway stops: what happens afterwards is not kept. */
  readonly signal: AbortSignal;
  /** A statement for the journal's own database, run in the commit. It returns nothing. */
  execute(sql: string, ...parameters: readonly SqlValue[]): void;
  /** A message to send, accepted in the commit. @throws {ValidateError} @throws {SignError} */
  send<To extends AnyAsyncService, Type extends AsyncMessageType = 'REQUEST'>(
    service: To,
    value: SentValue<To, Type>,
    options?: AcceptOptions & ChainPlace<Type>,
  ): Promise<AcceptedKey>;
  /**
   * A message to the other side of the same chain, accepted in the commit.
   *
   * @throws {TypeError} when the message came without a chain
   * @throws {ValidateError} @throws {SignError}
   */
  reply<Type extends ReplyType>(
    type: Type,
    value: SentValue<Of, Type>,
    options?: AcceptOptions,
  ): Promise<AcceptedKey>;
}

/**
 * The options of a queue among those of a message.
 *
 * @throws {TypeError} when one is unknown or not what it should be
 * @internal
 */
export function enqueueOptions(options: AcceptOptions, clock: Clock): EnqueueOptions {
  assertOptions('a message', options, optionNames);
  const { key: localKey, reference, subjects, notBeforeMs, deadlineMs } = options;
  if (localKey !== undefined && !(typeof localKey === 'string' && /^[\w.:-]{1,64}$/.test(localKey))) {
    throw new TypeError(
      'key must be 1 to 64 Latin letters, digits, dots, colons, dashes or underscores, such as a UUID',
    );
  }
  if (deadlineMs !== undefined && !(Number.isSafeInteger(deadlineMs) && deadlineMs > 0)) {
    throw new TypeError('deadlineMs must be a whole number of milliseconds from 1');
  }
  const expiresAtMs = deadlineMs === undefined ? undefined : Math.trunc(clock.now()) + deadlineMs;
  return { localKey, reference, subjects, notBeforeMs, expiresAtMs };
}

/**
 * The transaction of the inbox, which takes signed bytes, as handlers see it.
 *
 * @internal
 */
export function gatewayTransaction<Of extends AnyAsyncService>(
  service: Of,
  tx: InboxTransaction,
  { prepare, clock }: { readonly prepare: AsyncClient['prepare']; readonly clock: Clock },
): GatewayTransaction<Of> {
  const accept = async (
    options: AcceptOptions,
    sign: () => Promise<PreparedMessage>,
  ): Promise<AcceptedKey> => {
    const queued = enqueueOptions(options, clock);
    const { localKey } = tx.send(await sign(), queued);
    return { key: localKey };
  };
  return {
    record: tx.record,
    attempt: tx.attempt,
    signal: tx.signal,
    execute: (sql, ...parameters) => tx.execute(sql, ...parameters),
    async send(to, value, options) {
      return accept(options ?? {}, () => prepare(to, value, options));
    },
    async reply(type, value, options = {}) {
      const { correlationId } = tx.record;
      if (correlationId === undefined) throw new TypeError('the message came without a chain to reply in');
      const place = { type, correlationId } as ChainPlace<typeof type>;
      return accept(options, () => prepare(service, value, { ...options, ...place }));
    },
  };
}
