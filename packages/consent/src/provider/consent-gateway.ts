import type { Service } from '@egov-gateway/core';

/** What a call carries beside its data. */
export interface ConsentCallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly totalTimeoutMs?: number | undefined;
  /** IIN to find the call by in the journal, which keeps a keyed hash of it. */
  readonly subjects?: readonly string[] | undefined;
}

/** The synchronous channel: `createGateway` of `@egov-gateway/client/preset`, or a `SyncClient`. */
export interface ConsentGateway {
  callWithInfo<Request, Response>(
    service: Service<Request, Response>,
    request: Request,
    options?: ConsentCallOptions,
  ): Promise<{ readonly value: Response; readonly messageId: string; readonly verified: boolean }>;
}
