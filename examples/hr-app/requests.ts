/**
 * What the application has in its tables, as the requests of `labor-contracts`.
 *
 * @module
 */
import type {
  NewContractData,
  SubsidiaryContractData,
  TerminationContractData,
} from '@egov-gateway/labor-contracts';

import type { AgreementFields, ContractFields } from './store.ts';

export function newContract(bin: string, fields: ContractFields): NewContractData {
  return {
    employerData: { bin },
    employeeData: { iin: fields.iin },
    contractData: {
      contractNumber: fields.number,
      contractDate: fields.signedOn,
      beginDate: fields.beginsOn,
      position: fields.position,
      establishedPost: fields.staffPosition,
    },
    documentData: { conscript: fields.conscript },
  };
}

export function agreement(bin: string, contractId: string, fields: AgreementFields): SubsidiaryContractData {
  return {
    employerData: { bin },
    contractId,
    subsidiaryContractNumber: fields.number,
    subsidiaryContractDate: fields.signedOn,
    beginDate: fields.beginsOn,
    position: fields.position,
    establishedPost: fields.staffPosition,
  };
}

/** What a person typed about the end of a contract. */
export interface TerminationFields {
  readonly endsOn: string;
  readonly reason: string;
}

export function termination(
  bin: string,
  contractId: string,
  fields: TerminationFields,
): TerminationContractData {
  return {
    employerData: { bin },
    contractId,
    terminationDate: fields.endsOn,
    terminationReason: fields.reason,
  };
}
