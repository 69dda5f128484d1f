/**
 * The side that is called: pushes of the asynchronous channel, and synchronous services behind the gateway.
 *
 * @module
 */

// For users.

export type { EndpointLimits, EndpointOptions, IncomingSender } from './receiver/endpoint-options.ts';
export { type ExpressRequest, toExpressHandler } from './receiver/express-handler.ts';
export { type FastifyScope, toFastifyPlugin } from './receiver/fastify-plugin.ts';
export { defaultFaults, type FaultReason, type FaultText } from './receiver/fault-codes.ts';
export { toFetchHandler } from './receiver/fetch-handler.ts';
export {
  type HostedService,
  type ServeOptions,
  type ServiceContext,
  type ServiceHandler,
  serve,
} from './receiver/hosted-service.ts';
export type { HttpRefusal } from './receiver/http-refusal.ts';
export { toNodeListener } from './receiver/node-listener.ts';
export { createPushReceiver, type PushReceiverOptions } from './receiver/push-receiver.ts';
export type { ServedExchange, ServedOutcome } from './receiver/served-exchange.ts';
export { type ServerLimits, type ServerTimeouts, serverTimeouts } from './receiver/server-timeouts.ts';
export { createServiceHost, type ServiceHostOptions } from './receiver/service-host.ts';

// For libraries: other servers in front, and servers of their own.

export { type BodyLimits, type BodyRefusal, readBody } from './receiver/read-body.ts';
export { isSoapContentType } from './receiver/request-head.ts';
export type { HttpAnswer, HttpRequest, SoapEndpoint } from './receiver/soap-endpoint.ts';
