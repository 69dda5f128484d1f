// For users.

export { type Algorithm, algorithms } from './algorithm.ts';
export type { AsyncService } from './async-service.ts';
export type { Certificate, NameAttribute, PublicKey } from './certificate.ts';
export { type Clock, fixedClock, systemClock } from './clock.ts';
export { formatName, parseName, sameName } from './distinguished-name.ts';
export type {
  ConsentErrorCode,
  ErrorCode,
  JournalErrorCode,
  KeyErrorCode,
  ParseErrorCode,
  PortalErrorCode,
  SendErrorCode,
  SignErrorCode,
  ValidateErrorCode,
  VerifyErrorCode,
  XmlErrorCode,
} from './error-codes.ts';
export {
  type AnswerStatus,
  BusinessError,
  ConsentError,
  type Delivery,
  type ErrorInfo,
  type FaultContent,
  GatewayError,
  type GatewayErrorOptions,
  GatewayFault,
  JournalError,
  KeyError,
  ParseError,
  type PortalAnswer,
  PortalError,
  SendError,
  SignError,
  ValidateError,
  type ValidationIssue,
  VerifyError,
  XmlError,
  type XmlPosition,
} from './errors.ts';
export { newLocalKey, newMessageId } from './message-id.ts';
export type { MessageWrapper, WrapperElement } from './message-wrapper.ts';
export type { DataCodec, Service } from './service.ts';
export {
  type CallAnsweredEvent,
  type CallEndEvent,
  type CallErrorEvent,
  type CallSignedEvent,
  type CallStartEvent,
  channelNames,
  type JournalErrorEvent,
  type MessageStateEvent,
  type WorkerErrorEvent,
} from './telemetry.ts';
export { systemTimers, type Timers } from './timers.ts';

// For libraries: the ports.

export { assertOptions } from './assert-options.ts';
export type { EnvelopeLayout } from './envelope-layout.ts';
export { integerOption, maxTimeMs } from './integer-option.ts';
export type {
  AsyncMessageType,
  DeliveryState,
  Journal,
  JournalEvent,
  JournalEventKind,
  Resolution,
} from './journal.ts';
export type {
  Expectation,
  JournalChange,
  JournalReceipt,
  MessageJournal,
  MessagePage,
  MessageQuery,
  MessageState,
  QueueEntry,
  QueueName,
  Reception,
  RecordedEvent,
  RecordedMessage,
  SqlStatement,
} from './message-journal.ts';
export { printableName, printablePath, printableUri } from './printable.ts';
export { assertReceived, markReceived } from './received-body.ts';
export type { Digest, EnvelopeSigner, SignatureSuite, SigningKey } from './signing.ts';
export { pause } from './timers.ts';
export type { Transport, TransportMethod, TransportRequest, TransportResponse } from './transport.ts';
export type {
  EnvelopeVerifier,
  SignerReference,
  TrustPolicy,
  UnverifiedBody,
  VerifiedBody,
} from './verification.ts';
export { type TimeLimit, withinTime } from './within-time.ts';
export type { XmlElement, XmlName, XmlWriter } from './xml.ts';
