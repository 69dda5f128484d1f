import { PortalError } from '@egov-gateway/core';

import type { PortalStatus } from './document-steps.ts';
import { inForceStatus } from './portal-codec.ts';

const maxLength = 200;

/**
 * A status in the portal's word.
 *
 * @throws {PortalError} `ERR_PORTAL_ANSWER` when it is empty, too long, or has control characters
 * @internal
 */
export function portalStatus(value: unknown): PortalStatus {
  const word = typeof value === 'string' ? value.trim() : '';
  if (word === '' || word.length > maxLength || /[\p{Cc}\p{Surrogate}]/u.test(word)) {
    throw new PortalError(
      `the answer tells a status that is no text of 1 to ${maxLength} characters; check the codec`,
      { code: 'ERR_PORTAL_ANSWER', delivery: 'unknown' },
    );
  }
  return { word, isInForce: word.normalize('NFC') === inForceStatus };
}
