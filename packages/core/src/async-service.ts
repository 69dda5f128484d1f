import type { DataCodec } from './service.ts';

/**
 * One service of the asynchronous channel: what goes out as REQUEST and what comes back in the same chain. Every
 * `Service` of the synchronous channel fits.
 */
export interface AsyncService<Request, Response, Notification = Response, Update = Request> {
  /** `serviceId` in the gateway's registry. */
  readonly id: string;
  readonly request: DataCodec<Request>;
  readonly response: DataCodec<Response>;
  /** Data of a NOTIFICATION (a preliminary answer). Default: as `response`. */
  readonly notification?: DataCodec<Notification> | undefined;
  /** Data of an UPDATE. Default: as `request`. */
  readonly update?: DataCodec<Update> | undefined;
}
