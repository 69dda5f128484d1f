import type { ContractSchema } from './contract-schema.ts';

const hex = '[a-fA-F0-9]';

/** The types that both channels share. @see common v10, Types */
export const commonContract: ContractSchema = {
  namespace: 'http://bip.bee.kz/common/v10/Types',
  prefix: 'com',
  records: [
    [
      'SenderInfo',
      [
        ['senderId', 'xs:string', '1'],
        ['password', 'xs:string', '?'],
      ],
    ],
    [
      'Property',
      [
        ['key', 'com:propertyKey', '1'],
        ['value', 'com:propertyValue', '1'],
      ],
    ],
    [
      'StatusInfo',
      [
        ['code', 'xs:string', '1'],
        ['message', 'com:statusMessage', '1'],
      ],
    ],
    [
      'ErrorInfo',
      [
        ['errorCode', 'xs:string', '1'],
        ['errorMessage', 'xs:string', '1'],
        ['errorData', 'xs:string', '?'],
        ['errorDate', 'xs:dateTime', '1'],
        ['subError', 'com:ErrorInfo', '?'],
        ['sessionId', 'com:guid', '?'],
      ],
    ],
    ['MessageData', [['data', 'xs:anyType', '1']]],
    [
      'MessageStatusInfo',
      [
        ['statusCode', 'xs:string', '1'],
        ['statusMessage', 'xs:string', '1'],
        ['statusDate', 'xs:dateTime', '1'],
      ],
    ],
    [
      'DeliveryStatusInfo',
      [
        ['receiveStatus', 'com:receiveStatus', '1'],
        ['statusDate', 'xs:dateTime', '1'],
        ['resendMessage', 'com:resendMessage', '1'],
        ['error', 'com:ErrorInfo', '?'],
      ],
    ],
    [
      'DeliveryNotification',
      [
        ['messageId', 'xs:string', '1'],
        ['serviceId', 'xs:string', '1'],
        ['notificationDate', 'xs:dateTime', '1'],
        ['deliveryStatus', 'com:DeliveryStatusInfo', '1'],
      ],
    ],
    [
      'ChangeStatusNotification',
      [
        ['notificationId', 'xs:string', '1'],
        ['messageId', 'xs:string', '1'],
        ['notificationDate', 'xs:dateTime', '1'],
        ['messageState', 'com:MessageState', '1'],
        ['status', 'com:MessageStatusInfo', '1'],
        ['error', 'com:ErrorInfo', '?'],
      ],
    ],
  ],
  texts: [
    ['guid', 'pattern', `\\{${hex}{8}-${hex}{4}-${hex}{4}-${hex}{4}-${hex}{12}\\}`],
    ['propertyKey', 'maxLength', '30'],
    ['propertyValue', 'maxLength', '500'],
    ['statusMessage', 'maxLength', '250'],
    ['MessageState', 'enumeration', 'ON_DELIVERY', 'DELIVERED', 'NOT_DELIVERED', 'DELIVERY_STOPPED'],
    ['receiveStatus', 'enumeration', 'MESSAGE_ACCEPTED', 'MESSAGE_NOT_ACCTEPTED'],
    ['resendMessage', 'enumeration', 'RESEND', 'NOT_RESEND'],
  ],
  wrappers: [],
  faults: [],
};
