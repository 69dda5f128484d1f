import type { XmlElement } from '@egov-gateway/core';
import type { ExtraElement, Open, PlainElement } from '@egov-gateway/payload';

import type { TerminationReasonCode } from '../codes/termination-reasons.ts';

/** A block to which elements can be added that this package does not know by name. */
export interface OpenBlock {
  /**
   * Elements beyond those below, each at a place of the caller's choice: the names of the newer fields (term, end date,
   * kind of work, hours, place) are not published. Received requests have here what was unknown.
   */
  readonly extra?: readonly ExtraElement[] | undefined;
}

/** The employer (работодатель). */
export interface EmployerData extends OpenBlock {
  /**
   * BIN (БИН), or IIN (ИИН) of an employer who is a private person: the error book speaks of both, and no other element is
   * known. Must be that of the signing key (SCSE046). Grade B.
   */
  readonly bin: string;
}

/** The employee (работник). */
export interface EmployeeData extends OpenBlock {
  /** IIN (ИИН). Grade B. */
  readonly iin: string;
}

/** The contract itself (договор). The order of the fields is that of the known client. */
export interface ContractData extends OpenBlock {
  /** Number (номер договора), any text, unique for the employer (SCSE014). Grade B. */
  readonly contractNumber: string;
  /** Day of signing (дата договора), not later than today (SCSE059). The known client writes an offset. Grade B. */
  readonly contractDate: string;
  /** First day of work (дата начала). Grade B. */
  readonly beginDate: string;
  /** Position of the national classifier НКЗ (должность), of the lowest level (SCSE083). Grade B. */
  readonly position: string;
  /**
   * Staff position (штатная должность). Grade B for the element, C for its meaning: the client of 2018 repeats the code of
   * the position, a later export looks like text.
   */
  readonly establishedPost: string;
}

/** Data of documents (документ). */
export interface DocumentData extends OpenBlock {
  /** Relation to military service (отношение к воинской службе). Only `1` has been seen; the list is not known. Grade B. */
  readonly conscript: string;
}

/** Registration of a new contract. Grade B: a client of 2018, and the error book. */
export interface NewContractData extends OpenBlock {
  readonly employerData: EmployerData;
  readonly employeeData: EmployeeData;
  readonly contractData: ContractData;
  readonly documentData: DocumentData;
}

/** An additional agreement (дополнительное соглашение, ДС) to a registered contract. Grade B. */
export interface SubsidiaryContractData extends OpenBlock {
  readonly employerData: EmployerData;
  /** The id that the registration of the contract was answered with. Grade B. */
  readonly contractId: string;
  /** Number of the agreement; number and date together are unique (SCSE070). Grade B. */
  readonly subsidiaryContractNumber: string;
  /** Day of signing, not later than today (SCSE062) nor than `beginDate` (SCSE064). Grade B. */
  readonly subsidiaryContractDate: string;
  /** First day of the change. Grade B. */
  readonly beginDate: string;
  /** As in {@link ContractData}. Grade B; sent by the known client, whether it may be left out is not known. */
  readonly position: string;
  /** As in {@link ContractData}. Grade B; sent by the known client, whether it may be left out is not known. */
  readonly establishedPost: string;
}

/**
 * Termination of a registered contract. Grade B.
 *
 * After it only the labour authority can edit the contract (SCSE092): have it confirmed.
 */
export interface TerminationContractData extends OpenBlock {
  readonly employerData: EmployerData;
  /** The id that the registration of the contract was answered with. Grade B. */
  readonly contractId: string;
  /** Day of termination, not later than today (SCSE066). Grade B. */
  readonly terminationDate: string;
  /** Reason (основание прекращения), of the lowest level (SCSE084). Grade B for the element, A- for the list. */
  readonly terminationReason: Open<TerminationReasonCode>;
}

/** An operation whose element names are not published: edit, delete, restore, prolong, leaves and others. */
export type RawOperation = PlainElement | { readonly element: XmlElement };

/** A request: exactly one operation. */
export type ContractRequest =
  | {
      readonly newContractData: NewContractData;
      readonly subsidiaryContractData?: undefined;
      readonly terminationContractData?: undefined;
      readonly rawOperation?: undefined;
    }
  | {
      readonly subsidiaryContractData: SubsidiaryContractData;
      readonly newContractData?: undefined;
      readonly terminationContractData?: undefined;
      readonly rawOperation?: undefined;
    }
  | {
      readonly terminationContractData: TerminationContractData;
      readonly newContractData?: undefined;
      readonly subsidiaryContractData?: undefined;
      readonly rawOperation?: undefined;
    }
  | {
      readonly rawOperation: RawOperation;
      readonly newContractData?: undefined;
      readonly subsidiaryContractData?: undefined;
      readonly terminationContractData?: undefined;
    };
