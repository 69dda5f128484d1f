/**
 * What the parts that keep messages publish on `node:diagnostics_channel`.
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

/** Tells of an error that belongs to no message, and that its worker goes on after. @internal */
export function publishWorkerError(worker: WorkerErrorEvent['worker'], error: unknown): void {
  if (!workerError.hasSubscribers) return;
  const code = error instanceof GatewayError ? error.code : 'UNEXPECTED';
  const event: WorkerErrorEvent = { worker, code, error };
  workerError.publish(event);
}

/** Whoever wants to know which messages entered another state. What it throws or rejects with disturbs nobody. @internal */
export type StateListener = (event: MessageStateEvent) => unknown;

/**
 * Tells which messages entered another state: all of them belong to one service, as chains do.
 *
 * @param listener - of the receiver, to be told as well
 * @internal
 */
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
      if (result instanceof Promise) result.catch((error) => publishWorkerError('receiver', error));
    } catch (error) {
      publishWorkerError('receiver', error);
    }
  }
}
