import type { ValidationIssue } from '@egov-gateway/core';

import { type DataPart, dataIssues, writeDataElement } from '../data-part.ts';
import { checkHeaderBlocks, type HeaderBlock } from '../header-block.ts';
import type { WriteOptions, WrittenEnvelope } from '../soap-envelope.ts';
import { asyncName } from './channel.ts';
import { writeAsync } from './envelope.ts';
import { type AsyncMessageInfo, type AsyncRules, checkAsyncInfo, writeAsyncInfo } from './message-info.ts';

/** A message of the asynchronous channel, as a sender hands it to the gateway. */
export interface AsyncMessage<T = unknown> {
  readonly info: AsyncMessageInfo;
  /** The business data. Left out, `data` is there and empty: other than on the synchronous channel it is required. */
  readonly data?: DataPart<T> | undefined;
  /** Blocks of the SOAP header beside the signature. Default: none. */
  readonly headerBlocks?: readonly HeaderBlock[] | undefined;
}

const requestPath = '/sendMessage/request';

/**
 * Every rule of the contract that a message breaks; empty when it may be sent.
 *
 * A REQUEST must not have a `correlationId`, and every other type must have one: rule `chain` and rule `required`.
 * Paths start at `/sendMessage` (of header blocks at `/Envelope`). No issue contains a value.
 *
 * @see AsyncChannel v10, type AsyncMessageInfo
 * @see Rules No 123, Приложение 1, 1.1 "SendMessageRequest"
 */
export function validateAsyncMessage<T>(
  message: AsyncMessage<T>,
  rules: AsyncRules = {},
): readonly ValidationIssue[] {
  const { info, data, headerBlocks = [] } = message;
  const issues: ValidationIssue[] = [];
  checkHeaderBlocks(issues, headerBlocks);
  checkAsyncInfo(issues, `${requestPath}/messageInfo`, info, rules);
  if (data !== undefined) issues.push(...dataIssues(data, `${requestPath}/messageData/data`));
  return issues;
}

/**
 * A message to the gateway (`sendMessage`) as an unsigned SOAP 1.1 envelope.
 *
 * It is validated first: there is no way to get the bytes of a message that breaks the contract.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 * @see AsyncChannel v10, type AsyncSendMessageRequest
 * @example
 * ```ts
 * const { bytes, layout } = writeAsyncMessage({
 *   info: {
 *     messageType: 'REQUEST', // the gateway gives it its ids
 *     serviceId: 'EXAMPLE_SERVICE',
 *     messageDateMs: Date.now(),
 *     sender: { senderId: 'example', password },
 *   },
 *   data: { codec, value },
 * });
 * const signed = await signer.sign(bytes, layout);
 * ```
 */
export function writeAsyncMessage<T>(
  message: AsyncMessage<T>,
  options: AsyncRules & WriteOptions = {},
): WrittenEnvelope {
  const { info, data, headerBlocks } = message;
  const content = {
    name: asyncName('sendMessage', 'request'),
    part: 'request',
    issues: validateAsyncMessage(message, options),
    messageId: info.messageId,
    headerBlocks,
    newId: options.newId,
  } as const;
  return writeAsync(content, (writer) => {
    writeAsyncInfo(writer, info);
    writer.open('messageData');
    writeDataElement(writer, data);
    writer.close();
  });
}
