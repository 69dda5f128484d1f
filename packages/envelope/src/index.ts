// For users.

export type { ReadAnswerOptions } from './answer-content.ts';
export { type AsyncAccepted, readAsyncAccepted } from './async/accepted.ts';
export {
  type AsyncNamespace,
  type AsyncOperation,
  asyncClientTypesNamespace,
  asyncTypesNamespace,
} from './async/channel.ts';
export {
  type DeliveryNotification,
  type DeliveryNotificationOptions,
  type NotAcceptedSpelling,
  type ReceiveStatus,
  validateDeliveryNotification,
  writeDeliveryNotification,
} from './async/delivery-notification.ts';
export {
  type ReceivedDeliveryNotificationAnswer,
  readDeliveryNotificationAnswer,
} from './async/delivery-notification-answer.ts';
export { type GetMessages, writeGetMessages } from './async/get-messages.ts';
export { type AsyncMessage, validateAsyncMessage, writeAsyncMessage } from './async/message.ts';
export type {
  AsyncInfoBase,
  AsyncInfoField,
  AsyncMessageInfo,
  AsyncReplyInfo,
  AsyncRequestInfo,
  AsyncRules,
} from './async/message-info.ts';
export type { ReceivedMessageStatus } from './async/message-status.ts';
export {
  type PulledMessage,
  type ReceivedMessages,
  readMessages,
  type UnreadableMessage,
} from './async/messages.ts';
export { type ReceivedAsyncInfo, type ReceivedAsyncMessage, readAsyncMessage } from './async/read-message.ts';
export { type ReceivedStatusAnswer, readStatusAnswer } from './async/status-answer.ts';
export { type ReceivedStatusNotification, readStatusNotification } from './async/status-notification.ts';
export { type StatusRequest, writeStatusRequest } from './async/status-request.ts';
export type { CodeEvidence, CodeExplanation, CodePlace, Wording } from './code-table.ts';
export type { DataPart } from './data-part.ts';
export { explainCode } from './explain-code.ts';
export type { ExtraElement } from './extra-element.ts';
export { toGuid } from './guid.ts';
export type { HeaderBlock } from './header-block.ts';
export type { InfoExtension } from './info-extension.ts';
export { formatMessageDate, kazakhstanOffset, type MessageDate, parseMessageDate } from './message-date.ts';
export { type Property, ReceivedSender, type SenderInfo } from './message-info.ts';
export { type DataStyle, type ReceivedData, viewData, xsiNamespace } from './received-data.ts';
export type { WriteOptions, WrittenEnvelope } from './soap-envelope.ts';
export { type ReceivedResponseInfo, readSyncResponse, type SyncResponse } from './sync/read-response.ts';
export {
  type SyncRequest,
  type SyncRequestInfo,
  type SyncRequestInfoField,
  type SyncRequestRules,
  validateSyncRequest,
} from './sync/request.ts';
export type { WrapperOptions } from './sync/wrapper.ts';
export { writeSyncRequest } from './sync/write-request.ts';
export { type WsAddressing, wsAddressingHeaders, wsAddressingNamespace } from './ws-addressing.ts';

// For libraries: the side that serves, the gateway's and the receiver's, and the names of things.

// For libraries: the side that serves, the gateway's and the receiver's, and the names of things.

export { type AsyncAcceptance, writeAsyncAccepted } from './async/accepted.ts';
export {
  type AsyncRequestElement,
  asyncFaultName,
  asyncOperationOf,
  type StatusNotificationSpelling,
} from './async/channel.ts';
export { type AsyncDelivery, type AsyncDeliveryOptions, writeAsyncDelivery } from './async/delivery.ts';
export {
  type ReceivedDeliveryNotification,
  readDeliveryNotification,
} from './async/delivery-notification.ts';
export {
  type DeliveryNotificationAnswer,
  writeDeliveryNotificationAnswer,
} from './async/delivery-notification-answer.ts';
export type { AsyncAnswerOptions } from './async/envelope.ts';
export { type ReceivedGetMessages, readGetMessages } from './async/get-messages.ts';
export { glanceAsyncOperation } from './async/glance-operation.ts';
export type { AsyncDeliveryInfo } from './async/message-info.ts';
export type { MessageStatus } from './async/message-status.ts';
export { type MessagesAnswer, writeMessages } from './async/messages.ts';
export { type StatusAnswer, writeStatusAnswer } from './async/status-answer.ts';
export {
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
export { type ReceivedStatusRequest, readStatusRequest } from './async/status-request.ts';
export { asyncContract } from './contract/async-contract.ts';
export type {
  ContractField,
  ContractRecord,
  ContractSchema,
  ContractText,
} from './contract/contract-schema.ts';
export { syncContract } from './contract/sync-contract.ts';
export { asyncClientWsdl, asyncGatewayWsdl, syncWsdl } from './contract/wsdl.ts';
export { type ErrorInfoContent, maxSubErrorDepth } from './error-info.ts';
export { readFault } from './fault.ts';
export { answerSession } from './guid.ts';
export type { ReceivedPart } from './received-part.ts';
export { soap11Namespace, soap12Namespace, wsseNamespace, wsuNamespace } from './soap.ts';
export { syncFaultName, syncRequestName, syncResponseName, syncTypesNamespace } from './sync/channel.ts';
export {
  type ReadRequestOptions,
  type ReceivedRequestInfo,
  type ReceivedSyncRequest,
  readSyncRequest,
} from './sync/read-request.ts';
export { type SyncAnswer, type SyncResponseInfo, validateSyncResponse } from './sync/response.ts';
export { sameRequestElement } from './sync/wrapper.ts';
export { writeSyncResponse } from './sync/write-response.ts';
export { type Fault, writeFault } from './write-fault.ts';
