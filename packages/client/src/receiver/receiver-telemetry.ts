/**
 * What the receiver publishes on `node:diagnostics_channel`.
 *
 * @module
 */
import { channel } from 'node:diagnostics_channel';

import {
  channelNames,
  GatewayError,
  type JournalReceipt,
  type MessageStateEvent,
  type WorkerErrorEvent,
} from '@egov-gateway/core';

const workerError = channel(channelNames.workerError);
const messageState = channel(channelNames.messageState);

/** Tells of an error of this side. @internal */
export function publishFailure(error: unknown): void {
  if (!workerError.hasSubscribers) return;
  const code = error instanceof GatewayError ? error.code : 'UNEXPECTED';
  const event: WorkerErrorEvent = { worker: 'receiver', code, error };
  workerError.publish(event);
}

/** Whoever wants to know which messages entered another state. What it throws or rejects with disturbs nobody. @internal */
export type StateListener = (event: MessageStateEvent) => unknown;

/** Tells which messages entered another state: all of them belong to one service, as chains do. @internal */
export function publishStates(
  changed: JournalReceipt['changed'],
  serviceId: string,
  listener?: StateListener,
): void {
  if (listener === undefined && !messageState.hasSubscribers) return;
  for (const { localKey, state, previous } of changed) {
    const event: MessageStateEvent = { localKey, serviceId, state, previous };
    if (messageState.hasSubscribers) messageState.publish(event);
    try {
      const result = listener?.(event);
      if (result instanceof Promise) result.catch(publishFailure);
    } catch (error) {
      publishFailure(error);
    }
  }
}
