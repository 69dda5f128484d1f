import type { Service } from '@egov-gateway/core';

import type { ContractResponse } from '../exchange/contract-response.ts';

/** The service of {@link LaborContracts}. */
export type ContractService = Service<string | Uint8Array, ContractResponse>;

/** How a call is found again. */
export interface RecordedCall {
  readonly signal?: AbortSignal | undefined;
  /** Key of the message in the journal. */
  readonly key?: string | undefined;
  readonly reference?: string | undefined;
  readonly subjects?: readonly string[] | undefined;
}

/** The synchronous channel: `createGateway` of `@egov-gateway/client/preset`, with the journal of the registry. */
export interface SyncContractGateway {
  callWithInfo(
    service: ContractService,
    document: string | Uint8Array,
    options?: RecordedCall,
  ): Promise<{ readonly value: ContractResponse; readonly messageId: string }>;
}

/** The asynchronous channel: `createAsyncGateway` of `@egov-gateway/client/preset`, with the journal of the registry. */
export interface AsyncContractGateway {
  send(
    service: ContractService,
    document: string | Uint8Array,
    options?: RecordedCall,
  ): Promise<{ readonly key: string }>;
}
