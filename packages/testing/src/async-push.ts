/**
 * What the gateway sends to the receiver of the asynchronous channel, as text, written apart from the code under test.
 * Not signed.
 *
 * @module
 */

/** Namespaces that wrappers of the channel have. */
export const asyncNamespaces = {
  gateway: 'http://bip.bee.kz/AsyncChannel/v10/Types',
  client: 'http://bip.bee.kz/AsyncChannel/v10/Types/Client',
} as const;

/** What a pushed message says. `null` leaves an element out. */
export interface AsyncPushText {
  readonly messageId?: string | null;
  readonly correlationId?: string | null;
  readonly messageType?: string;
  readonly senderId?: string;
  readonly sessionId?: string | null;
  /** Inside of `data`, as XML. Default: `pay`. */
  readonly data?: string;
  readonly operation?: string;
  readonly namespace?: string;
}

/** A `sendMessage` of the service `ECHO`. */
export function asyncPush(message: AsyncPushText = {}): Uint8Array {
  const { messageType = 'REQUEST', senderId = 'gateway', sessionId = null, data = 'pay' } = message;
  const { messageId = '216386080', correlationId = '3226347' } = message;
  return wrapped(
    message.operation ?? 'sendMessage',
    message.namespace ?? asyncNamespaces.gateway,
    `<messageInfo>${leaf('messageId', messageId)}${leaf('correlationId', correlationId)}` +
      `<serviceId>ECHO</serviceId><messageType>${messageType}</messageType>` +
      '<messageDate>2027-01-12T14:00:00.000+05:00</messageDate>' +
      `<sender><senderId>${senderId}</senderId></sender>${leaf('sessionId', sessionId)}</messageInfo>` +
      `<messageData><data>${data}</data></messageData>`,
  );
}

/** What the gateway tells of a message that was sent. `null` leaves an element out. */
export interface StatusNotificationText {
  readonly messageId?: string | null;
  readonly messageState?: string;
  readonly sessionId?: string | null;
  /** Default: as the XSD spells it. */
  readonly operation?: string;
  readonly namespace?: string;
}

/** A `changeMassageStatusNotification` with the status code `S1`. */
export function statusNotification(notification: StatusNotificationText = {}): Uint8Array {
  const { messageId = '41', messageState = 'DELIVERED', sessionId = null } = notification;
  return wrapped(
    notification.operation ?? 'changeMassageStatusNotification',
    notification.namespace ?? asyncNamespaces.client,
    `<notification><notificationId>note-1</notificationId>${leaf('messageId', messageId)}` +
      '<notificationDate>2027-01-12T14:00:00.000+05:00</notificationDate>' +
      `<messageState>${messageState}</messageState><status><statusCode>S1</statusCode>` +
      '<statusMessage>told</statusMessage><statusDate>2027-01-12T14:00:00.000+05:00</statusDate></status>' +
      `</notification><requestDate>2027-01-12T14:00:00.000+05:00</requestDate>${leaf('sessionId', sessionId)}`,
  );
}

function leaf(name: string, value: string | null): string {
  return value === null ? '' : `<${name}>${value}</${name}>`;
}

function wrapped(operation: string, namespace: string, request: string): Uint8Array {
  return new TextEncoder().encode(
    '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Header/><S:Body>' +
      `<n:${operation} xmlns:n="${namespace}"><request>${request}</request></n:${operation}></S:Body></S:Envelope>`,
  );
}
