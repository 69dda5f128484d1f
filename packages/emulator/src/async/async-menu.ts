/**
 * The menu of misbehaviour of the asynchronous channel: what happens between acceptance and delivery.
 *
 * The scenarios about the answer of an exchange (connection, signature, envelope, HTTP, wire) are those of the other
 * menu, and work on both channels.
 *
 * @module
 */
import type { AsyncMessageType } from '@egov-gateway/core';

import type { MisbehaviourScope } from '../misbehaviour/menu.ts';

/**
 * Where a scenario takes hold.
 *
 * - `acceptance`: a message is accepted
 * - `push`: a message or a status change is pushed
 * - `delivery`: a message was handed over, by push or by pull
 * - `reply`: the answer of a built-in service, or of another system, is passed on
 * - `confirmation`: a pulled message is confirmed
 */
export type AsyncMisbehaviourStage = 'acceptance' | 'push' | 'delivery' | 'reply' | 'confirmation';

/** One entry of the menu. */
export interface AsyncMisbehaviourDescription {
  readonly stage: AsyncMisbehaviourStage;
  /** What the emulator does. */
  readonly summary: string;
}

/** Name of a scenario of the asynchronous channel. */
export type AsyncMisbehaviourName =
  | 'lost-answer'
  | 'duplicate-gateway-ids'
  | 'duplicate-push'
  | 'push-out-of-order'
  | 'oversized-push'
  | 'slow-push'
  | 'unsigned-push'
  | 'wrong-key-push'
  | 'tampered-push'
  | 'status-stuck'
  | 'late-answer'
  | 'unknown-chain-reply'
  | 'fault-on-confirm';

/** Every scenario of the asynchronous channel by name. */
export const asyncMisbehaviours: Readonly<Record<AsyncMisbehaviourName, AsyncMisbehaviourDescription>> = {
  'lost-answer': {
    stage: 'acceptance',
    summary: 'accepts the message for good and resets the connection in place of the answer',
  },
  'duplicate-gateway-ids': {
    stage: 'acceptance',
    summary:
      'gives the message the messageId of one before; `messageType` says which message, any by default',
  },
  'duplicate-push': {
    stage: 'push',
    summary: 'pushes the same bytes once more after the receiver has taken them',
  },
  'push-out-of-order': {
    stage: 'push',
    summary: 'holds a push back until the next one for that system is through, `delayMs` at most',
  },
  'oversized-push': {
    stage: 'push',
    summary: 'spaces behind the envelope until the push has `pushBytes`; the next attempt is as it should be',
  },
  'slow-push': {
    stage: 'push',
    summary:
      'sends the body in pieces of `chunkBytes`, one every `intervalMs`; in memory the push is only late',
  },
  'unsigned-push': {
    stage: 'push',
    summary: 'a push without a signature; the next attempt is as it should be',
  },
  'wrong-key-push': {
    stage: 'push',
    summary: 'a push signed with a stranger’s key, the certificate inside, named like the gateway’s',
  },
  'tampered-push': {
    stage: 'push',
    summary: 'a push with one character of the Body changed after signing',
  },
  'status-stuck': {
    stage: 'delivery',
    summary: 'the message is handed over and stays ON_DELIVERY for ever; nobody is notified',
  },
  'late-answer': {
    stage: 'reply',
    summary: 'the answer of the built-in service comes `delayMs` later, a day by default',
  },
  'unknown-chain-reply': {
    stage: 'reply',
    summary: 'before the reply, the same as the reply of a chain that was never begun',
  },
  'fault-on-confirm': {
    stage: 'confirmation',
    summary: 'refuses a sendDeliveryNotification with a fault; the message stays in the queue',
  },
};

/** What some scenarios can be told beside `times` and `serviceId`. Times are by the emulator's clock where not said otherwise. */
export interface AsyncMisbehaviourSettings {
  readonly 'duplicate-gateway-ids': { readonly messageType?: AsyncMessageType | undefined };
  /** Default: 60 000 */
  readonly 'push-out-of-order': { readonly delayMs?: number | undefined };
  /** Default: 100 663 296 (96 MiB) */
  readonly 'oversized-push': { readonly pushBytes?: number | undefined };
  /** Real time. Default: 64 bytes, 50 ms */
  readonly 'slow-push': {
    readonly chunkBytes?: number | undefined;
    readonly intervalMs?: number | undefined;
  };
  /** Default: 86 400 000 */
  readonly 'late-answer': { readonly delayMs?: number | undefined };
}

/** Options of one scenario of the asynchronous channel. */
export type AsyncMisbehaviourOptions<Name extends AsyncMisbehaviourName = AsyncMisbehaviourName> =
  MisbehaviourScope &
    (Name extends keyof AsyncMisbehaviourSettings ? AsyncMisbehaviourSettings[Name] : unknown);
