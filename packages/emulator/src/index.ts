// For users.

export type { AsyncChain, ChainMessage, ReplyTiming } from './async/async-chain.ts';
export type { AsyncError } from './async/async-errors.ts';
export {
  type AsyncMisbehaviourDescription,
  type AsyncMisbehaviourName,
  type AsyncMisbehaviourOptions,
  type AsyncMisbehaviourSettings,
  type AsyncMisbehaviourStage,
  asyncMisbehaviours,
} from './async/async-menu.ts';
export type {
  AsyncChannelOptions,
  AsyncEffect,
  AsyncStoreOptions,
  IdKind,
  PushOptions,
} from './async/async-options.ts';
export type { AsyncServiceHandler, AsyncServiceOptions } from './async/async-service.ts';
export { deliveryStatuses } from './async/delivery-status.ts';
export type { InProcessReceiver, PushAddress, PushFunction } from './async/push-target.ts';
export type { CannedService } from './canned/canned-service.ts';
export { type CheckName, checkOrders, type XsdMode } from './checks/check.ts';
export {
  type CodeDescription,
  type EvidencedCode,
  type OwnCode,
  type RefusalCode,
  refusalCodes,
} from './codes.ts';
export type {
  ConsentDesk,
  ConsentSubject,
  ConsentVerdict,
  IssuedConsent,
  ShownConsent,
} from './consent/consent-desk.ts';
export { type AskedPerson, type ConsentDecision, madeUpPeople } from './consent/made-up-people.ts';
export type { EmulatedConsentOptions, EmulatedConsentStatuses } from './consent/service-options.ts';
export { createEmulator } from './create-emulator.ts';
export {
  createEkdoPortal,
  EkdoPortal,
  type EkdoPortalConnection,
} from './ekdo/ekdo-portal.ts';
export { madeUpPdf } from './ekdo/made-up-pdf.ts';
export {
  type EkdoPortalDocument,
  type EkdoPortalExchange,
  type EkdoPortalRefusal,
  emulatedUploadedStatus,
} from './ekdo/portal-document.ts';
export {
  type EkdoMisbehaviourDescription,
  type EkdoMisbehaviourName,
  type EkdoMisbehaviourOptions,
  type EkdoMisbehaviourStage,
  ekdoMisbehaviours,
} from './ekdo/portal-menu.ts';
export type { EkdoPortalOptions } from './ekdo/portal-options.ts';
export type { EkdoPortalServer } from './ekdo/portal-server.ts';
export type { Emulator, EmulatorConnection, EmulatorTls, ScenarioOptions } from './emulator.ts';
export {
  type Channel,
  defaultAsyncEndpoints,
  defaultEndpoints,
  type EndpointOptions,
} from './endpoint.ts';
export type { Exchange, ExchangeResult } from './exchange.ts';
export type { ExchangeLogLimits } from './exchange-log.ts';
export type { EmulatorServer, ListenOptions, ServerTlsOptions } from './http/listen.ts';
export type { NamedConditions } from './labor-contracts/conditions.ts';
export type { ContractAnswer } from './labor-contracts/contract-answer.ts';
export type { EmulatedLaborContracts } from './labor-contracts/emulated-labor-contracts.ts';
export { madeUpContracts } from './labor-contracts/made-up-contracts.ts';
export type { RefusedRequest } from './labor-contracts/refusal-log.ts';
export type { ScriptedRefusal } from './labor-contracts/refusal-script.ts';
export type {
  RegisteredAgreement,
  RegisteredContract,
  RegisteredTermination,
  Registration,
  SeededContract,
} from './labor-contracts/registered-contract.ts';
export type {
  LaborContractsServiceOptions,
  RawOperationCall,
  RawOperationOutcome,
} from './labor-contracts/service-options.ts';
export {
  type MedicalExemptionHandlerOptions,
  medicalExemptionHandler,
} from './medical-exemption/handler.ts';
export { type MadeUpExemption, madeUpExemptions } from './medical-exemption/made-up-exemptions.ts';
export type { MemoryTransportOptions } from './memory-transport.ts';
export {
  type MisbehaviourDescription,
  type MisbehaviourName,
  type MisbehaviourOptions,
  type MisbehaviourScope,
  type MisbehaviourSettings,
  type MisbehaviourStage,
  misbehaviours,
} from './misbehaviour/menu.ts';
export type { EmulatorOptions, ResponseSigningOptions, ScriptedMisbehaviour } from './options.ts';
export {
  type BusinessRefusal,
  businessError,
  type FaultDescription,
  fault,
  type Outcome,
  type Reply,
  type ReplyOptions,
  reply,
  type ServiceFault,
} from './outcome.ts';
export type { FaultCodeStyle } from './pipeline/render.ts';
export type { ConsentCheck } from './registers/consent-check.ts';
export { type MadeUpCompany, madeUpCompanies } from './registers/made-up-companies.ts';
export { madeUpPersons } from './registers/made-up-persons.ts';
export { emulatedPersons, type PersonHandlerOptions, personHandler } from './registers/person-handler.ts';
export type { RegistersServiceOptions } from './registers/registers-services.ts';
export type { SystemRegistration } from './registry.ts';
export type { RequestContext, ServiceHandler } from './service.ts';
export type { BuiltInAlgorithm } from './test-party/built-in-key.ts';
export type { TestSystem, TestSystemKey } from './test-party/test-system.ts';
// For libraries.

export { asyncGatewayWsdl, syncWsdl } from '@egov-gateway/envelope';
