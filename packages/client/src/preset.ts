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
  WorkerSettings,
} from './preset/async-gateway-options.ts';
export { createGateway, type Gateway, type GatewayOptions } from './preset/gateway.ts';
export type { GatewayTransport, GatewayTrust } from './preset/gateway-parts.ts';
export type { EndpointLimits, EndpointOptions, IncomingSender } from './receiver/endpoint-options.ts';
export type { FaultReason, FaultText } from './receiver/fault-codes.ts';
export type { HttpRefusal } from './receiver/http-refusal.ts';
export type { PushReceiverOptions } from './receiver/push-receiver.ts';
export type { BodyRefusal } from './receiver/read-body.ts';
export type { ServedExchange, ServedOutcome } from './receiver/served-exchange.ts';
export type { HttpAnswer, HttpRequest, SoapEndpoint } from './receiver/soap-endpoint.ts';
