// For users.

export type { Backoff } from './backoff.ts';
export type { BreakerOptions } from './circuit-breaker.ts';
export { outboxCodes } from './conclusion.ts';
export type { Deliver, Delivered, OutgoingMessage } from './deliver.ts';
export { createOutbox, type Outbox, type OutboxOptions } from './outbox.ts';
export type { OutboxPolicy } from './outbox-policy.ts';
export type { EnqueueOptions, PreparedMessage } from './prepared-message.ts';
export { type QuietWindow, technicalBreaks, type Weekday } from './quiet-window.ts';
export type { WorkerOptions } from './worker-options.ts';

// For libraries.

export { systemTimers, type Timers } from './timers.ts';
