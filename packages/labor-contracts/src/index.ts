// For users.

export { codePatterns } from './books/code-patterns.ts';
export {
  type BookColumns,
  type ParseReferenceBookOptions,
  parseReferenceBook,
} from './books/parse-reference-book.ts';
export { type BookEntry, bookOf, type ReferenceBook } from './books/reference-book.ts';
export type { CodeEntry } from './codes/code-list.ts';
export type { EmployerReasonCode } from './codes/employer-reasons.ts';
export {
  type ContractTermCode,
  contractTerms,
  remoteWork,
  restoringBodies,
  socialLeaves,
  workingHours,
  workTypes,
} from './codes/short-lists.ts';
export { type TerminationReasonCode, terminationReasons } from './codes/termination-reasons.ts';
export { contractDeadline, deadlineWarning } from './deadlines/deadline.ts';
export {
  type ContractDeadline,
  type ContractEvent,
  type LegalTerm,
  legalTerms,
} from './deadlines/legal-terms.ts';
export {
  createWorkCalendar,
  type WorkCalendar,
  type WorkCalendarOptions,
} from './deadlines/work-calendar.ts';
export {
  type ContractResponse,
  type RegisteredIdSelector,
  registeredIdByPosition,
} from './exchange/contract-response.ts';
export type { PayloadMode } from './exchange/signed-request.ts';
export { createLaborContracts, type LaborContracts, type LaborContractsOptions } from './labor-contracts.ts';
export { type ContractField, contractFieldNames } from './operations/contract-field.ts';
export type {
  ContractData,
  ContractRequest,
  DocumentData,
  EmployeeData,
  EmployerData,
  NewContractData,
  OpenBlock,
  RawOperation,
  SubsidiaryContractData,
  TerminationContractData,
} from './operations/contract-request.ts';
export type {
  AsyncContractGateway,
  ContractService,
  RecordedCall,
  SyncContractGateway,
} from './registry/contract-gateway.ts';
export type { ContractOperation } from './registry/contract-key.ts';
export type {
  AcceptedOutcome,
  AnsweredOutcome,
  ContractOutcome,
  InDoubtOutcome,
  InvalidOutcome,
  MessagePlace,
  NotSentOutcome,
  OutcomeOf,
  RefusedOutcome,
  UnderWayOutcome,
} from './registry/contract-outcome.ts';
export {
  type ContractCallOptions,
  ContractRegistry,
  type ContractRegistryOptions,
} from './registry/contract-registry.ts';
export {
  type ContractState,
  type ContractStatus,
  type ContractStatusOptions,
  type ContractStep,
  type ContractStepState,
  type ProcessEnding,
  projectContract,
} from './registry/contract-status.ts';
export type { EmployerKey, OperationData } from './registry/prepared-request.ts';
export { type DoubtFinding, resolveContractDoubt } from './registry/resolve-doubt.ts';
export type { ContractBooks } from './rules/code-rules.ts';
export {
  type ConditionContext,
  type ContractConditions,
  checkContractConditions,
  isClientId,
} from './rules/contract-conditions.ts';
export type { ContractFindings, ContractIssue } from './rules/contract-issue.ts';
export type { KnownContract } from './rules/date-rules.ts';
export {
  type ContractIssueExplanation,
  explainContractIssue,
} from './rules/explain-contract-issue.ts';
export { explainScse, type ScseExplanation, scseCodes } from './scse/explain-scse.ts';
export type { ScseClass, ScseRow, Wording } from './scse/scse-row.ts';

// For libraries.

export { employerKeyIssue } from './exchange/employer-key.ts';
export { contractNamespace, type OperationName, operationNames } from './operations/wire-names.ts';
