import { ValidateError, type XmlWriter } from '@egov-gateway/core';

import { toGuid } from '../guid.ts';
import { formatMessageDate } from '../message-date.ts';
import { type WriteOptions, type WrittenEnvelope, writeSoapEnvelope } from '../soap-envelope.ts';
import { type SyncAnswer, type SyncResponseInfo, validateSyncResponse } from './response.ts';
import { responseElement, type WrapperOptions, writeMessage } from './wrapper.ts';

/**
 * An answer of the synchronous channel as an unsigned SOAP 1.1 envelope, for the one who serves it.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 * @see SyncChannel v10, type SyncSendMessageResponse
 */
export function writeSyncResponse<T>(
  answer: SyncAnswer<T>,
  options: WriteOptions & WrapperOptions = {},
): WrittenEnvelope {
  const issues = validateSyncResponse(answer, options);
  if (issues.length > 0) throw new ValidateError(issues, { messageId: answer.info.messageId });

  const writeContent = (writer: XmlWriter): void => {
    writeMessage(writer, responseElement(options.wrapper), {
      kind: 'response',
      writeInfo: (parts) => writeResponseInfo(parts, answer.info),
      data: answer.data,
    });
  };
  return writeSoapEnvelope([], writeContent, options);
}

/** In the order of the XSD: `status` stands before `sessionId`, other than in the table of the Rules. */
function writeResponseInfo(writer: XmlWriter, info: SyncResponseInfo): void {
  const { correlationId, sessionId, status } = info;
  writer.open('responseInfo');
  writer.leaf('messageId', info.messageId);
  if (correlationId !== undefined) writer.leaf('correlationId', correlationId);
  writer.leaf('responseDate', formatMessageDate(info.responseDateMs, info.utcOffset));
  writer.open('status');
  if (status.code !== '') {
    writer.leaf('code', status.code);
    writer.leaf('message', status.message);
  }
  writer.close();
  if (sessionId !== undefined) writer.leaf('sessionId', toGuid(sessionId) ?? sessionId);
  writer.close();
}
