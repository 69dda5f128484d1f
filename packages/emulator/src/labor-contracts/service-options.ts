import { assertOptions, type Certificate } from '@egov-gateway/core';
import {
  type ContractBooks,
  type ContractRequest,
  createWorkCalendar,
  type WorkCalendar,
} from '@egov-gateway/labor-contracts';
import { type IdentityMode, isXsDate } from '@egov-gateway/payload';

import type { NamedConditions } from './conditions.ts';
import { type ContractAnswer, positionalAnswer } from './contract-answer.ts';
import type { RegisteredContract, SeededContract } from './registered-contract.ts';

/** A request whose operation the emulator does not know. */
export interface RawOperationCall {
  /** Local name of its element. */
  readonly operation: string;
  /** The request, from what the employer signed. */
  readonly request: ContractRequest;
  /** What is in `employerData/bin`, and belongs to the signing key; `undefined` when the operation has none. */
  readonly employer: string | undefined;
  readonly contracts: readonly RegisteredContract[];
}

/** What becomes of one: an answer with an id, or a refusal with a code. */
export type RawOperationOutcome = { readonly registeredId: string } | { readonly refuse: string };

/** The built-in service of labour contracts, as ЕСУТД / АИС «ООП» would refuse and register. */
export interface LaborContractsServiceOptions {
  /** Default: `EMU_LABOR_CONTRACTS`, the emulator's own; the real one is not known publicly. */
  readonly serviceId?: string | undefined;
  /** What is in the register from the start, for example `madeUpContracts`. Default: nothing. */
  readonly contracts?: readonly SeededContract[] | undefined;
  /** IINs of everybody whom the state knows; others are refused with SCSE012. Default: everybody is known. */
  readonly employees?: Iterable<string> | undefined;
  /**
   * Certificates of employers that are accepted although no authority in `roots` issued them, such as that of your own
   * signing key. Default: none.
   */
  readonly employers?: readonly Certificate[] | undefined;
  /** For SCSE007, 040, 069, 082, 083. Default: the reasons of termination. */
  readonly books?: ContractBooks | undefined;
  /** Names of the newer fields, to judge them. Default: they are not known and not judged. */
  readonly conditions?: NamedConditions | undefined;
  /** `refuse`: SCSE088, 089, 091 after the legal terms, by the emulator's clock. Default: `refuse`. */
  readonly deadlines?: 'refuse' | 'ignore' | undefined;
  /** Default: Monday to Friday, without holidays. */
  readonly calendar?: WorkCalendar | undefined;
  /** Contracts and agreements of an earlier day are refused with SCSE053. Default: none, the real limit is not known. */
  readonly earliestDate?: string | undefined;
  /** How much of IIN and BIN is checked. Default: `strict`. */
  readonly identity?: IdentityMode | undefined;
  /** Octets of the signed document. Default: 102 400. */
  readonly maxPayloadBytes?: number | undefined;
  /**
   * The XML document of an answer. Default: names of the emulator's own, the id in the first child of the second child of
   * the root.
   */
  readonly answer?: ((answer: ContractAnswer) => string) | undefined;
  /** Serves operations without known names. Default: they are refused with SCSE002. */
  readonly onRawOperation?: ((call: RawOperationCall) => RawOperationOutcome) | undefined;
}

/** Options with their defaults. @internal */
export interface ServiceSettings {
  readonly serviceId: string;
  readonly employees: ReadonlySet<string> | undefined;
  readonly books: ContractBooks;
  readonly conditions: NamedConditions | undefined;
  readonly deadlines: 'refuse' | 'ignore';
  readonly calendar: WorkCalendar;
  readonly earliestDate: string | undefined;
  readonly identity: IdentityMode;
  readonly maxPayloadBytes: number;
  readonly answer: (answer: ContractAnswer) => string;
  readonly onRawOperation: LaborContractsServiceOptions['onRawOperation'];
}

/** Every option of `laborContracts`. @internal */
export const contractOptionNames: readonly string[] = Object.keys({
  serviceId: true,
  contracts: true,
  employees: true,
  employers: true,
  books: true,
  conditions: true,
  deadlines: true,
  calendar: true,
  earliestDate: true,
  identity: true,
  maxPayloadBytes: true,
  answer: true,
  onRawOperation: true,
} satisfies Record<keyof LaborContractsServiceOptions, true>);

/** @throws {TypeError} when an option is unknown or does not fit @internal */
export function resolveService(options: LaborContractsServiceOptions): ServiceSettings {
  assertOptions('laborContracts', options, contractOptionNames);
  const { deadlines = 'refuse', earliestDate, employees } = options;
  if (deadlines !== 'refuse' && deadlines !== 'ignore') {
    throw new TypeError("deadlines must be 'refuse' or 'ignore'");
  }
  if (earliestDate !== undefined && !isXsDate(earliestDate)) {
    throw new TypeError('earliestDate must be a date that exists, YYYY-MM-DD');
  }
  return {
    serviceId: options.serviceId ?? 'EMU_LABOR_CONTRACTS',
    employees: employees === undefined ? undefined : new Set(employees),
    books: options.books ?? {},
    conditions: options.conditions,
    deadlines,
    calendar: options.calendar ?? createWorkCalendar({ holidays: [] }),
    earliestDate,
    identity: options.identity ?? 'strict',
    maxPayloadBytes: options.maxPayloadBytes ?? 102_400,
    answer: options.answer ?? positionalAnswer,
    onRawOperation: options.onRawOperation,
  };
}
