import type { UnverifiedBody } from '@egov-gateway/core';
import { parseXml, type XmlLimits } from '@egov-gateway/xml';

import { locateBody } from './locate-body.ts';
import { asUnverified } from './verified-body.ts';

/**
 * The Body of an envelope whose signature, if it has one, nobody looks at: for endpoints without WS-Security.
 *
 * The XML is read by the same rules as a signed one. The result has another type than a verified Body, so that code
 * which asks for a {@link VerifiedBody} does not take it.
 *
 * @throws {XmlError} when the bytes are not acceptable XML
 * @throws {VerifyError} `ERR_VERIFY_NOT_SOAP`, `ERR_VERIFY_STRUCTURE`
 */
export function acceptUnverified(
  envelope: Uint8Array,
  options: { readonly limits?: Partial<XmlLimits> | undefined } = {},
): UnverifiedBody {
  const document = parseXml(envelope, options.limits === undefined ? {} : { limits: options.limits });
  return asUnverified(locateBody(document).body);
}
