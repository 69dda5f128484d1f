/**
 * The types of the synchronous channel as data: one table for the WSDL that is served and for the check of requests.
 *
 * @see SyncChannel v10 and common v10, Types
 * @module
 */

/** Name, type and how often: `1`, `?` (0..1) or `*` (0..n). @internal */
export type ContractField = readonly [name: string, type: string, occurs: '1' | '?' | '*'];

/** The complex types, their elements in order. All elements are unqualified. @internal */
export const contractRecords: readonly (readonly [name: string, fields: readonly ContractField[]])[] = [
  [
    'SyncSendMessageRequest',
    [
      ['requestInfo', 'typ:SyncMessageInfo', '1'],
      ['requestData', 'typ:RequestData', '1'],
    ],
  ],
  [
    'SyncMessageInfo',
    [
      ['messageId', 'xs:string', '1'],
      ['correlationId', 'xs:string', '?'],
      ['serviceId', 'xs:string', '1'],
      ['messageDate', 'xs:dateTime', '1'],
      ['routeId', 'xs:string', '?'],
      ['sender', 'typ:SenderInfo', '1'],
      ['properties', 'typ:Property', '*'],
      ['sessionId', 'typ:guid', '?'],
    ],
  ],
  ['RequestData', [['data', 'xs:anyType', '?']]],
  [
    'SyncSendMessageResponse',
    [
      ['responseInfo', 'typ:SyncMessageInfoResponse', '1'],
      ['responseData', 'typ:ResponseData', '1'],
    ],
  ],
  [
    'SyncMessageInfoResponse',
    [
      ['messageId', 'xs:string', '1'],
      ['correlationId', 'xs:string', '?'],
      ['responseDate', 'xs:dateTime', '1'],
      ['status', 'typ:StatusInfo', '1'],
      ['sessionId', 'typ:guid', '?'],
    ],
  ],
  ['ResponseData', [['data', 'xs:anyType', '?']]],
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
      ['key', 'typ:propertyKey', '1'],
      ['value', 'typ:propertyValue', '1'],
    ],
  ],
  [
    'StatusInfo',
    [
      ['code', 'xs:string', '1'],
      ['message', 'typ:statusMessage', '1'],
    ],
  ],
  [
    'ErrorInfo',
    [
      ['errorCode', 'xs:string', '1'],
      ['errorMessage', 'xs:string', '1'],
      ['errorData', 'xs:string', '?'],
      ['errorDate', 'xs:dateTime', '1'],
      ['subError', 'typ:ErrorInfo', '?'],
      ['sessionId', 'typ:guid', '?'],
    ],
  ],
];

const hex = '[a-fA-F0-9]';
/** The simple types, each a restriction of `xs:string` by one facet. @internal */
export const contractTexts: readonly (readonly [
  name: string,
  facet: 'pattern' | 'maxLength',
  value: string,
])[] = [
  ['guid', 'pattern', `\\{${hex}{8}-${hex}{4}-${hex}{4}-${hex}{4}-${hex}{12}\\}`],
  ['propertyKey', 'maxLength', '30'],
  ['propertyValue', 'maxLength', '500'],
  ['statusMessage', 'maxLength', '250'],
];

/** The wrapper elements with their one child and its type. @internal */
export const contractWrappers = [
  ['SendMessage', 'request', 'SyncSendMessageRequest'],
  ['SendMessageResponse', 'response', 'SyncSendMessageResponse'],
] as const;
