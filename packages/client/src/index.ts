// For users.

export { AsyncClient } from './async/async-client.ts';
export type {
  AsyncClientOptions,
  AsyncMessageOptions,
  ChainPlace,
  DeliveryOutcome,
  InterruptOptions,
  PollOptions,
  PrepareOptions,
  ReplyPlace,
  RequestPlace,
  SendOptions,
} from './async/async-client-options.ts';
export type {
  AcceptedMessage,
  DeliverableMessage,
  PolledMessages,
  SentMessage,
} from './async/async-messages.ts';
export { createPoller, type Poller, type PollerOptions, type PollReport } from './async/poller.ts';
export type {
  AnyAsyncService,
  AnyDataCodec,
  CodecFor,
  ReceivedValue,
  SentValue,
} from './async/service-values.ts';
export type { ClientOptions, Sender } from './exchange/client-options.ts';
export type { RetryOptions } from './exchange/retry.ts';
export type { ConnectionOptions, ProxyOptions } from './http/dispatcher.ts';
export type { ClientCertificate, Pem } from './http/tls-material.ts';
export {
  createTransport,
  type ExchangeLimits,
  type HttpTransport,
  type TransportOptions,
} from './http/transport.ts';
export type { CallAnswer } from './sync/read-answer.ts';
export { SyncClient } from './sync/sync-client.ts';
export type {
  CallIdentity,
  CallOptions,
  MessageOptions,
  SyncClientOptions,
} from './sync/sync-client-options.ts';
