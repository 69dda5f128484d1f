/**
 * Answers of the asynchronous channel as text, written apart from the code under test. Not signed.
 *
 * @module
 */

const date = '2026-01-13T10:00:00+05:00';
const session = '{0f8fad5b-d9cb-469f-a165-70867728950e}';

/** A `sendMessageResponse`. */
export function asyncAccepted(ids: { messageId?: string; correlationId?: string | null } = {}): Uint8Array {
  const { messageId = '216386080', correlationId = '3226347' } = ids;
  return response(
    'sendMessage',
    `<messageId>${messageId}</messageId>` +
      (correlationId === null ? '' : `<correlationId>${correlationId}</correlationId>`) +
      `<responseDate>${date}</responseDate><sessionId>${session}</sessionId>`,
  );
}

/** A `getMessageStatusResponse`. */
export function asyncStatus(state: string = 'DELIVERED', code = 'S-1'): Uint8Array {
  return response(
    'getMessageStatus',
    `<messageState>${state}</messageState><status><statusCode>${code}</statusCode><statusMessage>слова</statusMessage>` +
      `<statusDate>${date}</statusDate></status><responseDate>${date}</responseDate>`,
  );
}

/** A message among those of a `getMessagesResponse`. `null` leaves an element out. */
export interface AsyncMessageText {
  readonly messageId?: string | null;
  readonly correlationId?: string | null;
  readonly serviceId?: string;
  readonly messageType?: string;
  /** Inside of `data`, as XML. */
  readonly data?: string;
}

/** A `getMessagesResponse`. */
export function asyncMessages(
  messages: readonly AsyncMessageText[],
  sessionId: string = session,
): Uint8Array {
  return response(
    'getMessages',
    `<responseDate>${date}</responseDate><sessionId>${sessionId}</sessionId>${messages.map(part).join('')}`,
  );
}

/** A `sendDeliveryNotificationResponse`. */
export function asyncConfirmed(): Uint8Array {
  return response(
    'sendDeliveryNotification',
    `<notificationId>n-1</notificationId><responseDate>${date}</responseDate><sessionId>${session}</sessionId>`,
  );
}

/** A SOAP 1.1 fault of an operation with the gateway's ErrorInfo. */
export function asyncFault(errorCode = 'SCE007', operation = 'sendMessage'): Uint8Array {
  return envelope(
    '<S:Fault><faultcode>S:Server</faultcode><faultstring>отказ</faultstring><detail>' +
      `<t:${operation}Fault1_${operation}Fault xmlns:t="http://bip.bee.kz/AsyncChannel/v10/Types">` +
      `<errorCode>${errorCode}</errorCode><errorMessage>отказ</errorMessage><errorDate>${date}</errorDate>` +
      `</t:${operation}Fault1_${operation}Fault></detail></S:Fault>`,
  );
}

function part(message: AsyncMessageText): string {
  const { messageId = 'm-1', correlationId = '3226347', serviceId = 'PING' } = message;
  const { messageType = 'RESPONSE', data = 'pong' } = message;
  const optional = (name: string, value: string | null) =>
    value === null ? '' : `<${name}>${value}</${name}>`;
  return (
    `<messages><messageInfo>${optional('messageId', messageId)}${optional('correlationId', correlationId)}` +
    `<serviceId>${serviceId}</serviceId><messageType>${messageType}</messageType><messageDate>${date}</messageDate>` +
    '<sender><senderId>gateway</senderId></sender></messageInfo>' +
    `<messageData><data>${data}</data></messageData></messages>`
  );
}

function response(operation: string, content: string): Uint8Array {
  return envelope(
    `<t:${operation}Response xmlns:t="http://bip.bee.kz/AsyncChannel/v10/Types"><response>${content}</response>` +
      `</t:${operation}Response>`,
  );
}

function envelope(body: string): Uint8Array {
  return new TextEncoder().encode(
    `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${body}</S:Body></S:Envelope>`,
  );
}
