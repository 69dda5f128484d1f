import { GatewayError } from '@egov-gateway/core';
import { parseXml } from '@egov-gateway/xml';

import { bodyContent } from '../soap.ts';
import { type AsyncRequestElement, findOperation } from './channel.ts';

/**
 * Which operation an envelope claims to hold, when nobody has verified it: to word its refusal, and for nothing else.
 * `undefined` when that cannot be seen.
 */
export function glanceAsyncOperation(envelope: Uint8Array): AsyncRequestElement | undefined {
  try {
    const { root } = parseXml(envelope);
    for (let part = root.first; part !== undefined; part = part.next) {
      if (part.localName === 'Body') return findOperation(bodyContent(part), 'request');
    }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
  }
  return undefined;
}
