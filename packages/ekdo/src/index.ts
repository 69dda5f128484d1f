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
  createGroupMap,
  type DocumentRule,
  type GroupMap,
  type GroupMapOptions,
  type ResolvedDocumentRule,
} from './groups/group-map.ts';
export {
  type DocumentFileName,
  type DocumentNameOptions,
  type DocumentNameParts,
  documentFileName,
} from './name/document-file-name.ts';
export type { NameChange, NameChangeCode } from './name/name-change.ts';
export {
  checkPdf,
  maxPdfBytes,
  type PdfCheckOptions,
  type PdfReport,
  pdfCheckLimits,
  safePdfBytes,
} from './pdf/check-pdf.ts';
export type { ContentFindingCode } from './pdf/content-finding-texts.ts';
export type { FileFindingCode } from './pdf/file-finding-texts.ts';
export type { FindingText, PdfSeverity, Words } from './pdf/finding-text.ts';
export {
  explainPdfFinding,
  type PdfFinding,
  type PdfFindingCode,
  type PdfFindingExplanation,
  pdfFindingCodes,
} from './pdf/pdf-finding.ts';
export type { PdfaClaim } from './pdf/pdfa-claim.ts';
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
export {
  checkDetachedSignature,
  type SignatureCheckOptions,
  type SignatureReport,
} from './signature/check-detached-signature.ts';
export type { DetachedSignature, SignDetached } from './signature/detached-signature.ts';
export {
  explainSignatureFinding,
  type SignatureFinding,
  type SignatureFindingCode,
  signatureFindingCodes,
} from './signature/signature-finding.ts';
export {
  type SignatureKind,
  type SignatureKindName,
  signatureKindOf,
  signatureKinds,
} from './signature/signature-kind.ts';
export { signerCertificate } from './signature/signer-certificate.ts';
