// For users.

export type { DocumentFindings } from './client/check-document.ts';
export type { EkdoStep } from './client/check-reply.ts';
export type {
  EkdoCallOptions,
  EkdoClientOptions,
  EkdoSendOptions,
  EkdoStepEvent,
} from './client/client-options.ts';
export {
  bearerToken,
  type DocumentFields,
  jsonBody,
  jsonDocument,
  jsonSignature,
  jsonStatus,
  jsonToken,
  multipartDocument,
  multipartSignature,
  type SignatureFields,
  type TokenFields,
} from './client/codec-blocks.ts';
export type {
  PortalStatus,
  SignedDocument,
  SubmittedDocument,
  UploadedDocument,
} from './client/document-steps.ts';
export { EkdoClient } from './client/ekdo-client.ts';
export { idOf, type JsonObject, readJsonReply, textOf } from './client/json-reply.ts';
export { type MultipartPart, multipartBody } from './client/multipart-body.ts';
export {
  type DocumentCodec,
  type EkdoAccount,
  type EkdoCodecs,
  type EkdoCredentials,
  type EkdoDocument,
  type EkdoRoutes,
  inForceStatus,
  type PortalBody,
  type PortalReply,
  type PortalToken,
  type SignatureCodec,
  type SignedUpload,
  type StatusCodec,
  type TokenCodec,
} from './client/portal-codec.ts';
export type { JsonValue } from './client/read-json.ts';
export {
  unverifiedJsonCodecs,
  unverifiedMultipartCodecs,
  unverifiedRoutes,
} from './client/unverified-presets.ts';
export {
  type EkdoDocumentState,
  type EkdoDocumentStatus,
  type EkdoHistoryEvent,
  type EkdoStepRecord,
  type EkdoStepState,
  historyOf,
  projectDocument,
} from './registry/document-status.ts';
export { EkdoRegistry } from './registry/ekdo-registry.ts';
export type { EkdoEntry, EkdoSelection, NotReadyReason } from './registry/ready-documents.ts';
export type {
  EkdoDocumentsQuery,
  EkdoRegistryOptions,
  EkdoRegistrySendOptions,
} from './registry/registry-options.ts';
export type { EkdoFinding } from './registry/resolve-doubt.ts';
export type {
  ClosedOutcome,
  EkdoOutcome,
  InDoubtOutcome,
  InvalidOutcome,
  NotSentOutcome,
  OutcomeOf,
  OutcomePlace,
  RefusedOutcome,
  SentOutcome,
} from './registry/send-outcome.ts';
export type { SentRecord } from './registry/sent-record.ts';
export type { RecordedStep } from './registry/step-key.ts';
export type { DetachedSignature, SignDetached } from './signature/detached-signature.ts';
export {
  type SignatureKind,
  type SignatureKindName,
  signatureKindOf,
  signatureKinds,
} from './signature/signature-kind.ts';
