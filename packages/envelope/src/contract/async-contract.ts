import { asyncClientTypesNamespace, asyncTypesNamespace } from '../async/channel.ts';
import { asyncMessageTypes } from '../async/message-info.ts';
import { commonContract } from './common-contract.ts';
import type { ContractSchema } from './contract-schema.ts';

const gateway: ContractSchema = {
  namespace: asyncTypesNamespace,
  prefix: 'typ',
  records: [],
  texts: [],
  wrappers: [
    ['sendMessage', 'request', 'it:AsyncSendMessageRequest'],
    ['sendMessageResponse', 'response', 'it:AsyncSendMessageResponse'],
    ['sendDeliveryNotification', 'request', 'it:AsyncSendDeliveryNotificationRequest'],
    ['sendDeliveryNotificationResponse', 'response', 'it:AsyncSendDeliveryNotificationResponse'],
    ['getMessageStatus', 'request', 'it:AsyncGetMessageStatusRequest'],
    ['getMessageStatusResponse', 'response', 'it:AsyncGetMessageStatusResponse'],
    ['getMessages', 'request', 'it:AsyncGetMessagesRequest'],
    ['getMessagesResponse', 'response', 'it:AsyncGetMessagesResponse'],
  ],
  faults: [
    'sendMessageFault1_sendMessageFault',
    'sendDeliveryNotificationFault1_sendDeliveryNotificationFault',
    'getMessageStatusFault1_getMessageStatusFault',
    'getMessagesFault1_getMessagesFault',
  ],
};

/** It has `sendMessage` once more, although its own WSDL refers to that of the gateway's schema. */
const client: ContractSchema = {
  namespace: asyncClientTypesNamespace,
  prefix: 'cli',
  records: [],
  texts: [],
  wrappers: [
    ['sendMessage', 'request', 'it:AsyncSendMessageRequest'],
    ['sendMessageResponse', 'response', 'it:AsyncSendMessageResponse'],
    ['changeMassageStatusNotification', 'request', 'it:AsyncChangeStatusNotifyRequest'],
    ['changeMassageStatusNotificationResponse', 'response', 'it:AsyncChangeStatusNotifyResponse'],
  ],
  faults: [
    'sendMessageFault1_sendMessageFault',
    'changeMassageStatusNotificationFault1_changeMassageStatusNotificationFault',
  ],
};

const types: ContractSchema = {
  namespace: 'http://bip.bee.kz/AsyncChannel/v10/ITypes',
  prefix: 'it',
  records: [
    [
      'AsyncSendMessageRequest',
      [
        ['messageInfo', 'it:AsyncMessageInfo', '1'],
        ['messageData', 'com:MessageData', '1'],
      ],
    ],
    [
      'AsyncMessageInfo',
      [
        ['messageId', 'xs:string', '?'],
        ['correlationId', 'xs:string', '?'],
        ['serviceId', 'xs:string', '1'],
        ['messageType', 'it:messageType', '1'],
        ['routeId', 'xs:string', '?'],
        ['messageDate', 'xs:dateTime', '1'],
        ['sender', 'com:SenderInfo', '1'],
        ['properties', 'com:Property', '*'],
        ['sessionId', 'com:guid', '?'],
      ],
    ],
    [
      'AsyncSendMessageResponse',
      [
        ['messageId', 'xs:string', '1'],
        ['correlationId', 'xs:string', '1'],
        ['responseDate', 'xs:dateTime', '1'],
        ['sessionId', 'com:guid', '?'],
      ],
    ],
    [
      'AsyncSendDeliveryNotificationRequest',
      [
        ['notification', 'com:DeliveryNotification', '1'],
        ['requestDate', 'xs:dateTime', '1'],
        ['sender', 'com:SenderInfo', '?'],
      ],
    ],
    [
      'AsyncSendDeliveryNotificationResponse',
      [
        ['notificationId', 'xs:string', '1'],
        ['responseDate', 'xs:dateTime', '1'],
        ['sessionId', 'com:guid', '1'],
      ],
    ],
    [
      'AsyncGetMessageStatusRequest',
      [
        ['messageId', 'xs:string', '1'],
        ['requestDate', 'xs:dateTime', '1'],
        ['sender', 'com:SenderInfo', '1'],
        ['properties', 'com:Property', '*'],
      ],
    ],
    [
      'AsyncGetMessageStatusResponse',
      [
        ['messageState', 'com:MessageState', '1'],
        ['status', 'com:MessageStatusInfo', '1'],
        ['responseDate', 'xs:dateTime', '1'],
        ['sessionId', 'xs:string', '?'],
      ],
    ],
    [
      'AsyncGetMessagesRequest',
      [
        ['messageId', 'xs:string', '?'],
        ['correlationId', 'xs:string', '?'],
        ['requestDate', 'xs:dateTime', '?'],
        ['serviceId', 'xs:string', '1'],
        ['sender', 'com:SenderInfo', '?'],
        ['amount', 'xs:int', '?'],
        ['properties', 'com:Property', '*'],
      ],
    ],
    [
      'AsyncGetMessagesResponse',
      [
        ['responseDate', 'xs:dateTime', '1'],
        ['sessionId', 'com:guid', '1'],
        ['messages', 'it:AsyncMessage', '*'],
      ],
    ],
    [
      'AsyncMessage',
      [
        ['messageInfo', 'it:AsyncMessageInfo', '1'],
        ['messageData', 'com:MessageData', '1'],
      ],
    ],
    [
      'AsyncChangeStatusNotifyRequest',
      [
        ['notification', 'com:ChangeStatusNotification', '1'],
        ['requestDate', 'xs:dateTime', '1'],
        ['sessionId', 'com:guid', '?'],
      ],
    ],
    [
      'AsyncChangeStatusNotifyResponse',
      [
        ['responseDate', 'xs:dateTime', '1'],
        ['sessionId', 'com:guid', '1'],
      ],
    ],
  ],
  texts: [['messageType', 'enumeration', ...(asyncMessageTypes as readonly [string, ...string[]])]],
  wrappers: [],
  faults: [],
};

/** The schemas of the asynchronous channel, both interfaces. @see AsyncChannel v10, Types */
export const asyncContract: readonly ContractSchema[] = [gateway, client, types, commonContract];
