import type { RecordedEvent, RecordedMessage } from '@egov-gateway/core';

/** The attempts of an outgoing message since it was last put on the queue by a person. @internal */
export interface AttemptHistory {
  /** The attempt that has no outcome yet. */
  readonly open: RecordedEvent | undefined;
  /** Attempts that were begun. */
  readonly begun: number;
  /** Whether one of them may have reached the gateway. The open one, if any, is not judged here. */
  readonly hasUnknown: boolean;
}

/** What ends an attempt. A reply does not: the outcome of the attempt is still to come. */
const outcomes = new Set(['answered', 'refused', 'failed', 'doubted']);

/** @internal */
export function attemptHistory({ events }: RecordedMessage): AttemptHistory {
  let open: RecordedEvent | undefined;
  let begun = 0;
  let hasUnknown = false;
  for (const event of events) {
    if (event.kind === 'resolved') {
      open = undefined;
      begun = 0;
      hasUnknown = false;
    } else if (event.kind === 'sending') {
      // An attempt without an outcome before this one: its process ended.
      if (open !== undefined) hasUnknown = true;
      open = event;
      begun += 1;
    } else if (outcomes.has(event.kind)) {
      if (event.kind === 'failed' && event.delivery === 'unknown') hasUnknown = true;
      open = undefined;
    }
  }
  return { open, begun, hasUnknown };
}

/** The last event of one of the kinds that has bytes. @internal */
export function lastWithBytes(
  { events }: RecordedMessage,
  kind: 'signed' | 'received',
): RecordedEvent | undefined {
  return events.findLast((event) => event.kind === kind && event.byteLength > 0);
}
