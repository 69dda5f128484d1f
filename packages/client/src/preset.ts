/**
 * The one place that wires all: keys, signature, trust, envelope and HTTP; journal, outbox, inbox and receiver.
 *
 * @module
 */

// For users.

export type {
  AcceptedKey,
  AcceptOptions,
  GatewayTransaction,
  ReplyType,
} from './async/gateway-transaction.ts';
export type { IncomingInfo, IncomingMessage } from './async/incoming-message.ts';
export { settledStates, type WaitOptions } from './async/state-watch.ts';
export { type AsyncGateway, createAsyncGateway } from './preset/async-gateway.ts';
export type {
  AsyncGatewayOptions,
  GatewayHandler,
  ReceiverSettings,
} from './preset/async-gateway-options.ts';
export { createGateway, type Gateway, type GatewayOptions } from './preset/gateway.ts';
export type { GatewayTransport, GatewayTrust } from './preset/gateway-parts.ts';
