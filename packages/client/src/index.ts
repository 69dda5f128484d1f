// For users.

export type { ConnectionOptions, ProxyOptions } from './dispatcher.ts';
export type { CallAnswer } from './read-answer.ts';
export type { RetryOptions } from './retry.ts';
export { SyncClient } from './sync-client.ts';
export type {
  CallIdentity,
  CallOptions,
  MessageOptions,
  Sender,
  SyncClientOptions,
} from './sync-client-options.ts';
export type { ClientCertificate, Pem } from './tls-material.ts';
export {
  createTransport,
  type ExchangeLimits,
  type HttpTransport,
  type TransportOptions,
} from './transport.ts';
