// For users.

export type { Backoff } from './backoff.ts';
export type { BreakerOptions } from './circuit-breaker.ts';
export { outboxCodes } from './conclusion.ts';
export { type Confirm, type ConfirmableMessage, noMessageId } from './confirm-work.ts';
export { type Confirmer, type ConfirmerOptions, createConfirmer } from './confirmer.ts';
export type { Deliver, Delivered, OutgoingMessage } from './deliver.ts';
export { type HandlerErrorEvent, type InboxHandler, inboxCodes } from './handle-work.ts';
export { createInbox, type Inbox, type InboxOptions } from './inbox.ts';
export type { InboxTransaction, SqlValue } from './inbox-transaction.ts';
export type { GatewayNames } from './operator.ts';
export { createOutbox, type Outbox, type OutboxOptions } from './outbox.ts';
export type { OutboxPolicy } from './outbox-policy.ts';
export type { EnqueueOptions, PreparedMessage } from './prepared-message.ts';
export { type QuietWindow, technicalBreaks, type Weekday } from './quiet-window.ts';
export type { Open } from './stored-message.ts';
export type { WorkerOptions } from './worker-options.ts';

// For libraries.

export type { QueuedMessage } from './prepared-message.ts';
