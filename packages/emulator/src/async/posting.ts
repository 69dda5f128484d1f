import { type AnswerStatus, newMessageId } from '@egov-gateway/core';

import type { FaultDescription } from '../outcome.ts';
import type { AsyncSettings, IdKind } from './async-options.ts';
import type { AsyncScript } from './async-script.ts';
import type { AsyncState, Draft } from './async-state.ts';
import { statusOf } from './delivery-status.ts';
import { idSource } from './id-source.ts';
import type { StoredMessage } from './stored-message.ts';

/** A message before the gateway has given it its ids. @internal */
export type NewMessage = Omit<
  StoredMessage,
  | 'sequence'
  | 'messageId'
  | 'correlationId'
  | 'sessionId'
  | 'state'
  | 'status'
  | 'attempts'
  | 'isNoted'
  | 'isStuck'
> & {
  /** The chain. Absent: a new one. */
  readonly correlationId?: string | undefined;
};

/** What posting needs. @internal */
export interface PostingParts {
  readonly state: AsyncState;
  readonly script: AsyncScript;
  readonly settings: AsyncSettings;
  /** Whether status changes are pushed to a system at all. */
  readonly isPushed: (senderId: string) => boolean;
}

/** Puts messages and status changes into the post, with ids, and with what the script does to them. @internal */
export class Posting {
  readonly #parts: PostingParts;
  readonly #newId: (kind: IdKind, sequence: number) => string;

  constructor(parts: PostingParts) {
    this.#parts = parts;
    this.#newId = idSource(parts.settings.ids, parts.state.idBase);
  }

  post(draft: Draft, message: NewMessage): StoredMessage {
    const { script, state, settings } = this.#parts;
    const isReply = message.messageType !== 'REQUEST' && message.to !== undefined;
    if (isReply && script.take('unknown-chain-reply', message) !== undefined) {
      this.post(draft, { ...message, from: undefined, senderMessageId: undefined, correlationId: undefined });
    }
    const sequence = draft.nextSequence();
    const twin = state.last && script.take('duplicate-gateway-ids', message) && state.last.messageId;
    return draft.put({
      ...message,
      sequence,
      messageId: twin ?? this.#newId('message', sequence),
      correlationId: message.correlationId ?? this.#newId('chain', sequence),
      sessionId: `{${newMessageId()}}`,
      state: 'ON_DELIVERY',
      status: statusOf('ON_DELIVERY', message.acceptedAtMs),
      attempts: 0,
      // Nobody is told of what the built-in services send.
      isNoted: settings.onEffect === undefined || message.from === undefined,
    });
  }

  /** A message was handed over: it is `DELIVERED`, unless the script lets its state stick. */
  deliver(draft: Draft, message: StoredMessage, atMs: number): void {
    const attempts = message.attempts + 1;
    if (this.#parts.script.take('status-stuck', message) !== undefined) {
      draft.put({ ...message, attempts, isStuck: true });
      return;
    }
    const delivered = {
      ...message,
      attempts,
      state: 'DELIVERED' as const,
      status: statusOf('DELIVERED', atMs),
    };
    this.#notify(draft, draft.put(delivered));
  }

  /** A message will not be handed over. */
  giveUp(
    draft: Draft,
    message: StoredMessage,
    end: {
      readonly state: 'NOT_DELIVERED' | 'DELIVERY_STOPPED';
      readonly atMs: number;
      readonly attempts: number;
      readonly error?: FaultDescription | undefined;
      /** Default: the emulator's own words. */
      readonly status?: AnswerStatus | undefined;
    },
  ): void {
    const { state, atMs, attempts, error } = end;
    const status = { ...statusOf(state, atMs, error), ...end.status };
    this.#notify(draft, draft.put({ ...message, attempts, state, status }));
  }

  notificationId(sequence: number): string {
    return this.#newId('notification', sequence);
  }

  #notify(draft: Draft, { sequence: about, from, state, status }: StoredMessage): void {
    const { settings, isPushed } = this.#parts;
    if (from === undefined || !settings.statusNotifications || !isPushed(from)) return;
    const sequence = draft.nextSequence();
    draft.putNotice({
      sequence,
      notificationId: this.#newId('notification', sequence),
      about,
      to: from,
      state,
      status,
      attempts: 0,
      dueAtMs: status.atMs,
      isDone: false,
    });
  }
}
