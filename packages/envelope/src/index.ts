// For users.

export type { ReadAnswerOptions } from './answer-content.ts';
export {
  type AsyncAcceptance,
  type AsyncAccepted,
  readAsyncAccepted,
  writeAsyncAccepted,
} from './async/accepted.ts';
export {
  type AsyncNamespace,
  type AsyncOperation,
  type AsyncRequestElement,
  asyncClientTypesNamespace,
  asyncFaultName,
  asyncOperationOf,
  asyncTypesNamespace,
  type StatusNotificationSpelling,
} from './async/channel.ts';
export { type AsyncDelivery, type AsyncDeliveryOptions, writeAsyncDelivery } from './async/delivery.ts';
export {
  type DeliveryNotification,
  type DeliveryNotificationOptions,
  type NotAcceptedSpelling,
  type ReceivedDeliveryNotification,
  type ReceiveStatus,
  readDeliveryNotification,
  validateDeliveryNotification,
  writeDeliveryNotification,
} from './async/delivery-notification.ts';
export {
  type DeliveryNotificationAnswer,
  type ReceivedDeliveryNotificationAnswer,
  readDeliveryNotificationAnswer,
  writeDeliveryNotificationAnswer,
} from './async/delivery-notification-answer.ts';
export type { AsyncAnswerOptions } from './async/envelope.ts';
export {
  type GetMessages,
  type ReceivedGetMessages,
  readGetMessages,
  writeGetMessages,
} from './async/get-messages.ts';
export { type AsyncMessage, validateAsyncMessage, writeAsyncMessage } from './async/message.ts';
export type {
  AsyncDeliveryInfo,
  AsyncInfoField,
  AsyncMessageInfo,
  AsyncReplyInfo,
  AsyncRequestInfo,
  AsyncRules,
} from './async/message-info.ts';
export type { MessageStatus, ReceivedMessageStatus } from './async/message-status.ts';
export {
  type MessagesAnswer,
  type PulledMessage,
  type ReceivedMessages,
  readMessages,
  type UnreadableMessage,
  writeMessages,
} from './async/messages.ts';
export { type ReceivedAsyncInfo, type ReceivedAsyncMessage, readAsyncMessage } from './async/read-message.ts';
export {
  type ReceivedStatusAnswer,
  readStatusAnswer,
  type StatusAnswer,
  writeStatusAnswer,
} from './async/status-answer.ts';
export {
  type ReceivedStatusNotification,
  readStatusNotification,
  type StatusNotification,
  type StatusNotificationOptions,
  writeStatusNotification,
} from './async/status-notification.ts';
export {
  type ReceivedStatusNotificationAnswer,
  readStatusNotificationAnswer,
  type StatusNotificationAnswer,
  writeStatusNotificationAnswer,
} from './async/status-notification-answer.ts';
export {
  type ReceivedStatusRequest,
  readStatusRequest,
  type StatusRequest,
  writeStatusRequest,
} from './async/status-request.ts';
export type { CodeEvidence, CodeExplanation, CodePlace, Wording } from './code-table.ts';
export { asyncContract } from './contract/async-contract.ts';
export type {
  ContractField,
  ContractRecord,
  ContractSchema,
  ContractText,
} from './contract/contract-schema.ts';
export { syncContract } from './contract/sync-contract.ts';
export { asyncClientWsdl, asyncGatewayWsdl, syncWsdl } from './contract/wsdl.ts';
export type { DataPart } from './data-part.ts';
// For libraries: the side that serves, and the names of things.

export { type ErrorInfoContent, maxSubErrorDepth } from './error-info.ts';
export { explainCode } from './explain-code.ts';
export type { ExtraElement } from './extra-element.ts';
export { readFault } from './fault.ts';
export { answerSession, toGuid } from './guid.ts';
export type { HeaderBlock } from './header-block.ts';
export type { InfoExtension } from './info-extension.ts';
export { formatMessageDate, kazakhstanOffset, type MessageDate, parseMessageDate } from './message-date.ts';
export type { Property, SenderInfo } from './message-info.ts';
export { ReceivedSender } from './message-info.ts';
export { type DataStyle, type ReceivedData, viewData, xsiNamespace } from './received-data.ts';
export type { ReceivedPart } from './received-part.ts';
export { soap11Namespace, soap12Namespace, wsseNamespace, wsuNamespace } from './soap.ts';
export type { WriteOptions, WrittenEnvelope } from './soap-envelope.ts';
export { syncFaultName, syncRequestName, syncResponseName, syncTypesNamespace } from './sync/channel.ts';
export { type ReceivedRequestInfo, type ReceivedSyncRequest, readSyncRequest } from './sync/read-request.ts';
export { type ReceivedResponseInfo, readSyncResponse, type SyncResponse } from './sync/read-response.ts';
export {
  type SyncRequest,
  type SyncRequestInfo,
  type SyncRequestInfoField,
  type SyncRequestRules,
  validateSyncRequest,
} from './sync/request.ts';
export { type SyncAnswer, type SyncResponseInfo, validateSyncResponse } from './sync/response.ts';
export { writeSyncRequest } from './sync/write-request.ts';
export { writeSyncResponse } from './sync/write-response.ts';
export { type Fault, writeFault } from './write-fault.ts';
export { type WsAddressing, wsAddressingHeaders, wsAddressingNamespace } from './ws-addressing.ts';
