import { ValidateError, type XmlWriter } from '@egov-gateway/core';

import { toGuid } from '../guid.ts';
import { writeExtensions } from '../info-extension.ts';
import { formatMessageDate } from '../message-date.ts';
import { writeProperties, writeSender } from '../message-info.ts';
import { type WriteOptions, type WrittenEnvelope, writeSoapEnvelope } from '../soap-envelope.ts';
import {
  type SyncRequest,
  type SyncRequestInfo,
  type SyncRequestRules,
  validateSyncRequest,
} from './request.ts';
import { requestElement, writeMessage } from './wrapper.ts';

/**
 * A request of the synchronous channel as an unsigned SOAP 1.1 envelope.
 *
 * It is validated first: there is no way to get the bytes of a request that breaks the contract.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 * @see SyncChannel v10, type SyncSendMessageRequest
 * @example
 * ```ts
 * const { bytes, layout } = writeSyncRequest({
 *   info: {
 *     messageId,
 *     serviceId: 'EXAMPLE_SERVICE',
 *     messageDateMs: Date.now(),
 *     sender: { senderId: 'example', password },
 *   },
 *   data: { codec, value },
 * });
 * const signed = await signer.sign(bytes, layout);
 * ```
 */
export function writeSyncRequest<T>(
  request: SyncRequest<T>,
  options: SyncRequestRules & WriteOptions = {},
): WrittenEnvelope {
  const issues = validateSyncRequest(request, options);
  if (issues.length > 0) throw new ValidateError(issues, { messageId: request.info.messageId });

  const writeContent = (writer: XmlWriter): void => {
    writeMessage(writer, requestElement(options.wrapper), {
      kind: 'request',
      writeInfo: (parts) => writeRequestInfo(parts, request.info),
      data: request.data,
    });
  };
  return writeSoapEnvelope(request.headerBlocks ?? [], writeContent, options);
}

/** In the order of the XSD; each extension stands behind the place of its field. */
function writeRequestInfo(writer: XmlWriter, info: SyncRequestInfo): void {
  const { correlationId, routeId, properties = [], sessionId, extensions = [] } = info;
  writer.open('requestInfo');
  writer.leaf('messageId', info.messageId);
  writeExtensions(writer, extensions, 'messageId');
  if (correlationId !== undefined) writer.leaf('correlationId', correlationId);
  writeExtensions(writer, extensions, 'correlationId');
  writer.leaf('serviceId', info.serviceId);
  writeExtensions(writer, extensions, 'serviceId');
  writer.leaf('messageDate', formatMessageDate(info.messageDateMs, info.utcOffset));
  writeExtensions(writer, extensions, 'messageDate');
  if (routeId !== undefined) writer.leaf('routeId', routeId);
  writeExtensions(writer, extensions, 'routeId');
  writeSender(writer, info.sender);
  writeExtensions(writer, extensions, 'sender');
  writeProperties(writer, properties);
  writeExtensions(writer, extensions, 'properties');
  if (sessionId !== undefined) writer.leaf('sessionId', toGuid(sessionId) ?? sessionId);
  writeExtensions(writer, extensions, 'sessionId');
  writer.close();
}
