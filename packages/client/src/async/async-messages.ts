import type { AsyncAccepted, ReceivedMessages } from '@egov-gateway/envelope';

/** That the gateway took a message, and what it gave it. */
export interface AcceptedMessage extends AsyncAccepted {
  /** The answer as it came. */
  readonly bytes: Uint8Array;
}

/** A message that was sent at once. */
export interface SentMessage extends AcceptedMessage {
  /** Its key in the journal. */
  readonly localKey: string;
}

/** Messages that were pulled. */
export interface PolledMessages extends ReceivedMessages {
  /** The answer as it came: what its signature covers. */
  readonly bytes: Uint8Array;
}

/** What `deliver` needs of a message. */
export interface DeliverableMessage {
  readonly bytes: Uint8Array;
  readonly serviceId: string;
  readonly messageId?: string | undefined;
  /** For telemetry. */
  readonly localKey?: string | undefined;
}
