import type { ExtraElement } from '@egov-gateway/payload';

import type { ContractField } from '../operations/contract-field.ts';
import type {
  ContractRequest,
  NewContractData,
  SubsidiaryContractData,
  TerminationContractData,
} from '../operations/contract-request.ts';
import type { ContractOperation } from '../registry/contract-key.ts';

/** An element to be added, and the block that it goes to. */
export interface PlacedElement {
  readonly block: string;
  readonly element: ExtraElement;
}

/** The request of a row whose cells could all be read. */
export function buildRequest(
  operation: ContractOperation,
  values: ReadonlyMap<ContractField, string>,
  placed: readonly PlacedElement[],
): ContractRequest {
  const value = (field: ContractField): string => values.get(field) ?? '';
  const extra = (block: string): { extra?: readonly ExtraElement[] } => {
    const elements = placed.filter((one) => one.block === block).map(({ element }) => element);
    return elements.length === 0 ? {} : { extra: elements };
  };
  const employerData = { bin: value('employerBin'), ...extra('employerData') };
  switch (operation) {
    case 'register': {
      const newContractData: NewContractData = {
        employerData,
        employeeData: { iin: value('employeeIin'), ...extra('employeeData') },
        contractData: {
          contractNumber: value('contractNumber'),
          contractDate: value('contractDate'),
          beginDate: value('beginDate'),
          position: value('position'),
          establishedPost: value('establishedPost'),
          ...extra('contractData'),
        },
        documentData: { conscript: value('conscript'), ...extra('documentData') },
        ...extra('newContractData'),
      };
      return { newContractData };
    }
    case 'change': {
      const subsidiaryContractData: SubsidiaryContractData = {
        employerData,
        contractId: value('contractId'),
        subsidiaryContractNumber: value('agreementNumber'),
        subsidiaryContractDate: value('agreementDate'),
        beginDate: value('beginDate'),
        position: value('position'),
        establishedPost: value('establishedPost'),
        ...extra('subsidiaryContractData'),
      };
      return { subsidiaryContractData };
    }
    case 'terminate': {
      const terminationContractData: TerminationContractData = {
        employerData,
        contractId: value('contractId'),
        terminationDate: value('terminationDate'),
        terminationReason: value('terminationReason'),
        ...extra('terminationContractData'),
      };
      return { terminationContractData };
    }
  }
}
