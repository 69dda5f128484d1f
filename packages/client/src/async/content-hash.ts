import { createHash } from 'node:crypto';

import type { ReceivedAsyncMessage } from '@egov-gateway/envelope';
import { digestCanonical } from '@egov-gateway/xml';

/**
 * What a received message says, as a hash: the same when it comes once more with another date, session or signature, by
 * push or by poll. For `contentHash` of its `received` event.
 *
 * @internal
 */
export function contentHash({ info, data }: ReceivedAsyncMessage): string {
  const hash = createHash('sha256');
  const { messageId = '', correlationId = '', serviceId, messageType } = info;
  hash.update(JSON.stringify([messageId, correlationId, serviceId, messageType, data !== undefined]));
  if (data !== undefined) digestCanonical(data, {}, hash);
  return hash.digest('hex');
}
