import {
  asyncClientTypesNamespace,
  asyncFaultName,
  asyncTypesNamespace,
  writeAsyncAccepted,
  writeAsyncDelivery,
  writeAsyncMessage,
  writeDeliveryNotification,
  writeDeliveryNotificationAnswer,
  writeFault,
  writeGetMessages,
  writeMessages,
  writeStatusAnswer,
  writeStatusNotification,
  writeStatusNotificationAnswer,
  writeStatusRequest,
} from '@egov-gateway/envelope';
import { parseXml } from '@egov-gateway/xml';
import * as fc from 'fast-check';

const xs = 'http://www.w3.org/2001/XMLSchema';
const xsi = 'http://www.w3.org/2001/XMLSchema-instance';

const codec = (write) => ({
  validate: () => [],
  write: (_value, writer) => write(writer),
  read: () => undefined,
});
const received =
  '<data xmlns="" a="1"><d:kept xmlns:d="urn:example:d">&lt;Қ&amp;&gt; &#13;</d:kept><![CDATA[<x>]]></data>';

// A letter first: what is only white space is no identifier.
const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((rest) => `Ә${rest}`);
const words = fc.oneof(text, fc.constantFrom('', '<&>"\' ]]>', 'line\nline\ttab', 'Қазақстан 😀'));
const dateMs = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2099, 11) });
const utcOffset = fc.constantFrom(undefined, '+05:00', '+06:00', '-03:30', '+00:00');
const guid = fc.oneof(
  fc.uuid(),
  fc.uuid().map((id) => `{${id}}`),
);
const optional = (arbitrary) => fc.option(arbitrary, { nil: undefined });
const namespace = fc.constantFrom(undefined, asyncTypesNamespace, asyncClientTypesNamespace);
const sender = fc.record({ senderId: text, password: text });
const property = fc.record({ key: fc.constantFrom('k', 'ADDL_CLIENT_KEY'), value: words });
const properties = optional(fc.array(property, { maxLength: 3 }));
const data = fc.constantFrom(
  undefined,
  { codec: codec((writer) => writer.text('<escaped>Ұ</escaped>')), value: undefined },
  {
    codec: codec((writer) => writer.leaf({ localName: 'n', namespace: 'urn:n', prefix: 'n' }, 'a&b')),
    value: undefined,
  },
  {
    codec: codec((writer) => {
      writer.declarePrefix('xs', xs);
      writer.attribute({ localName: 'type', namespace: xsi, prefix: 'xsi' }, 'xs:string');
      writer.text('typed');
    }),
    value: undefined,
  },
);
const deliveredData = fc.oneof(data, fc.constant({ element: parseXml(Buffer.from(received)).root }));
const base = {
  serviceId: text,
  routeId: optional(text),
  messageDateMs: dateMs,
  utcOffset,
  sender,
  properties,
};
const replyType = fc.constantFrom('NOTIFICATION', 'UPDATE', 'RESPONSE');
const delivery = fc.record({
  info: fc.record({
    ...base,
    messageId: text,
    correlationId: text,
    messageType: fc.constantFrom('REQUEST', 'NOTIFICATION', 'UPDATE', 'RESPONSE'),
    sessionId: optional(guid),
  }),
  data: deliveredData,
});
const errorInfo = fc.letrec((tie) => ({
  info: fc.record({
    errorCode: text,
    errorMessage: text,
    errorData: optional(text),
    errorDateMs: dateMs,
    utcOffset,
    subError: fc.option(tie('info'), { nil: undefined, maxDepth: 3, depthSize: 'small' }),
    sessionId: optional(guid),
  }),
})).info;
const messageState = fc.constantFrom('ON_DELIVERY', 'DELIVERED', 'NOT_DELIVERED', 'DELIVERY_STOPPED');
const status = fc.record({ statusCode: text, statusMessage: words, statusDateMs: dateMs });
const operations = [
  ['sendMessage', asyncTypesNamespace],
  ['sendMessage', asyncClientTypesNamespace],
  ['sendDeliveryNotification'],
  ['getMessageStatus'],
  ['getMessages'],
  ['changeMassageStatusNotification'],
];

/** By what it is: an arbitrary of what is written, and how it is. */
const kinds = {
  'sendMessage of a REQUEST': [
    fc.record({
      info: fc.record({ ...base, messageType: fc.constant('REQUEST'), messageId: optional(text) }),
      data,
    }),
    writeAsyncMessage,
  ],
  'sendMessage of a reply': [
    fc.record({ info: fc.record({ ...base, messageType: replyType, correlationId: text }), data }),
    writeAsyncMessage,
  ],
  'sendMessage of a push, in either namespace': [
    fc.tuple(delivery, namespace),
    ([message, home]) => writeAsyncDelivery(message, { namespace: home }),
  ],
  'sendMessageResponse, in either namespace': [
    fc.tuple(
      fc.record({
        messageId: text,
        correlationId: text,
        responseDateMs: dateMs,
        utcOffset,
        sessionId: optional(guid),
      }),
      namespace,
    ),
    ([accepted, home]) => writeAsyncAccepted(accepted, { namespace: home }),
  ],
  sendDeliveryNotification: [
    fc
      .record({
        messageId: text,
        serviceId: text,
        receiveStatus: fc.constantFrom('accepted', 'notAccepted'),
        resend: fc.boolean(),
        error: optional(errorInfo),
        requestDateMs: dateMs,
        notificationDateMs: optional(dateMs),
        statusDateMs: optional(dateMs),
        utcOffset,
        sender: optional(sender),
      })
      .map((note) => ({ ...note, resend: note.resend && note.receiveStatus === 'notAccepted' })),
    writeDeliveryNotification,
  ],
  sendDeliveryNotificationResponse: [
    fc.record({ notificationId: text, responseDateMs: dateMs, utcOffset, sessionId: guid }),
    writeDeliveryNotificationAnswer,
  ],
  getMessageStatus: [
    fc.record({ messageId: text, requestDateMs: dateMs, utcOffset, sender, properties }),
    writeStatusRequest,
  ],
  getMessageStatusResponse: [
    fc.record({ messageState, status, responseDateMs: dateMs, utcOffset, sessionId: optional(text) }),
    writeStatusAnswer,
  ],
  getMessages: [
    fc.record({
      serviceId: text,
      messageId: optional(text),
      correlationId: optional(text),
      amount: optional(fc.nat(1000)),
      requestDateMs: optional(dateMs),
      utcOffset,
      sender: optional(sender),
      properties,
    }),
    writeGetMessages,
  ],
  getMessagesResponse: [
    fc.record({
      responseDateMs: dateMs,
      utcOffset,
      sessionId: guid,
      messages: fc.array(delivery, { maxLength: 3 }),
    }),
    writeMessages,
  ],
  changeMassageStatusNotification: [
    fc.record({
      notificationId: text,
      messageId: text,
      messageState,
      status,
      error: optional(errorInfo),
      requestDateMs: dateMs,
      notificationDateMs: optional(dateMs),
      utcOffset,
      sessionId: optional(guid),
    }),
    writeStatusNotification,
  ],
  changeMassageStatusNotificationResponse: [
    fc.record({ responseDateMs: dateMs, utcOffset, sessionId: guid }),
    writeStatusNotificationAnswer,
  ],
  'the faults of all operations': [
    fc.record({ errorInfo, operation: fc.constantFrom(...operations) }),
    ({ errorInfo: info, operation }) =>
      writeFault({ faultString: 'refused', errorInfo: info, detailName: asyncFaultName(...operation) }),
  ],
};

/** Every kind of message that is written here, on either side: `{ name, envelopes }`, each of them unsigned. */
export function asyncEnvelopes({ count, seed }) {
  return Object.entries(kinds).map(([name, [arbitrary, write]]) => ({
    name,
    envelopes: fc.sample(arbitrary, { numRuns: count, seed }).map((content) => write(content)),
  }));
}

const atMs = Date.UTC(2026, 0, 15, 6, 30);
const note = { notificationId: '7', messageId: '1', messageState: 'DELIVERED', requestDateMs: atMs };
const noteStatus = { statusCode: '0', statusMessage: 'ok', statusDateMs: atMs };

/** What is written on demand only, for peers that follow the Rules or other people's code: the XSD has no such thing. */
export function beyondSchema() {
  const refusal = { messageId: '1', serviceId: 'S', receiveStatus: 'notAccepted', requestDateMs: atMs };
  const change = { ...note, status: noteStatus };
  return {
    'MESSAGE_NOT_ACCEPTED, spelled right': writeDeliveryNotification(refusal, {
      notAcceptedSpelling: 'MESSAGE_NOT_ACCEPTED',
    }),
    'ChangeMessageStatusNotification, as the Rules have it': writeStatusNotification(change, {
      spelling: 'ChangeMessageStatusNotification',
    }),
    "changeMassageStatusNotification in the namespace of the gateway's side": writeStatusNotification(
      change,
      {
        namespace: asyncTypesNamespace,
      },
    ),
  };
}
