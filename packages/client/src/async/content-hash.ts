import { createHash } from 'node:crypto';

import type { ReceivedAsyncMessage, ReceivedStatusNotification } from '@egov-gateway/envelope';

import { digestContent } from './digest-content.ts';

/**
 * What a received message says, as a hash: the same when it comes once more with another date, session, signature or
 * other namespace prefixes, by push or by poll. For `contentHash` of its `received` event.
 *
 * @internal
 */
export function contentHash({ info, data }: ReceivedAsyncMessage): string {
  const hash = createHash('sha256');
  const { messageId = '', correlationId = '', serviceId, messageType } = info;
  hash.update(JSON.stringify([messageId, correlationId, serviceId, messageType, data !== undefined]));
  if (data !== undefined) digestContent(data, hash);
  return hash.digest('hex');
}

/**
 * What a notification says, as a hash: the same when the same one comes once more, in another session and newly signed.
 *
 * @internal
 */
export function notificationHash(notification: ReceivedStatusNotification): string {
  const { notificationId, messageId, notificationDate, messageState, status } = notification;
  const said = [
    notificationId,
    messageId,
    notificationDate,
    messageState,
    status.statusCode,
    status.statusDate,
  ];
  return createHash('sha256')
    .update(JSON.stringify(['notification', ...said]))
    .digest('hex');
}
