import type { Service } from '@egov-gateway/core';
import { describe, expectTypeOf, test } from 'vitest';

import {
  type ContractField,
  type ContractFindings,
  type ContractIssueExplanation,
  type ContractRegistry,
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

describe('ContractRegistry', () => {
  test('checks the data of the operation that is named', () => {
    const check = {} as ContractRegistry['check'];
    expectTypeOf(check<'register'>)
      .parameter(2)
      .toEqualTypeOf<NewContractData>();
    expectTypeOf(check<'terminate'>)
      .parameter(2)
      .toEqualTypeOf<TerminationContractData>();
    expectTypeOf(check<'change'>).returns.toEqualTypeOf<Promise<ContractFindings>>();
    // @ts-expect-error: data of another operation
    expectTypeOf(check<'register'>).toBeCallableWith('register', 'c-1', terminationContractData);
  });

  test('takes an id of what a person found', () => {
    expectTypeOf<ContractRegistry['resolve']>()
      .parameter(3)
      .toEqualTypeOf<{ readonly registeredId?: string | undefined } | undefined>();
  });
});

describe('explainContractIssue', () => {
  test('names a field and three languages', () => {
    expectTypeOf<ContractIssueExplanation['field']>().toEqualTypeOf<ContractField | undefined>();
    expectTypeOf<ContractIssueExplanation>().toHaveProperty('kk').toEqualTypeOf<string>();
  });
});
