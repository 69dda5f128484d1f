import { type AsyncMessageType, type MessageJournal, newLocalKey, type Reception } from '@egov-gateway/core';

import { publishStates, type StateListener } from '../worker-telemetry.ts';
import { keeping } from './keeping.ts';

/** A message that was pushed. @internal */
export interface PushedMessage {
  readonly messageId: string;
  readonly correlationId: string;
  readonly serviceId: string;
  readonly messageType: AsyncMessageType;
  /** What tells the same message from another one under its id. */
  readonly contentHash: string;
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

/** Commits a pushed message. It is durable when this resolves. @throws {unknown} what the journal rejects with @internal */
export async function storeMessage(
  journal: MessageJournal,
  { bytes, ...message }: PushedMessage,
  onStateChange: StateListener | undefined,
): Promise<{ readonly localKey: string; readonly reception: Reception }> {
  const localKey = newLocalKey();
  const { receptions, changed } = await keeping(() =>
    journal.commit({
      events: [{ localKey, direction: 'in', channel: 'async', kind: 'received', ...message, bytes }],
    }),
  );
  publishStates(changed, message.serviceId, onStateChange);
  const [reception] = receptions;
  // A journal that says nothing of it may not have kept it.
  if (reception === undefined) throw new TypeError('the journal did not say what became of the message');
  return reception;
}
