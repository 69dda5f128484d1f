import { syncTypesNamespace } from '../sync/channel.ts';
import { commonContract } from './common-contract.ts';
import type { ContractSchema } from './contract-schema.ts';

/** The schemas of the synchronous channel. @see SyncChannel v10, Types */
export const syncContract: readonly ContractSchema[] = [
  {
    namespace: syncTypesNamespace,
    prefix: 'typ',
    records: [
      [
        'SyncMessageInfo',
        [
          ['messageId', 'xs:string', '1'],
          ['correlationId', 'xs:string', '?'],
          ['serviceId', 'xs:string', '1'],
          ['messageDate', 'xs:dateTime', '1'],
          ['routeId', 'xs:string', '?'],
          ['sender', 'com:SenderInfo', '1'],
          ['properties', 'com:Property', '*'],
          ['sessionId', 'com:guid', '?'],
        ],
      ],
      [
        'SyncMessageInfoResponse',
        [
          ['messageId', 'xs:string', '1'],
          ['correlationId', 'xs:string', '?'],
          ['responseDate', 'xs:dateTime', '1'],
          ['status', 'com:StatusInfo', '1'],
          ['sessionId', 'com:guid', '?'],
        ],
      ],
    ],
    texts: [],
    wrappers: [
      ['SendMessage', 'request', 'req:SyncSendMessageRequest'],
      ['SendMessageResponse', 'response', 'res:SyncSendMessageResponse'],
    ],
    faults: ['SendMessageFault1_SendMessageFault'],
  },
  {
    namespace: `${syncTypesNamespace}/Request`,
    prefix: 'req',
    records: [
      [
        'SyncSendMessageRequest',
        [
          ['requestInfo', 'typ:SyncMessageInfo', '1'],
          ['requestData', 'req:RequestData', '1'],
        ],
      ],
      ['RequestData', [['data', 'xs:anyType', '?']]],
    ],
    texts: [],
    wrappers: [],
    faults: [],
  },
  {
    namespace: `${syncTypesNamespace}/Response`,
    prefix: 'res',
    records: [
      [
        'SyncSendMessageResponse',
        [
          ['responseInfo', 'typ:SyncMessageInfoResponse', '1'],
          ['responseData', 'res:ResponseData', '1'],
        ],
      ],
      ['ResponseData', [['data', 'xs:anyType', '?']]],
    ],
    texts: [],
    wrappers: [],
    faults: [],
  },
  commonContract,
];
