import { ValidateError, type XmlWriter } from '@egov-gateway/core';

import { writeData } from '../data-part.ts';
import { toGuid } from '../guid.ts';
import { formatMessageDate } from '../message-date.ts';
import { type WriteOptions, type WrittenEnvelope, writeSoapEnvelope } from '../soap-envelope.ts';
import { syncResponseName } from './channel.ts';
import { type SyncAnswer, type SyncResponseInfo, validateSyncResponse } from './response.ts';

/**
 * An answer of the synchronous channel as an unsigned SOAP 1.1 envelope, for the one who serves it.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 * @see SyncChannel v10, type SyncSendMessageResponse
 */
export function writeSyncResponse<T>(answer: SyncAnswer<T>, options: WriteOptions = {}): WrittenEnvelope {
  const issues = validateSyncResponse(answer);
  if (issues.length > 0) throw new ValidateError(issues, { messageId: answer.info.messageId });

  const writeContent = (writer: XmlWriter): void => {
    writer.open(syncResponseName);
    writer.open('response');
    writeResponseInfo(writer, answer.info);
    writer.open('responseData');
    writeData(writer, answer.data);
    writer.close();
    writer.close();
    writer.close();
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
  writer.leaf('code', status.code);
  writer.leaf('message', status.message);
  writer.close();
  if (sessionId !== undefined) writer.leaf('sessionId', toGuid(sessionId) ?? sessionId);
  writer.close();
}
