// For users.
export { algorithms, type Algorithm } from './algorithm.ts';
export type { Certificate, NameAttribute, PublicKey } from './certificate.ts';
export { fixedClock, systemClock, type Clock } from './clock.ts';
export type {
  ErrorCode,
  KeyErrorCode,
  ParseErrorCode,
  SendErrorCode,
  SignErrorCode,
  ValidateErrorCode,
  VerifyErrorCode,
  XmlErrorCode,
} from './error-codes.ts';
export {
  BusinessError,
  GatewayError,
  GatewayFault,
  KeyError,
  ParseError,
  SendError,
  SignError,
  ValidateError,
  VerifyError,
  XmlError,
  type AnswerStatus,
  type Delivery,
  type ErrorInfo,
  type FaultContent,
  type GatewayErrorOptions,
  type ValidationIssue,
  type XmlPosition,
} from './errors.ts';
export { newLocalKey, newMessageId } from './message-id.ts';
export type { DataCodec, Service } from './service.ts';
export {
  channelNames,
  type CallAnsweredEvent,
  type CallEndEvent,
  type CallErrorEvent,
  type CallSignedEvent,
  type CallStartEvent,
} from './telemetry.ts';

// For libraries: the ports.
export type { EnvelopeLayout } from './envelope-layout.ts';
export type { Journal, JournalEvent, JournalEventKind } from './journal.ts';
export type { Digest, EnvelopeSigner, SignatureSuite, SigningKey } from './signing.ts';
export type { Transport, TransportRequest, TransportResponse } from './transport.ts';
export type {
  EnvelopeVerifier,
  SignerReference,
  TrustPolicy,
  UnverifiedBody,
  VerifiedBody,
} from './verification.ts';
export type { XmlElement, XmlName, XmlWriter } from './xml.ts';
