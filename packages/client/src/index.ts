// For users.

export type { ConnectionOptions, ProxyOptions } from './dispatcher.ts';
export type { ClientCertificate, Pem } from './tls-material.ts';
export {
  createTransport,
  type ExchangeLimits,
  type HttpTransport,
  type TransportOptions,
} from './transport.ts';
