import type { Service } from '@egov-gateway/core';
import { describe, expectTypeOf, test } from 'vitest';

import {
  type ContractRequest,
  type ContractResponse,
  createLaborContracts,
  type LaborContractsOptions,
  type NewContractData,
  type TerminationContractData,
} from './index.ts';

const newContractData = {} as NewContractData;
const terminationContractData = {} as TerminationContractData;

describe('ContractRequest', () => {
  test('has one operation', () => {
    expectTypeOf<{ newContractData: NewContractData }>().toExtend<ContractRequest>();
    expectTypeOf<{ rawOperation: { name: string; content: string } }>().toExtend<ContractRequest>();
    expectTypeOf<Record<never, never>>().not.toExtend<ContractRequest>();
    // @ts-expect-error: two operations
    const request: ContractRequest = { newContractData, terminationContractData };
    expectTypeOf(request).toExtend<ContractRequest>();
  });

  test('knows reasons of termination, and takes others', () => {
    expectTypeOf<'03-002'>().toExtend<TerminationContractData['terminationReason']>();
    expectTypeOf<'10'>().toExtend<TerminationContractData['terminationReason']>();
    expectTypeOf<number>().not.toExtend<TerminationContractData['terminationReason']>();
  });
});

describe('createLaborContracts', () => {
  test('needs a serviceId', () => {
    expectTypeOf<Record<never, never>>().not.toExtend<LaborContractsOptions>();
    expectTypeOf(createLaborContracts({ serviceId: 'TEST' }).service).toEqualTypeOf<
      Service<string | Uint8Array, ContractResponse>
    >();
  });
});
