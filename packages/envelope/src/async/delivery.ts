import type { ValidationIssue } from '@egov-gateway/core';

import type { DataPart } from '../data-part.ts';
import { checkMessageData, type ReceivedPart, writeMessageData } from '../received-part.ts';
import type { WriteOptions, WrittenEnvelope } from '../soap-envelope.ts';
import { type AsyncNamespace, asyncName } from './channel.ts';
import { writeAsync } from './envelope.ts';
import { type AsyncDeliveryInfo, checkDeliveryInfo, writeAsyncInfo } from './message-info.ts';

/** A message as the gateway passes it on: pushed to a receiver, or one of those that were pulled. */
export interface AsyncDelivery<T = unknown> {
  readonly info: AsyncDeliveryInfo;
  /** The business data, to be written or as it was received. Left out, `data` is there and empty. */
  readonly data?: DataPart<T> | ReceivedPart | undefined;
}

/** How a delivery is written. */
export interface AsyncDeliveryOptions extends WriteOptions {
  /** Default: the one of the gateway's interface, in which pushes have been seen. */
  readonly namespace?: AsyncNamespace | undefined;
}

/**
 * A push (`sendMessage` of the client-side interface) as an unsigned SOAP 1.1 envelope, for the one who plays the
 * gateway: of any type, with both ids.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
 * @throws {TypeError} when the namespace is not one of the channel
 * @see AsyncChannel v10, IAsyncChannelClient.wsdl
 */
export function writeAsyncDelivery<T>(
  delivery: AsyncDelivery<T>,
  options: AsyncDeliveryOptions = {},
): WrittenEnvelope {
  const { info, data } = delivery;
  const issues: ValidationIssue[] = [];
  checkDeliveryInfo(issues, '/sendMessage/request/messageInfo', info);
  checkMessageData(issues, '/sendMessage/request/messageData/data', data);

  const name = asyncName('sendMessage', 'request', options.namespace);
  const content = { name, part: 'request', issues, messageId: info.messageId, newId: options.newId } as const;
  return writeAsync(content, (writer) => {
    writeAsyncInfo(writer, info);
    writeMessageData(writer, data);
  });
}
