import type { AsyncMessageType, DeliveryState } from '@egov-gateway/core';
import type { Property } from '@egov-gateway/envelope';

/**
 * A message that the gateway has accepted. Never changed: a later state is another object of the same `sequence`.
 *
 * @internal
 */
export interface StoredMessage {
  /** Order of acceptance, from 1. */
  readonly sequence: number;
  /** Given by the gateway. */
  readonly messageId: string;
  /** The chain. */
  readonly correlationId: string;
  readonly serviceId: string;
  readonly messageType: AsyncMessageType;
  /** The id that the sender wrote itself, if it did. */
  readonly senderMessageId?: string | undefined;
  readonly routeId?: string | undefined;
  readonly properties: readonly Property[];
  readonly messageDateMs: number;
  readonly sessionId: string;
  /** `senderId` of a system; `undefined` is the built-in service. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Where its `data` is: the envelope it came in, or the element alone when the built-in service wrote it. */
  readonly source: Uint8Array;
  /** In the future for an answer that is scheduled. Milliseconds since the epoch. */
  readonly acceptedAtMs: number;
  readonly state: DeliveryState;
  readonly status: DeliveryStatus;
  /** How often it was handed over, or tried to be. */
  readonly attempts: number;
  /** When to try next; of no meaning once the state is final. */
  readonly dueAtMs: number;
  /** Whether `onEffect` has been told. */
  readonly isNoted: boolean;
  /** Handed over, although the state does not say so: the scenario `status-stuck`. */
  readonly isStuck?: boolean | undefined;
}

/** `MessageStatusInfo`, and what to say beside it. @internal */
export interface DeliveryStatus {
  readonly code: string;
  readonly message: string;
  readonly atMs: number;
  /** The refusal of the receiver. */
  readonly error?: { readonly errorCode: string; readonly errorMessage: string } | undefined;
}

/** A status change on its way to the sender of a message. @internal */
export interface StoredNotice {
  readonly sequence: number;
  readonly notificationId: string;
  /** {@link StoredMessage.sequence} of the message that changed. */
  readonly about: number;
  readonly to: string;
  readonly state: DeliveryState;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly dueAtMs: number;
  /** Delivered, or given up. */
  readonly isDone: boolean;
}

/** Whether the gateway is not done with a message. @internal */
export function isOpen(message: StoredMessage): boolean {
  return message.state === 'ON_DELIVERY' && message.isStuck !== true;
}
