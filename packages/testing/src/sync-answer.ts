/**
 * Answers of the synchronous channel as text, written apart from the code under test. Not signed.
 *
 * @module
 */
import { soapText } from './soap-text.ts';

/** What an answer says. */
export interface SyncAnswerText {
  /** `status/code`. Default: `SCSS001`. */
  readonly code?: string;
  readonly message?: string;
  /** Inside of `data`, as XML. `null` leaves the element out. Default: `pong`. */
  readonly data?: string | null;
  readonly messageId?: string;
}

/** A `SendMessageResponse`. */
export function syncAnswer(answer: SyncAnswerText = {}): Uint8Array {
  const { code = 'SCSS001', message = 'OK', data = 'pong', messageId = 'answer-1' } = answer;
  return soapText(
    '<t:SendMessageResponse xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types"><response>' +
      `<responseInfo><messageId>${messageId}</messageId><correlationId>chain-1</correlationId>` +
      '<responseDate>2026-01-13T10:00:00+05:00</responseDate>' +
      `<status><code>${code}</code><message>${message}</message></status>` +
      '<sessionId>{0f8fad5b-d9cb-469f-a165-70867728950e}</sessionId></responseInfo>' +
      `<responseData>${data === null ? '' : `<data>${data}</data>`}</responseData></response></t:SendMessageResponse>`,
  );
}

/** A SOAP 1.1 fault with the gateway's ErrorInfo. */
export function syncFault(errorCode = 'SCE007'): Uint8Array {
  return soapText(
    '<S:Fault><faultcode>S:Server</faultcode><faultstring>отказ</faultstring><detail>' +
      '<t:SendMessageFault1_SendMessageFault xmlns:t="http://bip.bee.kz/SyncChannel/v10/Types">' +
      `<errorCode>${errorCode}</errorCode><errorMessage>отказ</errorMessage>` +
      '<errorDate>2026-01-13T10:00:00+05:00</errorDate>' +
      '</t:SendMessageFault1_SendMessageFault></detail></S:Fault>',
  );
}
